// The running sessions of the workspace as a stream, from the same session checks that serve the rooms.
import { expect, test } from 'vitest';
import type { WebhookEvent } from '../../../src/live/webhooks/webhook-event.ts';
import { Scene } from '../scene.ts';
import { SessionsMirror } from './sessions-mirror.ts';

async function watcher(scene: Scene): Promise<SessionsMirror> {
  const mirror = new SessionsMirror(scene.live);
  mirror.connect();
  await scene.clock.advance(0);
  return mirror;
}

const brief = ({ received }: SessionsMirror, from = 0) =>
  received
    .slice(from)
    .map((change) => (change.kind === 'sessions' ? change.reason : `${change.kind} ${change.roomId}`));

test('the first event has all running sessions, later ones their ends and starts', async () => {
  using scene = new Scene();
  const [a, b] = [scene.upstream.room('a'), scene.upstream.room('b')];
  const id = a.open();
  const client = await watcher(scene);
  expect(client.received).toMatchObject([
    {
      kind: 'sessions',
      reason: 'SUBSCRIBED',
      stale: false,
      asOf: scene.clock.now(),
      sessions: [{ id, room_id: 'a' }],
    },
  ]);
  a.end();
  b.open();
  await scene.clock.advance(5000);
  expect(brief(client, 1)).toEqual(['sessionEnded a', 'sessionStarted b']);
  expect(client.faults).toEqual([]);
});

test('a session check is one request, which serves the watched rooms as well', async () => {
  using scene = new Scene();
  const room = scene.upstream.room('r');
  const client = await scene.client();
  await watcher(scene);
  await watcher(scene);
  room.join({ id: 'a' });
  const calls = await scene.callsDuring(() => scene.clock.advance(5000));
  expect(calls).toEqual(['allActiveSessions', 'peers']);
  expect([...client.peers.keys()]).toEqual(['a']);
  expect(scene.upstream.count('allActiveSessions')).toBe(2);
});

test('a second subscriber causes no request, and with the last one the timer ends', async () => {
  using scene = new Scene();
  scene.upstream.room('a').open();
  const first = await watcher(scene);
  const second = new SessionsMirror(scene.live);
  expect(await scene.callsDuring(() => second.connect())).toEqual([]);
  expect(second.running.size).toBe(1);
  first.drop();
  second.drop();
  expect(scene.clock.pending).toBe(0);
  expect(await scene.callsDuring(() => scene.clock.advance(60_000))).toEqual([]);
});

test('a client that reconnects gets the missed events from a new check', async () => {
  using scene = new Scene();
  const [a, b] = [scene.upstream.room('a'), scene.upstream.room('b')];
  a.open();
  const client = await watcher(scene);
  client.drop();
  b.open();
  a.end();
  a.open();
  await scene.clock.advance(60_000);
  client.connect();
  await scene.clock.advance(0);
  expect(brief(client, 1)).toEqual(['sessionEnded a', 'sessionStarted b', 'sessionStarted a']);
  expect(client.faults).toEqual([]);
});

test('a new subscriber after a time without subscribers gets the state of a new check', async () => {
  using scene = new Scene();
  scene.upstream.room('a').open();
  (await watcher(scene)).drop();
  scene.upstream.room('b').open();
  const newcomer = await watcher(scene);
  expect(brief(newcomer)).toEqual(['SUBSCRIBED']);
  expect(newcomer.running.size).toBe(2);
});

test('failed checks cause staleness snapshots, never ends', async () => {
  using scene = new Scene();
  scene.upstream.room('a').open();
  const client = await watcher(scene);
  scene.upstream.weather.failing.add('allActiveSessions');
  await scene.clock.advance(60_000);
  expect(client.received.slice(1)).toMatchObject([{ kind: 'sessions', reason: 'STALENESS', stale: true }]);
  scene.upstream.weather.failing.clear();
  scene.upstream.room('b').open();
  await scene.clock.advance(5000);
  expect(brief(client, 2)).toEqual(['sessionStarted b', 'STALENESS']);
  expect(client).toMatchObject({ stale: false, faults: [] });
});

test('a webhook of a session brings the next check forward, but not more often than rooms are polled', async () => {
  using scene = new Scene();
  const client = await watcher(scene);
  const opened = (id: string): WebhookEvent => ({ id, type: 'session.open.success', data: { room_id: 'a' } });
  await scene.clock.advance(2000);
  scene.upstream.room('a').open();
  scene.live.receive(opened('1'));
  await scene.clock.advance(0);
  expect(brief(client, 1)).toEqual(['sessionStarted a']);
  const calls = await scene.callsDuring(async () => {
    for (let at = 2; at < 20; at += 1) {
      scene.live.receive(opened(`${at}`));
      await scene.clock.advance(100);
    }
  });
  expect(calls).toEqual(['allActiveSessions']);
});

test('a client that drops behind the first event of those it missed learns that a second outage has begun', async () => {
  using scene = new Scene();
  const [stays, goes] = [new SessionsMirror(scene.live), new SessionsMirror(scene.live)];
  for (const client of [stays, goes]) client.connect();
  await scene.clock.advance(0);
  goes.drop();
  scene.upstream.weather.failing.add('allActiveSessions');
  await scene.clock.advance(30_000);
  scene.upstream.room('a').open();
  scene.upstream.weather.failing.clear();
  await scene.clock.advance(30_000);
  goes.connect();
  await scene.clock.advance(0);
  expect(goes.received.slice(1)).toMatchObject([{ kind: 'sessionStarted' }]);
  goes.drop();
  scene.upstream.weather.failing.add('allActiveSessions');
  await scene.clock.advance(30_000);
  goes.connect();
  await scene.clock.advance(0);
  expect(goes).toMatchObject({ stale: true, faults: [] });
});
