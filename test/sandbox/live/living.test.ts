// Living rooms: what simulated people do over hours, by a clock that the test advances.
import { expect, test, vi } from 'vitest';
import type { WorldEvent } from '../../../src/sandbox/live/world-events.ts';
import { startTestSandbox } from '../../support/sandbox-client.ts';

// Time limit: hours are simulated, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const HOUR = 3_600_000;

function liveRoomsOf({ world }: Awaited<ReturnType<typeof startTestSandbox>>): string[] {
  return [...world.rooms.all.keys()].filter((id) => world.sessions.active(id) !== undefined);
}

test('within an hour every kind of event occurs, and the world stays consistent and bounded', async () => {
  await using lab = await startTestSandbox({ data: 'demo', living: true });
  const { world } = lab;
  const rooms = liveRoomsOf(lab);
  const seen = new Map<string, number>();
  // Thousands of calls of `expect` would be slow, so faults are collected and compared once.
  const faults: string[] = [];
  const check = (isGood: boolean, fault: string): void => void (isGood || faults.push(fault));
  world.events.on((event) => {
    seen.set(event.type, (seen.get(event.type) ?? 0) + 1);
    if (!('peer' in event) || !('session' in event)) return;
    check(event.session.peers.get(event.peer.id) === event.peer, `${event.peer.id} is not in its session`);
    check(event.peer.sessionId === event.session.id, `${event.peer.id} names another session`);
    check(event.session.roomId === event.room.id, `${event.session.id} is of another room`);
  });
  for (let minute = 0; minute < 60; minute += 1) {
    await lab.clock.advance(60_000);
    for (const roomId of rooms) {
      const connected = world.sessions.connectedPeers(roomId);
      check(connected.length <= 12, `${roomId} has ${connected.length} peers`);
      check(
        connected.length > 0 === (world.sessions.active(roomId) !== undefined),
        `${roomId} has an empty session`,
      );
      const roles = world.templates.get(world.rooms.get(roomId).templateId).roles;
      for (const { id, role, metadata } of connected) {
        check(roles.has(role), `${id} has the role ${role}`);
        check('isHandRaised' in Object(JSON.parse(metadata)), `${id} has the metadata ${metadata}`);
      }
    }
  }
  expect(faults).toEqual([]);
  const kinds = [
    'peer.joined',
    'peer.left',
    'peer.updated',
    'track.changed',
    'session.opened',
    'session.closed',
    'room.ended',
  ];
  for (const kind of kinds) expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(0);
  expect([...world.sessions.all.values()].filter(({ active }) => !active).length).toBeLessThanOrEqual(500);
});

test('each room changes visibly at least every 4 seconds', async () => {
  await using lab = await startTestSandbox({ data: 'demo', living: true });
  const rooms = liveRoomsOf(lab);
  const quiet = new Map(rooms.map((roomId) => [roomId, 0]));
  lab.world.events.on((event) => 'room' in event && quiet.set(event.room.id, 0));
  let silences = 0;
  for (let second = 0; second < 300; second += 1) {
    await lab.clock.advance(1000);
    for (const roomId of rooms) {
      const seconds = (quiet.get(roomId) ?? 0) + 1;
      quiet.set(roomId, seconds);
      if (seconds > 4) silences += 1;
    }
  }
  expect(silences).toBe(0);
});

test('people raise hands, change roles and rename themselves visibly', async () => {
  await using lab = await startTestSandbox({ data: 'demo', living: true });
  const changes = new Set<string>();
  lab.world.events.on((event) => {
    if (event.type !== 'peer.updated') return;
    for (const key of ['name', 'role', 'metadata'] as const) {
      if (event.peer[key] !== event.previous[key]) changes.add(key);
    }
    if (event.peer.metadata.includes('"isHandRaised":true')) changes.add('hand up');
  });
  await lab.clock.advance(120_000);
  expect([...changes].toSorted()).toEqual(['hand up', 'metadata', 'name', 'role']);
});

test('whoever renames themselves adds the last name or leaves it out; a name that an app gave stays', async () => {
  await using lab = await startTestSandbox({ data: 'demo', living: true });
  const [roomId = ''] = liveRoomsOf(lab);
  const [peer] = lab.world.sessions.connectedPeers(roomId);
  lab.world.updatePeer(roomId, peer?.id ?? '', { name: 'Amazing Grace' });
  const odd: string[] = [];
  let changes = 0;
  lab.world.events.on((event) => {
    if (event.type !== 'peer.updated' || event.peer.name === event.previous.name) return;
    changes += 1;
    const [short = '', long = ''] = [event.peer.name, event.previous.name].toSorted(
      (one, other) => one.length - other.length,
    );
    if (!/^\p{L}+$/u.test(short) || !long.startsWith(`${short} `)) odd.push(`${long} and ${short}`);
  });
  await lab.clock.advance(300_000);
  expect(odd).toEqual([]);
  expect(changes).toBeGreaterThan(10);
});

test('the same seed gives the same events', async () => {
  const history = async (seed: number): Promise<string[]> => {
    await using lab = await startTestSandbox({ data: 'demo', living: true, seed });
    const lines: string[] = [];
    const line = (event: WorldEvent): string =>
      `${event.type} ${'peer' in event ? `${event.peer.id} ${event.peer.name}` : ''}`;
    lab.world.events.on((event) => lines.push(line(event)));
    await lab.clock.advance(180_000);
    return lines;
  };
  const [one, same, other] = [await history(3), await history(3), await history(4)];
  expect(one.length).toBeGreaterThan(100);
  expect(same).toEqual(one);
  expect(other).not.toEqual(one);
});

test('without `living` nothing happens by itself', async () => {
  await using lab = await startTestSandbox({ data: 'demo' });
  let events = 0;
  lab.world.events.on(() => (events += 1));
  await lab.clock.advance(HOUR);
  expect(events).toBe(0);
  expect(lab.clock.pending).toBe(0);
});

test('a room that is ended and locked over REST stays empty; the others continue', async () => {
  await using lab = await startTestSandbox({ data: 'demo', living: true });
  const [locked = '', other = ''] = liveRoomsOf(lab);
  await lab.rest.post(`/active-rooms/${locked}/end-room`, { lock: true });
  let events = 0;
  lab.world.events.on((event) => 'room' in event && event.room.id === other && (events += 1));
  await lab.clock.advance(60_000);
  expect(lab.world.sessions.connectedPeers(locked)).toEqual([]);
  expect(events).toBeGreaterThan(5);
});

test.each([
  ['a sentence', 'hand raised'],
  ['a JSON text', '"hand raised"'],
  ['JSON null', 'null'],
  ['a deep array', '['.repeat(8000) + ']'.repeat(8000)],
  ['a deep object', '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000)],
  ['half of an object', '{"isHandRaised":tr'],
])('%s as metadata stays as the app wrote it, and the rooms live on', async (_, metadata) => {
  await using lab = await startTestSandbox({ data: 'demo', living: true });
  const [roomId = ''] = liveRoomsOf(lab);
  const [peer] = lab.world.sessions.connectedPeers(roomId);
  const path = `/active-rooms/${roomId}/peers/${peer?.id}`;
  expect((await lab.rest.post(path, { metadata })).status).toBe(200);
  let changes = 0;
  lab.world.events.on((event) => {
    if (!('peer' in event) || event.peer.id !== peer?.id) return;
    changes += 1;
    expect(event.peer.metadata).toBe(metadata);
  });
  await lab.clock.advance(180_000);
  expect(changes).toBeGreaterThan(0);
});

test('an error in a timer is reported, and the rooms live on', async () => {
  const errors: unknown[] = [];
  await using lab = await startTestSandbox({
    data: 'demo',
    living: true,
    onTimerError: (error) => errors.push(error),
  });
  const failure = new Error('a listener that throws');
  const stop = lab.world.events.on(() => {
    throw failure;
  });
  await lab.clock.advance(10_000);
  expect(errors.length).toBeGreaterThan(1);
  expect(new Set(errors)).toEqual(new Set([failure]));
  stop();
  let events = 0;
  lab.world.events.on(() => (events += 1));
  await lab.clock.advance(10_000);
  expect(events).toBeGreaterThan(5);
});

test.each([1, 2, 3])('a room goes live or ends at least every 30 seconds, with the seed %i', async (seed) => {
  await using lab = await startTestSandbox({ data: 'demo', living: true, seed });
  const changes: string[] = [];
  let [quiet, longest] = [0, 0];
  lab.world.events.on(({ type }) => {
    if (type !== 'session.opened' && type !== 'session.closed') return;
    changes.push(type);
    quiet = 0;
  });
  for (let second = 0; second < 900; second += 1) {
    await lab.clock.advance(1000);
    quiet += 1;
    longest = Math.max(longest, quiet);
  }
  expect(longest).toBeLessThanOrEqual(30);
  expect(changes.length).toBeLessThan(120);
  expect(new Set(changes).size).toBe(2);
});

test('the newest rooms are the busiest', async () => {
  await using lab = await startTestSandbox({ data: 'demo' });
  const newest = [...lab.world.rooms.all.keys()].toReversed();
  const sizes = newest.map((roomId) => lab.world.sessions.connectedPeers(roomId).length);
  expect(sizes.slice(0, 6)).toEqual([10, 9, 8, 7, 6, 5]);
  expect(sizes.slice(6).every((size) => size === 0)).toBe(true);
});
