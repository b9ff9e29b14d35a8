// The live core over the REST client and the sandbox, over HTTP.
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock, type Clock } from '../../../src/clock.ts';
import { LiveRooms } from '../../../src/live/live-rooms.ts';
import type { LiveUpstream } from '../../../src/live/upstream/live-upstream.ts';
import { restUpstream } from '../../../src/live/upstream/rest-upstream.ts';
import { RestCatalog } from '../../../src/rest/catalog/catalog.ts';
import { RestClient } from '../../../src/rest/client/client.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { canaryCredentials, gatewayCredentials } from '../../support/canary.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { addRooms } from '../../support/worlds.ts';

const stack = { disposables: new AsyncDisposableStack() };
afterEach(async () => {
  await stack.disposables.disposeAsync();
  stack.disposables = new AsyncDisposableStack();
});

async function start(clock: Clock = systemClock) {
  const sandbox = stack.disposables.use(await startSandbox({ ...canaryCredentials, data: 'empty', clock }));
  const client = stack.disposables.use(new RestClient({ apiUrl: sandbox.url, ...gatewayCredentials, clock }));
  const { id } = sandbox.world.rooms.create({ name: 'maths' });
  const [role = ''] = sandbox.world.templates.get(sandbox.world.rooms.get(id).templateId).roles.keys();
  const join = (name: string) => sandbox.world.join(id, { name, role, userId: name });
  const catalog = new RestCatalog(client, { clock });
  return { sandbox, id, join, catalog, upstream: restUpstream(client, catalog) };
}

const { signal } = new AbortController();

async function peersOf(upstream: LiveUpstream, roomId: string) {
  const poll = await upstream.turn(signal);
  return await poll(roomId, signal, () => undefined);
}

test('distinguishes a room that is not live, one that does not exist, and a failed request', async () => {
  const { sandbox, id, upstream } = await start();
  expect(await peersOf(upstream, id)).toBeNull();
  expect(await upstream.activeSessions([id], signal)).toEqual(new Map([[id, null]]));
  expect(await upstream.roomExists(id, signal)).toBe(true);
  expect(await upstream.roomExists('64c3d8f2a05b4e0023bc45de', signal)).toBe(false);
  sandbox.faults.set('listActivePeers', { kind: 'status', status: 500 });
  await expect(peersOf(upstream, id)).rejects.toThrow();
});

test('joins no request in flight, so that the answer is newer than the call', async () => {
  const { sandbox, id, upstream } = await start();
  await Promise.all([peersOf(upstream, id), peersOf(upstream, id)]);
  expect(sandbox.ledger.count({ operationId: 'listActivePeers' })).toBe(2);
  await Promise.all([upstream.allActiveSessions(signal), upstream.activeSessions([id, 'b', 'c'], signal)]);
  expect(sandbox.ledger.count({ operationId: 'listSessions' })).toBe(2);
});

test('reads the peers and the session of a live room', async () => {
  const { sandbox, id, join, upstream } = await start();
  const peer = join('Ada');
  expect(await peersOf(upstream, id)).toMatchObject([{ id: peer.id, name: 'Ada' }]);
  const sessionId = sandbox.world.sessions.active(id)?.id;
  expect((await upstream.activeSessions([id], signal)).get(id)).toMatchObject({ id: sessionId, room_id: id });
  expect(await upstream.allActiveSessions(signal)).toMatchObject([{ id: sessionId }]);
});

test('a subscription reports joins, updates, leaves and the end of a room', async () => {
  const { sandbox, id, join, upstream } = await start();
  using live = new LiveRooms({
    upstream,
    clock: systemClock,
    pollIntervalMs: 20,
    pollMaxIntervalMs: 20,
    sessionCheckMs: 20,
  });
  const changes = live.peerChanges(id);
  const next = async () => (await changes.next()).value as unknown;
  expect(await next()).toMatchObject({ kind: 'snapshot', peers: [], session: null, stale: false });
  const ada = join('Ada');
  expect(await next()).toMatchObject({ kind: 'sessionStarted', session: { room_id: id } });
  expect(await next()).toMatchObject({ kind: 'joined', peer: { id: ada.id } });
  sandbox.world.updatePeer(id, ada.id, { metadata: '{"isHandRaised":true}' });
  expect(await next()).toMatchObject({ kind: 'updated', changed: ['METADATA'], previous: { metadata: '' } });
  const bob = join('Bob');
  expect(await next()).toMatchObject({ kind: 'joined', peer: { id: bob.id } });
  sandbox.world.leave(id, ada.id);
  expect(await next()).toMatchObject({ kind: 'left', peer: { id: ada.id } });
  sandbox.world.endSession(id);
  expect(await next()).toMatchObject({ kind: 'left', peer: { id: bob.id } });
  expect(await next()).toMatchObject({ kind: 'sessionEnded' });
});

test.each(['removed', 'of a removed role'])(
  'a peer that was %s and has left does not come back when a later poll shows it again',
  async (kind) => {
    const { sandbox, id, join, catalog, upstream } = await start();
    const [ada] = [join('Ada'), join('Bob')];
    using live = new LiveRooms({
      upstream,
      clock: systemClock,
      pollIntervalMs: 20,
      pollMaxIntervalMs: 20,
      sessionCheckMs: 60_000,
    });
    const changes = live.peerChanges(id);
    const next = async () => (await changes.next()).value as unknown;
    expect(await next()).toMatchObject({ kind: 'snapshot', peers: [{ name: 'Ada' }, { name: 'Bob' }] });
    const lagging = await peersOf(upstream, id);
    if (kind === 'removed') catalog.written.peers.removed(id, ada.id);
    else catalog.written.peers.roleRemoved(id, ada.role, [ada.id]);
    sandbox.world.leave(id, ada.id);
    expect(await next()).toMatchObject({ kind: 'left', peer: { name: 'Ada' } });
    sandbox.faults.set('listActivePeers', {
      kind: 'shape',
      // The sandbox answers a map of peers here.
      shape: (body) => {
        const { peers } = body as { peers: object };
        return { peers: { ...Object.fromEntries(lagging?.map((peer) => [peer.id, peer]) ?? []), ...peers } };
      },
    });
    sandbox.ledger.clear();
    await expect.poll(() => sandbox.ledger.count({ operationId: 'listActivePeers' })).toBeGreaterThan(2);
    join('Carl');
    expect(await next()).toMatchObject({ kind: 'joined', peer: { name: 'Carl' } });
  },
);

describe('five hundred newly watched rooms that are not live', () => {
  async function setUp(clock: Clock = new ManualClock(), everyMs = 600_000) {
    const { sandbox, id: oldest, upstream } = await start(clock);
    const ids = addRooms(sandbox.world, 500).map(({ id }) => id);
    const live = stack.disposables.use(
      new LiveRooms({
        upstream,
        clock,
        pollIntervalMs: everyMs,
        pollMaxIntervalMs: everyMs,
        sessionCheckMs: everyMs,
      }),
    );
    const watch = async (id: string) => (await live.peerChanges(id).next()).value as unknown;
    return { sandbox, ids, oldest, watch };
  }

  const served = { kind: 'snapshot', reason: 'SUBSCRIBED', stale: false, peers: [], session: null };

  test('cost one request for the sessions and the pages of the list of rooms', async () => {
    const { sandbox, ids, watch } = await setUp();
    for (const snapshot of await Promise.all(ids.map(watch))) expect(snapshot).toMatchObject(served);
    expect(sandbox.ledger.count({ operationId: 'listSessions' })).toBe(1);
    expect(sandbox.ledger.count({ operationId: 'listRooms' })).toBe(5);
    expect(sandbox.ledger.count()).toBe(6);
  });

  test('cost hardly more when each is watched in a turn of its own', async () => {
    const clock = new ManualClock();
    const { sandbox, ids, watch } = await setUp(clock);
    sandbox.faults.set('*', { kind: 'latency', ms: 1 });
    const snapshots = [];
    for (const id of ids) {
      snapshots.push(watch(id));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect.poll(() => sandbox.ledger.count()).toBe(4);
    sandbox.faults.clear();
    await clock.advance(1);
    for (const snapshot of await Promise.all(snapshots)) expect(snapshot).toMatchObject(served);
    expect(sandbox.ledger.count()).toBeLessThan(30);
  });

  test('are requested one by one when the list lacks them, before one is reported as unknown', async () => {
    const { sandbox, ids, oldest: disabled, watch } = await setUp();
    sandbox.world.rooms.update(disabled, { enabled: false });
    const nowhere = 'f'.repeat(24);
    sandbox.faults.set('listRooms', {
      kind: 'shape',
      shape: (body) => {
        // The sandbox answers a list of rooms here.
        const page = body as { data: { enabled: boolean }[] };
        return { ...page, data: page.data.filter(({ enabled }) => enabled) };
      },
    });
    const missing = watch(nowhere);
    const snapshots = Promise.all([...ids, disabled].map(watch));
    await expect(missing).rejects.toThrow('does not exist');
    for (const snapshot of await snapshots) expect(snapshot).toMatchObject(served);
    const single = sandbox.ledger.entries.filter(({ operationId }) => operationId === 'getRoom');
    expect(new Set(single.map(({ path }) => path))).toEqual(
      new Set([`/rooms/${disabled}`, `/rooms/${nowhere}`]),
    );
    expect(sandbox.ledger.count()).toBeLessThan(12);
  });

  test('get their snapshot when a list that failed can be read, and are not reported as unknown before', async () => {
    const { sandbox, ids, watch } = await setUp(systemClock, 20);
    sandbox.faults.set('listRooms', { kind: 'status', status: 503 }, { times: 1 });
    for (const snapshot of await Promise.all(ids.map(watch))) expect(snapshot).toMatchObject(served);
    expect(sandbox.ledger.count({ operationId: 'getRoom' })).toBe(0);
    expect(sandbox.ledger.count({ operationId: 'listRooms', status: 503 })).toBe(1);
  });
});
