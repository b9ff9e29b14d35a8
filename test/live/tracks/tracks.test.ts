// `trackChanges` of one instance, event by event, over a simulated upstream and a clock that only the test advances.
import { describe, expect, test } from 'vitest';
import { InvalidCursorError, UnknownRoomError } from '../../../src/live/errors.ts';
import type { LiveRoomsOptions } from '../../../src/live/live-rooms-options.ts';
import { Scene } from '../scene.ts';
import { inShort, TracksMirror } from './tracks-mirror.ts';

function watched(options: Partial<LiveRoomsOptions> = {}) {
  const scene = new Scene(options);
  const room = scene.upstream.room('r');
  const join = (id: string, role = 'guest') => room.join({ id, role });
  const client = new TracksMirror(scene.live, 'r');
  const watch = async () => {
    client.connect();
    await scene.clock.advance(0);
  };
  return { scene, room, join, client, watch, [Symbol.dispose]: () => scene[Symbol.dispose]() };
}

test('tells who may publish, then what each of them publishes', async () => {
  using stage = watched();
  const { scene, room, join, client, watch } = stage;
  join('ada');
  join('bob');
  join('eve', 'viewer');
  room.publish('ada', { cam: {}, mic: { type: 'audio', mute: true } });
  await watch();
  await scene.clock.advance(500);
  expect(inShort(client)).toEqual(['snapshot SUBSCRIBED [ada: ?; bob: ?]', 'ada: cam on, mic off', 'bob: -']);
  expect(client.received[0]).toMatchObject({ asOf: null, stale: false });
  expect(scene.upstream.trackReads.map(({ peerId }) => peerId)).toEqual([null, 'ada', 'bob']);
});

test('tells what changed since the read before, and when both reads were sent', async () => {
  using stage = watched();
  const { scene, room, join, client, watch } = stage;
  join('ada');
  room.publish('ada', { cam: {} });
  await watch();
  await scene.clock.advance(500);
  const [first] = client.received.slice(1);
  room.publish('ada', { cam: { mute: true }, screen: { source: 'screen' } });
  scene.upstream.weather.latenciesMs = [40];
  await scene.clock.advance(2000);
  const now = scene.clock.now();
  expect(inShort(client, 2)).toEqual(['ada: cam off, screen on']);
  const [changed] = client.received.slice(2);
  expect(changed).toMatchObject({ previous: [{ id: 'cam', mute: false }], kind: 'tracks' });
  if (changed?.kind !== 'tracks' || first?.kind !== 'tracks') throw new Error('no change');
  expect(changed.previousAsOf).toBeGreaterThanOrEqual(first.asOf);
  expect(changed.asOf).toBeLessThanOrEqual(changed.at - 40);
  expect(changed.at).toBeLessThanOrEqual(now);
});

test('the tracks of a peer who joins are read before those that were read lately', async () => {
  using stage = watched({ trackLooksPerSecond: 2 });
  const { scene, join, client, watch } = stage;
  for (let peer = 0; peer < 20; peer += 1) join(`old-${peer}`);
  await watch();
  await scene.clock.advance(30_000);
  join('new');
  scene.live.hint('r');
  await scene.clock.advance(2000);
  expect(inShort(client, client.received.length - 2)).toEqual(['awaited new', 'new: -']);
});

test('a peer whom a webhook names, or who gets another role, is read before the usual time', async () => {
  using stage = watched();
  const { scene, room, join, watch } = stage;
  join('ada');
  join('bob');
  await watch();
  // By now quiet peers are read every 10 s.
  await scene.clock.advance(60_000);
  const reads = async (happens: () => void) => {
    const before = scene.upstream.trackReads.length;
    happens();
    await scene.clock.advance(300);
    return scene.upstream.trackReads.slice(before).map(({ peerId }) => peerId);
  };
  expect(await reads(() => {})).toEqual([]);
  const data = { room_id: 'r', peer_id: 'bob' };
  expect(await reads(() => scene.live.receive({ id: 'w', type: 'role.change.failure', data }))).toEqual([
    'bob',
  ]);
  const changed = () => {
    room.update('ada', { role: 'host' });
    scene.live.hint('r');
  };
  expect(await reads(changed)).toEqual(['ada']);
});

test('a role that may publish nothing ends the reads, and one that may begins them', async () => {
  using stage = watched();
  const { scene, room, join, client, watch } = stage;
  join('ada');
  join('eve', 'viewer');
  await watch();
  await scene.clock.advance(1000);
  room.update('ada', { role: 'viewer' });
  room.update('eve', { role: 'host' });
  scene.live.hint('r');
  await scene.clock.advance(1000);
  expect(inShort(client, 2)).toEqual(['ended ada ROLE', 'awaited eve', 'eve: -']);
});

test('a peer who leaves, and all at the end of the session, end', async () => {
  using stage = watched();
  const { scene, room, join, client, watch } = stage;
  for (const id of ['ada', 'bob', 'cy']) join(id);
  await watch();
  await scene.clock.advance(1000);
  const from = client.received.length;
  room.leave('bob');
  scene.live.hint('r');
  await scene.clock.advance(100);
  room.end();
  scene.live.hint('r');
  await scene.clock.advance(100);
  expect(inShort(client, from)).toEqual(['ended bob LEFT', 'ended ada LEFT', 'ended cy LEFT']);
});

test('all roles are read while the template cannot be read, and a role that it lacks makes it be read again', async () => {
  using stage = watched();
  const { scene, join, client, watch } = stage;
  const { upstream } = scene;
  upstream.weather.failing.add('publishingRoles');
  join('eve', 'viewer');
  await watch();
  await scene.clock.advance(500);
  expect(inShort(client)).toEqual(['snapshot SUBSCRIBED [eve: ?]', 'eve: -']);
  upstream.weather.failing.clear();
  await scene.clock.advance(10_000);
  expect(inShort(client, 2)).toEqual(['ended eve ROLE']);
  upstream.roles = new Map([['singer', true]]);
  join('sam', 'singer');
  await scene.clock.advance(20_000);
  const reads = upstream.trackReads.filter(({ peerId }) => peerId === null);
  expect(reads.length).toBeGreaterThan(2);
  expect(reads.length).toBeLessThan(5);
});

test('costs nothing when nobody watches, and nothing but polls of the room when only the peers are watched', async () => {
  using stage = watched();
  const { scene, join, client, watch } = stage;
  join('ada');
  await scene.client();
  await scene.clock.advance(5000);
  expect(scene.upstream.trackReads).toEqual([]);
  await watch();
  await scene.clock.advance(5000);
  const reads = scene.upstream.trackReads.length;
  expect(reads).toBeGreaterThan(2);
  client.drop();
  await scene.clock.advance(60_000);
  expect(scene.upstream.trackReads).toHaveLength(reads);
});

test('polls the room once for the watchers of its peers and of its tracks', async () => {
  using alone = watched();
  using both = watched();
  for (const { join, scene } of [alone, both]) {
    join('ada');
    await scene.client();
  }
  await both.watch();
  for (const { scene } of [alone, both]) await scene.clock.advance(60_000);
  expect(both.scene.upstream.count('tracks')).toBeGreaterThan(5);
  expect(both.scene.upstream.count('peers')).toBe(alone.scene.upstream.count('peers'));
});

test('reads are sent at most TRACKS_RPS a second, in turns', async () => {
  using stage = watched({ trackLooksPerSecond: 5 });
  const { scene, join, watch } = stage;
  const ids = Array.from({ length: 40 }, (_, at) => join(`p${at}`));
  await watch();
  // Two calls read the roles.
  await scene.clock.advance(32_300);
  const reads = scene.upstream.trackReads.flatMap(({ peerId }) => peerId ?? []);
  expect(reads).toHaveLength(160);
  for (const id of ids) expect(reads.filter((peerId) => peerId === id)).toHaveLength(4);
});

test('two reads that fail in a row make the tracks stale, until one succeeds', async () => {
  using stage = watched();
  const { scene, room, join, client, watch } = stage;
  join('ada');
  room.publish('ada', { cam: {} });
  await watch();
  await scene.clock.advance(1000);
  scene.upstream.weather.failing.add('tracks');
  await scene.clock.advance(10_000);
  scene.upstream.weather.failing.clear();
  await scene.clock.advance(20_000);
  expect(inShort(client, 2)).toEqual([
    'snapshot STALENESS stale [ada: cam on]',
    'snapshot STALENESS [ada: cam on]',
  ]);
});

test('a client resumes after its cursor, and gets what it missed', async () => {
  using stage = watched();
  const { scene, room, join, client, watch } = stage;
  join('ada');
  await watch();
  await scene.clock.advance(1000);
  const other = new TracksMirror(scene.live, 'r');
  other.connect();
  client.drop();
  room.publish('ada', { cam: {} });
  await scene.clock.advance(3000);
  const from = client.received.length;
  await watch();
  expect(inShort(client, from)).toEqual(['ada: cam on']);
  other.drop();
  client.drop();
  await scene.clock.advance(1000);
  room.publish('ada', {});
  // Nothing was read meanwhile, but the log is kept.
  await watch();
  await scene.clock.advance(1000);
  expect(inShort(client, from + 1)).toEqual(['ada: -']);
  expect(client.faults).toEqual([]);
});

describe('refuses', () => {
  test('a cursor of another stream', async () => {
    using scene = new Scene();
    scene.upstream.room('r').join();
    const { cursor = '' } = await scene.client();
    expect(() => scene.live.trackChanges('r', { after: cursor })).toThrow(InvalidCursorError);
  });

  test('a room that does not exist', async () => {
    using scene = new Scene();
    const next = scene.live.trackChanges('nowhere').next();
    const refused = expect(next).rejects.toThrow(UnknownRoomError);
    await scene.clock.advance(10);
    await refused;
    expect(scene.clock.pending).toBe(0);
  });
});
