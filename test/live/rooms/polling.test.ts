// When a live room is polled: at an adaptive interval, at once after a hint, and several times after a mutation.
import { describe, expect, test } from 'vitest';
import { Scene, summary } from '../scene.ts';

/** The times of the next polls, in milliseconds from now. */
async function pollsWithin(scene: Scene, ms: number): Promise<number[]> {
  const instants: number[] = [];
  for (let at = 1; at <= ms; at += 1) {
    const before = scene.upstream.count('peers');
    await scene.clock.advance(1);
    if (scene.upstream.count('peers') > before) instants.push(at);
  }
  return instants;
}

test('the interval of a quiet room grows up to the slowest, and is the fastest after a change', async () => {
  using scene = new Scene({ pollIntervalMs: 10, pollMaxIntervalMs: 40, sessionCheckMs: 100_000 });
  const room = scene.upstream.room('r');
  room.join();
  await scene.client();
  expect(await pollsWithin(scene, 160)).toEqual([10, 25, 48, 82, 122]);
  room.join();
  expect(await pollsWithin(scene, 40)).toEqual([2, 12, 27]);
});

test('with equal bounds, polls begin one interval after another, however long the answer takes', async () => {
  using scene = new Scene({
    pollIntervalMs: 50,
    pollMaxIntervalMs: 50,
    sessionCheckMs: 100_000,
    random: Math.random,
  });
  scene.upstream.room('r').join();
  await scene.client();
  scene.upstream.weather.latenciesMs = [20];
  expect(await pollsWithin(scene, 210)).toEqual([50, 100, 150, 200]);
});

test('after a poll that takes longer than the interval there is a pause', async () => {
  using scene = new Scene({ pollIntervalMs: 40, pollMaxIntervalMs: 40, sessionCheckMs: 100_000 });
  scene.upstream.room('r').join();
  await scene.client();
  scene.upstream.weather.latenciesMs = [100];
  expect(await pollsWithin(scene, 300)).toEqual([40, 150, 260]);
});

describe('a hint', () => {
  test('causes a poll at once', async () => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    const client = await scene.client();
    await scene.clock.advance(30_000);
    room.join({ id: 'b' });
    const calls = await scene.callsDuring(() => scene.live.hint('r'));
    expect(calls).toEqual(['peers']);
    expect(summary(client, 1)).toEqual(['joined b']);
  });

  test('is followed by polls at the fastest interval when the first one shows no change', async () => {
    using scene = new Scene({ sessionCheckMs: 100_000 });
    scene.upstream.room('r').join();
    await scene.client();
    await scene.clock.advance(60_000);
    scene.live.hint('r');
    await scene.clock.advance(0);
    expect(await pollsWithin(scene, 4000)).toEqual([1500, 3750]);
  });

  test('during a poll causes exactly one more poll, however many hints come', async () => {
    using scene = new Scene();
    scene.upstream.room('r').join();
    await scene.client();
    scene.upstream.weather.latenciesMs = [100];
    const calls = await scene.callsDuring(async () => {
      for (let time = 0; time < 5; time += 1) scene.live.hint('r');
      await scene.clock.advance(50);
      scene.live.hint('r');
      await scene.clock.advance(250);
    });
    expect(calls).toEqual(['peers', 'peers']);
  });

  test('for a room that is not live causes a poll of its session', async () => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    const client = await scene.client();
    room.join({ id: 'a' });
    expect(await scene.callsDuring(() => scene.live.hint('r'))).toEqual(['activeSessions', 'peers']);
    expect(summary(client, 1)).toEqual(['sessionStarted', 'joined a']);
  });

  test('for a room without subscribers does nothing', async () => {
    using scene = new Scene();
    scene.upstream.room('r').join();
    (await scene.client()).drop();
    expect(await scene.callsDuring(() => scene.live.hint('r'))).toEqual([]);
    expect(await scene.callsDuring(() => scene.live.hint('never seen'))).toEqual([]);
  });
});

describe('after a mutation', () => {
  const quiet = { pollIntervalMs: 5000, sessionCheckMs: 100_000 };

  test('the room is polled at once, after 250 ms and after 1, 2, 3 and 5 s, if no effect shows', async () => {
    using scene = new Scene(quiet);
    scene.upstream.room('r').join();
    await scene.client();
    expect(await scene.callsDuring(() => scene.live.mutated('r'))).toEqual(['peers']);
    expect(await pollsWithin(scene, 6000)).toEqual([250, 1000, 2000, 3000, 5000]);
  });

  test('a watcher gets an effect that shows after 2 s within that second, however slow the polls are', async () => {
    using scene = new Scene({ ...quiet, pollIntervalMs: 60_000, pollMaxIntervalMs: 60_000 });
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    const client = await scene.client();
    scene.live.mutated('r');
    await scene.clock.advance(2001);
    room.update('a', { role: 'host' });
    await scene.clock.advance(998);
    expect(summary(client, 1)).toEqual([]);
    await scene.clock.advance(1);
    expect(summary(client, 1)).toEqual(['updated a']);
    expect(await pollsWithin(scene, 10_000)).toEqual([]);
  });

  test('another change does not end the polls while the known effect lacks', async () => {
    using scene = new Scene({ ...quiet, pollIntervalMs: 60_000, pollMaxIntervalMs: 60_000 });
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    const client = await scene.client();
    scene.upstream.isLagging = (_, peers) => peers.some(({ id, role }) => id === 'a' && role === 'guest');
    scene.live.mutated('r');
    await scene.clock.advance(100);
    room.join({ id: 'b' });
    await scene.clock.advance(1900);
    expect(scene.live.snapshot('r')).toBeNull();
    room.update('a', { role: 'host' });
    await scene.clock.advance(1000);
    expect(summary(client, 1)).toEqual(['joined b', 'updated a']);
    expect(scene.live.snapshot('r')).not.toBeNull();
    expect(await pollsWithin(scene, 10_000)).toEqual([]);
  });

  test('an effect that the first poll shows without a change ends the polls', async () => {
    using scene = new Scene(quiet);
    scene.upstream.room('r').join();
    await scene.client();
    scene.upstream.isLagging = () => false;
    expect(await scene.callsDuring(() => scene.live.mutated('r'))).toEqual(['peers']);
    expect(await pollsWithin(scene, 4000)).toEqual([]);
    expect(scene.live.snapshot('r')).not.toBeNull();
  });

  test('later polls are dropped once the effect shows', async () => {
    using scene = new Scene(quiet);
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    const client = await scene.client();
    scene.live.mutated('r');
    await scene.clock.advance(100);
    room.update('a', { role: 'host' });
    expect(await pollsWithin(scene, 4000)).toEqual([150]);
    expect(summary(client, 1)).toEqual(['updated a']);
  });

  test('queries get no snapshot until the effect shows', async () => {
    using scene = new Scene(quiet);
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    await scene.client();
    expect(scene.live.snapshot('r')?.peers).toMatchObject([{ id: 'a', role: 'guest' }]);
    scene.live.mutated('r');
    await scene.clock.advance(100);
    expect(scene.live.snapshot('r')).toBeNull();
    room.update('a', { role: 'host' });
    await scene.clock.advance(150);
    expect(scene.live.snapshot('r')?.peers).toMatchObject([{ role: 'host' }]);
  });

  test('queries get a snapshot again when no effect has shown for five seconds', async () => {
    using scene = new Scene(quiet);
    scene.upstream.room('r').join();
    await scene.client();
    scene.live.mutated('r');
    await scene.clock.advance(4999);
    expect(scene.live.snapshot('r')).toBeNull();
    await scene.clock.advance(1);
    expect(scene.live.snapshot('r')).not.toBeNull();
  });

  test('a change in a poll that began before the mutation does not count as its effect', async () => {
    using scene = new Scene(quiet);
    const room = scene.upstream.room('r');
    room.join();
    await scene.client();
    scene.upstream.weather.latenciesMs = [100];
    room.join();
    scene.live.hint('r');
    await scene.clock.advance(50);
    scene.live.mutated('r');
    await scene.clock.advance(50);
    expect(scene.live.snapshot('r')).toBeNull();
  });

  test('the snapshot of a room without subscribers is not used either', async () => {
    using scene = new Scene(quiet);
    scene.upstream.room('r').join();
    (await scene.client()).drop();
    expect(scene.live.snapshot('r')).not.toBeNull();
    expect(await scene.callsDuring(() => scene.live.mutated('r'))).toEqual([]);
    expect(scene.live.snapshot('r')).toBeNull();
  });
});

test('queries get a snapshot only while it is younger than the fastest interval', async () => {
  using scene = new Scene({ pollIntervalMs: 100, sessionCheckMs: 100_000 });
  scene.upstream.room('r').join();
  const client = await scene.client();
  expect(scene.live.snapshot('r')).toMatchObject({
    roomId: 'r',
    asOf: scene.clock.now(),
    session: { room_id: 'r' },
  });
  client.drop();
  await scene.clock.advance(99);
  expect(scene.live.snapshot('r')).not.toBeNull();
  await scene.clock.advance(1);
  expect(scene.live.snapshot('r')).toBeNull();
  expect(scene.live.snapshot('unknown')).toBeNull();
});

test('the observer is called for each poll, each session check and each delivery', async () => {
  const reports: unknown[] = [];
  using scene = new Scene({
    observer: {
      onRead: (result) => reports.push(result),
      onSessionPoll: (result) => reports.push(`sessions ${result}`),
      onDelivered: (delayMs) => reports.push(delayMs),
    },
  });
  const room = scene.upstream.room('r');
  const a = room.join();
  const client = await scene.client();
  expect(reports.splice(0)).toEqual(['sessions answered', 0, 'changed']);
  client.pause();
  room.join();
  scene.live.hint('r');
  await scene.clock.advance(300);
  room.join();
  scene.live.hint('r');
  await scene.clock.advance(300);
  client.resume();
  await scene.clock.advance(0);
  // The pending `next` took the first event.
  expect(reports.splice(0)).toEqual([0, 'changed', 'changed', 300]);
  scene.live.hint('r');
  await scene.clock.advance(0);
  scene.upstream.weather.failing.add('peers');
  scene.live.hint('r');
  await scene.clock.advance(0);
  scene.upstream.weather.failing.clear();
  room.emptyIs404 = true;
  room.end();
  scene.upstream.weather.failing.add('activeSessions');
  scene.live.hint('r');
  await scene.clock.advance(0);
  expect(reports.filter((report) => typeof report === 'string')).toEqual([
    'quiet',
    'failed',
    'sessions failed',
    'missing',
  ]);
  expect(a).toBeDefined();
});
