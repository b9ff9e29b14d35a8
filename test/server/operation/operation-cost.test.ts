// The cost of operations in points: one for each object, ten for each REST call.
import { buildSchema, getOperationAST, GraphQLObjectType, parse, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { exampleOperations } from '../../../src/server/graphiql/examples.ts';
import type { FieldPrice } from '../../../src/server/operation/field-price.ts';
import { defaultLimits } from '../../../src/server/operation/limits.ts';
import { measureCost } from '../../../src/server/operation/operation-cost.ts';
import { schema as graph } from '../../../schema/index.ts';

/** A schema whose fields have the given prices, by `Type.field`. */
function priced(sdl: string, prices: Readonly<Record<string, FieldPrice>>): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const [place, price] of Object.entries(prices)) {
    const [typeName = '', fieldName = ''] = place.split('.');
    const type = schema.getType(typeName);
    const field = type instanceof GraphQLObjectType ? type.getFields()[fieldName] : undefined;
    if (field === undefined) throw new Error(`There is no ${place}`);
    field.extensions = { price };
  }
  return schema;
}

const first = (args: Readonly<Record<string, unknown>>) =>
  typeof args['first'] === 'number' ? args['first'] : 10;

const schema = priced(
  `type Query { one: One list(first: Int): [One!] dear: String any: Any anys(first: Int): [Any!] mine(input: In): One }
   input In { ids: [ID!] }
   type One { name: String one: One list(first: Int): [One!] dear: String shared: One }
   type Two { name: String list(first: Int): [One!] }
   union Any = One | Two
   type Mutation { act: One }`,
  {
    'Query.list': { calls: (args) => Math.ceil(first(args) / 100), size: first },
    'Query.anys': { calls: 1, size: first },
    'Query.dear': { calls: 3 },
    'One.list': { calls: 1, size: first },
    'One.dear': { calls: 2 },
    'One.shared': { calls: 0.1 },
    'Two.list': { calls: 1, size: first },
  },
);

function points(query: string, variables: Readonly<Record<string, unknown>> = {}, of = schema): number {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (operation == null) throw new Error('There is no operation');
  return measureCost({ schema: of, document, operation, variables }).points;
}

describe('an operation costs', () => {
  it.each([
    ['nothing for plain values', '{ __typename }', 0],
    ['a point for an object', '{ one { name } }', 1],
    ['a point for each object in objects', '{ one { one { name } } }', 2],
    ['the calls of a scalar', '{ dear }', 30],
    ['a call and its elements', '{ list(first: 5) { name } }', 15],
    ['as many elements as come without an argument', '{ list { name } }', 20],
    ['no more than it asks for', '{ list(first: 0) { name } }', 0],
    ['a call for each page', '{ list(first: 250) { name } }', 280],
    [
      'the product of lists in lists',
      '{ list(first: 5) { list(first: 4) { name } } }',
      10 + 5 * (1 + 10 + 4),
    ],
    ['the calls of each element', '{ list(first: 5) { dear } }', 10 + 5 * 21],
    ['a part of a shared call', '{ list(first: 5) { shared { name } } }', 10 + 5 * 3],
    ['the same by an inline fragment', '{ list(first: 5) { ... on One { dear } } }', 10 + 5 * 21],
    ['the same by a fragment', '{ list(first: 5) { ...f } } fragment f on One { dear }', 10 + 5 * 21],
    ['a point for a deferred fragment', '{ one { ... @defer { dear } } }', 1 + 1 + 20],
    [
      'a point for it on each object',
      '{ list(first: 5) { ...f @defer } } fragment f on One { dear }',
      15 + 5 * 21,
    ],
    [
      'a point for each time that it is deferred',
      '{ one { ...f @defer ...f @defer } } fragment f on One { dear }',
      23,
    ],
    ['nothing for what the document does not defer', '{ one { ... @defer(if: false) { dear } } }', 21],
    ['a point for a streamed list', '{ list(first: 5) @stream(initialCount: 2) { name } }', 16],
    ['a fragment only once in one place', '{ one { ...f ...f } } fragment f on One { dear }', 21],
    ['a fragment in each of its places', '{ one { ...f one { ...f } } } fragment f on One { dear }', 42],
    [
      'the most expensive of several types',
      '{ any { ... on One { dear } ... on Two { list(first: 50) { name } } } }',
      61,
    ],
    [
      'all that is asked of one type',
      '{ any { ... on One { dear } ... on One { list(first: 5) { name } } } }',
      36,
    ],
    ['as much as a mutation answers', 'mutation { act { dear } }', 21],
    ['skipped fields like others', '{ one @skip(if: true) { dear } }', 21],
  ])('%s', (_what, query, expected) => {
    expect(points(query)).toBe(expected);
  });

  it('as much as its variables or their defaults request', () => {
    const query = 'query ($n: Int = 3) { list(first: $n) { name } }';
    expect([points(query), points(query, { n: 7 }), points(query, { n: null })]).toEqual([13, 17, 20]);
  });

  it('nothing if its variables are invalid, as it does not run', () => {
    expect(points('query ($n: Int!) { list(first: $n) { name } }')).toBe(0);
    expect(points('query ($n: Int) { list(first: $n) { name } }', { n: 'x' })).toBe(0);
  });

  it('more than any limit if its fragments multiply, and is measured quickly', () => {
    const levels = 300;
    const fragments = Array.from(
      { length: levels },
      (_none, index) =>
        `fragment f${index} on One { a: one { ...f${index + 1} } b: one { ...f${index + 1} } }`,
    );
    const query = `{ one { ...f0 } } ${fragments.join(' ')} fragment f${levels} on One { name }`;
    expect(points(query)).toBeGreaterThan(1e80);
  });

  it('a finite number if fragments spread each other in a circle', () => {
    expect(
      points('{ one { ...a } } fragment a on One { one { ...b } } fragment b on One { one { ...a } }'),
    ).toBe(3);
  });
});

const connections = priced(
  `type Query { rooms(first: Int): Rooms others(first: Int): [Room!] }
   type Room { name: String here(first: Int): People people(first: Int): People }
   type Rooms { edges: [RoomEdge!] pageInfo: PageInfo total: Int }
   type RoomEdge { cursor: String node: Room }
   type People { edges: [PersonEdge!] pageInfo: PageInfo total: Int }
   type PersonEdge { cursor: String node: Person }
   type Person { name: String room: Room }
   type PageInfo { hasNextPage: Boolean }`,
  {
    'Query.rooms': { calls: 1, size: first },
    'Query.others': { calls: 1, size: first },
    'Room.here': { calls: 1, size: first, groups: true },
    'Room.people': { calls: 0, size: first },
    ...Object.fromEntries(
      ['Rooms', 'People'].flatMap((type) => [
        [`${type}.edges`, { calls: 0, size: 'ofConnection' }],
        [`${type}.pageInfo`, { calls: 0, weight: 0 }],
      ]),
    ),
    'RoomEdge.node': { calls: 0, weight: 0 },
    'PersonEdge.node': { calls: 0, weight: 0 },
    'Person.room': { calls: 1, per: 'once' },
  },
);

describe('the cost of an operation', () => {
  const isConstant = (query: string, variables = {}): boolean => {
    const document = parse(query);
    const operation = getOperationAST(document);
    if (operation == null) throw new Error('There is no operation');
    return measureCost({ schema: watching, document, operation, variables }).isConstant;
  };
  const watching = priced(
    'type Query { list(first: Int, after: ID, ids: [ID!]!): [Int] all(first: Int): [Int] }',
    {
      'Query.list': { calls: 1, size: first },
      'Query.all': { calls: (args) => Object.keys(args).length },
    },
  );

  it.each([
    [
      'is constant if no price reads its variables',
      'query ($a: ID!) { list(first: 5, after: $a, ids: []) }',
      true,
    ],
    ['is not if a price reads one', 'query ($a: Int) { list(first: $a, ids: []) }', false],
    ['is not if a price lists the arguments', 'query ($a: Int) { all(first: $a) }', false],
    ['is not if arguments may be invalid', 'query ($a: ID) { list(ids: [$a]) }', false],
  ])('%s', (_, query, expected) => {
    expect(isConstant(query, { a: query.includes('ID)') ? null : 1 })).toBe(expected);
  });
});

describe('a connection costs', () => {
  const people = (selection: string) => `rooms(first: 5) { edges { node { ${selection} } } }`;

  it.each([
    ['a point for each element', 'rooms(first: 20) { edges { cursor node { name } } }', 10 + 20],
    ['nothing for its parts', 'rooms(first: 20) { total pageInfo { hasNextPage } }', 10],
    ['no elements where only its length is asked', people('people(first: 50) { total }'), 10 + 5],
    ['elements in elements', people('people(first: 50) { edges { cursor } }'), 10 + 5 + 250],
    ['the same by fragments', people('people(first: 50) { ...P }'), 10 + 5 + 250],
    [
      'a fragment by the length of each of its places',
      'a: rooms(first: 5) { ...R } b: rooms(first: 7) { ...R }',
      20 + 5 + 7,
    ],
    [
      'a call once for all elements that share it',
      people('here(first: 50) { edges { node { room { name } } } }'),
      10 + 5 * (1 + 10 + 50 * 2 + 10),
    ],
    [
      'a call for each element of a streamed list, whose elements are resolved one after another',
      people('here(first: 50) { edges @stream { node { room { name } } } }'),
      10 + 5 * (1 + 10 + 1 + 50 * (2 + 10)),
    ],
    [
      'a call for each element where elements do not share it',
      people('people(first: 50) { edges { node { room { name } } } }'),
      10 + 5 * (1 + 50 * (2 + 10)),
    ],
  ])('%s', (_what, selection, expected) => {
    const query = `{ ${selection} } fragment P on People { edges { cursor } } fragment R on Rooms { edges { cursor } }`;
    expect(points(query, {}, connections)).toBe(expected);
  });
});

describe("of the gateway's schema", () => {
  const variables = { roomId: '64a000000000000000000000' };

  it.each(exampleOperations().map(({ file, query }) => [file, query] as const))(
    'the example %s is far below the limit',
    (_file, query) => {
      expect(points(query, variables, graph)).toBeLessThan(defaultLimits.cost / 2);
    },
  );

  it.each([
    [
      'the sessions of rooms',
      'rooms(first: 200) { edges { node { sessions(first: 100) { edges { node { id } } } } } }',
    ],
    [
      'the peers of rooms',
      'rooms(first: 500) { edges { node { peers(first: 100) { edges { node { id } } } } } }',
    ],
    [
      'the tracks of peers',
      'sessions(first: 20) { edges { node { room { peers { edges { node { tracks { id } } } } } } } }',
    ],
  ])('%s, all in one operation, are over the limit', (_what, query) => {
    expect(points(`{ ${query} }`, {}, graph)).toBeGreaterThan(defaultLimits.cost);
  });

  it('a phone call is a slow operation', () => {
    const document = parse('mutation { placeSipCall(input: {}) { __typename } }');
    const operation = getOperationAST(document);
    expect(operation && measureCost({ schema: graph, document, operation, variables: {} }).isSlow).toBe(true);
  });
});
