// What answers of the upstream mean: an empty answer or a 404 says that people left only when a second look agrees.
import { describe, expect, test } from 'vitest';
import { Scene, shortly } from '../scene.ts';

async function sceneWithTwo() {
  const scene = new Scene();
  const room = scene.upstream.room('r');
  room.join({ id: 'a' });
  room.join({ id: 'b' });
  const client = await scene.client();
  return { scene, room, client };
}

describe.each([true, false])('nobody there (told by a 404: %s)', (emptyIs404) => {
  test('and no session: all left, the session ended', async () => {
    const { scene, room, client } = await sceneWithTwo();
    using _ = scene;
    room.emptyIs404 = emptyIs404;
    room.end();
    expect(await scene.callsOf(() => scene.live.hint('r'))).toEqual(['peers', 'activeSessions']);
    expect(shortly(client, 1)).toEqual(['left a', 'left b', 'sessionEnded']);
    expect(client.told.at(1)).toMatchObject({ peer: { id: 'a' }, cause: 'ROOM', leaveReason: null });
  });

  test('and a session in which nobody is connected: all left, the session goes on', async () => {
    const { scene, room, client } = await sceneWithTwo();
    using _ = scene;
    room.emptyIs404 = emptyIs404;
    room.leave('a');
    room.leave('b');
    scene.live.hint('r');
    await scene.clock.advance(0);
    expect(shortly(client, 1)).toEqual(['left a', 'left b']);
    expect(client.session?.id).toBe(room.sessionId);
  });

  test('but a session in which somebody is connected: unknown, looked at again soon, nothing told', async () => {
    const { scene, room, client } = await sceneWithTwo();
    using _ = scene;
    const connected = room.connected.bind(room);
    room.connected = () => (emptyIs404 ? null : []);
    scene.live.hint('r');
    await scene.clock.advance(0);
    expect(await scene.callsOf(() => scene.clock.advance(1000))).toEqual(['peers', 'activeSessions']);
    expect(shortly(client, 1)).toEqual(['snapshot STALENESS stale']);
    room.connected = connected;
    await scene.clock.advance(2000);
    expect(shortly(client, 2)).toEqual(['snapshot STALENESS']);
    expect(client.peers.size).toBe(2);
  });

  test('and the sessions unknown: nothing told', async () => {
    const { scene, room, client } = await sceneWithTwo();
    using _ = scene;
    room.emptyIs404 = emptyIs404;
    room.end();
    scene.upstream.weather.failingRooms.add('r');
    scene.live.hint('r');
    await scene.clock.advance(0);
    expect(shortly(client, 1)).toEqual([]);
  });
});

test('a failed poll is never taken for people leaving, however long it lasts', async () => {
  const { scene, client } = await sceneWithTwo();
  using _ = scene;
  scene.upstream.weather.failing.add('peers');
  await scene.clock.advance(600_000);
  expect(shortly(client, 1)).toEqual(['snapshot STALENESS stale']);
  expect(client.peers.size).toBe(2);
});

test('none of the peers it had, in the same session: all left, others joined', async () => {
  const { scene, room, client } = await sceneWithTwo();
  using _ = scene;
  room.leave('a');
  room.leave('b');
  room.join({ id: 'c' });
  expect(await scene.callsOf(() => scene.live.hint('r'))).toEqual(['peers', 'activeSessions']);
  expect(shortly(client, 1)).toEqual(['left a', 'left b', 'joined c']);
});

test('none of the peers it had, in another session: an end and a beginning', async () => {
  const { scene, room, client } = await sceneWithTwo();
  using _ = scene;
  room.end();
  room.join({ id: 'c' });
  expect(await scene.callsOf(() => scene.live.hint('r'))).toEqual(['peers', 'activeSessions']);
  expect(shortly(client, 1)).toEqual(['left a', 'left b', 'sessionEnded', 'sessionStarted', 'joined c']);
});

test('a session that says it ended while its peers are still shown is not believed', async () => {
  const { scene, room, client } = await sceneWithTwo();
  using _ = scene;
  const record = room.record.bind(room);
  room.record = () => null;
  await scene.clock.advance(30_000);
  expect(shortly(client, 1)).toEqual([]);
  expect(client.stale).toBe(false);
  room.record = record;
});

test('the shared look finds an end that no poll has shown yet, and a poll confirms it', async () => {
  using scene = new Scene({ pollIntervalMs: 60_000, pollMaxIntervalMs: 60_000 });
  const room = scene.upstream.room('r');
  room.join({ id: 'a' });
  const client = await scene.client();
  room.end();
  expect(await scene.callsOf(() => scene.clock.advance(5000))).toEqual(['activeSessions', 'peers']);
  expect(shortly(client, 1)).toEqual(['left a', 'sessionEnded']);
});

test('the shared look finds a restart with nobody in it', async () => {
  using scene = new Scene();
  const room = scene.upstream.room('r');
  room.open();
  const client = await scene.client();
  room.end();
  room.open();
  await scene.clock.advance(5000);
  expect(shortly(client, 1)).toEqual(['sessionEnded', 'sessionStarted']);
});

test('a room that goes live is told with its session first', async () => {
  using scene = new Scene();
  const room = scene.upstream.room('r');
  const client = await scene.client();
  room.join({ id: 'a' });
  room.join({ id: 'b' });
  expect(await scene.callsOf(() => scene.clock.advance(5000))).toEqual(['activeSessions', 'peers']);
  expect(shortly(client, 1)).toEqual(['sessionStarted', 'joined a', 'joined b']);
});

test('a room that is no longer live is no longer polled', async () => {
  const { scene, room } = await sceneWithTwo();
  using _ = scene;
  room.end();
  scene.live.hint('r');
  await scene.clock.advance(0);
  const calls = await scene.callsOf(() => scene.clock.advance(20_000));
  expect(calls).toEqual(['activeSessions', 'activeSessions', 'activeSessions', 'activeSessions']);
});

test('an end that the shared look finds while a poll is under way leads to another poll behind it', async () => {
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
  expect(shortly(client, 1)).toEqual(['left a', 'sessionEnded']);
});
