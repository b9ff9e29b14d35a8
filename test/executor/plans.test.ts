// How plans are made: once for each outcome of an operation's conditions, in bounded memory, and without the time that
// fragments in fragments could take.
import { buildSchema, execute, parse, type GraphQLField } from 'graphql';
import { describe, expect, it } from 'vitest';
import { compileOperation } from '../../src/executor/compile.ts';

const schema = buildSchema(`
  type Query { a: Query, b: Query, c: Query, name: String }
`);

/** Query objects all the way down, so that any selection finds data. */
const endless: Record<string, unknown> = { name: 'x' };
Object.assign(endless, { a: endless, b: endless, c: endless });

/** Compiles an operation. `made` counts the fields of plans that have been made. */
function compile(text: string) {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('the document has no operation');
  let made = 0;
  const weightOf = ({ name }: GraphQLField<unknown, unknown>) => {
    made += name === 'name' ? 1 : 0;
    return 0;
  };
  let bytes = 0;
  const onGrowth = (taken: number) => {
    bytes += taken;
  };
  const compiled = compileOperation(schema, document, operation, { weightOf, onGrowth });
  if (compiled === null) throw new Error('the operation was left to graphql-js');
  made = 0;
  return {
    bytes: () => bytes,
    made: () => made,
    run: async (variables: Record<string, unknown> = {}) => {
      const result = await compiled.execute({ rootValue: endless, contextValue: {}, variables });
      const expected = await execute({ schema, document, rootValue: endless, variableValues: variables });
      expect(result.data).toBe(JSON.stringify(expected.data));
      expect(result.errors).toEqual(expected.errors ?? []);
    },
  };
}

describe('plans', () => {
  it('are made in the first run and used in the next', async () => {
    const { run, made } = compile('{ a { name b { name } } }');
    await run();
    expect(made()).toBe(2);
    await run();
    expect(made()).toBe(2);
  });

  it('tell the memory that they take when they are made, and only then', async () => {
    const { run, bytes } = compile('query ($x: Boolean!) { a { name b { name @skip(if: $x) } } }');
    const sizes = [bytes()];
    for (const x of [true, true, false, false]) {
      await run({ x });
      sizes.push(bytes());
    }
    const [compiled = 0, first = 0, again = 0, other = 0, last = 0] = sizes;
    expect(compiled).toBeGreaterThan(0);
    expect(first).toBeGreaterThan(compiled);
    expect(again).toBe(first);
    expect(other).toBeGreaterThan(again);
    expect(last).toBe(other);
  });

  it('are made once for each outcome of the conditions', async () => {
    const { run, made } = compile(
      'query ($x: Boolean!, $y: Boolean!) { a @skip(if: $x) { name } b @include(if: $y) { name } }',
    );
    for (const [x, y] of [
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ])
      await run({ x, y });
    const after = made();
    for (const [x, y] of [
      [true, true],
      [false, false],
      [true, false],
    ])
      await run({ x, y });
    expect(made()).toBe(after);
  });

  it('are shared by the places that select the same fragment', async () => {
    const levels = 8;
    const fragments = Array.from({ length: levels }, (_, level) => {
      const next = level === levels - 1 ? '' : `...F${level + 1}`;
      return `fragment F${level} on Query { name a { name ${next} } b { name ${next} } c { name ${next} } }`;
    });
    const { run, made } = compile(`{ ...F0 } ${fragments.join(' ')}`);
    await run();
    expect(made()).toBeLessThan(100);
  });

  it('are bounded in number: those beyond it are made for each object anew', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `v${index}`);
    const definitions = names.map((name) => `$${name}: Boolean!`).join(', ');
    const fields = names.map((name) => `${name}: name @skip(if: $${name})`).join(' ');
    const { run, made, bytes } = compile(`query (${definitions}) { ${fields} }`);
    const outcome = (number: number) =>
      Object.fromEntries(names.map((name, index) => [name, ((number >> index) & 1) === 1]));
    for (let number = 0; number < 2 ** names.length; number += 1) await run(outcome(number));
    const after = made();
    await run(outcome(1));
    expect(made()).toBe(after);
    await run(outcome(2 ** names.length - 2));
    expect(made()).toBe(after + 1);
    expect(bytes()).toBeLessThan(64 * 1024);
  });

  it('fail each time for a condition that is no Boolean', async () => {
    const { run } = compile('query ($x: Boolean = true) { a { name @skip(if: $x) } b { name } }');
    for (const x of [null, true, null, false]) await run({ x });
  });
});
