// A caller who is bound to one room tries to get at another: whatever the way, nothing of it is told or changed.
import { getNamedType, isLeafType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { encodeGlobalId } from '../../resolvers/ids.ts';
import { schema } from '../../schema/index.ts';
import { codesOf, type Answer } from '../support/gateway.ts';
import { startStage, whileTimeGoesOn, type AccessStage } from './stage.ts';
import { askOverHttp, overEventStream } from './transports.ts';

/** `cast` has what belongs to the other room, `other` is the caller's own. */
type Attempt = (stage: AccessStage) => string;

const global = encodeGlobalId;
const upper = (id: string) => id.toUpperCase();

/** A stage, and a key for everything in one room. */
async function startBound() {
  const stage = await startStage();
  const key = stage.doorkeeper.key({ scopes: ['*'], rooms: [stage.other.room] });
  const ask = (document: string, variables?: object): Promise<Answer> =>
    askOverHttp(stage.tested.gateway, key, document, variables);
  return { stage, key, ask };
}

/** What may stand in no answer: ids and words of the room that is not the caller's. */
function tellsOf({ cast, peers }: AccessStage, answer: Answer): string[] {
  const text = JSON.stringify(answer.data ?? null).toLowerCase();
  const { room, session, peer, liveStream, recording, externalStream, asset, poll, roomCode } = cast;
  const secrets = [room, session, peer, ...peers.values()];
  secrets.push(liveStream, recording, externalStream, asset, poll, roomCode, '"ours"');
  return secrets.filter((secret) => text.includes(secret.toLowerCase()));
}

/** By name; each must be refused with an error, of these codes alone. */
const refused: Readonly<Record<string, Attempt>> = {
  'an alias beside the own room': ({ cast, other }) =>
    `{ mine: room(id: "${other.room}") { name } room(id: "${cast.room}") { name } }`,
  'a named fragment': ({ cast }) =>
    `query { ...F } fragment F on Query { ...G } fragment G on Query { room(id: "${cast.room}") { name } }`,
  'an inline fragment with a directive': ({ cast }) =>
    `{ ... @include(if: true) { ... on Query { room(id: "${cast.room}") { name } } } }`,
  'the default value of a variable': ({ cast }) =>
    `query ($id: ID! = "${cast.room}") { room(id: $id) { name } }`,
  'a vendor id in capitals': ({ cast }) => `{ room(id: "${upper(cast.room)}") { name } }`,
  'a global id': ({ cast }) => `{ room(id: "${global('Room', cast.room)}") { name } }`,
  'a global id of capitals': ({ cast }) => `{ room(id: "${global('Room', upper(cast.room))}") { name } }`,
  'a Node by an interface': ({ cast }) =>
    `{ node(id: "${global('LiveStream', cast.liveStream)}") { id ... on MediaJob { status room { name } } } }`,
  'a Node of capitals': ({ cast }) =>
    `{ node(id: "${global('Session', upper(cast.session))}") { ... on Session { startedAt } } }`,
  'a list by the filter': ({ cast }) =>
    `{ sessions(filter: { roomId: "${cast.room}" }) { edges { node { hmsId } } } }`,
  'a list by an empty filter': () => '{ recordings(filter: {}) { edges { cursor } } }',
  'a list by a filter without a room': ({ cast }) =>
    `{ liveStreams(filter: { roomId: null, sessionId: "${cast.session}" }) { edges { cursor node { hmsId } } } }`,
  'a list by a session alone': ({ cast }) =>
    `{ recordingAssets(filter: { sessionId: "${cast.session}" }) { edges { cursor node { hmsId } } } }`,
  'quality of a session': ({ cast }) =>
    `{ peerQualityStats(sessionId: "${global('Session', cast.session)}", peerId: "${cast.peer}") { __typename } }`,
  'the deliveries of all rooms': () =>
    '{ webhookDeliveries(filter: { delivered: true }) { edges { cursor } } }',
  'a poll of the workspace': ({ cast }) => `{ poll(id: "${cast.poll}") { title } }`,
  'the polls of the own room': ({ other }) => `{ room(id: "${other.room}") { polls { title } } }`,
  'a mutation by a global id': ({ cast }) =>
    `mutation { updateRoom(input: { id: "${global('Room', cast.room)}", name: "theirs now" }) { __typename } }`,
  'a mutation behind one of the own room': ({ cast, other }) => `mutation {
    mine: sendMessage(input: { roomId: "${other.room}", message: "Hello" }) { __typename }
    endRoom(input: { roomId: "${cast.room}" }) { __typename }
  }`,
  'overwriting a room by its name': () =>
    'mutation { createRoom(input: { name: "ours", description: "taken", ifExists: OVERWRITE }) { __typename } }',
  'stopping a job': ({ cast }) =>
    `mutation { stopRecording(input: { id: "${upper(cast.recording)}" }) { __typename } }`,
  'stopping what is not there': () =>
    `mutation { stopLiveStream(input: { id: "${'f'.repeat(24)}" }) { __typename } }`,
  'a code': ({ cast }) => `mutation { exchangeRoomCode(input: { code: "${cast.roomCode}" }) { __typename } }`,
  'a code said to be of the own room': ({ cast, other }) =>
    `mutation { disableRoomCode(input: { code: "${global('RoomCode', `${other.room}:${cast.roomCode}`)}" }) { __typename } }`,
  'a token for a room': ({ cast }) =>
    `mutation { createAuthToken(input: { roomId: "${global('Room', cast.room)}", role: "host", userId: "u" }) { __typename } }`,
};

test.each(Object.entries(refused))('a caller of another room is refused: %s', async (_name, attempt) => {
  await using stage = await startStage();
  const key = stage.doorkeeper.key({ scopes: ['*'], rooms: [stage.other.room] });
  const answer = await askOverHttp(stage.tested.gateway, key, attempt(stage));
  expect(codesOf(answer)).toEqual(['FORBIDDEN']);
  expect(tellsOf(stage, answer)).toEqual([]);
  expect(writesOutside(stage)).toEqual([]);
  // It is a matter of rooms alone.
  const full = stage.doorkeeper.key({ scopes: ['*'] });
  const control = await askOverHttp(stage.tested.gateway, full, attempt(stage));
  expect(codesOf(control)).not.toContain('FORBIDDEN');
});

/** Requests that change something, but for those about the caller's own room. */
function writesOutside({ tested, other }: AccessStage): string[] {
  return tested.sandbox.ledger
    .lines()
    .filter((line) => !line.startsWith('GET ') && !line.includes(other.room));
}

/** By name; each is answered, with nothing of the other room in it. */
const empty: Readonly<Record<string, Attempt>> = {
  'a peer said to be of the own room': ({ cast, other }) =>
    `{ peer(roomId: "${other.room}", id: "${cast.peer}") { name userId }
       node(id: "${global('Peer', `${other.room}:${cast.peer}`)}") { id ... on Peer { name session { hmsId } } } }`,
  'a code said to be of the own room': ({ cast, other }) =>
    `{ node(id: "${global('RoomCode', `${other.room}:${cast.roomCode}`)}") { id ... on RoomCode { code } } }`,
  'a session with the own room in the filter': ({ cast, other }) => {
    const filter = `(filter: { roomId: "${other.room}", sessionId: "${cast.session}" })`;
    const fields = ['liveStreams', 'recordings', 'recordingAssets', 'externalStreams'];
    return `{ ${fields.map((field) => `${field}${filter} { edges { cursor node { hmsId } } }`).join(' ')} }`;
  },
  'another room in filters of the own': ({ cast, other }) => {
    const filter = `(filter: { roomId: "${cast.room}" })`;
    const fields = ['sessions', 'liveStreams', 'recordings', 'recordingAssets', 'externalStreams'];
    return `{ room(id: "${other.room}") { ${fields.map((field) => `${field}${filter} { edges { cursor node { hmsId } } }`).join(' ')} } }`;
  },
  'another session in filters of the own': ({ cast, other }) => {
    const filter = `(filter: { roomId: "${cast.room}", sessionId: "${cast.session}" })`;
    const fields = ['liveStreams', 'recordings', 'recordingAssets', 'externalStreams'];
    return `{ room(id: "${other.room}") { activeSession { ${fields.map((field) => `${field}${filter} { edges { cursor node { hmsId } } }`).join(' ')} } } }`;
  },
  'analytics of somebody else': ({ cast, other }) =>
    `{ analyticsEvents(roomId: "${other.room}", filter: { sessionId: "${cast.session}", peerId: "${cast.peer}" }) { edges { cursor node { __typename } } } }`,
  'quality of somebody else in the own session': ({ cast, other }) =>
    `{ peerQualityStats(sessionId: "${other.session}", peerId: "${cast.peer}") { __typename } }`,
  'the list of rooms by name': () =>
    '{ rooms(filter: { name: "ours" }) { edges { cursor node { hmsId name } } } }',
  'the list of rooms by template': ({ cast }) =>
    `{ rooms(filter: { templateId: "${cast.template}" }) { edges { node { hmsId name } } } }`,
  'deliveries of the own room': ({ other }) =>
    `{ webhookDeliveries(filter: { roomId: "${other.room}" }) { edges { node { __typename } } } }`,
};

test.each(Object.entries(empty))(
  'a caller of another room is told nothing by: %s',
  async (_name, attempt) => {
    await using stage = await startStage();
    const key = stage.doorkeeper.key({ scopes: ['*'], rooms: [stage.other.room] });
    const answer = await askOverHttp(stage.tested.gateway, key, attempt(stage));
    expect(answer.errors).toBeUndefined();
    expect(tellsOf(stage, answer)).toEqual([]);
  },
);

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
  const localIds: Readonly<Record<string, string>> = {
    Room: cast.room,
    Session: cast.session,
    Peer: `${cast.room}:${cast.peer}`,
    RoomCode: `${cast.room}:${cast.roomCode}`,
    LiveStream: cast.liveStream,
    Recording: cast.recording,
    RecordingAsset: cast.asset,
    ExternalStream: cast.externalStream,
    Poll: cast.poll,
  };
  for (const [type, localId] of Object.entries(localIds)) {
    const facts = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { ${leavesOf(type)} } } }`;
    const ids = [global(type, localId), global('Room', other.room)];
    const answer = await ask(facts, { ids });
    expect(answer).toMatchObject({ data: { nodes: [null, {}] } });
    expect(codesOf(answer), type).toEqual(['FORBIDDEN']);
    expect(tellsOf(stage, answer)).toEqual([]);
  }
});

test('the own room is there in every spelling, with all that is in it', async () => {
  const { stage, ask } = await startBound();
  await using _ = stage;
  const { room } = stage.other;
  const spellings = [room, upper(room), global('Room', room)];
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
  const { tested, cast, other, clock } = stage;
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
  const list = await askOverHttp(tested.gateway, full, `{ sessions(first: 1) { edges { cursor } } }`);
  const place = JSON.stringify(list.data).match(/"cursor":"([^"]+)"/)?.[1] ?? '';
  const answer = await ask(
    `{ sessions(filter: { roomId: "${other.room}" }, after: "${place}") { edges { cursor node { hmsId } } } }`,
  );
  expect(tellsOf(stage, answer)).toEqual([]);
});
