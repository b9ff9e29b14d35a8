// The REST calls of subscriptions, by the sandbox's ledger: their number depends on the watched rooms, not on the
// subscribers. Only a test advances the clock, so the counts are exact.
import { expect, test, vi } from 'vitest';
import type { Config } from '../../src/config.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { webSocketClient, type Watching } from '../support/sockets.ts';
import { addRooms } from '../support/worlds.ts';
import { followPeers, inShort, type PeerChange } from './documents.ts';
import { newcomer, noneLeft, noTimerLeft, stage } from './stage.ts';

// Time limit: a thousand clients are slow on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** Limits that allow a thousand subscribers of one address on one socket. */
const CROWD = { subscriptionsPerCaller: 2000, operationsPerSocket: 2000 };
const EACH_SECOND = { pollIntervalMs: 1000, pollMaxIntervalMs: 1000, sessionCheckMs: 5000 };
const SOCKETS = 20;

/** A stage whose clock a test advances: `pass` advances it by so many milliseconds and waits for so many answers. */
async function timedStage(changes: Partial<Config> = {}) {
  const clock = new ManualClock();
  const answered = { count: 0, tell: () => {} };
  const onResponse = () => {
    answered.count += 1;
    answered.tell();
  };
  const staged = await stage({
    clock,
    config: { ...EACH_SECOND, ...changes },
    client: { onResponse },
    limits: CROWD,
  });
  /** Waits until the gateway has read `calls` more answers and has processed them. */
  const answers = async (calls: number) => {
    const awaited = answered.count + calls;
    while (answered.count < awaited) await new Promise<void>((resolve) => (answered.tell = resolve));
    await settle();
  };
  const pass = async (ms: number, calls: number) => {
    const done = answers(calls);
    await clock.advance(ms);
    await done;
  };
  return { ...staged, clock, pass };
}

type Peers = Watching<{ readonly peerChanges: PeerChange }>;

/** Subscribes `count` times to each room, spread over some sockets, and reads each first event. */
async function crowd(url: string, roomIds: readonly string[]) {
  const clients = Array.from({ length: SOCKETS }, () => webSocketClient(url));
  const watching: Peers[] = roomIds.flatMap(
    (roomId, index) => clients[index % SOCKETS]?.watch(followPeers, { roomId }) ?? [],
  );
  const first = await Promise.all(watching.map((each) => each.next()));
  return {
    watching,
    first: first.map(({ peerChanges }) => inShort(peerChanges)),
    leave: () => Promise.all(clients.map((client) => client[Symbol.asyncDispose]())),
  };
}

/**
 * The REST calls of twelve seconds in which one peer joins and one leaves, and the events that each subscriber
 * received.
 */
async function callsFor(subscribers: number) {
  await using staged = await timedStage();
  const { url, room, ada, world, sandbox, pass } = staged;
  const { watching, first, leave } = await crowd(url, Array(subscribers).fill(room.id));
  sandbox.ledger.clear();
  const told: PeerChange[][] = [];
  for (let second = 1; second <= 12; second += 1) {
    if (second === 3) world.join(room.id, newcomer('Grace'));
    if (second === 8) world.leave(room.id, ada.id);
    await pass(1000, second % 5 === 0 ? 2 : 1);
    if (second !== 3 && second !== 8) continue;
    told.push(await Promise.all(watching.map(async (each) => (await each.next()).peerChanges)));
  }
  const calls = sandbox.ledger.lines().map((line) => line.replace(room.id, 'ROOM'));
  await leave();
  return { calls, told, first };
}

test('a thousand subscribers of a room cost exactly the REST calls of one, and each receives every event', async () => {
  const one = await callsFor(1);
  expect(one.calls).toHaveLength(14);
  const thousand = await callsFor(1000);
  expect(thousand.calls).toEqual(one.calls);
  expect(new Set(thousand.first)).toEqual(new Set(['PeersSnapshot SUBSCRIBED [Ada]']));
  for (const [index, event] of ['PeerJoined Grace ROOM', 'PeerLeft Ada ROOM'].entries()) {
    const told = thousand.told[index] ?? [];
    expect(told).toHaveLength(1000);
    expect(new Set(told.map(inShort))).toEqual(new Set([event]));
    expect(new Set(told.map(({ cursor }) => cursor)).size).toBe(1);
  }
});

test('a new subscriber of a watched room costs no REST call', async () => {
  await using staged = await timedStage();
  const { url, room, sandbox } = staged;
  await using client = webSocketClient(url);
  await client.watch(followPeers, { roomId: room.id }).next();
  sandbox.ledger.clear();
  const { first, leave } = await crowd(url, Array(200).fill(room.id));
  expect(first).toHaveLength(200);
  expect(sandbox.ledger.lines()).toEqual([]);
  await leave();
});

test('five hundred watched idle rooms cost one request for each session check', async () => {
  await using staged = await timedStage({ sessionCheckMs: 2000 });
  const { url, world, sandbox, pass } = staged;
  const idle = addRooms(world, 500, 'idle');
  const { first, leave } = await crowd(
    url,
    idle.map(({ id }) => id),
  );
  expect(new Set(first)).toEqual(new Set(['PeersSnapshot SUBSCRIBED []']));
  sandbox.ledger.clear();
  for (let second = 1; second <= 10; second += 1) await pass(1000, second % 2 === 0 ? 1 : 0);
  expect(new Set(sandbox.ledger.lines())).toEqual(new Set(['GET /sessions?active=true&limit=100']));
  expect(sandbox.ledger.entries).toHaveLength(5);
  await leave();
});

test('without a subscriber no REST call is sent', async () => {
  await using staged = await timedStage();
  const { clock, sandbox, url, room, gateway } = staged;
  await clock.advance(60_000);
  expect(sandbox.ledger.lines()).toEqual([]);
  const { leave } = await crowd(url, Array(40).fill(room.id));
  await leave();
  await noneLeft(gateway);
  const { length } = sandbox.ledger.entries;
  await clock.advance(60_000);
  expect(sandbox.ledger.entries).toHaveLength(length);
  await noTimerLeft(clock);
});

test('66 changes in one poll reach each of 20 subscribers and those who resume, for one REST call', async () => {
  await using staged = await timedStage();
  const { url, world, room, sandbox, pass } = staged;
  const people = Array.from({ length: 66 }, (_, at) => world.join(room.id, newcomer(`Guest ${at}`)));
  const { watching, leave } = await crowd(url, Array(20).fill(room.id));
  await using late = webSocketClient(url);
  const { peerChanges: snapshot } = await late.watch(followPeers, { roomId: room.id }).next();
  sandbox.ledger.clear();
  for (const { id } of people) world.updatePeer(room.id, id, { metadata: 'hand raised' });
  await pass(1000, 1);
  watching.push(late.watch(followPeers, { roomId: room.id, after: snapshot.cursor }));
  for (const each of watching) {
    const told = new Set<string>();
    for (const _ of people) told.add(inShort((await each.next()).peerChanges));
    expect(told).toEqual(new Set(people.map((_person, at) => `PeerUpdated Guest ${at} METADATA`)));
  }
  expect(sandbox.ledger.entries).toHaveLength(1);
  await leave();
});

const departures = `subscription ($roomId: ID!, $after: String) {
  peerChanges(roomId: $roomId, after: $after) {
    __typename cursor ... on PeerLeft { peer { leftAt duration connected } }
  }
}`;

interface Departure {
  readonly peerChanges: { readonly cursor: string; readonly peer?: { readonly leftAt: string | null } };
}

test('`leftAt` costs one REST call for all subscribers of the room', async () => {
  await using staged = await timedStage();
  const { url, world, room, ada, sandbox, pass } = staged;
  world.join(room.id, newcomer('Grace'));
  await using client = webSocketClient(url);
  const watching = Array.from({ length: 50 }, () => client.watch<Departure>(departures, { roomId: room.id }));
  const [snapshot] = await Promise.all(watching.map((each) => each.next()));
  sandbox.ledger.clear();
  world.leave(room.id, ada.id);
  await pass(1000, 2);
  const told = await Promise.all(watching.map((each) => each.next()));
  const after = snapshot?.peerChanges.cursor;
  // A client that was away asks for it later too.
  told.push(await client.watch<Departure>(departures, { roomId: room.id, after }).next());
  expect(sandbox.ledger.count({ operationId: 'getSession' })).toBe(1);
  expect(new Set(told.map(({ peerChanges }) => peerChanges.peer?.leftAt))).toEqual(
    new Set([expect.stringMatching(/^2026-03-12T16:00:00/)]),
  );
});

test('`leftAt` of sixty peers who leave at once costs one REST call, and one more for those of the next poll', async () => {
  await using staged = await timedStage();
  const { url, world, room, ada, sandbox, pass } = staged;
  const people = Array.from({ length: 62 }, (_, at) => world.join(room.id, newcomer(`Guest ${at}`)));
  await using client = webSocketClient(url);
  const watching = Array.from({ length: 3 }, () => client.watch<Departure>(departures, { roomId: room.id }));
  await Promise.all(watching.map((each) => each.next()));
  sandbox.ledger.clear();
  const leave = async (count: number) => {
    for (const peer of people.splice(0, count)) world.leave(room.id, peer.id);
    await pass(1000, 2);
    for (let event = 0; event < count; event += 1) {
      for (const each of watching) {
        const { peerChanges } = await each.next();
        expect(peerChanges.peer?.leftAt).toMatch(/^2026-03-12T16:00:0/);
      }
    }
  };
  await leave(60);
  expect(sandbox.ledger.count({ operationId: 'getSession' })).toBe(1);
  await leave(2);
  expect(sandbox.ledger.count({ operationId: 'getSession' })).toBe(2);
  expect(world.sessions.active(room.id)?.peers.get(ada.id)?.leftAt).toBeUndefined();
});

test('what an event loads is loaded again for the next one', async () => {
  // The catalog keeps a room for 30 s.
  const aBitLater = 31_000;
  await using staged = await timedStage({
    pollIntervalMs: aBitLater,
    pollMaxIntervalMs: aBitLater,
    sessionCheckMs: 60_000,
  });
  const { url, world, room, pass } = staged;
  await using client = webSocketClient(url);
  const watching = client.watch<{ peerChanges: { room: { description: string | null } } }>(
    'subscription ($roomId: ID!) { peerChanges(roomId: $roomId) { room { description } } }',
    { roomId: room.id },
  );
  expect((await watching.next()).peerChanges.room.description).toBeNull();
  world.rooms.update(room.id, { description: 'changed meanwhile' });
  world.join(room.id, newcomer('Grace'));
  // One poll, and one read of the room.
  await pass(aBitLater, 2);
  expect((await watching.next()).peerChanges.room.description).toBe('changed meanwhile');
});
