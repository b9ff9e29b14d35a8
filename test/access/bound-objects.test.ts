// A caller bound to one room cannot read objects of another room, whatever form their ids have, nor use its cursors.
// The caller's own room is found by each form of its id.
import { getNamedType, isLeafType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { encodeGlobalId } from '../../resolvers/ids.ts';
import { schema } from '../../schema/index.ts';
import { codesOf } from '../support/gateway.ts';
import { startBound, tellsOf } from './bound.ts';
import { whileTimeGoesOn } from './stage.ts';
import { nodes } from './table.ts';
import { askOverHttp, overEventStream } from './transports.ts';

/** The fields of a type whose values are scalars or enums, as a selection. */
function leavesOf(typeName: string): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} has no fields`);
  const leaves = Object.values(type.getFields()).filter((field) => isLeafType(getNamedType(field.type)));
  return leaves.map(({ name }) => name).join(' ');
}

test('no Node of another room is fetched, whichever of its fields are selected', async () => {
  const { stage, ask } = await startBound();
  await using _ = stage;
  const { cast, other } = stage;
  for (const { name: type, localId: localIdIn } of nodes.filter(({ rooms }) => rooms !== 'shared')) {
    const localId = localIdIn(cast);
    const facts = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { ${leavesOf(type)} } } }`;
    const ids = [encodeGlobalId(type, localId), encodeGlobalId('Room', other.room)];
    const answer = await ask(facts, { ids });
    expect(answer).toMatchObject({ data: { nodes: [null, {}] } });
    expect(codesOf(answer), type).toEqual(['FORBIDDEN']);
    expect(tellsOf(stage, answer, localId)).toEqual([]);
  }
});

test('a caller finds their own room and its objects by each form of its id', async () => {
  const { stage, ask } = await startBound();
  await using _ = stage;
  const { room } = stage.other;
  const spellings = [room, room.toUpperCase(), encodeGlobalId('Room', room)];
  for (const id of spellings) {
    const answer = await ask(
      `{ room(id: "${id}") { name peers { totalCount } sessions { edges { cursor } } } }`,
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({ room: { name: 'theirs', peers: { totalCount: 1 } } });
  }
  const rooms = await ask('{ rooms { edges { node { name } } } }');
  expect(rooms.data).toEqual({ rooms: { edges: [{ node: { name: 'theirs' } }] } });
});

test('an object of another room is refused also when another caller has just read it or reads it at the same time', async () => {
  const { stage, key, ask } = await startBound();
  await using _ = stage;
  const { tested, cast } = stage;
  const full = stage.doorkeeper.key({ scopes: ['*'] });
  const document = `{
    room(id: "${cast.room}") { name template { name } activeSession { hmsId } peers { totalCount } }
    session(id: "${cast.session}") { hmsId }
    recording(id: "${cast.recording}") { hmsId }
  }`;
  const before = await askOverHttp(tested.gateway, full, document);
  const after = await ask(document);
  // Sent at the same time, so that both could share one request in flight.
  const [shared, aside] = await Promise.all([
    askOverHttp(tested.gateway, full, document),
    askOverHttp(tested.gateway, key, document),
  ]);
  for (const answer of [before, shared]) expect(answer.errors).toBeUndefined();
  for (const answer of [after, aside]) {
    expect(codesOf(answer)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect(answer.data).toEqual({ room: null, session: null, recording: null });
  }
});

test("a cursor from another room's list shows nothing of that room", async () => {
  const { stage, key, ask } = await startBound();
  await using _ = stage;
  const { tested, world, cast, other, clock } = stage;
  await using stream = overEventStream(await tested.gateway.listen());
  const full = stage.doorkeeper.key({ scopes: ['*'] });
  const first = stream.ask(full, `subscription { peerChanges(roomId: "${cast.room}") { cursor } }`);
  const { data } = await whileTimeGoesOn(first, clock);
  const { cursor } = (data as { peerChanges: { cursor: string } }).peerChanges; // the document selects it
  const watching = stream.ask(
    key,
    `subscription { peerChanges(roomId: "${other.room}", after: "${cursor}") { cursor } }`,
  );
  expect(codesOf(await whileTimeGoesOn(watching, clock))).toEqual(['BAD_USER_INPUT']);
  // The newest session of all belongs to the other room, so a page after its cursor could contain sessions of either
  // room.
  world.endSession(cast.room);
  world.join(cast.room, { name: 'Late', userId: 'late', role: 'plain' });
  const newest = world.sessions.active(cast.room)?.id;
  const { data: list } = await askOverHttp(
    tested.gateway,
    full,
    `{ sessions(first: 1, filter: { roomId: "${cast.room}" }) { edges { cursor node { hmsId } } } }`,
  );
  expect(list).toEqual({
    sessions: { edges: [{ cursor: expect.stringMatching(/./), node: { hmsId: newest } }] },
  });
  const [edge] = (list as { sessions: { edges: { cursor: string }[] } }).sessions.edges; // its shape was asserted above
  const next = `{ sessions(filter: { roomId: "${other.room}" }, after: "${edge?.cursor}") { edges { node { hmsId } } } }`;
  const answer = await ask(next);
  expect(answer).toEqual({ data: { sessions: { edges: [{ node: { hmsId: other.session } }] } } });
  expect(tellsOf(stage, answer, next)).toEqual([]);
});
