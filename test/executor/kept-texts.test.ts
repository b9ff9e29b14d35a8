// The memo of the compiled executor: what it keeps, what it must not keep, and that it is bounded.
import {
  buildSchema,
  execute,
  isObjectType,
  parse,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { compileOperation, type CompiledOperation, type Executed } from '../../src/executor/compile.ts';
import { TextBudget } from '../../src/executor/kept-texts.ts';
import { weightOf } from '../../src/server/operation/field-price.ts';

interface Thing {
  readonly name?: unknown;
  readonly inner?: unknown;
  readonly things?: unknown;
}

/** The resolvers that ran, and whether the caller may see `Guarded`. */
interface TestContext {
  readonly calls: string[];
  readonly maySee?: boolean;
}

type Declared = true | ((source: object) => boolean);

const SDL = `
  interface Named { name(upper: Boolean): String }
  type Thing implements Named { name(upper: Boolean): String, must: String!, other: String, inner: Thing, guarded: Guarded, named: Named, things: [Thing!] }
  type Guarded { name: String }
  type Query { thing: Thing, things: [Thing!] }
`;

/** `pure`: the declarations of the fields of `Thing`; the fields of `Guarded` are pure. */
function schemaWith(pure: Readonly<Record<string, Declared>>, isKept: Declared | null = true): GraphQLSchema {
  const schema = buildSchema(SDL);
  const [thing, guarded, named] = ['Thing', 'Guarded', 'Named'].map((name) => schema.getType(name));
  if (!isObjectType(thing) || !isObjectType(guarded)) throw new Error('the schema has no things');
  if (named !== undefined && 'resolveType' in named) named.resolveType = () => 'Thing';
  if (isKept !== null) thing.extensions = { isKept };
  guarded.isTypeOf = (_source, { maySee }: TestContext) => maySee === true;
  for (const type of [thing, guarded]) {
    for (const field of Object.values(type.getFields())) {
      const resolve: GraphQLFieldResolver<Record<string, unknown>, TestContext> = (
        source,
        _args,
        { calls },
      ) => {
        calls.push(field.name);
        const value = source[field.name];
        if (value === 'fails') throw new Error('failed');
        return value;
      };
      field.resolve = resolve;
      const declared = type === guarded ? true : pure[field.name];
      if (declared !== undefined) field.extensions = { pure: declared };
    }
  }
  return schema;
}

const ALL = { name: true, must: true, inner: true, guarded: true, named: true, things: true } as const;

/** Runs an operation several times against one object. */
function stage(schema: GraphQLSchema, text: string, thing: object, texts = new TextBudget()) {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('the document has no operation');
  const compiled = compileOperation(schema, document, operation, { weightOf, texts });
  if (compiled === null) throw new Error('the operation was left to graphql-js');
  return {
    texts,
    run: async (change: Partial<Parameters<CompiledOperation['execute']>[0]> = {}) => {
      const calls: string[] = [];
      const given = { contextValue: { calls }, rootValue: { thing, things: [thing] }, variables: undefined };
      const result: Executed = await compiled.execute({ ...given, ...change });
      const { variables = {}, contextValue, rootValue } = { ...given, ...change };
      const expected = await execute({
        schema,
        document,
        rootValue,
        variableValues: variables,
        contextValue: { ...(contextValue as TestContext), calls: [] },
      });
      expect(result.data).toBe(JSON.stringify(expected.data));
      expect(result.errors).toEqual(expected.errors ?? []);
      return { ...result, calls };
    },
  };
}

describe('the text of an object', () => {
  it('is kept with its points when all fields below it are pure', async () => {
    const thing = { name: 'a', inner: { name: 'b' }, things: [{ name: 'c' }, { name: 'd' }] };
    const { run } = stage(schemaWith(ALL), '{ thing { name inner { name } things { name } } }', thing);
    const first = await run();
    expect(first.calls).toHaveLength(6);
    expect(first.objects).toBe(4);
    expect(await run()).toEqual({ ...first, calls: [] });
  });

  it('is kept once: with the outermost object that can be kept', async () => {
    const thing = { inner: { name: 'b', things: [{ name: 'c' }, { name: 'd' }] } };
    const { run, texts } = stage(schemaWith(ALL), '{ thing { inner { name things { name } } } }', thing);
    const { data } = await run();
    expect(texts.bytes).toBe(160 + 2 * (data?.length ?? 0) - 2 * '{"thing":}'.length);
  });

  it('is kept below an object that cannot be kept, from the second time on', async () => {
    const schema = schemaWith({ ...ALL, other: (source) => 'pure' in source });
    const thing = { other: 'a', inner: { name: 'b', things: [{ name: 'c' }] } };
    const { run } = stage(schema, '{ thing { other inner { name things { name } } } }', thing);
    await run();
    await run();
    expect((await run()).calls).toEqual(['other', 'inner']);
  });

  it('is kept for each plan of `@skip` and `@include` by itself', async () => {
    const text = 'query ($no: Boolean!) { thing { name must @skip(if: $no) } }';
    const { run } = stage(schemaWith(ALL), text, { name: 'a', must: 'b' });
    for (const no of [true, false, true, false]) await run({ variables: { no } });
    expect((await run({ variables: { no: true } })).calls).toEqual([]);
  });

  it('is kept where a function of the object says that its fields are pure and it is kept', async () => {
    const isOld = (source: object) => 'old' in source;
    const schema = schemaWith({ name: isOld }, isOld);
    const old = stage(schema, '{ thing { name } }', { old: true, name: 'a' });
    await old.run();
    expect((await old.run()).calls).toEqual([]);
    const young = stage(schema, '{ thing { name } }', { name: 'a' });
    await young.run();
    expect((await young.run()).calls).toEqual(['name']);
    const impure = stage(schemaWith({ name: isOld, inner: true }), '{ thing { inner { name } } }', {
      inner: { name: 'a' },
    });
    await impure.run();
    expect((await impure.run()).calls).toEqual(['inner', 'name']);
  });
});

describe('the text of an object that other operations have met', () => {
  const thing = { name: 'a', other: 'b', inner: { name: 'c', other: 'd' } };

  /** The resolvers that the second operation runs after the first has met the same object. */
  async function callsAfter(first: string, second: string, variables = {}): Promise<readonly string[]> {
    const texts = new TextBudget();
    const schema = schemaWith({ ...ALL, other: true });
    await stage(schema, first, thing, texts).run({ variables });
    return (await stage(schema, second, thing, texts).run({ variables })).calls;
  }

  it.each([
    [
      'in another document',
      '{ thing { name inner { other } } }',
      '{ one: thing { name inner { other } } __typename }',
    ],
    [
      'by fragments',
      '{ thing { name inner { other } } }',
      '{ thing { ...F } } fragment F on Thing { name ... { inner { other } } }',
    ],
    ['with equal arguments', '{ thing { name(upper: true) } }', '{ thing { name(upper:true) } }'],
    [
      'without what conditions leave out',
      '{ thing { inner { name } } }',
      'query ($no: Boolean!) { thing { inner { name other @skip(if: $no) } } }',
    ],
  ])('is used if they select the same: %s', async (_case, first, second) => {
    expect(await callsAfter(first, second, { no: true })).toEqual([]);
  });

  it.each([
    ['another key', '{ thing { name } }', '{ thing { alias: name } }'],
    ['another field', '{ thing { name: other } }', '{ thing { name } }'],
    ['another order', '{ thing { name other } }', '{ thing { other name } }'],
    ['another argument', '{ thing { name(upper: true) } }', '{ thing { name(upper: false) } }'],
    ['another key below', '{ thing { inner { name } } }', '{ thing { inner { alias: name } } }'],
    ['less below', '{ thing { inner { name other } } }', '{ thing { inner { name } } }'],
    [
      'more by a condition below',
      '{ thing { inner { name } } }',
      'query ($no: Boolean!) { thing { inner { name other @include(if: $no) } } }',
    ],
  ])('is not used if they select %s', async (_case, first, second) => {
    expect(await callsAfter(first, second, { no: true })).not.toEqual([]);
  });

  it('is not used by an operation of another schema', async () => {
    const texts = new TextBudget();
    for (const schema of [schemaWith(ALL), schemaWith(ALL)]) {
      expect((await stage(schema, '{ thing { name } }', thing, texts).run()).calls).toEqual(['name']);
    }
  });

  it('is used by its own operation alone if the selections are too many to be compared', async () => {
    const fields = Array.from({ length: 200 }, (_, index) => `alias${index}: name`).join(' ');
    const texts = new TextBudget();
    const schema = schemaWith(ALL);
    const [one, other] = ['one', 'other'].map((name) =>
      stage(schema, `query ${name} { thing { ${fields} } }`, thing, texts),
    );
    await one?.run();
    expect((await one?.run())?.calls).toEqual([]);
    expect((await other?.run())?.calls).toHaveLength(200);
  });
});

describe('is not kept', () => {
  it.each<[string, string, Thing, Readonly<Record<string, Declared>>, Declared | null]>([
    ['if its type does not say so', '{ thing { name } }', { name: 'a' }, ALL, null],
    ['with a field that is not declared pure', '{ thing { name other } }', { name: 'a' }, ALL, true],
    ['with such a field below it', '{ thing { inner { other } } }', { inner: { name: 'a' } }, ALL, true],
    ['with an error', '{ thing { name } }', { name: 'fails' }, ALL, true],
    [
      'with an error that became null below it',
      '{ thing { inner { must } name } }',
      { name: 'a', inner: {} },
      ALL,
      true,
    ],
    ['when it is null for an error', '{ thing { must } }', {}, ALL, true],
    ['with a promise', '{ thing { name } }', { name: Promise.resolve('a') }, ALL, true],
    [
      'with an object of an abstract type',
      '{ thing { named { name } } }',
      { named: { name: 'a' } } as Thing,
      ALL,
      true,
    ],
  ])('%s', async (_case, text, thing, pure, isKept) => {
    const { run } = stage(schemaWith(pure, isKept), text, thing);
    const { calls } = await run();
    const again = (await run()).calls;
    // Objects further in may be kept.
    expect(again[0]).toBe(calls[0]);
  });

  it('with arguments that have variables', async () => {
    const text = 'query ($upper: Boolean) { thing { name(upper: $upper) } }';
    const { run } = stage(schemaWith(ALL), text, { name: 'a' });
    for (const upper of [true, false]) {
      expect((await run({ variables: { upper } })).calls).toEqual(['name']);
    }
  });
});

describe('access', () => {
  const thing = { guarded: { name: 'secret' } };
  const text = '{ thing { guarded { name } } }';

  it('is checked for each caller who is not cleared', async () => {
    const { run } = stage(schemaWith(ALL), text, thing);
    for (const maySee of [true, false, true]) {
      const { errors } = await run({ contextValue: { calls: [], maySee } });
      expect(errors).toHaveLength(maySee ? 0 : 1);
    }
  });

  it('is checked although a cleared caller has met the object', async () => {
    const { run, texts } = stage(schemaWith(ALL), text, thing);
    await run({ contextValue: { calls: [], maySee: true }, isCleared: true });
    expect(texts.bytes).toBeGreaterThan(0);
    expect((await run({ contextValue: { calls: [], maySee: true }, isCleared: true })).calls).toEqual([]);
    expect((await run({ contextValue: { calls: [], maySee: false } })).errors).toHaveLength(1);
  });
});

describe('objects that are met once', () => {
  it('are hardly kept after some hundred, until they are met again', async () => {
    const texts = new TextBudget();
    const schema = schemaWith(ALL);
    const things = Array.from({ length: 2000 }, () => ({ name: 'a' }));
    const { run } = stage(schema, '{ things { name } }', {}, texts);
    await run({ rootValue: { things } });
    const perText = 160 + 2 * '{"name":"a"}'.length;
    expect(texts.bytes / perText).toBeLessThan(250);
    for (let round = 0; round < 60; round += 1) await run({ rootValue: { things } });
    expect((await run({ rootValue: { things } })).calls).toEqual([]);
  });

  it('are kept if they are met twice and their texts are long', async () => {
    const texts = new TextBudget();
    const { run } = stage(schemaWith(ALL), '{ things { name } }', {}, texts);
    for (let round = 0; round < 500; round += 1) {
      const rootValue = { things: [{ name: 'a'.repeat(5000) }] };
      expect((await run({ rootValue })).calls).toEqual(['name']);
      expect((await run({ rootValue })).calls).toEqual([]);
    }
  });
});

describe('the memory of all memos', () => {
  it('is bounded: beyond it all begin anew', async () => {
    const texts = new TextBudget(2000);
    const schema = schemaWith(ALL);
    const [one, other] = ['a'.repeat(300), 'b'.repeat(300)].map((name) =>
      stage(schema, '{ thing { name } }', { name }, texts),
    );
    await one?.run();
    const bytes = texts.bytes;
    expect(bytes).toBeGreaterThan(600);
    expect((await one?.run())?.calls).toEqual([]);
    await other?.run();
    expect(texts.bytes).toBe(2 * bytes);
    await stage(schema, '{ thing { name } }', { name: 'c'.repeat(300) }, texts).run();
    expect(texts.bytes).toBe(bytes);
    expect((await one?.run())?.calls).toEqual(['name']);
    expect(texts.bytes).toBe(2 * bytes);
  });
});
