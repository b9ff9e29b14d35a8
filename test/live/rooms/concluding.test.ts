// What a room feed concludes from the REST API's answers: an empty answer or a 404 means that peers have left only if
// the session agrees.
import { describe, expect, test } from 'vitest';
import { Scene, summary } from '../scene.ts';

async function sceneWithTwo() {
  const scene = new Scene();
  const room = scene.upstream.room('r');
  room.join({ id: 'a' });
  room.join({ id: 'b' });
  const client = await scene.client();
  return { scene, room, client };
}

describe.each([true, false])('no connected peers (answered with 404: %s)', (emptyIs404) => {
  test('and no session: all have left, the session has ended', async () => {
    const { scene, room, client } = await sceneWithTwo();
    using _ = scene;
    room.emptyIs404 = emptyIs404;
    room.end();
    expect(await scene.callsDuring(() => scene.live.hint('r'))).toEqual(['peers', 'activeSessions']);
    expect(summary(client, 1)).toEqual(['left a', 'left b', 'sessionEnded']);
    expect(client.received.at(1)).toMatchObject({ peer: { id: 'a' }, cause: 'ROOM', leaveReason: null });
  });

  test('and a session whose joins have all left: all have left, the session goes on', async () => {
    const { scene, room, client } = await sceneWithTwo();
    using _ = scene;
    room.emptyIs404 = emptyIs404;
    room.leave('a');
    room.leave('b');
    scene.live.hint('r');
    await scene.clock.advance(0);
    expect(summary(client, 1)).toEqual(['left a', 'left b']);
    expect(client.session?.id).toBe(room.sessionId);
  });

  test('but a session with a connected peer: unknown, polled again soon, no event', async () => {
    const { scene, room, client } = await sceneWithTwo();
    using _ = scene;
    const connected = room.connected.bind(room);
    room.connected = () => (emptyIs404 ? null : []);
    scene.live.hint('r');
    await scene.clock.advance(0);
    expect(await scene.callsDuring(() => scene.clock.advance(1000))).toEqual(['peers', 'activeSessions']);
    expect(summary(client, 1)).toEqual(['snapshot STALENESS stale']);
    room.connected = connected;
    await scene.clock.advance(2000);
    expect(summary(client, 2)).toEqual(['snapshot STALENESS']);
    expect(client.peers.size).toBe(2);
  });

  test('and an unknown session: no event', async () => {
    const { scene, room, client } = await sceneWithTwo();
    using _ = scene;
    room.emptyIs404 = emptyIs404;
    room.end();
    scene.upstream.weather.failingRooms.add('r');
    scene.live.hint('r');
    await scene.clock.advance(0);
    expect(summary(client, 1)).toEqual([]);
  });
});

test('failed polls never cause a left event, however long they last', async () => {
  const { scene, client } = await sceneWithTwo();
  using _ = scene;
  scene.upstream.weather.failing.add('peers');
  await scene.clock.advance(600_000);
  expect(summary(client, 1)).toEqual(['snapshot STALENESS stale']);
  expect(client.peers.size).toBe(2);
});

test('other peers in the same session: all have left, others have joined', async () => {
  const { scene, room, client } = await sceneWithTwo();
  using _ = scene;
  room.leave('a');
  room.leave('b');
  room.join({ id: 'c' });
  expect(await scene.callsDuring(() => scene.live.hint('r'))).toEqual(['peers', 'activeSessions']);
  expect(summary(client, 1)).toEqual(['left a', 'left b', 'joined c']);
});

test('other peers in another session: an end and a start', async () => {
  const { scene, room, client } = await sceneWithTwo();
  using _ = scene;
  room.end();
  room.join({ id: 'c' });
  expect(await scene.callsDuring(() => scene.live.hint('r'))).toEqual(['peers', 'activeSessions']);
  expect(summary(client, 1)).toEqual(['left a', 'left b', 'sessionEnded', 'sessionStarted', 'joined c']);
});

test('an ended session is not believed while its peers are still connected', async () => {
  const { scene, room, client } = await sceneWithTwo();
  using _ = scene;
  const record = room.record.bind(room);
  room.record = () => null;
  await scene.clock.advance(30_000);
  expect(summary(client, 1)).toEqual([]);
  expect(client.stale).toBe(false);
  room.record = record;
});

test('the session check notices an end before a poll does, and a poll confirms it', async () => {
  using scene = new Scene({ pollIntervalMs: 60_000, pollMaxIntervalMs: 60_000 });
  const room = scene.upstream.room('r');
  room.join({ id: 'a' });
  const client = await scene.client();
  room.end();
  expect(await scene.callsDuring(() => scene.clock.advance(5000))).toEqual(['activeSessions', 'peers']);
  expect(summary(client, 1)).toEqual(['left a', 'sessionEnded']);
});

test('the session check notices a new session without peers', async () => {
  using scene = new Scene();
  const room = scene.upstream.room('r');
  room.open();
  const client = await scene.client();
  room.end();
  room.open();
  await scene.clock.advance(5000);
  expect(summary(client, 1)).toEqual(['sessionEnded', 'sessionStarted']);
});

test('the first event of a room that becomes live is the start of its session', async () => {
  using scene = new Scene();
  const room = scene.upstream.room('r');
  const client = await scene.client();
  room.join({ id: 'a' });
  room.join({ id: 'b' });
  expect(await scene.callsDuring(() => scene.clock.advance(5000))).toEqual(['activeSessions', 'peers']);
  expect(summary(client, 1)).toEqual(['sessionStarted', 'joined a', 'joined b']);
});

test('a room that is no longer live is no longer polled', async () => {
  const { scene, room } = await sceneWithTwo();
  using _ = scene;
  room.end();
  scene.live.hint('r');
  await scene.clock.advance(0);
  const calls = await scene.callsDuring(() => scene.clock.advance(20_000));
  expect(calls).toEqual(['activeSessions', 'activeSessions', 'activeSessions', 'activeSessions']);
});

test('an end that the session check notices during a poll causes another poll after it', async () => {
  using scene = new Scene({ pollIntervalMs: 4000, pollMaxIntervalMs: 4000 });
  const room = scene.upstream.room('r');
  room.join({ id: 'a' });
  const client = await scene.client();
  Object.assign(scene.upstream.weather, { latenciesMs: [1500], shows: 'request' });
  await scene.clock.advance(4100);
  room.end();
  scene.upstream.weather.latenciesMs = [0];
  await scene.clock.advance(1500);
  expect(scene.upstream.calls).toEqual([
    'activeSessions',
    'peers',
    'peers',
    'activeSessions',
    'peers',
    'activeSessions',
  ]);
  expect(summary(client, 1)).toEqual(['left a', 'sessionEnded']);
});
