// The REST API fails: subscriptions go on, clients learn of staleness, and neither the outage nor its end adds requests.
import { describe, expect, test } from 'vitest';
import { Mirror } from '../mirror.ts';
import { Scene, summary } from '../scene.ts';

const all = ['peers', 'activeSessions', 'allActiveSessions', 'roomExists'] as const;

function fail(scene: Scene): void {
  for (const call of all) scene.upstream.weather.failing.add(call);
}

function heal(scene: Scene): void {
  scene.upstream.weather.failing.clear();
}

test('one failed poll causes no event, a second one causes one staleness snapshot', async () => {
  using scene = new Scene();
  scene.upstream.room('r').join({ id: 'a' });
  const client = await scene.client();
  const asOf = scene.clock.now();
  fail(scene);
  await scene.clock.advance(1000);
  expect(summary(client, 1)).toEqual([]);
  await scene.clock.advance(1000);
  expect(client.received.slice(1)).toMatchObject([
    { kind: 'snapshot', reason: 'STALENESS', stale: true, asOf, peers: [{ id: 'a' }] },
  ]);
  await scene.clock.advance(60_000);
  expect(client.received).toHaveLength(2);
  expect(scene.live.gauges()).toMatchObject({ staleRooms: 1 });
  expect(scene.live.snapshot('r')).toBeNull();
});

test('a room is not stale if a poll succeeds between two failures', async () => {
  using scene = new Scene();
  scene.upstream.room('r').join();
  const client = await scene.client();
  for (let time = 0; time < 5; time += 1) {
    fail(scene);
    scene.live.hint('r');
    await scene.clock.advance(0);
    heal(scene);
    scene.live.hint('r');
    await scene.clock.advance(0);
  }
  expect(summary(client)).toEqual(['snapshot SUBSCRIBED']);
});

test('after an outage come the changes as events, then the end of staleness', async () => {
  using scene = new Scene();
  const room = scene.upstream.room('r');
  room.join({ id: 'a' });
  const client = await scene.client();
  fail(scene);
  await scene.clock.advance(5000);
  room.join({ id: 'b' });
  heal(scene);
  await scene.clock.advance(10_000);
  expect(summary(client, 2)).toEqual(['joined b', 'snapshot STALENESS']);
  expect(client.received.at(-1)).toMatchObject({ stale: false });
});

test('stale rooms are read as soon as the upstream may answer again, and others are not', async () => {
  using scene = new Scene();
  scene.upstream.room('stale').join();
  scene.upstream.room('good').join();
  const client = await scene.client({ roomId: 'stale' });
  fail(scene);
  await scene.clock.advance(120_000);
  heal(scene);
  await scene.client({ roomId: 'good' });
  const before = scene.upstream.calls.length;
  scene.live.readStaleRooms();
  await scene.clock.advance(0);
  expect(client.received.at(-1)).toMatchObject({ reason: 'STALENESS', stale: false });
  expect(scene.upstream.calls.slice(before)).toHaveLength(1);
});

test('a room that is not live becomes stale when session checks fail', async () => {
  using scene = new Scene();
  scene.upstream.room('r');
  const client = await scene.client();
  fail(scene);
  await scene.clock.advance(7000);
  expect(summary(client, 1)).toEqual(['snapshot STALENESS stale']);
  heal(scene);
  await scene.clock.advance(5000);
  expect(summary(client, 2)).toEqual(['snapshot STALENESS']);
});

test('failing session checks do not make a live room stale while its polls succeed', async () => {
  using scene = new Scene();
  scene.upstream.room('r').join();
  const client = await scene.client();
  scene.upstream.weather.failing.add('activeSessions');
  await scene.clock.advance(60_000);
  expect(summary(client)).toEqual(['snapshot SUBSCRIBED']);
});

test('a subscriber during an outage gets a stale snapshot without asOf, and later the state', async () => {
  using scene = new Scene();
  scene.upstream.room('r').join({ id: 'a' });
  fail(scene);
  const client = await scene.client();
  expect(client.received).toEqual([]);
  await scene.clock.advance(1000);
  expect(client.received).toMatchObject([
    { kind: 'snapshot', reason: 'SUBSCRIBED', stale: true, asOf: null, peers: [], session: null },
  ]);
  heal(scene);
  await scene.clock.advance(5000);
  expect(summary(client, 1)).toEqual(['sessionStarted', 'joined a', 'snapshot STALENESS']);
});

test('a failed request for the existence of a room is sent again', async () => {
  using scene = new Scene();
  scene.upstream.weather.failing.add('roomExists');
  const client = await scene.client();
  await scene.clock.advance(3000);
  expect(client.faults).toEqual([]);
  heal(scene);
  await scene.clock.advance(5000);
  expect(client.faults).toMatchObject([{ name: 'UnknownRoomError' }]);
});

test('a client that reconnects gets a staleness snapshot when staleness began or ended meanwhile', async () => {
  using scene = new Scene();
  scene.upstream.room('r').join();
  const [stays, sawIt, missedIt] = [await scene.client(), await scene.client(), await scene.client()];
  missedIt.drop();
  fail(scene);
  await scene.clock.advance(5000);
  sawIt.drop();
  missedIt.connect();
  await scene.clock.advance(0);
  expect(summary(missedIt, 1)).toEqual(['snapshot STALENESS stale']);
  heal(scene);
  await scene.clock.advance(10_000);
  sawIt.connect();
  await scene.clock.advance(0);
  expect(summary(sawIt, 1)).toEqual(['snapshot STALENESS stale', 'snapshot STALENESS']);
  for (const client of [stays, sawIt, missedIt]) expect(client).toMatchObject({ stale: false, faults: [] });
});

test('an outage of thirty seconds is reported to all clients, and neither it nor its end causes a burst of requests', async () => {
  let seed = 1;
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  using scene = new Scene({ random });
  const clients = Array.from({ length: 200 }, (_, at) => {
    const room = scene.upstream.room(`r${at}`);
    if (at < 100) room.join();
    return new Mirror(scene.live, { roomId: room.id });
  });
  for (const client of clients) client.connect();
  await scene.clock.advance(60_000);
  const perSecond = async (seconds: number) => {
    const counts: number[] = [];
    for (let second = 0; second < seconds; second += 1) {
      counts.push((await scene.callsDuring(() => scene.clock.advance(1000))).length);
    }
    return counts;
  };
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
  const calm = sum(await perSecond(30));
  fail(scene);
  const out = await perSecond(30);
  heal(scene);
  const back = await perSecond(30);
  for (const client of clients) {
    expect(summary(client)).toEqual([
      'snapshot SUBSCRIBED',
      'snapshot STALENESS stale',
      'snapshot STALENESS',
    ]);
  }
  expect(sum(out)).toBeLessThan(calm * 2.5);
  expect(sum(back)).toBeLessThan(calm * 1.5);
  // A hundred live rooms are polled spread over the slowest interval: without jitter all would be polled at once.
  expect(Math.max(...back)).toBeLessThan(60);
});

describe('a client that drops behind the first event of those it missed in an outage', () => {
  test('learns that a second outage has begun', async () => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    await scene.client();
    const client = await scene.client();
    client.drop();
    fail(scene);
    await scene.clock.advance(5000);
    room.join({ id: 'b' });
    heal(scene);
    await scene.clock.advance(10_000);
    client.connect();
    await scene.clock.advance(0);
    expect(summary(client, 1)).toEqual(['joined b']);
    client.drop();
    fail(scene);
    await scene.clock.advance(30_000);
    client.connect();
    await scene.clock.advance(0);
    expect(summary(client, 2)).toEqual(['snapshot STALENESS stale']);
  });

  test('learns that the outage it was told of has ended', async () => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    await scene.client();
    const client = await scene.client();
    fail(scene);
    await scene.clock.advance(5000);
    expect(summary(client, 1)).toEqual(['snapshot STALENESS stale']);
    client.drop();
    heal(scene);
    await scene.clock.advance(10_000);
    room.join({ id: 'b' });
    await scene.clock.advance(10_000);
    const missed = scene.live.peerChanges('r', { after: client.cursor ?? '' });
    const { value: joined } = await missed.next();
    await missed.return?.();
    expect(joined).toMatchObject({ kind: 'joined', peer: { id: 'b' } });
    const resumed = scene.live.peerChanges('r', { after: joined.cursor });
    expect((await resumed.next()).value).toMatchObject({ reason: 'STALENESS', stale: false });
  });
});
