// The cost of subscribers: requests depend on the watched rooms, not on the subscribers, and end with the last one.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { UnknownRoomError } from '../../../src/live/errors.ts';
import { Mirror } from '../mirror.ts';
import { Scene, summary } from '../scene.ts';

describe('the first subscriber', () => {
  test('of a live room causes one poll of its session and one of its peers', async () => {
    using scene = new Scene();
    const sessionId = scene.upstream.room('r').open();
    scene.upstream.room('r').join({ id: 'a' });
    const client = await scene.client();
    expect(scene.upstream.calls).toEqual(['activeSessions', 'peers']);
    expect(client.received).toMatchObject([
      {
        kind: 'snapshot',
        roomId: 'r',
        reason: 'SUBSCRIBED',
        stale: false,
        asOf: scene.clock.now(),
        peers: [{ id: 'a' }],
      },
    ]);
    expect(client.session).toMatchObject({ id: sessionId, room_id: 'r' });
  });

  test('of a room that is not live gets an empty snapshot, without a poll of its peers', async () => {
    using scene = new Scene();
    scene.upstream.room('r');
    const client = await scene.client();
    expect(scene.upstream.calls).toEqual(['activeSessions', 'roomExists']);
    expect(client.received).toMatchObject([{ kind: 'snapshot', peers: [], session: null, stale: false }]);
  });

  test('of an unknown room is refused, and leaves no timer and no feed', async () => {
    using scene = new Scene();
    const client = await scene.client();
    expect(client.faults).toEqual([new UnknownRoomError('r')]);
    expect(client.received).toEqual([]);
    expect(scene.clock.pending).toBe(0);
    expect(scene.live.gauges()).toMatchObject({ watchedRooms: 0, keptRooms: 0, subscribers: 0 });
  });

  test('of each of many rooms in one turn share one poll of their sessions', async () => {
    using scene = new Scene();
    const ids = ['a', 'b', 'c'];
    for (const id of ids) {
      scene.upstream.room(id);
      new Mirror(scene.live, { roomId: id }).connect();
    }
    await scene.clock.advance(0);
    expect(scene.upstream.requestedRooms).toEqual([ids]);
  });
});

test('a second subscriber gets its snapshot without a request', async () => {
  using scene = new Scene();
  scene.upstream.room('r').join();
  await scene.client();
  let second: Mirror | undefined;
  const calls = await scene.callsDuring(async () => {
    second = await scene.client();
  });
  expect(calls).toEqual([]);
  expect(second?.peers.size).toBe(1);
});

test('a subscriber to a kept room gets the state of a new poll', async () => {
  using scene = new Scene();
  const room = scene.upstream.room('r');
  room.join({ id: 'a' });
  (await scene.client()).drop();
  room.join({ id: 'b' });
  const newcomer = await scene.client();
  expect(summary(newcomer)).toEqual(['snapshot SUBSCRIBED']);
  expect([...newcomer.peers.keys()]).toEqual(['a', 'b']);
});

test('a thousand subscribers of a room cause exactly the requests of one', async () => {
  const callsDuring = async (watchers: number) => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    room.join();
    const clients = Array.from({ length: watchers }, () => new Mirror(scene.live, { roomId: 'r' }));
    for (const client of clients) client.connect();
    for (let second = 0; second < 60; second += 1) {
      if (second % 20 === 0) room.join();
      await scene.clock.advance(1000);
    }
    for (const client of clients) expect(client.peers.size).toBe(4);
    const [first, last] = [clients[0], clients.at(-1)];
    expect(last?.received.at(-1)).toBe(first?.received.at(-1));
    return scene.upstream.calls;
  };
  expect(await callsDuring(1000)).toEqual(await callsDuring(1));
});

test('five hundred watched rooms that are not live cost one request a session check', async () => {
  using scene = new Scene();
  for (let at = 0; at < 500; at += 1) {
    scene.upstream.room(`r${at}`);
    new Mirror(scene.live, { roomId: `r${at}` }).connect();
  }
  await scene.clock.advance(1);
  const calls = await scene.callsDuring(() => scene.clock.advance(50_000));
  expect(calls).toEqual(Array.from({ length: 10 }, () => 'activeSessions'));
  expect(scene.upstream.requestedRooms.at(-1)).toHaveLength(500);
});

test('after the last subscriber has left there are no requests and no timers', async () => {
  using scene = new Scene();
  scene.upstream.room('r').join();
  const [first, second] = [await scene.client(), await scene.client()];
  first.drop();
  expect(scene.clock.pending).toBeGreaterThan(0);
  second.drop();
  expect(scene.clock.pending).toBe(0);
  expect(await scene.callsDuring(() => scene.clock.advance(100_000))).toEqual([]);
});

test.each([
  ['the poll of the session', 50],
  ['the poll', 150],
])('when the last watcher leaves, %s under way is given up', async (_, afterMs) => {
  using scene = new Scene();
  scene.upstream.room('r').join();
  scene.upstream.weather.latenciesMs = [100];
  const client = await scene.client();
  await scene.clock.advance(afterMs);
  client.drop();
  expect(scene.upstream.aborted).toBe(1);
  expect(await scene.callsDuring(() => scene.clock.advance(100_000))).toEqual([]);
});

test('a subscriber that leaves in the turn in which it came causes no request', async () => {
  using scene = new Scene();
  scene.upstream.room('r').join();
  const client = new Mirror(scene.live, { roomId: 'r' });
  client.connect();
  client.drop();
  await scene.clock.advance(10_000);
  expect(scene.upstream.calls).toEqual([]);
  const known = await scene.client();
  known.drop();
  const comeAndGo = () => {
    known.connect();
    known.drop();
  };
  expect(await scene.callsDuring(comeAndGo)).toEqual([]);
});

const collectGarbage = (() => {
  setFlagsFromString('--expose-gc');
  // The flag above adds the global function gc.
  return runInNewContext('gc') as () => void;
})();

test('ten thousand subscriptions leave no timer, no subscriber, few kept rooms, and no memory', async () => {
  using scene = new Scene();
  for (let at = 0; at < 1000; at += 1) if (at % 3 > 0) scene.upstream.room(`r${at}`).join();
  const cycles = async (count: number) => {
    for (let at = 0; at < count; at += 1) {
      const client = new Mirror(scene.live, { roomId: `r${at % 1000}` });
      client.connect();
      if (at % 2 === 0) void scene.live.roomEvents('r').return?.();
      if (at % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      client.drop();
    }
    await scene.clock.advance(0);
    // The lists of calls grow with the test; the memory that counts is that of the live core.
    scene.upstream.calls.length = 0;
    scene.upstream.requestedRooms.length = 0;
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = await cycles(2000);
  const after = await cycles(10_000);
  expect(scene.clock.pending).toBe(0);
  expect(scene.live.gauges()).toMatchObject({ watchedRooms: 0, subscribers: 0 });
  expect(scene.live.gauges().keptRooms).toBeLessThanOrEqual(500);
  expect(scene.live.gauges().keptRooms).toBeGreaterThan(100);
  expect(after - before).toBeLessThan(5_000_000);
}, 60_000);

test('a room without subscribers for more than five minutes is not kept', async () => {
  using scene = new Scene();
  scene.upstream.room('r').join();
  (await scene.client()).drop();
  expect(scene.live.gauges().keptRooms).toBe(1);
  await scene.clock.advance(5 * 60_000 + 1);
  expect(scene.live.gauges().keptRooms).toBe(0);
});

test('close ends every iterator without an error', async () => {
  using scene = new Scene();
  scene.upstream.room('r').join();
  const ended = [scene.live.peerChanges('r'), scene.live.sessionChanges(), scene.live.roomEvents('r')].map(
    async (iterator) => {
      let count = 0;
      for await (const _ of iterator) count += 1;
      return count;
    },
  );
  await scene.clock.advance(0);
  scene.live.close();
  expect(await Promise.all(ended)).toEqual([1, 1, 0]);
  expect(scene.clock.pending).toBe(0);
});

test('the gauges count rooms and subscribers', async () => {
  using scene = new Scene();
  scene.upstream.room('live').join();
  scene.upstream.room('idle');
  await scene.client({ roomId: 'live' });
  await scene.client({ roomId: 'live' });
  await scene.client({ roomId: 'idle' });
  scene.live.roomEvents('live');
  await scene.clock.advance(400);
  expect(scene.live.gauges()).toEqual({
    watchedRooms: 2,
    ledRooms: 2,
    liveRooms: 1,
    staleRooms: 0,
    waitingPolls: 0,
    pollStretch: 1,
    logBytes: expect.any(Number),
    keptRooms: 0,
    subscribers: 4,
    trackedRooms: 0,
    trackedPeers: 0,
    waitingTrackReads: 0,
    oldestTracksAgeMs: 0,
    oldestAsOfAgeMs: 400,
  });
});

test('a subscriber with a filter gets the events of matching peers', async () => {
  using scene = new Scene();
  const room = scene.upstream.room('r');
  room.join({ id: 'host', role: 'host' });
  room.join({ id: 'guest' });
  const client = await scene.client({ filter: { role: 'host' } });
  expect([...client.peers.keys()]).toEqual(['host']);
  room.update('guest', { role: 'host' });
  await scene.clock.advance(1500);
  room.update('host', { role: 'guest' });
  room.join({ id: 'other' });
  await scene.clock.advance(1500);
  expect(summary(client)).toEqual(['snapshot SUBSCRIBED', 'joined guest', 'left host']);
  expect(client.received.at(-1)).toMatchObject({
    cause: 'FILTER',
    peer: { role: 'guest' },
    leaveReason: null,
  });
});
