// Objects and places of the other room, by every name and at any time: a caller who is bound to one room gets none of
// them, and their own in every spelling.
import { getNamedType, isLeafType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { encodeGlobalId } from '../../resolvers/ids.ts';
import { schema } from '../../schema/index.ts';
import { codesOf } from '../support/gateway.ts';
import { startBound, tellsOf } from './bound.ts';
import { whileTimeGoesOn } from './stage.ts';
import { nodes } from './table.ts';
import { askOverHttp, overEventStream } from './transports.ts';

/** All of a type's fields that show a fact and no further object. */
function leavesOf(typeName: string): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} has no fields`);
  const leaves = Object.values(type.getFields()).filter((field) => isLeafType(getNamedType(field.type)));
  return leaves.map(({ name }) => name).join(' ');
}

test('no Node of another room is fetched, whatever is selected of it', async () => {
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

test('the own room is there in every spelling, with all that is in it', async () => {
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

test('what somebody else has just been answered is refused all the same, before and after', async () => {
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
  // Side by side, so that both could share one flight.
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

test('a cursor of another room opens nothing of it', async () => {
  const { stage, key, ask } = await startBound();
  await using _ = stage;
  const { tested, world, cast, other, clock } = stage;
  await using stream = overEventStream(await tested.gateway.listen());
  const full = stage.doorkeeper.key({ scopes: ['*'] });
  const first = stream.ask(full, `subscription { peerChanges(roomId: "${cast.room}") { cursor } }`);
  const { data } = await whileTimeGoesOn(first, clock);
  const { cursor } = (data as { peerChanges: { cursor: string } }).peerChanges; // by the document
  const watching = stream.ask(
    key,
    `subscription { peerChanges(roomId: "${other.room}", after: "${cursor}") { cursor } }`,
  );
  expect(codesOf(await whileTimeGoesOn(watching, clock))).toEqual(['BAD_USER_INPUT']);
  // A session of the other room that is newer than all: what is behind it, of either room, could be told.
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
  const [edge] = (list as { sessions: { edges: { cursor: string }[] } }).sessions.edges; // as just seen
  const next = `{ sessions(filter: { roomId: "${other.room}" }, after: "${edge?.cursor}") { edges { node { hmsId } } } }`;
  const answer = await ask(next);
  expect(answer).toEqual({ data: { sessions: { edges: [{ node: { hmsId: other.session } }] } } });
  expect(tellsOf(stage, answer, next)).toEqual([]);
});
