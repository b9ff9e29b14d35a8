// Clients that reconnect with a cursor, and clients that read more slowly than events arrive.
import { describe, expect, test } from 'vitest';
import { InvalidCursorError } from '../../../src/live/errors.ts';
import { Scene, summary } from '../scene.ts';

/** About the size of an event here. */
const EVENT_BYTES = 525;

describe('a client that reconnects', () => {
  test('to a watched room gets the events it missed, without a request', async () => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    const [stays, goes] = [await scene.client(), await scene.client()];
    goes.drop();
    room.join({ id: 'b' });
    room.leave('a');
    await scene.clock.advance(1500);
    expect(summary(goes)).toEqual(['snapshot SUBSCRIBED']);
    expect(await scene.callsDuring(() => goes.connect())).toEqual([]);
    expect(summary(goes, 1)).toEqual(['left a', 'joined b']);
    expect(goes.received.slice(1)).toEqual(stays.received.slice(1));
  });

  test('gets the changes that a new poll shows, when the room had no other subscribers', async () => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    const client = await scene.client();
    client.drop();
    room.join({ id: 'b' });
    await scene.clock.advance(60_000);
    expect(await scene.callsDuring(() => client.connect())).toEqual(['peers']);
    expect(summary(client, 1)).toEqual(['joined b']);
    expect(client.received.at(-1)).toMatchObject({ at: scene.clock.now() });
  });

  test('to a room whose session changed meanwhile gets the end and the start', async () => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    const client = await scene.client();
    client.drop();
    room.end();
    room.join({ id: 'b' });
    expect(await scene.callsDuring(() => client.connect())).toEqual(['peers', 'activeSessions']);
    expect(summary(client, 1)).toEqual(['left a', 'sessionEnded', 'sessionStarted', 'joined b']);
  });

  test('gets no event when the room has not changed', async () => {
    using scene = new Scene();
    scene.upstream.room('r').join();
    const client = await scene.client();
    client.drop();
    client.connect();
    await scene.clock.advance(5000);
    expect(summary(client)).toEqual(['snapshot SUBSCRIBED']);
  });

  test('gets no events from a poll that began before it disconnected', async () => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    const client = await scene.client();
    Object.assign(scene.upstream.weather, { latenciesMs: [500], shows: 'request', heedsAbort: false });
    scene.live.hint('r');
    await scene.clock.advance(100);
    client.drop();
    room.join({ id: 'b' });
    scene.upstream.weather.latenciesMs = [100];
    client.connect();
    await scene.clock.advance(200);
    expect(summary(client, 1)).toEqual(['joined b']);
    await scene.clock.advance(300);
    expect(summary(client, 1)).toEqual(['joined b']);
  });

  test('gets a CURSOR_TOO_OLD snapshot when the log no longer holds the events it missed', async () => {
    using scene = new Scene({ limits: { maxBytes: 3.5 * EVENT_BYTES } });
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    await scene.client();
    const [late, tooLate] = [await scene.client(), await scene.client()];
    tooLate.drop();
    room.join({ id: 'b' });
    await scene.clock.advance(1000);
    late.drop();
    for (const id of ['c', 'd', 'e']) room.join({ id });
    await scene.clock.advance(1000);
    late.connect();
    tooLate.connect();
    await scene.clock.advance(0);
    expect(summary(late, 1)).toEqual(['joined b', 'joined c', 'joined d', 'joined e']);
    expect(summary(tooLate, 1)).toEqual(['snapshot CURSOR_TOO_OLD']);
    expect(tooLate.peers.size).toBe(5);
  });

  test('gets a snapshot after a restart of the gateway, never events of the new log', async () => {
    using before = new Scene();
    before.upstream.room('r').join({ id: 'a' });
    const { cursor } = await before.client();
    using after = new Scene();
    after.upstream.room('r').join({ id: 'a' });
    const iterator = after.live.peerChanges('r', { after: cursor ?? '' });
    expect((await iterator.next()).value).toMatchObject({ kind: 'snapshot', reason: 'CURSOR_TOO_OLD' });
  });

  test('gets the missed events through its filter', async () => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    await scene.client();
    const client = await scene.client({ filter: { role: 'host' } });
    client.drop();
    room.join({ id: 'b' });
    room.update('a', { role: 'host' });
    await scene.clock.advance(1500);
    client.connect();
    await scene.clock.advance(0);
    expect(summary(client)).toEqual(['snapshot SUBSCRIBED', 'joined a']);
  });

  test('that missed more events than the queue holds gets all of them', async () => {
    using scene = new Scene({ limits: { backlogBytes: 2 * EVENT_BYTES } });
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    await scene.client();
    const client = await scene.client();
    client.drop();
    for (const id of ['b', 'c', 'd', 'e']) room.join({ id });
    await scene.clock.advance(1500);
    client.connect();
    await scene.clock.advance(0);
    expect(summary(client, 1)).toEqual(['joined b', 'joined c', 'joined d', 'joined e']);
  });
});

test.each(['', 'garbage', 'ZTowOjA6b3RoZXI'])('an invalid cursor is refused at once: "%s"', (after) => {
  using scene = new Scene();
  expect(() => scene.live.peerChanges('r', { after })).toThrow(InvalidCursorError);
  expect(() => scene.live.sessionChanges({ after })).toThrow(InvalidCursorError);
  expect(scene.live.gauges()).toMatchObject({ watchedRooms: 0, subscribers: 0 });
});

test("another room's cursor is refused at once", async () => {
  using scene = new Scene();
  scene.upstream.room('r').join();
  const { cursor = '' } = await scene.client();
  expect(() => scene.live.peerChanges('other', { after: cursor })).toThrow(InvalidCursorError);
  expect(() => scene.live.sessionChanges({ after: cursor })).toThrow(InvalidCursorError);
});

describe('a client that reads slowly', () => {
  test('gets one snapshot in place of its backlog, then changes again', async () => {
    using scene = new Scene({ limits: { backlogBytes: 3 * EVENT_BYTES } });
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    const [quick, slow] = [await scene.client(), await scene.client()];
    slow.pause();
    for (let at = 0; at < 10; at += 1) {
      room.join({ id: `p${at}` });
      await scene.clock.advance(1000);
    }
    slow.resume();
    room.join({ id: 'z' });
    await scene.clock.advance(1000);
    // The pending `next` took one event.
    expect(summary(slow, 1)).toEqual(['joined p0', 'snapshot SLOW_CONSUMER', 'joined z']);
    expect(slow.peers).toEqual(quick.peers);
    expect(slow.cursor).toBe(quick.cursor);
    expect(quick.faults).toEqual([]);
  });

  test('gets that snapshot through its filter', async () => {
    using scene = new Scene({ limits: { backlogBytes: EVENT_BYTES } });
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    const slow = await scene.client({ filter: { role: 'host' } });
    slow.pause();
    for (let at = 0; at < 5; at += 1) {
      room.join({ id: `p${at}`, role: at % 2 === 0 ? 'host' : 'guest' });
      await scene.clock.advance(1000);
    }
    slow.resume();
    await scene.clock.advance(0);
    expect(summary(slow, 2)).toEqual(['snapshot SLOW_CONSUMER']);
    expect([...slow.peers.keys()]).toEqual(['p0', 'p2', 'p4']);
  });
});
