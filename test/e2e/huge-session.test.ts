// A session that has run for so long that its record, with every peer who ever joined, is larger than an answer may be.
// All other data are returned as without it; fields that need its peers fail with an error that names the size.
import { describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { webSocketClient } from '../support/sockets.ts';
import { addPeers, addRooms } from '../support/worlds.ts';
import { followPeers, followSessions, inShort } from './documents.ts';
import { FAST, newcomer } from './stage.ts';

type Json = Record<string, unknown>;

const TOO_LARGE = 'The upstream API gave an answer of more than';

/** Sixty thousand peers who have left, about 16 MB. */
const departed = Object.fromEntries(
  Array.from({ length: 60_000 }, (_, index) => {
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const at = '2026-03-12T16:00:00.123456789Z';
    const peer = { id, name: `Peer ${index}`, role: 'guest', user_id: `user-${index}`, joined_at: at };
    return [id, { ...peer, left_at: at, pad: 'x'.repeat(60) }];
  }),
);

/** 300 live rooms of one peer each. The record of the session in the room in the middle is huge. */
async function setUp() {
  const lab = await startTestGateway({ sandbox: { data: 'empty' }, config: FAST });
  const { world, faults } = lab.sandbox;
  const rooms = addRooms(world, 300).map(({ id }) => id);
  for (const id of rooms) addPeers(world, id, 1);
  const roomId = rooms[150] ?? '';
  const sessionId = world.sessions.active(roomId)?.id ?? '';
  const grow = (session: Json): Json =>
    session['id'] === sessionId
      ? { ...session, peers: { ...departed, ...Object(session['peers']) } }
      : session;
  faults.set('listSessions', {
    kind: 'shape',
    shape: (body) => ({ ...Object(body), data: (Object(body).data as Json[]).map(grow) }),
  });
  faults.set('getSession', { kind: 'shape', shape: (body) => grow(Object(body)) });
  return { lab, world, rooms, roomId, sessionId };
}

interface SessionNode {
  readonly hmsId: string;
  readonly peers: { readonly totalCount: number } | null;
}

async function allSessions(lab: TestGateway) {
  const nodes: SessionNode[] = [];
  const failed: (readonly [string, string])[] = [];
  for (let after: string | null = null, goesOn = true; goesOn;) {
    const { data, errors } = await lab.ask(
      `query ($after: String) { sessions(first: 100, after: $after, filter: { active: true }) {
        edges { node { hmsId peers { totalCount } } } pageInfo { endCursor hasNextPage } } }`,
      { after },
    );
    const { edges, pageInfo } = Object(data).sessions;
    failed.push(
      ...(errors ?? []).map(({ path, message }) => [edges[Number(path?.[2])].node.hmsId, message] as const),
    );
    nodes.push(...edges.map(({ node }: { readonly node: SessionNode }) => node));
    after = pageInfo.endCursor;
    goesOn = pageInfo.hasNextPage;
  }
  return { nodes, failed };
}

describe('a session record of 16 MB among 300', () => {
  it('does not hide the running session of any room, nor the peers of other sessions', async () => {
    const { lab, world, rooms, sessionId } = await setUp();
    await using _ = lab;
    const { nodes, failed } = await allSessions(lab);
    expect(nodes.map(({ hmsId }) => hmsId).toSorted()).toEqual(
      rooms.map((id) => world.sessions.active(id)?.id ?? '').toSorted(),
    );
    expect(failed).toEqual([[sessionId, expect.stringContaining(TOO_LARGE)]]);
    const others = nodes.filter(({ hmsId }) => hmsId !== sessionId);
    expect(new Set(others.map(({ peers }) => peers?.totalCount))).toEqual(new Set([1]));
  });

  it('is returned without its peers, whose error names the size', async () => {
    const { lab, roomId, sessionId } = await setUp();
    await using _ = lab;
    const { data, errors } = await lab.ask(
      '{ room(id: "%") { activeSession { hmsId active peers { totalCount } } peers { totalCount } } }'.replace(
        '%',
        roomId,
      ),
    );
    expect(data).toEqual({
      room: { activeSession: { hmsId: sessionId, active: true, peers: null }, peers: { totalCount: 1 } },
    });
    expect(errors).toMatchObject([
      {
        path: ['room', 'activeSession', 'peers'],
        message: `${TOO_LARGE} 17 MB, which is too large to be read.`,
        extensions: { code: 'UPSTREAM_BAD_RESPONSE' },
      },
    ]);
  });

  it('hides no change of any room or of the workspace from subscribers', async () => {
    const { lab, world, rooms, roomId } = await setUp();
    await using _ = lab;
    await using client = webSocketClient(await lab.gateway.listen());
    const own = client.watch(followPeers, { roomId });
    const other = client.watch(followPeers, { roomId: rooms[7] ?? '' });
    const workspace = client.watch(followSessions, {});
    expect((await own.next()).peerChanges).toMatchObject({ stale: false, peers: [{ name: 'Peer 0' }] });
    expect((await other.next()).peerChanges).toMatchObject({ stale: false, peers: [{ name: 'Peer 0' }] });
    const { sessionChanges } = await workspace.next();
    expect(sessionChanges).toMatchObject({ __typename: 'SessionsSnapshot', stale: false });
    expect(Object(sessionChanges).sessions).toHaveLength(300);

    world.join(roomId, newcomer('Ada'));
    world.join(rooms[7] ?? '', newcomer('Grace'));
    expect(inShort((await own.next()).peerChanges)).toBe('PeerJoined Ada ROOM');
    expect(inShort((await other.next()).peerChanges)).toBe('PeerJoined Grace ROOM');
    world.endSession(roomId);
    const end = await workspace.until((event) => event.sessionChanges.__typename === 'SessionEnded');
    expect(end).toHaveLength(1);
    const left = await own.until((event) => event.peerChanges.__typename === 'SessionEnded');
    expect(left.map(({ peerChanges }) => inShort(peerChanges)).toSorted()).toEqual([
      'PeerLeft Ada ROOM',
      'PeerLeft Peer 0 ROOM',
      'SessionEnded',
    ]);
  });
});
