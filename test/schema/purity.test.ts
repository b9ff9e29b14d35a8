// What the schema declares as pure, and which objects as kept, compared with what the resolvers do on objects of the sandbox.
import {
  defaultFieldResolver,
  isObjectType,
  parse,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { afterEach, expect, test, vi } from 'vitest';
import { createContext } from '../../resolvers/context.ts';
import { peerChanges } from '../../resolvers/live/live.ts';
import { createEngine } from '../../src/server/operation/engine.ts';
import { schema } from '../../schema/index.ts';
import { anyone } from '../../src/auth/caller.ts';
import type { World } from '../../src/sandbox/live/world.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { readOperations } from '../support/one-fault/operations.ts';
import { selectEverything } from '../support/select-everything.ts';
import { furnish } from '../support/one-fault/world.ts';

/** True, or a function that says so of a source object; undefined: false. */
type Holds = true | ((source: unknown) => boolean) | undefined;

const objectTypes = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type))
  .filter((type) => !type.name.startsWith('__') && !Object.values(roots()).includes(type));

function roots() {
  return {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  };
}

function declared(of: { readonly extensions: object }, key: 'pure' | 'isKept'): Holds {
  // Extensions are untyped; schema/purity.ts sets these two.
  return (of.extensions as Partial<Record<typeof key, Holds>>)[key];
}

function holds(declaration: Holds, source: unknown): boolean {
  return typeof declaration === 'function' ? declaration(source) : declaration === true;
}

/** The most objects of a type that the fields are tried with. */
const MAX_OBJECTS = 1000;

type Sources = ReadonlyMap<string, ReadonlySet<object>>;

/** The objects of which `work` resolves fields, by type. */
async function sourcesOf(work: () => Promise<unknown>): Promise<Sources> {
  const sources = new Map(objectTypes.map(({ name }) => [name, new Set<object>()]));
  const fields = objectTypes.flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ type, field, resolve: field.resolve })),
  );
  for (const { type, field, resolve = defaultFieldResolver } of fields) {
    field.resolve = (source: object, ...rest) => {
      const known = sources.get(type.name);
      if (known !== undefined && known.size < MAX_OBJECTS) known.add(source);
      return resolve(source, ...rest);
    };
  }
  try {
    await work();
  } finally {
    for (const { field, resolve } of fields) field.resolve = resolve;
  }
  return sources;
}

/** Runs a query with resolvers alone, as a caller with all rights. */
async function run({ gateway }: TestGateway, document: string): Promise<void> {
  const contextValue = createContext(gateway.services, { caller: anyone });
  const { execute } = createEngine('reference', () => false);
  await execute({ schema, document: parse(document), contextValue });
}

/** An object that fails the test if anything of it is read but `allowed`. */
function untouchable(allowed: Readonly<Record<string, unknown>> = {}): never {
  const refuse = (key: string | symbol) => {
    throw new Error(`the field read \`${String(key)}\` of something else than its object`);
  };
  // It stands for values of any type.
  return new Proxy(allowed, {
    get: (target, key) => (typeof key === 'string' && key in target ? target[key] : refuse(key)),
    has: (_target, key) => refuse(key),
  }) as never;
}

function freezeDeep(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freezeDeep(inner);
}

async function resultOf(
  { name, resolve = defaultFieldResolver }: GraphQLField<unknown, unknown>,
  source: object,
): Promise<unknown> {
  // The resolver of an exposed property looks up its own name.
  return resolve(source, untouchable(), untouchable(), untouchable({ fieldName: name }));
}

/** Why a field is not pure for an object; null: nothing tells against it. */
async function objection(field: GraphQLField<unknown, unknown>, source: object): Promise<string | null> {
  try {
    vi.setSystemTime('2026-01-01T00:00:00Z');
    const early = resultOf(field, source);
    vi.setSystemTime('2036-01-01T00:00:00Z');
    const late = resultOf(field, source);
    expect(await late).toEqual(await early);
    return null;
  } catch (error) {
    return String(error);
  }
}

/** What tells against the pure fields of a type, and which of them none of its objects has tried. */
async function trial(type: GraphQLObjectType, sources: readonly object[]) {
  const wrong: string[] = [];
  const untried: string[] = [];
  for (const field of Object.values(type.getFields())) {
    const pure = declared(field, 'pure');
    const tried = sources.filter((source) => holds(pure, source));
    const name = `${type.name}.${field.name}`;
    // Of results of mutations no object is met here; their fields are exposed properties.
    const isExposed = field.extensions['pothosExposedField'] !== undefined;
    if (pure !== undefined && !isExposed && tried.length === 0) untried.push(name);
    const found = await Promise.all(tried.map((source) => objection(field, source)));
    wrong.push(...new Set(found.filter((why) => why !== null).map((why) => `${name}: ${why}`)));
  }
  return { wrong, untried };
}

afterEach(() => vi.useRealTimers());

/** Destinations that no template of the demo data has. */
function addDestinations(world: World): string {
  const { id } = world.templates.create({
    name: 'everything',
    roles: { host: {} },
    destinations: {
      browserRecordings: { screen: { name: 'screen', role: 'host' } },
      transcriptions: {
        notes: {
          name: 'notes',
          role: 'host',
          summary: { enabled: true, sections: [{ title: 'Result', format: 'bullets' }] },
        },
      },
    },
  });
  return id;
}

test(
  'a pure field reads nothing but its object, and changes nothing of it',
  { timeout: 60_000 },
  async () => {
    await using tested = await startTestGateway();
    const subjects = { ...furnish(tested.sandbox.world), workflow: 'unknown' };
    const template = addDestinations(tested.sandbox.world);
    const sources = await sourcesOf(async () => {
      for (const { document } of readOperations(subjects)) await run(tested, document);
      await run(tested, `{ template(id: "${template}") ${selectEverything('Template')} }`);
    });
    vi.useFakeTimers({ toFake: ['Date'] });
    const found = { wrong: [] as string[], untried: [] as string[] };
    for (const type of objectTypes) {
      const ofType = [...(sources.get(type.name) ?? [])];
      for (const source of ofType) freezeDeep(source);
      const { wrong, untried } = await trial(type, ofType);
      found.wrong.push(...wrong);
      found.untried.push(...untried);
    }
    expect(found).toEqual({ wrong: [], untried: [] });
  },
);

test('the objects of kept types are met again by the next operation', async () => {
  // A watched room is answered from its last poll, while that is younger than the interval.
  await using tested = await startTestGateway({
    config: { pollIntervalMs: 60_000, pollMaxIntervalMs: 60_000 },
  });
  const { room } = furnish(tested.sandbox.world);
  const watch = createContext(tested.gateway.services, { caller: anyone });
  const changes = (await peerChanges({ roomId: room }, watch))[Symbol.asyncIterator]();
  await changes.next();
  const document = `{ room(id: "${room}") { name template { name } peers { edges { node { name } } } } }`;
  const [first, second] = [
    await sourcesOf(() => run(tested, document)),
    await sourcesOf(() => run(tested, document)),
  ];
  await changes.return?.();
  const keptTypes = objectTypes.filter((type) => declared(type, 'isKept') !== undefined);
  const made = keptTypes.filter((type) => {
    const kept = [...(second.get(type.name) ?? [])].filter((source) =>
      holds(declared(type, 'isKept'), source),
    );
    return kept.length === 0 || !kept.every((source) => first.get(type.name)?.has(source));
  });
  expect(made.map(({ name }) => name)).toEqual([]);
  expect(keptTypes.length).toBeGreaterThan(0);
});
