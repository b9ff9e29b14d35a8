// Malformed peers in a poll of a watched room: they are connected, so subscribers and queries still see their earlier
// values. A peer that was malformed from the beginning is not shown.
import { describe, expect, it } from 'vitest';
import { momentAfter, systemClock, type Clock } from '../../src/clock.ts';
import { startScene, type Scene } from '../schema/rooms/room-scene.ts';
import { webSocketClient } from '../support/sockets.ts';
import { followPeers, inShort } from './documents.ts';

type Json = Record<string, unknown>;

const OFTEN = { pollIntervalMs: 20, pollMaxIntervalMs: 20, sessionCheckMs: 60_000 };

/** Makes all later polls and queries return the peer of this name as changed by `odd`. */
function distort({ sandbox }: Scene, name: string, odd: (peer: Json) => unknown): void {
  sandbox.faults.clear();
  sandbox.faults.set('listActivePeers', {
    kind: 'shape',
    shape: (body) => {
      const peers = Object.entries<Json>(Object(body).peers);
      const changed = peers.map(([id, peer]) => [id, peer['name'] === name ? odd(peer) : peer]);
      return { peers: Object.fromEntries(changed) };
    },
  });
}

/** `pass` makes the snapshot in memory too old for queries, without a poll. */
async function startWatched(config: object = OFTEN) {
  await using resources = new AsyncDisposableStack();
  let passedMs = 0;
  const clock: Clock = {
    ...systemClock,
    now: () => systemClock.now() + passedMs,
    moment: () => momentAfter(systemClock.moment(), passedMs),
  };
  const scene = resources.use(await startScene({ config, clock }));
  const url = await scene.gateway.listen();
  const client = resources.use(webSocketClient(url));
  const watching = client.watch(followPeers, { roomId: scene.room.id });
  const next = async () => inShort((await watching.next()).peerChanges);
  expect(await next()).toBe('PeersSnapshot SUBSCRIBED [Ada, Grace, Emmy]');
  const polled = async () => {
    scene.sandbox.ledger.clear();
    const count = () => scene.sandbox.ledger.count({ operationId: 'listActivePeers' });
    await expect.poll(count).toBeGreaterThan(3);
  };
  const all = resources.move();
  const pass = (ms: number) => {
    passedMs += ms;
  };
  return { ...scene, url, next, polled, pass, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

const shown = async (scene: Scene) => {
  const fields = 'name role userId metadata';
  const read = await scene.data(
    `{ room(id: "${scene.room.id}") { peers { edges { node { ${fields} } } } } peer(roomId: "${scene.room.id}", id: "${scene.ada.id}") { ${fields} } }`,
  );
  const { room, peer } = read as { room: { peers: { edges: { node: Json }[] } }; peer: Json };
  return { peers: room.peers.edges.map(({ node }) => node), peer };
};

describe('a watched peer', () => {
  it.each([
    ['is null', () => null],
    ['is a text', () => 'Ada'],
    ['is a list', (peer: Json) => [peer]],
  ])('that %s stays until it leaves, and is counted', async (_, odd) => {
    await using scene = await startWatched();
    const { world, room, ada } = scene;
    distort(scene, 'Ada', odd);
    await scene.polled();
    world.join(room.id, { name: 'Late', role: 'guest', userId: 'late' });
    expect(await scene.next()).toBe('PeerJoined Late ROOM');
    const { peers } = await shown(scene);
    expect(peers.map(({ name }) => name)).toEqual(['Ada', 'Grace', 'Emmy', 'Late']);
    const metrics = await (await fetch(`${scene.url}/metrics`)).text();
    expect(metrics).toMatch(
      /hms_upstream_repaired_total\{operation="listActivePeers",key="peers",action="left-out"\} \d/,
    );
    world.leave(room.id, ada.id);
    expect(await scene.next()).toBe('PeerLeft Ada ROOM');
  });

  it('with some unreadable values keeps its earlier ones, and changes of the others are sent', async () => {
    await using scene = await startWatched();
    const { world, room, ada } = scene;
    world.updatePeer(room.id, ada.id, { metadata: 'hand up' });
    expect(await scene.next()).toBe('PeerUpdated Ada METADATA');
    distort(scene, 'Ada', (peer) => ({ ...peer, user_id: { id: 'ada' }, metadata: { hand: true } }));
    scene.sandbox.faults.set('getActivePeer', {
      kind: 'shape',
      shape: (body) => Object.assign({}, body, { user_id: ['ada'], metadata: 7.5, role: {} }),
    });
    await scene.polled();
    world.updatePeer(room.id, ada.id, { role: 'guest' });
    expect(await scene.next()).toBe('PeerUpdated Ada ROLE');
    const { peers, peer } = await shown(scene);
    expect(peers[0]).toEqual({ name: 'Ada', role: 'guest', userId: 'ada', metadata: 'hand up' });
    expect(peer).toMatchObject({ name: 'Ada', role: 'guest', userId: 'ada' });
  });

  it('has its earlier values also in queries that read the REST API', async () => {
    const seldom = { pollIntervalMs: 60_000, pollMaxIntervalMs: 60_000, sessionCheckMs: 60_000 };
    await using scene = await startWatched(seldom);
    scene.pass(60_000);
    distort(scene, 'Ada', () => null);
    const odd = (body: unknown) => Object.assign({}, body, { user_id: {}, metadata: [] });
    scene.sandbox.faults.set('getActivePeer', { kind: 'shape', shape: odd });
    scene.sent();
    const { peers, peer } = await shown(scene);
    expect(scene.sent().filter((line) => line.includes('/peers'))).toHaveLength(2);
    const ada = { name: 'Ada', role: 'host', userId: 'ada', metadata: null };
    expect(peers).toContainEqual(ada);
    expect(peers).toHaveLength(3);
    expect(peer).toEqual(ada);
  });

  it('that was never readable is not shown, and joins once it is readable', async () => {
    await using scene = await startWatched();
    const { world, room, sandbox } = scene;
    distort(scene, 'Late', () => null);
    world.join(room.id, { name: 'Late', role: 'guest', userId: 'late' });
    await scene.polled();
    world.join(room.id, { name: 'Later', role: 'guest', userId: 'later' });
    expect(await scene.next()).toBe('PeerJoined Later ROOM');
    expect((await shown(scene)).peers.map(({ name }) => name)).toEqual(['Ada', 'Grace', 'Emmy', 'Later']);
    sandbox.faults.clear();
    expect(await scene.next()).toBe('PeerJoined Late ROOM');
  });
});
