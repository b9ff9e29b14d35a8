// Fetching objects again by their global ids: every Node type, missing objects, and peers that have left.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../resolvers/ids.ts';
import { nodes } from '../../resolvers/nodes.ts';
import { graphql } from '../generated/gql.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { nodeTypes } from '../support/select-everything.ts';
import { addPastSession, addPeers, addRooms } from '../support/worlds.ts';

const oneOfEach = graphql(`
  query OneOfEach($roomId: ID!) {
    room(id: $roomId) {
      __typename
      id
      name
      template {
        __typename
        id
        name
        roles {
          __typename
          id
          name
        }
      }
      activeSession {
        __typename
        id
        hmsId
      }
      peers(first: 1) {
        edges {
          node {
            __typename
            id
            peerName: name
            connected
          }
        }
      }
      sessions(filter: { active: false }) {
        edges {
          node {
            peers {
              edges {
                node {
                  __typename
                  id
                  peerName: name
                  connected
                }
              }
            }
          }
        }
      }
      roomCodes {
        __typename
        id
        code
      }
    }
  }
`);

const refetch = graphql(`
  query Refetch($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ... on Room {
        name
      }
      ... on Template {
        name
      }
      ... on Role {
        name
      }
      ... on Session {
        hmsId
      }
      ... on RoomCode {
        code
      }
      ... on Peer {
        peerName: name
        connected
      }
    }
  }
`);

const refetchOne = graphql(`
  query RefetchOne($id: ID!) {
    node(id: $id) {
      __typename
      id
    }
  }
`);

const onePeer = graphql(`
  query OnePeer($roomId: ID!, $id: ID!) {
    peer(roomId: $roomId, id: $id) {
      id
      hmsId
      connected
      leftAt
      metadata
      tracks {
        hmsId
      }
      session {
        hmsId
      }
      room {
        hmsId
      }
    }
  }
`);

/** A room with a past session, a running session, and a room code. */
async function livingRoom(): Promise<{ tested: TestGateway; roomId: string }> {
  const tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world } = tested.sandbox;
  const [room] = addRooms(world, 1);
  const roomId = room?.id ?? '';
  addPastSession(world, roomId);
  addPeers(world, roomId, 2);
  world.roomCodes.create(roomId, 'host');
  return { tested, roomId };
}

describe('node and nodes', () => {
  it('exist for every Node type of the schema, and for no other type', () => {
    expect(Object.keys(nodes).toSorted()).toEqual(nodeTypes().toSorted());
  });

  it('fetch every type of Node again with the fields that it had', async () => {
    const { tested, roomId } = await livingRoom();
    await using _ = tested;
    const { room } = await tested.data(oneOfEach, { roomId });
    if (!room?.template) throw new Error('the room or its template is missing');
    const { template, activeSession, peers, sessions, roomCodes, ...itself } = room;
    const { roles, ...templateItself } = template;
    const departed = sessions?.edges.flatMap((edge) => edge.node.peers?.edges.map(({ node }) => node)) ?? [];
    const met = [
      itself,
      templateItself,
      ...roles,
      activeSession,
      ...(roomCodes ?? []),
      peers?.edges[0]?.node,
      ...departed,
    ];
    expect(new Set(met.map((one) => one?.__typename))).toEqual(
      new Set(['Room', 'Template', 'Role', 'Session', 'RoomCode', 'Peer']),
    );
    expect(departed).toMatchObject([{ connected: false }]);
    const ids = met.map((one) => one?.id ?? '');
    expect((await tested.data(refetch, { ids })).nodes).toEqual(met);
    for (const [place, id] of ids.entries()) {
      expect((await tested.data(refetchOne, { id })).node).toEqual({
        __typename: met[place]?.__typename,
        id,
      });
    }
  });

  it('keep the order and repetitions of the ids, and are null for objects that do not exist', async () => {
    const { tested, roomId } = await livingRoom();
    await using _ = tested;
    const nowhere = 'f'.repeat(24);
    const nobody = '00000000-0000-4000-8000-000000000000';
    const room = encodeGlobalId('Room', roomId);
    const missing = [
      encodeGlobalId('Room', nowhere),
      encodeGlobalId('Session', nowhere),
      encodeGlobalId('Template', nowhere),
      encodeGlobalId('Role', `${nowhere}:host`),
      encodeGlobalId('Role', `${tested.sandbox.world.templates.default().id}:nobody`),
      encodeGlobalId('Role', `${tested.sandbox.world.templates.default().id}:constructor`),
      encodeGlobalId('RoomCode', `${nowhere}:abc-defg-hij`),
      encodeGlobalId('RoomCode', `${roomId}:abc-defg-hij`),
      encodeGlobalId('Peer', `${nowhere}:${nobody}`),
      encodeGlobalId('Peer', `${roomId}:${nobody}`),
    ];
    const { nodes } = await tested.data(refetch, { ids: [room, ...missing, room] });
    expect(nodes).toHaveLength(missing.length + 2);
    expect(nodes[0]).toMatchObject({ __typename: 'Room', id: room });
    expect(nodes.slice(1, -1)).toEqual(missing.map(() => null));
    expect(nodes.at(-1)).toEqual(nodes[0]);
  });
});

describe('a peer that has left', () => {
  /** A room whose `count` past sessions have one peer each, oldest first. */
  async function roomWithPast(count: number) {
    const tested = await startTestGateway({ sandbox: { data: 'empty' } });
    const [room] = addRooms(tested.sandbox.world, 1);
    const roomId = room?.id ?? '';
    const peers = Array.from({ length: count }, () => addPastSession(tested.sandbox.world, roomId));
    return { tested, roomId, peers };
  }

  it.each([
    { place: 0, pages: 1 },
    { place: 99, pages: 1 },
    { place: 100, pages: 2 },
    { place: 299, pages: 3 },
  ])(
    'is found in the session at $place from the newest, by reading $pages pages',
    async ({ place, pages }) => {
      const { tested, roomId, peers } = await roomWithPast(301);
      await using _ = tested;
      const peer = peers.at(-1 - place);
      const found = (await tested.data(onePeer, { roomId, id: peer?.id ?? '' })).peer;
      expect(found).toMatchObject({
        hmsId: peer?.id,
        connected: false,
        leftAt: '2026-03-12T16:01:30Z',
        metadata: null,
        tracks: null,
        session: { hmsId: peer?.sessionId },
        room: { hmsId: roomId },
      });
      const { ledger } = tested.sandbox;
      expect(ledger.count({ operationId: 'getActivePeer' })).toBe(1);
      expect(ledger.count({ operationId: 'listSessions' })).toBe(pages);
      expect(ledger.count({ operationId: 'getSession' })).toBe(0);
    },
  );

  it('is not searched beyond three pages of sessions', async () => {
    const { tested, roomId, peers } = await roomWithPast(301);
    await using _ = tested;
    expect(await tested.data(onePeer, { roomId, id: peers[0]?.id ?? '' })).toEqual({ peer: null });
    expect(tested.sandbox.ledger.count({ operationId: 'listSessions' })).toBe(3);
    tested.sandbox.ledger.clear();
    const id = encodeGlobalId('Peer', `${roomId}:${peers[0]?.id ?? ''}`);
    expect(await tested.data(refetchOne, { id })).toEqual({ node: null });
    expect(tested.sandbox.ledger.count({ operationId: 'listSessions' })).toBe(3);
  });
});

describe('one bad id among several', () => {
  const document = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';

  it.each([
    ['a word', 'bad'],
    ['an empty text', ''],
    ['a vendor id', 'abcdef0123456789abcdef01'],
    ['a global id of a type that is no Node', encodeGlobalId('Track', 'abcdef0123456789abcdef01')],
  ])('(%s) is null with an error at its place, and the others are returned', async (_what, bad) => {
    const { tested, roomId } = await livingRoom();
    await using _ = tested;
    const id = encodeGlobalId('Room', roomId);
    const missing = encodeGlobalId('Session', 'f'.repeat(24));
    const answer = await tested.ask(document, { ids: [id, bad, missing, id] });
    expect(answer.data).toEqual({ nodes: [{ id }, null, null, { id }] });
    expect(answer.errors).toEqual([
      expect.objectContaining({ path: ['nodes', 1], extensions: { code: 'BAD_USER_INPUT' } }),
    ]);
  });

  it('whose object cannot be read fails alone, too', async () => {
    const { tested, roomId } = await livingRoom();
    await using _ = tested;
    const [room, session] = [
      encodeGlobalId('Room', roomId),
      encodeGlobalId('Session', tested.sandbox.world.sessions.active(roomId)?.id ?? ''),
    ];
    tested.sandbox.faults.set('getSession', { kind: 'status', status: 400 });
    const answer = await tested.ask(document, { ids: [session, room] });
    expect(answer.data).toEqual({ nodes: [null, { id: room }] });
    expect(answer.errors).toEqual([expect.objectContaining({ path: ['nodes', 0] })]);
  });
});

describe('the root fields', () => {
  it('accept the vendor id and the global id of the same object', async () => {
    const { tested, roomId } = await livingRoom();
    await using _ = tested;
    const [peer] = tested.sandbox.world.sessions.connectedPeers(roomId);
    const id = peer?.id ?? '';
    const byHmsId = await tested.data(onePeer, { roomId, id });
    expect(byHmsId.peer).toMatchObject({ hmsId: id, connected: true });
    expect(
      await tested.data(onePeer, {
        roomId: encodeGlobalId('Room', roomId),
        id: encodeGlobalId('Peer', `${roomId}:${id}`),
      }),
    ).toEqual(byHmsId);
    expect(await tested.data(onePeer, { roomId: roomId.toUpperCase(), id })).toEqual(byHmsId);
  });
});
