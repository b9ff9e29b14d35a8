// A participant cannot exceed their rights: they cannot select closed fields by any construct of GraphQL, act on other
// people, or reach other rooms.
import { expect, test } from 'vitest';
import { encodeGlobalId } from '../../resolvers/ids.ts';
import { codesOf, type Answer } from '../support/gateway.ts';
import { startStage, type AccessStage } from './stage.ts';
import { askOverHttp } from './transports.ts';

interface Self {
  readonly room: string;
  /** The peer of the participant who sends the operation. */
  readonly self: string;
  /** Another person's peer in the room. */
  readonly peer: string;
}

type Attempt = (self: Self, stage: AccessStage) => string;

/** The answer to an operation that a participant sends whose role has the permission `changeRole`. */
async function asked(stage: AccessStage, attempt: Attempt): Promise<Answer> {
  const { tested } = stage;
  const token = await stage.joiningToken('changeRole');
  tested.sandbox.ledger.clear();
  return askOverHttp(tested.gateway, token, attempt(selfOf(stage), stage));
}

function selfOf({ cast, peers }: AccessStage): Self {
  return { room: cast.room, self: peers.get('changeRole') ?? '', peer: cast.peer };
}

function writes({ tested }: AccessStage): string[] {
  return tested.sandbox.ledger.lines().filter((line) => !line.startsWith('GET '));
}

const refused: Readonly<Record<string, Attempt>> = {
  'a closed field behind an alias': ({ room }) => `{ room(id: "${room}") { name: description } }`,
  'a closed field in a named fragment': ({ room }) =>
    `{ room(id: "${room}") { ...F } } fragment F on Room { ...G } fragment G on Room { roomCodes { code } }`,
  'a closed field through an interface': ({ room }) =>
    `{ room(id: "${room}") { ... on Node { ... on Room { pollIds } } } }`,
  'a closed field that is skipped': ({ room }) =>
    `{ room(id: "${room}") { name roomCodes @skip(if: true) { code } } }`,
  'a closed field of a room behind a session': ({ room }) =>
    `{ room(id: "${room}") { activeSession { room { sessions { edges { cursor } } } } } }`,
  'a closed field of what a mutation answers': ({ room, self }) =>
    `mutation { updatePeer(input: { roomId: "${room}", peerId: "${self}", name: "I" }) { ... on Peer { tracks { type } } } }`,
  'everybody who ever was in the session': ({ room }) =>
    `{ room(id: "${room}") { activeSession { peers { edges { node { name } } } } } }`,
  'when somebody left': ({ room }) => `{ room(id: "${room}") { peers { edges { node { leftAt } } } } }`,
  'their own room by `node`': ({ room }) => `{ node(id: "${encodeGlobalId('Room', room)}") { id } }`,
  'the list of rooms': () => '{ rooms { edges { node { name } } } }',
  'the list of what goes live': () => 'subscription { sessionChanges { cursor } }',
  'webhooks of their room': ({ room }) => `subscription { roomEvents(roomId: "${room}") { at } }`,
  'another room': (_self, { other }) => `{ room(id: "${other.room}") { name } }`,
  'another room behind their own': ({ room }, { other }) =>
    `{ room(id: "${room}") { name } other: room(id: "${encodeGlobalId('Room', other.room)}") { name } }`,
  'the changes of another room': (_self, { other }) =>
    `subscription { peerChanges(roomId: "${other.room}") { cursor } }`,
  "another's name behind their own": ({ room, self, peer }) => `mutation {
    updatePeers(input: { roomId: "${room}", updates: [{ peerId: "${self}", name: "I" }, { peerId: "${peer}", name: "You" }] }) { __typename }
  }`,
  "another's empty name": ({ room, peer }) =>
    `mutation { updatePeer(input: { roomId: "${room}", peerId: "${peer}", name: "" }) { __typename } }`,
  "another's metadata along with a role": ({ room, peer }) =>
    `mutation { updatePeer(input: { roomId: "${room}", peerId: "${peer}", role: "host", metadata: "{}" }) { __typename } }`,
  "another's name, spelt as their own global id": ({ room, peer }) =>
    `mutation { updatePeer(input: { roomId: "${room}", peerId: "${encodeGlobalId('Peer', `${room}:${peer}`)}", name: "You" }) { __typename } }`,
  'removing themselves without the permission': ({ room, self }) =>
    `mutation { removePeer(input: { roomId: "${room}", peerId: "${self}" }) { __typename } }`,
  'removing somebody behind a change that is allowed': ({ room, self, peer }) => `mutation {
    updatePeer(input: { roomId: "${room}", peerId: "${self}", name: "I" }) { ... on Peer { roomCodes: id } }
    removePeers(input: { roomId: "${room}", peerIds: ["${peer}"] }) { __typename }
  }`,
  'a message to all': ({ room }) =>
    `mutation { sendMessage(input: { roomId: "${room}", message: "Hello" }) { __typename } }`,
  'changing roles in another room': (_self, { other }) =>
    `mutation { updatePeer(input: { roomId: "${other.room}", peerId: "${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}", role: "host" }) { __typename } }`,
};

test.each(Object.entries(refused))('a participant is refused: %s', async (_name, attempt) => {
  await using stage = await startStage();
  const answer = await asked(stage, attempt);
  // These documents must be valid: an invalid one would be refused for another reason.
  expect(codesOf(answer)).toEqual(['FORBIDDEN']);
  const ownChange = `POST /active-rooms/${stage.cast.room}/peers/${stage.peers.get('changeRole')}`;
  expect(writes(stage).filter((line) => line !== ownChange)).toEqual([]);
});

interface Answered {
  readonly document: string;
  readonly data: object;
  /** The properties that the participant's peer must have afterwards. */
  readonly changed?: object;
}

/** The peers connected to the room, in the order of joining. */
function listedPeers({ world, cast }: AccessStage): object[] {
  const about = { metadata: null, connected: true, session: { hmsId: cast.session }, room: { name: 'ours' } };
  return world.sessions
    .connectedPeers(cast.room)
    .toSorted(({ joinedAt: one }, { joinedAt: other }) => one.ms - other.ms || one.nanos - other.nanos)
    .map(({ id, name, role }) => ({ node: { hmsId: id, name, role, ...about } }));
}

const answered: Readonly<Record<string, (self: Self, stage: AccessStage) => Answered>> = {
  'the room, its session and who is there': ({ room }, stage) => ({
    document: `{ room(id: "${room}") {
      __typename id hmsId name peerCount
      activeSession { active startedAt duration room { name } }
      peers { totalCount pageInfo { hasNextPage } edges { cursor node { hmsId name role metadata connected session { hmsId } room { name } } } }
    } }`,
    data: {
      room: {
        __typename: 'Room',
        id: encodeGlobalId('Room', room),
        hmsId: room,
        name: 'ours',
        peerCount: 7,
        activeSession: {
          active: true,
          startedAt: expect.stringMatching(/Z$/),
          duration: expect.any(Number),
          room: { name: 'ours' },
        },
        peers: {
          totalCount: 7,
          pageInfo: { hasNextPage: false },
          edges: listedPeers(stage),
        },
      },
    },
  }),
  'their room in capitals': ({ room }) => ({
    document: `{ room(id: "${room.toUpperCase()}") { name } }`,
    data: { room: { name: 'ours' } },
  }),
  'a change of themselves by a global id': ({ room, self }) => ({
    document: `mutation { updatePeer(input: { roomId: "${encodeGlobalId('Room', room)}", peerId: "${encodeGlobalId('Peer', `${room}:${self}`)}", name: "I" }) { ... on Peer { hmsId name } } }`,
    data: { updatePeer: { hmsId: self, name: 'I' } },
    changed: { name: 'I', role: 'changeRole' },
  }),
  'a change of themselves in a room in capitals': ({ room, self }, { cast }) => ({
    document: `mutation { updatePeer(input: { roomId: "${room.toUpperCase()}", peerId: "${self}", metadata: "{}" }) { ... on Peer { hmsId metadata } } }`,
    data: { updatePeer: { hmsId: self, metadata: '{}' } },
    changed: { name: `changeRole of ${cast.room}`, metadata: '{}' },
  }),
};

test.each(Object.entries(answered))('a participant is answered: %s', async (_name, attempt) => {
  await using stage = await startStage();
  const self = selfOf(stage);
  const { document, data, changed = {} } = attempt(self, stage);
  const answer = await asked(stage, () => document);
  expect(answer.errors).toBeUndefined();
  expect(answer.data).toMatchObject(data);
  expect(stage.world.sessions.connectedPeer(self.room, self.self)).toMatchObject(changed);
});

test('a participant may change each of their own peers, but not a peer with their user id in another room', async () => {
  await using stage = await startStage();
  const { world, cast, other, tested } = stage;
  const phone = world.join(cast.room, { name: 'By phone', role: 'plain', userId: 'plain' });
  const namesake = world.join(other.room, { name: 'Namesake', role: 'plain', userId: 'plain' });
  const token = await stage.joiningToken('plain');
  const rename = (roomId: string, peerId: string) =>
    askOverHttp(
      tested.gateway,
      token,
      `mutation { updatePeer(input: { roomId: "${roomId}", peerId: "${peerId}", name: "Renamed" }) { ... on Peer { name } } }`,
    );
  expect(await rename(cast.room, phone.id)).toEqual({ data: { updatePeer: { name: 'Renamed' } } });
  expect(codesOf(await rename(other.room, namesake.id))).toEqual(['FORBIDDEN']);
  expect(codesOf(await rename(cast.room, namesake.id))).toEqual(['FORBIDDEN']);
  expect(world.sessions.connectedPeer(other.room, namesake.id)?.name).toBe('Namesake');
});

test('a token for a role without a permission does not get that permission from the connected peer of its user', async () => {
  await using stage = await startStage();
  const { cast, tested, world } = stage;
  const tokens = await Promise.all(
    ['plain', 'no role at all'].map((role) => stage.joiningToken('removeOthers', cast.room, 600, role)),
  );
  const removal = `mutation { removePeer(input: { roomId: "${cast.room}", peerId: "${cast.peer}" }) { __typename } }`;
  for (const token of tokens) {
    expect(codesOf(await askOverHttp(tested.gateway, token, removal))).toEqual(['FORBIDDEN']);
  }
  expect(world.sessions.connectedPeer(cast.room, cast.peer)).toBeDefined();
  const own = await askOverHttp(tested.gateway, await stage.joiningToken('removeOthers'), removal);
  expect(own).toEqual({ data: { removePeer: { __typename: 'RemovedPeer' } } });
});

test('the role counts that a participant has now, not the role in the token, also between two mutations of one operation', async () => {
  await using stage = await startStage();
  const { world, cast, peers, tested } = stage;
  const [self, token] = [peers.get('changeRole') ?? '', await stage.joiningToken('changeRole')];
  const promote = (role: string) =>
    `updatePeer(input: { roomId: "${cast.room}", peerId: "${self}", role: "${role}" }) { __typename }`;
  // The first mutation gives the participant the role `plain`, which must not change roles.
  const answer = await askOverHttp(
    tested.gateway,
    token,
    `mutation { first: ${promote('plain')} second: ${promote('host')} }`,
  );
  expect(codesOf(answer)).toEqual(['FORBIDDEN']);
  expect(world.sessions.connectedPeer(cast.room, self)?.role).toBe('plain');
  world.updatePeer(cast.room, self, { role: 'changeRole' });
  const again = await askOverHttp(tested.gateway, token, `mutation { ${promote('host')} }`);
  expect(again.errors).toBeUndefined();
});
