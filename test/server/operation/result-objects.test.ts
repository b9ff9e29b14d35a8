// The objects of a result, counted for the points that an operation has used.
import { buildSchema, execute, getOperationAST, parse } from 'graphql';
import { expect, it } from 'vitest';
import { schema as graph } from '../../../schema/index.ts';
import { countObjects } from '../../../src/server/operation/result-objects.ts';

const schema = buildSchema(`
  scalar Json
  interface Named { name: String }
  type Room implements Named { name: String json: Json peers: [Peer] first: Peer }
  type Peer implements Named { name: String json: Json room: Room }
  union Found = Room | Peer
  type Query { room: Room none: Room rooms: [[Room]] found: [Found] named: [Named] }
`);

const peer = { __typename: 'Peer', name: 'Ada', json: { deep: [{}, {}] } };
const room = { __typename: 'Room', name: 'One', json: [{}], peers: [peer, null, peer], first: peer };
const root = {
  room,
  none: null,
  rooms: [[room, null], null, [room]],
  found: [room, peer, peer],
  named: [room, peer],
};

it.each([
  ['none for plain values', '{ __typename }', 0],
  ['one for an object', '{ room { name } }', 1],
  ['none for null', '{ none { name } }', 0],
  ['each element of a list, without nulls', '{ room { peers { name } } }', 3],
  ['lists of lists', '{ rooms { name } }', 2],
  ['a value of a scalar as nothing', '{ room { json first { json } } }', 2],
  ['an alias by itself', '{ a: room { name } b: room { name } }', 2],
  ['fields that fragments repeat once', '{ room { ...F ...F ...G first { name } } }', 2],
  ['the selections of all fragments', '{ room { ...F peers { name } } }', 4],
  ['each type by its own selections', '{ found { ... on Room { first { name } } ... on Peer { name } } }', 4],
  ['objects behind an interface', '{ named { name ... on Room { peers { name } } } }', 4],
  [
    'a key that stands for values and objects',
    '{ found { ... on Room { x: first { name } } ... on Peer { x: name } } }',
    4,
  ],
])('counts %s', async (_what, selection, expected) => {
  const document = parse(
    `${selection} fragment F on Room { first { name } } fragment G on Named { ... on Room { first { name } } }`,
  );
  const operation = getOperationAST(document);
  if (operation == null) throw new Error('There is no operation');
  const { data, errors } = await execute({ schema, document, rootValue: root });
  expect(errors).toBeUndefined();
  expect(countObjects(data, { schema, document, operation })).toBe(expected);
});

it('counts a page by its edges, and introspection by hundredths', async () => {
  const document = parse(`{
    rooms { pageInfo { hasNextPage } edges { cursor node { name peers { totalCount edges { node { name } } } } } }
    __schema { queryType { name } }
  }`);
  const operation = getOperationAST(document);
  if (operation == null) throw new Error('There is no operation');
  const people = { totalCount: 2, edges: [{ node: { name: 'Ada' } }, { node: { name: 'Eve' } }] };
  const data = {
    rooms: {
      pageInfo: { hasNextPage: true },
      edges: [
        { cursor: 'a', node: { name: 'One', peers: people } },
        { cursor: 'b', node: { name: 'Two', peers: null } },
      ],
    },
    __schema: { queryType: { name: 'Query' } },
  };
  expect(countObjects(data, { schema: graph, document, operation })).toBeCloseTo(4.02);
});
