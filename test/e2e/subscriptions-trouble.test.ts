// Subscriptions in trouble: clients that read too slowly, dead sockets, an outage of the REST API.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { Authenticator } from '../../src/auth/authenticator.ts';
import { systemClock } from '../../src/clock.ts';
import { createEntrance } from '../../src/server/entrance.ts';
import { defaultLimits } from '../../src/server/operation/limits.ts';
import { createWebSockets } from '../../src/server/socket/web-socket.ts';
import { canaryLog } from '../support/canary.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { SearchedSocket } from '../support/searched-socket.ts';
import { post } from '../support/server.ts';
import {
  layWire,
  openEventStream,
  webSocketClient,
  type RawStream,
  type Watching,
} from '../support/sockets.ts';
import { addRooms } from '../support/worlds.ts';
import { followPeers, inShort, type PeerChange } from './documents.ts';
import { FAST, newcomer, nextChange, noneLeft, stage, type Stage } from './stage.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The memory of the process after a garbage collection, in bytes. */
function bytesHeld(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const MEGABYTE = 1_000_000;

/** Changes Ada's metadata `times` times, to `size` characters; makes each change after the one before was received. */
async function changeOften({ gateway, world, room, ada }: Stage, times: number, size: number) {
  const { live } = gateway.services;
  await using events = live.peerChanges(room.id) as AsyncIterableIterator<unknown> & AsyncDisposable;
  await events.next();
  for (let time = 1; time <= times; time += 1) {
    world.updatePeer(room.id, ada.id, { metadata: `${time} `.padEnd(size, 'x') });
    live.hint(room.id);
    await events.next();
  }
}

const SLOW_POLLS = { pollIntervalMs: 60_000, pollMaxIntervalMs: 60_000, sessionCheckMs: 60_000 };

/** Subscribers over a connection whose reading a test can pause. */
describe('subscribers that stop reading', { timeout: 60_000 }, () => {
  const SUBSCRIBERS = 5;
  const CHANGES = 300;
  const SIZE = 100_000;
  /** The room's log alone holds 256 changes. If everything were queued for all five, it would be 150 MB. */
  const BOUND = 60 * MEGABYTE;

  /** Reads the events after the pause up to the last change, and asserts what the gateway promises to slow clients. */
  async function expectFolded(next: () => Promise<PeerChange>): Promise<void> {
    const told: PeerChange[] = [];
    const isLast = (change: PeerChange) => JSON.stringify(change).includes(`"metadata":"${CHANGES} `);
    do told.push(await next());
    while (!told.some(isLast));
    const folded = told.filter(({ __typename }) => __typename === 'PeersSnapshot');
    expect(new Set(folded.map(inShort))).toEqual(new Set(['PeersSnapshot SLOW_CONSUMER [Ada]']));
    expect(told.length).toBeLessThan(CHANGES * 0.8);
  }

  test('get one snapshot in place of their backlog, over WebSocket', async () => {
    await using staged = await stage({ config: SLOW_POLLS });
    await using wire = await layWire(staged.url);
    await using client = webSocketClient(wire.url);
    const all = Array.from({ length: SUBSCRIBERS }, () =>
      client.watch(followPeers, { roomId: staged.room.id }),
    );
    await Promise.all(all.map((watching) => watching.next()));
    const before = bytesHeld();
    wire.pause();
    await changeOften(staged, CHANGES, SIZE);
    expect(bytesHeld() - before).toBeLessThan(BOUND);
    wire.resume();
    await Promise.all(all.map((watching) => expectFolded(async () => (await watching.next()).peerChanges)));
  });

  test('get one snapshot in place of their backlog, over event streams', async () => {
    await using staged = await stage({ config: SLOW_POLLS });
    await using wire = await layWire(staged.url);
    await using streams = new AsyncDisposableStack();
    const all: RawStream[] = [];
    for (let count = 0; count < SUBSCRIBERS; count += 1) {
      all.push(streams.use(await openEventStream(wire.url, followPeers, { roomId: staged.room.id })));
    }
    await Promise.all(all.map(nextChange));
    const before = bytesHeld();
    wire.pause();
    await changeOften(staged, CHANGES, SIZE);
    expect(bytesHeld() - before).toBeLessThan(BOUND);
    wire.resume();
    await Promise.all(all.map((stream) => expectFolded(async () => (await nextChange(stream)).change)));
  });

  test.each(['graphql-ws', 'event stream'])(
    'and then disconnect leave no subscription behind, over %s',
    async (kind) => {
      await using staged = await stage({ config: SLOW_POLLS });
      await using wire = await layWire(staged.url);
      await using client = webSocketClient(wire.url);
      if (kind === 'graphql-ws') await client.watch(followPeers, { roomId: staged.room.id }).next();
      else await nextChange(await openEventStream(wire.url, followPeers, { roomId: staged.room.id }));
      wire.pause();
      await changeOften(staged, 150, SIZE);
      wire.cut();
      await noneLeft(staged.gateway);
    },
  );
});

test('a subscription whose client accepts no stream watches no room and does not count in the limits', async () => {
  await using staged = await stage({ config: SLOW_POLLS, limits: { subscriptionsPerCaller: 2 } });
  const body = { query: followPeers.toString(), variables: { roomId: staged.room.id } };
  for (let turn = 0; turn < 3; turn += 1) {
    expect((await post(staged.url, body, { accept: 'application/json' })).status).toBe(406);
  }
  expect(staged.gateway.services.live.gauges()).toMatchObject({ subscribers: 0, watchedRooms: 0 });
  await using client = webSocketClient(staged.url);
  const { peerChanges } = await client.watch(followPeers, { roomId: staged.room.id }).next();
  expect(inShort(peerChanges)).toBe('PeersSnapshot SUBSCRIBED [Ada]');
});

describe('pings over WebSocket', () => {
  /** This test has a listener of its own, because the gateway's ping interval is longer than a test may take. */
  async function listenWithPings({ gateway }: Stage, keepAliveMs: number) {
    const server = createServer();
    const sockets = createWebSockets({
      graphql: gateway.graphql,
      entrance: createEntrance(new Authenticator({}, systemClock), defaultLimits, systemClock),
      clock: systemClock,
      log: canaryLog(),
      refusalOf: () => null,
      limits: defaultLimits,
      keepAliveMs,
    });
    server.on('upgrade', sockets.upgrade);
    const listening = await listenOnLoopback(server);
    return {
      url: `${listening.url.replace('http', 'ws')}/graphql`,
      async [Symbol.asyncDispose]() {
        await sockets.close();
        await listening[Symbol.asyncDispose]();
      },
    };
  }

  /** Long enough for a client on a busy machine to answer a ping in time. */
  const KEEP_ALIVE_MS = 1000;

  /** A client without a library: it subscribes, and answers pings until it is told to stop. */
  async function subscribe(url: string, roomId: string) {
    const state = { alive: true };
    const socket = new SearchedSocket(url, 'graphql-transport-ws', { autoPong: false });
    socket.on('ping', () => {
      if (state.alive) socket.pong();
    });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await once(socket, 'message');
    const payload = { query: followPeers.toString(), variables: { roomId } };
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload }));
    await once(socket, 'message');
    return { socket, state };
  }

  test('find a dead socket by its missing pong: it is closed, and its subscriptions end', async () => {
    await using staged = await stage();
    await using server = await listenWithPings(staged, KEEP_ALIVE_MS);
    const { socket, state } = await subscribe(server.url, staged.room.id);
    state.alive = false;
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1006);
    await noneLeft(staged.gateway);
  });

  test('leave a socket open whose client answers them', async () => {
    await using staged = await stage();
    await using server = await listenWithPings(staged, KEEP_ALIVE_MS);
    const { socket } = await subscribe(server.url, staged.room.id);
    // When the third ping comes, the time to answer the first is over.
    for (let pings = 0; pings < 3; pings += 1) await once(socket, 'ping');
    staged.world.join(staged.room.id, newcomer('Grace'));
    const [message] = (await once(socket, 'message')) as [Buffer];
    expect(message.toString()).toContain('"PeerJoined"');
    socket.close();
    await once(socket, 'close');
    await noneLeft(staged.gateway);
  });
});

describe.concurrent('an outage of the REST API', () => {
  const SLOWING = { ...FAST, pollMaxIntervalMs: 400, sessionCheckMs: 400 };
  const ROOMS = 20;

  type Peers = Watching<{ readonly peerChanges: PeerChange }>;
  const nextOf = (all: readonly Peers[]) =>
    Promise.all(all.map(async (each) => inShort((await each.next()).peerChanges)));

  test.each([
    ['answers 503', { kind: 'status', status: 503 }],
    ['breaks connections', { kind: 'reset' }],
    ['answers something else', { kind: 'shape', shape: () => ({ peers: null, data: 7 }) }],
  ] as const)('with %s is reported as staleness, and no peer as left', async (_how, fault) => {
    await using staged = await stage({ config: SLOWING });
    const { url, world, room, sandbox } = staged;
    const rooms = addRooms(world, ROOMS - 1, 'other');
    for (const other of rooms) world.join(other.id, newcomer('Ida'));
    await using client = webSocketClient(url);
    const watching = [room, ...rooms].map(({ id }) => client.watch(followPeers, { roomId: id }));
    await nextOf(watching);

    const heal = sandbox.faults.set('*', fault);
    const outSince = Date.now();
    sandbox.ledger.clear();
    expect(
      (await nextOf(watching)).every((told) => /^PeersSnapshot STALENESS stale \[\w+\]$/.test(told)),
    ).toBe(true);
    const polls = () => sandbox.ledger.count({ operationId: 'listActivePeers' });
    // Repetitions begin soon, then come at most every 200 ms, half of the slowest interval, until the breaker opens.
    while (polls() < 2 * ROOMS) await sandbox.ledger.next(() => true);
    const outMs = Date.now() - outSince;
    expect(polls()).toBeLessThan(1.2 * ROOMS * (4 + outMs / 200));

    world.join(room.id, newcomer('Grace'));
    heal();
    sandbox.ledger.clear();
    const healedAt = Date.now();
    const back = await nextOf(watching.slice(1));
    expect(new Set(back)).toEqual(new Set(['PeersSnapshot STALENESS [Ida]']));
    const ofRoom =
      (await watching[0]?.until(({ peerChanges }) => inShort(peerChanges).startsWith('PeersSnapshot'))) ?? [];
    expect(ofRoom.map(({ peerChanges }) => inShort(peerChanges))).toEqual([
      'PeerJoined Grace ROOM',
      'PeersSnapshot STALENESS [Ada, Grace]',
    ]);
    // The outage causes no more calls: in the first interval less than two for each room, session checks included.
    const atOnce = sandbox.ledger.entries.filter(
      ({ startedAt }) => startedAt < healedAt + FAST.pollIntervalMs,
    );
    expect(atOnce.length).toBeLessThan(2 * ROOMS);
    sandbox.faults.clear();
    world.leave(room.id, staged.ada.id);
    expect(await nextOf(watching.slice(0, 1))).toEqual(['PeerLeft Ada ROOM']);
  });

  test('at the beginning is reported by a stale snapshot, and a snapshot with the state follows', async () => {
    await using staged = await stage();
    const { url, room, sandbox } = staged;
    const heal = sandbox.faults.set('*', { kind: 'status', status: 500 });
    await using client = webSocketClient(url);
    const watching = client.watch(followPeers, { roomId: room.id });
    expect((await watching.next()).peerChanges).toMatchObject({
      reason: 'SUBSCRIBED',
      stale: true,
      asOf: null,
      peers: [],
    });
    heal();
    const read = await watching.until(({ peerChanges }) => inShort(peerChanges).includes('STALENESS'));
    expect(read.map(({ peerChanges }) => inShort(peerChanges))).toEqual([
      'SessionStarted',
      'PeerJoined Ada ROOM',
      'PeersSnapshot STALENESS [Ada]',
    ]);
  });
});
