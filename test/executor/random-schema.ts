// A schema with each kind of output, whose resolvers answer at random: values, nulls, errors, promises and lists of all
// kinds. An answer depends on the seed and the field's place only, so two executors get the same answers.
import {
  buildSchema,
  getNamedType,
  isCompositeType,
  GraphQLError,
  GraphQLScalarType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isUnionType,
  responsePathAsArray,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { randomOf } from './random-source.ts';

const FIELDS = `
  id: ID!
  self: Thing
  label(upper: Boolean, times: Int = 2): String
  plain: String
  method(n: Int): Int
  nn: String!
  num: Int
  float: Float!
  flag: Boolean
  color: Color
  colorNN: Color!
  odd: Odd
  oddNN: Odd!
  a: A
  b: B
  bNN: B!
  things: [Thing]
  thingsNN: [Thing!]!
  any: Any
  anyNN: Any!
  strs: [String]
  strsNN: [String!]
  matrix: [[Int!]]!
  grid: [[A!]!]
  bs: [B!]
  page(box: Box, colors: [Color!], n: Int!, odd: Odd): [Thing!]
`;

const SDL = `
  scalar Odd
  enum Color { RED GREEN BLUE }
  input Box { n: Int = 7, color: Color! = RED, tags: [String!], inner: Box }
  interface Thing { id: ID!, self: Thing, label(upper: Boolean, times: Int = 2): String, bs: [B!] }
  type A implements Thing { ${FIELDS} }
  type B implements Thing { ${FIELDS} }
  type C { id: ID!, a: A, nn: String!, odd: Odd, any: Any }
  union Any = A | B | C
  type Query { ${FIELDS} }
  type Subscription { ${FIELDS} }
`;

/** The context of a run: `seed` decides about all answers, `calls` are the resolvers that ran, in order. */
export interface RandomContext {
  readonly seed: number;
  readonly calls: string[];
}

/** An object behind a type. `plain` and `method` are answered by graphql's default resolver. */
interface Source {
  readonly kind: string;
  readonly place: string;
  readonly plain: unknown;
  method(args: object, context: RandomContext): unknown;
}

/** Makes the schema. */
export function randomSchema(): GraphQLSchema {
  const schema = buildSchema(SDL);
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        if (field.name === 'bs') field.extensions = { price: { size: () => 1 } };
        if (field.name !== 'plain' && field.name !== 'method') {
          field.resolve = (_source, args, context: RandomContext, info) => answerOf(info, args, context);
        }
      }
    }
    if (type instanceof GraphQLScalarType && type.name === 'Odd') type.coerceOutputValue = oddOutput;
    if (isUnionType(type)) type.resolveType = resolveKind;
  }
  const [b, c] = [schema.getType('B'), schema.getType('C')];
  if (!isObjectType(b) || !isObjectType(c)) throw new Error('the schema has no B and C');
  // B is found by `isTypeOf` at `Thing`; it says no to some. C is asked although the union has named it.
  b.isTypeOf = (source: Source, context: RandomContext) => mayBe(source, 'B', context);
  c.isTypeOf = (source: Source, context: RandomContext) => mayBe(source, 'C', context);
  const a = schema.getType('A');
  if (isObjectType(a)) a.isTypeOf = (source: Source) => source.kind === 'A';
  return schema;
}

function mayBe(source: Source, kind: string, { seed }: RandomContext): boolean | Promise<boolean> {
  const random = randomOf(`${seed} is ${source.place}`);
  const is = source.kind === kind && random() < 0.95;
  if (random() < 0.05) throw new Error(`isTypeOf of ${source.place}`);
  return random() < 0.2 ? later(() => is, random) : is;
}

function resolveKind({ kind, place }: Source, { seed }: RandomContext): string | Promise<string> | undefined {
  const random = randomOf(`${seed} kind ${place}`);
  const chance = random();
  if (chance < 0.03) throw new Error(`resolveType of ${place}`);
  if (chance < 0.09) return ['Query', 'Nobody', 'Color'][Math.floor(random() * 3)];
  if (chance < 0.11) return undefined;
  return random() < 0.2 ? later(() => kind, random) : kind;
}

function oddOutput(value: unknown): unknown {
  if (value === 'throws') throw new GraphQLError('odd');
  return value === 'nothing' ? null : value;
}

/** Settles after 1 to 4 turns of the microtask queue, sometimes in a later turn of the event loop. */
function later<Value>(value: () => Value, random: () => number): Promise<Value> {
  const promise = afterTurns(value, random);
  // The list that it is in may itself be awaited for longer.
  promise.catch(() => undefined);
  return promise;
}

async function afterTurns<Value>(value: () => Value, random: () => number): Promise<Value> {
  const turns = Math.floor(random() * 4);
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
  if (random() < 0.1) await new Promise((resolve) => setImmediate(resolve));
  return value();
}

function answerOf(info: GraphQLResolveInfo, args: object, { seed, calls }: RandomContext): unknown {
  const place = responsePathAsArray(info.path).join('.');
  const { fieldName, fieldNodes, parentType, returnType, variableValues } = info;
  calls.push(
    [
      place,
      `${parentType.name}.${fieldName}: ${String(returnType)} x${fieldNodes.length}`,
      JSON.stringify({ args, variables: variableValues.coerced, root: info.rootValue }),
      info.path.typename,
    ].join(' '),
  );
  return randomValue(info.schema, returnType, place, randomOf(`${seed} ${place} ${JSON.stringify(args)}`));
}

function randomValue(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  place: string,
  random: () => number,
): unknown {
  const chance = random();
  if (chance < 0.015) throw new Error(`thrown at ${place}`);
  if (chance < 0.02) throw new GraphQLError(`refused at ${place}`, { extensions: { code: 'REFUSED' } });
  // What is thrown need not be an error.
  // oxlint-disable-next-line no-throw-literal
  if (chance < 0.025) throw 'a text';
  if (chance < 0.04) return new Error(`returned at ${place}`);
  if (chance < 0.14) return later(() => randomValue(schema, type, place, random), random);
  if (chance < 0.145) return thenable(() => randomValue(schema, type, place, random));
  if (isNonNullType(type)) return chance < 0.16 ? null : randomValue(schema, type.ofType, place, random);
  if (chance < 0.2) return random() < 0.5 ? null : undefined;
  if (isListType(type)) return randomList(schema, type.ofType, place, random);
  if (isEnumType(type)) return random() < 0.95 ? pick(['RED', 'GREEN', 'BLUE'], random) : 'PINK';
  if (isScalarType(type)) return randomScalar(type.name, random);
  const kinds = isInterfaceType(type) ? ['A', 'B'] : isUnionType(type) ? ['A', 'B', 'C'] : [type.name];
  const kind = random() < 0.97 ? pick(kinds, random) : 'Z';
  return sourceOf(kind, `${place}:${random()}`, random);
}

function sourceOf(kind: string, place: string, random: () => number): Source {
  return {
    kind,
    place,
    plain: pick(['plain', null, 7, Promise.resolve('late'), () => 'called'], random),
    method(args, { calls }) {
      calls.push(`method of ${place} ${JSON.stringify(args)}`);
      return place.length;
    },
  };
}

const SCALARS: Readonly<Record<string, readonly unknown[]>> = {
  ID: ['id', 7, 'a"b', {}],
  String: [
    'text',
    'quo"te',
    'line\nbreak',
    '\ud83d lone',
    '😀',
    '',
    'x'.repeat(80),
    'y"'.repeat(40),
    5,
    true,
    [1],
  ],
  Int: [1, -2, 0, -0, 2 ** 31, 1.5, '3', 'x'],
  Float: [1.5, 1e21, -0, 3, Number.NaN, Number.POSITIVE_INFINITY, '2.5'],
  Boolean: [true, false, 1, 'x'],
  Odd: [
    'odd',
    'nothing',
    'throws',
    3,
    { deep: [null, '\ud800', 'a\\ud800', { x: 'é' }] },
    Number.NaN,
    new Date(0),
    [],
    () => 1,
  ],
};

function randomScalar(name: string, random: () => number): unknown {
  const values = SCALARS[name] ?? [];
  // The first one most of the time, so that not each result is full of errors.
  return random() < 0.7 ? values[0] : pick(values, random);
}

function randomList(
  schema: GraphQLSchema,
  item: GraphQLOutputType,
  place: string,
  random: () => number,
): unknown {
  const length = Math.floor(random() * 4);
  const items = Array.from({ length }, (_, index) => () => {
    const own = randomOf(`${place} ${index} ${random()}`);
    return randomValue(schema, item, `${place}.${index}`, own);
  });
  const chance = random();
  const failsAt = random() < 0.9 ? -1 : Math.floor(random() * length);
  if (chance < 0.03) return 'no list';
  if (chance < 0.15) return generate(items, failsAt);
  if (chance < 0.3 && !mayReject(item)) return generateAsync(items, failsAt, random);
  const made = items.map((make) => {
    try {
      return make();
    } catch (error) {
      return error;
    }
  });
  return chance < 0.35 ? new Set(made) : made;
}

/** graphql-js leaves such items of an asynchronous list unhandled if they reject before its end. */
function mayReject(item: GraphQLOutputType): boolean {
  return isNonNullType(item) && isCompositeType(getNamedType(item));
}

function* generate(items: readonly (() => unknown)[], failsAt: number): Generator {
  for (const [index, make] of items.entries()) {
    if (index === failsAt) throw new Error(`iterator at ${index}`);
    yield make();
  }
}

async function* generateAsync(
  items: readonly (() => unknown)[],
  failsAt: number,
  random: () => number,
): AsyncGenerator {
  for (const [index, make] of items.entries()) {
    if (index === failsAt) throw new Error(`iterator at ${index}`);
    await later(() => undefined, random);
    yield make();
  }
}

/** A promise of another library. */
function thenable(value: () => unknown): PromiseLike<unknown> {
  const promise = new Promise((resolve) => {
    resolve(value());
  });
  promise.catch(() => undefined);
  // oxlint-disable-next-line no-thenable
  return { then: (fulfilled, rejected) => promise.then(fulfilled, rejected) };
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  // In bounds.
  return items[Math.floor(random() * items.length)] as Item;
}
