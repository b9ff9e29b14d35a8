// Clients that drop and come back, and clients that read slowly.
import { describe, expect, test } from 'vitest';
import { InvalidCursorError } from '../../../src/live/errors.ts';
import { Scene, shortly } from '../scene.ts';

describe('a client that comes back', () => {
  test('to a watched room gets what it missed, without a call', async () => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    const [stays, goes] = [await scene.client(), await scene.client()];
    goes.drop();
    room.join({ id: 'b' });
    room.leave('a');
    await scene.clock.advance(1500);
    expect(shortly(goes)).toEqual(['snapshot SUBSCRIBED']);
    expect(await scene.callsOf(() => goes.connect())).toEqual([]);
    expect(shortly(goes, 1)).toEqual(['left a', 'joined b']);
    expect(goes.told.slice(1)).toEqual(stays.told.slice(1));
  });

  test('to a room that nobody watched meanwhile gets what a fresh poll shows to have changed', async () => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    const client = await scene.client();
    client.drop();
    room.join({ id: 'b' });
    await scene.clock.advance(60_000);
    expect(await scene.callsOf(() => client.connect())).toEqual(['peers']);
    expect(shortly(client, 1)).toEqual(['joined b']);
    expect(client.told.at(-1)).toMatchObject({ at: scene.clock.now() });
  });

  test('to a room whose session changed meanwhile is told so', async () => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    const client = await scene.client();
    client.drop();
    room.end();
    room.join({ id: 'b' });
    expect(await scene.callsOf(() => client.connect())).toEqual(['peers', 'activeSessions']);
    expect(shortly(client, 1)).toEqual(['left a', 'sessionEnded', 'sessionStarted', 'joined b']);
  });

  test('when nothing happened is told nothing', async () => {
    using scene = new Scene();
    scene.upstream.room('r').join();
    const client = await scene.client();
    client.drop();
    client.connect();
    await scene.clock.advance(5000);
    expect(shortly(client)).toEqual(['snapshot SUBSCRIBED']);
  });

  test('is not answered with what a poll of its former life brings', async () => {
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
    expect(shortly(client, 1)).toEqual(['joined b']);
    await scene.clock.advance(300);
    expect(shortly(client, 1)).toEqual(['joined b']);
  });

  test('after the log has moved on gets a snapshot that says so', async () => {
    using scene = new Scene({ logSize: 3 });
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
    expect(shortly(late, 1)).toEqual(['joined b', 'joined c', 'joined d', 'joined e']);
    expect(shortly(tooLate, 1)).toEqual(['snapshot CURSOR_TOO_OLD']);
    expect(tooLate.peers.size).toBe(5);
  });

  test('after the gateway has begun anew gets a snapshot, never a wrong resume', async () => {
    using before = new Scene();
    before.upstream.room('r').join({ id: 'a' });
    const { cursor } = await before.client();
    using after = new Scene();
    after.upstream.room('r').join({ id: 'a' });
    const iterator = after.live.peerChanges('r', { after: cursor ?? '' });
    expect((await iterator.next()).value).toMatchObject({ kind: 'snapshot', reason: 'CURSOR_TOO_OLD' });
  });

  test('with a filter resumes within it', async () => {
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
    expect(shortly(client)).toEqual(['snapshot SUBSCRIBED', 'joined a']);
  });

  test('with more missed than a slow client may have waiting is told all of it', async () => {
    using scene = new Scene({ queueSize: 2 });
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    await scene.client();
    const client = await scene.client();
    client.drop();
    for (const id of ['b', 'c', 'd', 'e']) room.join({ id });
    await scene.clock.advance(1500);
    client.connect();
    await scene.clock.advance(0);
    expect(shortly(client, 1)).toEqual(['joined b', 'joined c', 'joined d', 'joined e']);
  });
});

test.each(['', 'garbage', 'ZTowOjA6b3RoZXI'])('a cursor that is none is refused at once: "%s"', (after) => {
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
  test('gets its backlog as one snapshot of the room when it reads on, then changes again', async () => {
    using scene = new Scene({ queueSize: 3 });
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
    // One was taken by the `next` that waited already.
    expect(shortly(slow, 1)).toEqual(['joined p0', 'snapshot SLOW_CONSUMER', 'joined z']);
    expect(slow.peers).toEqual(quick.peers);
    expect(slow.cursor).toBe(quick.cursor);
    expect(quick.faults).toEqual([]);
  });

  test('gets such a snapshot through its filter', async () => {
    using scene = new Scene({ queueSize: 1 });
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
    expect(shortly(slow, 2)).toEqual(['snapshot SLOW_CONSUMER']);
    expect([...slow.peers.keys()]).toEqual(['p0', 'p2', 'p4']);
  });
});
