// Who watches costs what: polls by room, not by watcher, and none for nobody.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { UnknownRoomError } from '../../../src/live/errors.ts';
import { Mirror } from '../mirror.ts';
import { Scene, shortly } from '../scene.ts';

describe('the first watcher', () => {
  test('of a live room causes one look at its session and one poll', async () => {
    using scene = new Scene();
    const sessionId = scene.upstream.room('r').open();
    scene.upstream.room('r').join({ id: 'a' });
    const client = await scene.client();
    expect(scene.upstream.calls).toEqual(['activeSessions', 'peers']);
    expect(client.told).toMatchObject([
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

  test('of a room that is not live learns that nobody is there, without a poll', async () => {
    using scene = new Scene();
    scene.upstream.room('r');
    const client = await scene.client();
    expect(scene.upstream.calls).toEqual(['activeSessions', 'roomExists']);
    expect(client.told).toMatchObject([{ kind: 'snapshot', peers: [], session: null, stale: false }]);
  });

  test('of a room that does not exist is refused, and leaves nothing behind', async () => {
    using scene = new Scene();
    const client = await scene.client();
    expect(client.faults).toEqual([new UnknownRoomError('r')]);
    expect(client.told).toEqual([]);
    expect(scene.clock.pending).toBe(0);
    expect(scene.live.gauges()).toMatchObject({ watchedRooms: 0, keptRooms: 0, subscribers: 0 });
  });

  test('of each of many rooms in one turn share one look at their sessions', async () => {
    using scene = new Scene();
    const ids = ['a', 'b', 'c'];
    for (const id of ids) {
      scene.upstream.room(id);
      new Mirror(scene.live, { roomId: id }).connect();
    }
    await scene.clock.advance(0);
    expect(scene.upstream.asked).toEqual([ids]);
  });
});

test('a second watcher is served from memory', async () => {
  using scene = new Scene();
  scene.upstream.room('r').join();
  await scene.client();
  let second: Mirror | undefined;
  const calls = await scene.callsOf(async () => {
    second = await scene.client();
  });
  expect(calls).toEqual([]);
  expect(second?.peers.size).toBe(1);
});

test('a newcomer to a room that nobody watched meanwhile gets what a fresh poll shows', async () => {
  using scene = new Scene();
  const room = scene.upstream.room('r');
  room.join({ id: 'a' });
  (await scene.client()).drop();
  room.join({ id: 'b' });
  const newcomer = await scene.client();
  expect(shortly(newcomer)).toEqual(['snapshot SUBSCRIBED']);
  expect([...newcomer.peers.keys()]).toEqual(['a', 'b']);
});

test('a thousand watchers of a room cause exactly the calls of one', async () => {
  const callsOf = async (watchers: number) => {
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
    expect(last?.told.at(-1)).toBe(first?.told.at(-1));
    return scene.upstream.calls;
  };
  expect(await callsOf(1000)).toEqual(await callsOf(1));
});

test('five hundred watched rooms that are not live cost one shared look each time', async () => {
  using scene = new Scene();
  for (let at = 0; at < 500; at += 1) {
    scene.upstream.room(`r${at}`);
    new Mirror(scene.live, { roomId: `r${at}` }).connect();
  }
  await scene.clock.advance(1);
  const calls = await scene.callsOf(() => scene.clock.advance(50_000));
  expect(calls).toEqual(Array.from({ length: 10 }, () => 'activeSessions'));
  expect(scene.upstream.asked.at(-1)).toHaveLength(500);
});

test('nobody watches: no call and no timer, from the moment the last one leaves', async () => {
  using scene = new Scene();
  scene.upstream.room('r').join();
  const [first, second] = [await scene.client(), await scene.client()];
  first.drop();
  expect(scene.clock.pending).toBeGreaterThan(0);
  second.drop();
  expect(scene.clock.pending).toBe(0);
  expect(await scene.callsOf(() => scene.clock.advance(100_000))).toEqual([]);
});

test.each([
  ['the look at the session', 50],
  ['the poll', 150],
])('when the last watcher leaves, %s under way is given up', async (_, afterMs) => {
  using scene = new Scene();
  scene.upstream.room('r').join();
  scene.upstream.weather.latenciesMs = [100];
  const client = await scene.client();
  await scene.clock.advance(afterMs);
  client.drop();
  expect(scene.upstream.aborted).toBe(1);
  expect(await scene.callsOf(() => scene.clock.advance(100_000))).toEqual([]);
});

test('who comes and goes within one turn costs nothing', async () => {
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
  expect(await scene.callsOf(comeAndGo)).toEqual([]);
});

const collectGarbage = (() => {
  setFlagsFromString('--expose-gc');
  // The flag has just put it there.
  return runInNewContext('gc') as () => void;
})();

test('ten thousand comings and goings leave no timer, no watcher, few rooms, and no memory', async () => {
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
    // The ledger is the test's own.
    scene.upstream.calls.length = 0;
    scene.upstream.asked.length = 0;
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

test('a room left for more than five minutes is forgotten', async () => {
  using scene = new Scene();
  scene.upstream.room('r').join();
  (await scene.client()).drop();
  expect(scene.live.gauges().keptRooms).toBe(1);
  await scene.clock.advance(5 * 60_000 + 1);
  expect(scene.live.gauges().keptRooms).toBe(0);
});

test('closing ends every iterator without an error', async () => {
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

test('the gauges count what is watched', async () => {
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
    liveRooms: 1,
    staleRooms: 0,
    keptRooms: 0,
    subscribers: 4,
    oldestAsOfAgeMs: 400,
  });
});

test('a watcher with a filter sees the room through it', async () => {
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
  expect(shortly(client)).toEqual(['snapshot SUBSCRIBED', 'joined guest', 'left host']);
  expect(client.told.at(-1)).toMatchObject({ cause: 'FILTER', peer: { role: 'guest' }, leaveReason: null });
});
