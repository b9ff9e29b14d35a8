// The compiled executor against graphql-js over the gateway's own schema and the sandbox: every list, object and Node of the
// graph with all its fields, for callers with all rights, few, and those bound to a room.
import { parse, type ExecutionResult } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isCleared } from '../../resolvers/access.ts';
import { createContext, type Context } from '../../resolvers/context.ts';
import { createEngine } from '../../src/server/operation/engine.ts';
import { schema } from '../../schema/index.ts';
import { anyone, type Caller } from '../../src/auth/caller.ts';
import { compileOperation } from '../../src/executor/compile.ts';
import { TextBudget } from '../../src/executor/kept-texts.ts';
import { weightOf } from '../../src/server/operation/field-price.ts';
import { countObjects } from '../../src/server/operation/result-objects.ts';
import { startLab, type Lab } from '../support/one-fault/lab.ts';
import { readOperations, type ReadOperation } from '../support/one-fault/operations.ts';
import { furnish, type Subjects } from '../support/one-fault/world.ts';
import { refetchEverything } from '../support/select-everything.ts';

let lab: Lab<Omit<Subjects, 'workflow'>>;
let operations: readonly ReadOperation[];

beforeAll(async () => {
  lab = await startLab('demo', furnish);
  operations = readOperations({ ...lab.subjects, workflow: 'none' });
});

afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

/** The operations of a test share it, as those of a gateway do. */
let texts = new TextBudget();
beforeEach(() => {
  texts = new TextBudget();
});

function compile(text: string) {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('the document has no operation');
  const points = (data: unknown) => countObjects(data, { schema, document, operation });
  const compiled = compileOperation(schema, document, operation, { weightOf, countObjects: points, texts });
  return { document, points, compiled };
}

const graphqlJs = createEngine('reference', () => false);

/** An answer, and what it cost. */
async function counted<Result>(caller: Caller, run: (context: Context) => Result | Promise<Result>) {
  const context = createContext(lab.tested.gateway.services, { caller });
  const result = await run(context);
  return { result, calls: context.upstream.calls };
}

/** Compares both executors with nothing in memory, and again with what the first runs have left there. */
async function compare(text: string, caller: Caller, variableValues: Record<string, unknown> = {}) {
  const { document, points, compiled } = compile(text);
  const bytesBefore = texts.bytes;
  if (compiled === null) throw new Error('the operation was left to graphql-js');
  const reference = (contextValue: Context): Promise<ExecutionResult> | ExecutionResult =>
    graphqlJs.execute({ schema, document, contextValue, variableValues });
  const run = (contextValue: Context) =>
    compiled.execute({
      rootValue: undefined,
      contextValue,
      variables: variableValues,
      isCleared: isCleared(compiled.scopes, caller),
    });
  for (const isForgotten of [true, false]) {
    if (isForgotten) await lab.forget();
    const theirs = await counted(caller, reference);
    if (isForgotten) await lab.forget();
    const ours = await counted(caller, run);
    const { data, errors = [] } = theirs.result;
    expect(ours.result.errors, text).toEqual(errors);
    expect(lasting(ours.result.data), text).toBe(lasting(JSON.stringify(data)));
    const costs = { objects: points(data), calls: theirs.calls };
    expect({ objects: ours.result.objects, calls: ours.calls }, text).toEqual(costs);
    if (!isForgotten) return { ...ours.result, keptBytes: texts.bytes - bytesBefore };
  }
  throw new Error('compared nothing');
}

/** Without the vendor's cursors of lists of events, which differ from answer to answer. */
function lasting(data: string | undefined): string | undefined {
  return data?.replaceAll(/"YW5hbHl0aWNzRXZlbnRz[\w-]*"/g, '"a cursor"');
}

describe('the compiled executor answers as graphql-js', () => {
  const few: Caller = { ...anyone, scopes: new Set(['rooms:read', 'sessions:read']) };

  it('every operation, to callers with all rights', async () => {
    let longest = 0;
    let withMemo = 0;
    for (const { document } of operations) {
      const { data = '', keptBytes } = await compare(document, anyone);
      longest = Math.max(longest, data.length);
      if (keptBytes > 0) withMemo += 1;
    }
    expect(operations.length).toBeGreaterThan(50);
    // Operations that select the same share their texts.
    expect(withMemo).toBeGreaterThan(2);
    expect(longest).toBeGreaterThan(10_000);
  });

  it('every operation, to callers with few scopes', async () => {
    let refused = 0;
    for (const { document } of operations) {
      const { errors } = await compare(document, few);
      if (errors.length > 0) refused += 1;
    }
    expect(refused).toBeGreaterThan(20);
  });

  it('every operation, to callers who are bound to its room or to another', async () => {
    for (const rooms of [[lab.subjects.room], ['ffffffffffffffffffffffff']]) {
      for (const { document } of operations) await compare(document, { ...anyone, rooms: new Set(rooms) });
    }
  });

  it('all Nodes at once, by their global ids', async () => {
    const { data = '' } = await compare(
      '{ rooms(first: 20) { edges { node { id template { id } } } } }',
      anyone,
    );
    const ids = [...new Set([...data.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id))];
    const { errors } = await compare(refetchEverything(), anyone, { ids: [...ids, 'none'] });
    expect(errors.length).toBeGreaterThan(0);
  });
});

describe('the scopes of a compiled operation', () => {
  const scopesOf = (text: string) => [...(compile(text).compiled?.scopes ?? [])].toSorted();

  it('are those of its fields and of the types that they return', () => {
    expect(scopesOf('{ room(id: "x") { id } }')).toEqual(['rooms:read']);
    expect(scopesOf('{ room(id: "x") { ...F } } fragment F on Room { template { name } }')).toEqual([
      'rooms:read',
      'templates:read',
    ]);
  });

  it('include those of every type that an abstract one can be', () => {
    expect(scopesOf('query ($no: Boolean!) { node(id: "x") { id @skip(if: $no) } }').length).toBeGreaterThan(
      5,
    );
  });
});

describe('left to graphql-js', () => {
  it.each(['{ __schema { types { name } } }', '{ __type(name: "Room") { name } }', 'mutation { endRoom }'])(
    'is %s',
    (text) => {
      expect(compile(text).compiled).toBeNull();
    },
  );
});
