// The objects of an answer in parts are as many as those of the whole answer: with every fragment deferred and every list streamed.
import {
  buildSchema,
  experimentalExecuteIncrementally,
  getOperationAST,
  GraphQLError,
  Kind,
  legacyExecuteIncrementally,
  parse,
  visit,
  type DocumentNode,
} from 'graphql';
import { expect, it } from 'vitest';
import type { AnswerInParts } from '../../../src/server/operation/engine.ts';
import { countObjects, ObjectCounter } from '../../../src/server/operation/result-objects.ts';
import { PartedAnswer } from '../../../src/server/parts/parted-answer.ts';

const schema = buildSchema(`
  directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
  directive @stream(if: Boolean! = true, label: String, initialCount: Int! = 0) on FIELD
  interface Named { name: String }
  type Room implements Named { name: String peers: [Peer] first: Peer }
  type Peer implements Named { name: String room: Room friends: [Peer] }
  union Found = Room | Peer
  type Query { room: Room rooms: [Room] found: [Found] named: [Named] }
`);

const bob = { __typename: 'Peer', name: 'Bob' };
const ada = { __typename: 'Peer', name: 'Ada', friends: [bob, bob] };
const room = { __typename: 'Room', name: 'One', peers: [ada, null, bob, ada], first: ada };
const root = { room, rooms: [room, null, room], found: [room, ada, bob], named: [room, ada] };

const LISTS = new Set(['rooms', 'peers', 'friends', 'found', 'named']);

/** The document with `@defer` at every fragment and `@stream` at every list. */
function inParts(document: DocumentNode): DocumentNode {
  const directive = (name: string) => ({
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name } as const,
  });
  return visit(document, {
    FragmentSpread: (node) => ({ ...node, directives: [directive('defer')] }),
    InlineFragment: { leave: (node) => ({ ...node, directives: [directive('defer')] }) },
    Field: {
      leave: (node) =>
        LISTS.has(node.name.value) ? { ...node, directives: [directive('stream')] } : undefined,
    },
  });
}

function operationIn(document: DocumentNode) {
  const operation = getOperationAST(document);
  if (operation == null) throw new Error('there is no operation');
  return { schema, document, operation };
}

/** The points of all parts. */
async function pointsOf(answer: AnswerInParts, document: DocumentNode): Promise<number> {
  const parted = new PartedAnswer(answer, {
    mask: (error) => new GraphQLError(String(error)),
    counter: new ObjectCounter(operationIn(document)),
    onErrors: (errors) => expect(errors).toEqual([]),
  });
  for await (const _part of parted);
  return parted.objects;
}

const documents = [
  '{ room { ... { peers { name } first { name } } } }',
  '{ rooms { name ... { peers { ... { friends { name } } } } } }',
  '{ ... { rooms { ... { first { ... { friends { name } } } } } } }',
  '{ room { ...F ...G first { name } } } fragment F on Room { first { name } } fragment G on Named { ... on Room { peers { name } } }',
  '{ found { ... on Room { first { name } } ... on Peer { friends { name } } } }',
  '{ a: named { ... on Room { peers { name } } } b: named { ... on Peer { friends { ...F } } } } fragment F on Peer { name }',
];

it.each(documents)('of %s', async (text) => {
  const whole = parse(text);
  const document = inParts(whole);
  const data = await experimentalExecuteIncrementally({ schema, document: whole, rootValue: root });
  if (!('data' in data)) throw new Error('the whole came in parts');
  const points = countObjects(data.data, operationIn(whole));
  const args = { schema, document, rootValue: root };
  const [ids, paths] = [await experimentalExecuteIncrementally(args), await legacyExecuteIncrementally(args)];
  if (!('initialResult' in ids) || !('initialResult' in paths)) throw new Error('it did not come in parts');
  expect(points).toBeGreaterThan(0);
  expect(await pointsOf(ids, document)).toBe(points);
  // In this format a field that two fragments select comes twice.
  expect(await pointsOf(paths, document)).toBeGreaterThanOrEqual(points);
});
