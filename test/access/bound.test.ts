// A caller restricted to one room cannot read or change anything of another room, on any path.
import { expect, test } from 'vitest';
import { encodeGlobalId } from '../../resolvers/ids.ts';
import { codesOf } from '../support/gateway.ts';
import { tellsOf } from './bound.ts';
import { startStage, type AccessStage } from './stage.ts';
import { askOverHttp } from './transports.ts';

/** `cast` has what belongs to the other room, `other` is the caller's own. */
type Attempt = (stage: AccessStage) => string;

const global = encodeGlobalId;
const upper = (id: string) => id.toUpperCase();

/** Operations by name. Each must be refused with `FORBIDDEN` and no other error. */
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

test.each(Object.entries(refused))(
  'a caller bound to one room is refused another room: %s',
  async (_name, attempt) => {
    await using stage = await startStage();
    const key = stage.doorkeeper.key({ scopes: ['*'], rooms: [stage.other.room] });
    const document = attempt(stage);
    const answer = await askOverHttp(stage.tested.gateway, key, document);
    expect(codesOf(answer)).toEqual(['FORBIDDEN']);
    expect(tellsOf(stage, answer, document)).toEqual([]);
    expect(writesOutside(stage)).toEqual([]);
    // A key without a room gets no such error, so the refusal was caused by the room alone.
    const full = stage.doorkeeper.key({ scopes: ['*'] });
    const control = await askOverHttp(stage.tested.gateway, full, document);
    expect(codesOf(control)).not.toContain('FORBIDDEN');
  },
);

/** The write requests, except those about the caller's own room. */
function writesOutside({ tested, other }: AccessStage): string[] {
  return tested.sandbox.ledger
    .lines()
    .filter((line) => !line.startsWith('GET ') && !line.includes(other.room));
}

/** A selection of a list that shows the ids of its elements. */
const listed = (field: string, filter: string) => `${field}${filter} { edges { cursor node { hmsId } } }`;
const mediaLists = ['liveStreams', 'recordings', 'recordingAssets', 'externalStreams'];
const nothingIn = (fields: readonly string[]) =>
  Object.fromEntries(fields.map((field) => [field, { edges: [] }]));

/** Operations by name. Each must be answered with `data`, which has nothing of the other room. */
const empty: Readonly<Record<string, (stage: AccessStage) => { document: string; data: unknown }>> = {
  'a peer said to be of the own room': ({ cast, other }) => ({
    document: `{ peer(roomId: "${other.room}", id: "${cast.peer}") { name userId }
       node(id: "${global('Peer', `${other.room}:${cast.peer}`)}") { id ... on Peer { name session { hmsId } } } }`,
    data: { peer: null, node: null },
  }),
  'a code said to be of the own room': ({ cast, other }) => ({
    document: `{ node(id: "${global('RoomCode', `${other.room}:${cast.roomCode}`)}") { id ... on RoomCode { code } } }`,
    data: { node: null },
  }),
  'a session with the own room in the filter': ({ cast, other }) => {
    const filter = `(filter: { roomId: "${other.room}", sessionId: "${cast.session}" })`;
    const document = `{ ${mediaLists.map((field) => listed(field, filter)).join(' ')} }`;
    return { document, data: nothingIn(mediaLists) };
  },
  'another room in filters of the own': ({ cast, other }) => {
    const filter = `(filter: { roomId: "${cast.room}" })`;
    const lists = ['sessions', ...mediaLists].map((field) => listed(field, filter)).join(' ');
    // The filter's room is ignored: the field belongs to a room already.
    const own = { edges: [{ cursor: expect.any(String), node: { hmsId: other.session } }] };
    return {
      document: `{ room(id: "${other.room}") { ${lists} } }`,
      data: { room: { ...nothingIn(mediaLists), sessions: own } },
    };
  },
  'another session in filters of the own': ({ cast, other }) => {
    const filter = `(filter: { roomId: "${cast.room}", sessionId: "${cast.session}" })`;
    const lists = mediaLists.map((field) => listed(field, filter)).join(' ');
    return {
      document: `{ room(id: "${other.room}") { activeSession { ${lists} } } }`,
      data: { room: { activeSession: nothingIn(mediaLists) } },
    };
  },
  'analytics of somebody else': ({ world, cast, other }) => {
    const speaker = { name: 'Speaker', userId: 'speaker', role: 'plain', publish: ['audio'] } as const;
    // Both rooms have an event, so an answer could show either.
    world.join(other.room, speaker);
    const { id } = world.join(cast.room, speaker);
    return {
      document: `{ analyticsEvents(roomId: "${other.room}", filter: { sessionId: "${cast.session}", peerId: "${id}" }) {
        edges { cursor node { hmsId peerId } } } }`,
      data: { analyticsEvents: { edges: [] } },
    };
  },
  'quality of somebody else in the own session': ({ cast, other }) => ({
    document: `{ peerQualityStats(sessionId: "${other.session}", peerId: "${cast.peer}") {
      published { trackId } received { trackId } } }`,
    data: { peerQualityStats: null },
  }),
  'the list of rooms by name': () => ({
    document: '{ rooms(filter: { name: "ours" }) { edges { cursor node { hmsId name } } } }',
    data: { rooms: { edges: [] } },
  }),
  'the list of rooms by template': ({ cast, other }) => ({
    document: `{ rooms(filter: { templateId: "${cast.template}" }) { edges { node { hmsId name } } } }`,
    data: { rooms: { edges: [{ node: { hmsId: other.room, name: 'theirs' } }] } },
  }),
  'deliveries of the own room': ({ world, cast, other }) => {
    for (const [id, room_id] of Object.entries({ own: other.room, foreign: cast.room })) {
      const event = { id, type: 'peer.join.success', data: { room_id } };
      world.deliveries.add({ event, url: 'https://hooks.test/', error: undefined, atMs: world.now() - 1000 });
    }
    return {
      document: `{ webhookDeliveries(filter: { roomId: "${other.room}" }) { edges { node { hmsId room { hmsId } data } } } }`,
      data: {
        webhookDeliveries: {
          edges: [{ node: { hmsId: 'own', room: { hmsId: other.room }, data: { room_id: other.room } } }],
        },
      },
    };
  },
};

test.each(Object.entries(empty))(
  'a caller bound to one room learns nothing of another room from: %s',
  async (_name, attempt) => {
    await using stage = await startStage();
    const key = stage.doorkeeper.key({ scopes: ['*'], rooms: [stage.other.room] });
    const { document, data } = attempt(stage);
    const answer = await askOverHttp(stage.tested.gateway, key, document);
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual(data);
    expect(tellsOf(stage, answer, document)).toEqual([]);
  },
);
