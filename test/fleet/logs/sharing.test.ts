// What instances that share their logs do together, on a clock that the test advances: who polls, who takes over, what each tells.
import { expect, test } from 'vitest';
import { encodeMessage } from '../../../src/fleet/logs/messages.ts';
import { UnknownRoomError } from '../../../src/live/errors.ts';
import { SessionsMirror } from '../../live/sessions/sessions-mirror.ts';
import { Mirror } from '../../live/mirror.ts';
import { Scene, summary } from '../../live/scene.ts';
import { FleetScene, WatchedRoom } from './fleet-scene.ts';

test('three instances poll a room as often as one, and check sessions as often as one', async () => {
  using alone = new Scene();
  alone.upstream.room('r').join();
  const client = alone.watching('r');
  await alone.clock.advance(60_000);
  client.drop();

  using scene = new FleetScene(3);
  scene.upstream.room('r').join();
  for (const index of [0, 1, 2]) await scene.client(index);
  await scene.clock.advance(60_000);
  expect(scene.leads()).toEqual([1, 0, 0]);
  for (const call of ['peers', 'activeSessions', 'roomExists'] as const) {
    // The three came after one another, so that the fleet had some more time.
    expect(scene.upstream.count(call) - alone.upstream.count(call)).toBeOneOf([0, 1]);
  }
});

test('no instance polls when the last subscriber of any has left', async () => {
  using scene = await WatchedRoom.start(2);
  const { clients } = scene;
  clients[0]?.drop();
  await scene.clock.advance(10_000);
  const before = scene.upstream.count('peers');
  expect(before).toBeGreaterThan(3);
  clients[1]?.drop();
  await scene.clock.advance(100);
  const calls = scene.upstream.calls.length;
  await scene.clock.advance(60_000);
  expect(scene.upstream.calls.length).toBe(calls);
});

test('all instances tell the same events with the same cursors', async () => {
  using scene = await WatchedRoom.start(3);
  const { room, clients } = scene;
  room.join({ id: 'b' });
  await scene.clock.advance(2000);
  room.update('b', { role: 'host' });
  room.leave('a');
  await scene.clock.advance(2000);
  const told = clients.map((client) => client.received.slice(1).map(({ cursor, at }) => ({ cursor, at })));
  expect(clients.map((client) => summary(client, 1))).toEqual(
    Array.from({ length: 3 }, () => ['joined b', 'left a', 'updated b']),
  );
  expect(told[1]).toEqual(told[0]);
  expect(told[2]).toEqual(told[0]);
});

test('a follower takes over within two intervals when the leader dies, and tells what changed meanwhile', async () => {
  using scene = await WatchedRoom.start(2);
  const { room } = scene;
  const client = scene.of(1);
  scene.kill(0);
  room.join({ id: 'b' });
  await scene.clock.advance(2000);
  expect(summary(client, 1)).toEqual(['joined b']);
  expect(client.faults).toEqual([]);
});

test('a log is polled on when a dead instance takes the lead late', async () => {
  using scene = await WatchedRoom.start(2);
  const { room } = scene;
  const [first, client] = [scene.of(0), scene.of(1)];
  first.drop();
  await scene.clock.advance(10);
  await Promise.all([scene.instances[1]?.link.take('r', 'dead', null), scene.clock.advance(10)]);
  room.join({ id: 'b' });
  await scene.clock.advance(2000);
  expect(summary(client, 1)).toEqual(['joined b']);
});

test('a take that is carried out when its subscriber has left leaves no log without a leader', async () => {
  using scene = new FleetScene(2);
  scene.upstream.room('r').join({ id: 'a' });
  const { link } = scene.instance(0);
  const take = link.take.bind(link);
  link.take = async (...args) => {
    await new Promise<void>((resolve) => scene.clock.schedule(resolve, 300));
    return take(...args);
  };
  const first = await scene.client(0);
  first.drop();
  await scene.clock.advance(1000);
  const client = await scene.client(1);
  await scene.clock.advance(2000);
  expect(client.peers.size).toBe(1);
});

test('the answer of a session check that another instance has begun before the last one is not told', async () => {
  using scene = new FleetScene(3);
  const client = new SessionsMirror(scene.at(2));
  client.connect();
  await scene.clock.advance(2000);
  expect(client.known).toBe(true);
  const [paused, checks] = scene.instances.map(({ link }) => link);
  const answer = (...ids: string[]) => ({
    asked: null,
    sessions: ids.map((id) => ({ id, room_id: `room of ${id}`, created_at: '2026-03-12T16:00:00Z' })),
    failed: [],
  });
  const tell = async (told: Promise<void> | undefined) => {
    await Promise.all([told, scene.clock.advance(10)]);
  };
  await tell(paused?.broadcast('check-begin', null));
  await tell(checks?.broadcast('check-begin', null));
  await tell(checks?.broadcast('check-answer', answer('new')));
  await tell(paused?.broadcast('check-answer', answer('old')));
  expect([...client.running]).toEqual(['new']);
});

test('a follower takes over at once when the leader stops', async () => {
  using scene = await WatchedRoom.start(2);
  const { room } = scene;
  const [first, client] = [scene.of(0), scene.of(1)];
  first.drop();
  room.join({ id: 'b' });
  await scene.clock.advance(200);
  expect(summary(client, 1)).toEqual(['joined b']);
  expect(scene.leads()).toEqual([0, 1]);
});

test('a leader that was paused and wakes up late changes nothing', async () => {
  using scene = await WatchedRoom.start(2);
  const { room } = scene;
  const [paused, client] = [scene.of(0), scene.of(1)];
  // It does not notice anything, but is dead for the others.
  const [first, second] = scene.instances.map(({ link }) => link.id);
  scene.redis.members.byId.delete(first ?? '');
  scene.redis.changedMembers();
  await scene.clock.advance(200);
  room.join({ id: 'b' });
  await scene.clock.advance(3000);
  expect(scene.leads()).toEqual([0, 1]);
  expect([...scene.redis.logs.all.values()].find(({ seq }) => seq > 0)?.owner).toBe(second);
  expect(summary(client, 1)).toEqual(['joined b']);
  expect(summary(paused, 1)).toEqual(['joined b']);
  expect([...paused.faults, ...client.faults]).toEqual([]);
});

test('instances that come share the rooms, and those of one that goes are shared by the others', async () => {
  using scene = new FleetScene(1);
  const rooms = Array.from({ length: 60 }, (_, index) => `room-${index}`);
  for (const id of rooms) scene.upstream.room(id).join();
  const watchAll = (index: number) => {
    for (const roomId of rooms) new Mirror(scene.at(index), { roomId }).connect();
  };
  watchAll(0);
  await scene.clock.advance(5000);
  expect(scene.leads()).toEqual([60]);
  for (const index of [1, 2]) {
    scene.instances.push(scene.start());
    watchAll(index);
  }
  await scene.clock.advance(20_000);
  const [least, most] = [Math.min(...scene.leads()), Math.max(...scene.leads())];
  expect(scene.leads().reduce((sum, count) => sum + count, 0)).toBe(60);
  expect(most).toBeLessThanOrEqual(2 * least);
  scene.kill(0);
  await scene.clock.advance(5000);
  const [, one = 0, other = 0] = scene.leads();
  expect(one + other).toBe(60);
  expect(Math.max(one, other)).toBeLessThanOrEqual(2 * Math.min(one, other));
});

test('a client that resumes on another instance gets the events it missed, also those from before that instance came', async () => {
  using scene = new FleetScene(1);
  const room = scene.upstream.room('r');
  room.join({ id: 'a' });
  const client = await scene.client(0);
  const other = await scene.client(0);
  client.drop();
  for (const id of ['b', 'c']) {
    room.join({ id });
    await scene.clock.advance(1500);
  }
  scene.instances.push(scene.start());
  client.moveTo(scene.at(1));
  client.connect();
  await scene.clock.advance(100);
  expect(summary(client, 1)).toEqual(['joined b', 'joined c']);
  expect(client.cursor).toBe(other.cursor);
});

test('queries of all instances wait for the effect of a mutation on any of them', async () => {
  using scene = new FleetScene(2);
  const room = scene.upstream.room('r');
  const id = room.join({ role: 'guest' });
  await scene.client(0);
  await scene.client(1);
  await scene.clock.advance(200);
  const known = () => [0, 1].map((index) => scene.at(index).snapshot('r')?.peers[0]?.role ?? null);
  expect(known()).toEqual(['guest', 'guest']);
  scene.at(1).mutated('r');
  await scene.clock.advance(10);
  expect(known()).toEqual([null, null]);
  room.update(id, { role: 'host' });
  // A read after 250 ms shows it; the follower is told so with the next one.
  await scene.clock.advance(1350);
  expect(known()).toEqual(['host', 'host']);
});

test('an instance that hands a room over in a mutation answers from memory again when the effect has shown', async () => {
  using scene = new FleetScene(2);
  const rooms = ['a', 'b', 'c', 'd', 'e', 'f'];
  const { upstream } = scene;
  for (const id of rooms) upstream.room(id).join({});
  for (const id of rooms) await scene.client(0, id);
  upstream.isLagging = () => true;
  for (const id of rooms) scene.at(0).mutated(id);
  for (const id of rooms) await scene.client(1, id);
  await scene.clock.advance(3000);
  expect(scene.leads()[1]).toBeGreaterThan(1);
  upstream.isLagging = () => false;
  await scene.clock.advance(10_000);
  for (const id of rooms) upstream.room(id).join({});
  const shown = new Set<string>();
  for (let step = 0; step < 100; step += 1) {
    await scene.clock.advance(100);
    for (const id of rooms) if (scene.at(0).snapshot(id)?.peers.length === 2) shown.add(id);
  }
  expect([...shown].sort()).toEqual(rooms);
});

test('a room that does not exist ends the subscriptions of all instances', async () => {
  using scene = new FleetScene(2);
  scene.upstream.weather.latenciesMs = [300];
  const clients = [await scene.client(0, 'nowhere'), await scene.client(1, 'nowhere')];
  await scene.clock.advance(5000);
  for (const { faults } of clients) expect(faults).toEqual([expect.any(UnknownRoomError)]);
});

test('without Redis each instance polls for itself, and afterwards one polls for all, with nothing lost or told twice', async () => {
  using scene = await WatchedRoom.start(2);
  const { room, clients } = scene;
  scene.redis.stop();
  room.join({ id: 'b' });
  await scene.clock.advance(3000);
  expect(scene.leads()).toEqual([1, 1]);
  expect(clients.map((client) => summary(client, 1))).toEqual([['joined b'], ['joined b']]);
  scene.redis.start();
  room.join({ id: 'c' });
  await scene.clock.advance(20_000);
  expect(scene.leads().toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect(clients.map((client) => summary(client, 1))).toEqual([
    ['joined b', 'joined c'],
    ['joined b', 'joined c'],
  ]);
  expect(clients.flatMap(({ faults }) => faults)).toEqual([]);
});

test('an instance that has just come makes the session checks, also if it leads no room', async () => {
  using scene = new FleetScene(1);
  const room = scene.upstream.room('r');
  const client = await scene.client(0);
  scene.instances.push(scene.start());
  await scene.client(1);
  await scene.clock.advance(100);
  room.join({ id: 'a' });
  await scene.clock.advance(10_000);
  expect(client.peers.size).toBe(1);
});

test('reads that show no change are told together, and a follower never takes a state for younger than it is', async () => {
  using scene = new FleetScene(2);
  const rooms = ['a', 'b'];
  for (const id of rooms) scene.upstream.room(id).join();
  for (const index of [0, 1]) for (const id of rooms) await scene.client(index, id);
  await scene.clock.advance(2000);
  const written = scene.written();
  const polls = scene.upstream.count('peers');
  let [fresh, late] = [0, 0];
  for (let step = 0; step < 1200; step += 1) {
    await scene.clock.advance(50);
    for (const id of rooms) {
      const [told, known] = [1, 0].map((index) => scene.at(index).snapshot(id)?.asOf);
      if (told === undefined) {
        if (known !== undefined) late += 1;
        continue;
      }
      fresh += 1;
      // A snapshot serves queries for a second; the message took some milliseconds.
      expect(scene.clock.now() - told).toBeLessThan(1010);
      if (known !== undefined) expect(known - told).toBeOneOf([0, 1]);
    }
  }
  expect(fresh).toBeGreaterThan(5 * late);
  expect(late).toBeGreaterThan(10);
  expect(scene.upstream.count('peers') - polls).toBeGreaterThan(15);
  expect(written.entries).toBe(0);
  expect(scene.leads()).toEqual([2, 0]);
});

test('a session check confirms all idle rooms of an instance in one message', async () => {
  using scene = new FleetScene(2);
  const rooms = Array.from({ length: 50 }, (_, index) => `room-${index}`);
  for (const id of rooms) scene.upstream.room(id);
  for (const id of rooms) new Mirror(scene.at(0), { roomId: id }).connect();
  await scene.clock.advance(10_000);
  const written = scene.written();
  await scene.clock.advance(20_000);
  expect(written).toEqual({ entries: 0, confirmations: 4 });
});

test('an instance whose confirmation is refused finds out that it leads no more', async () => {
  using scene = await WatchedRoom.start(2);
  await scene.clock.advance(5000);
  const [leader, other] = scene.instances.map(({ link }) => link);
  await Promise.all([other?.take('r', other.id, leader?.id ?? ''), scene.clock.advance(5)]);
  expect(scene.leads()).toEqual([1, 0]);
  await scene.clock.advance(6000);
  expect(scene.leads()[0]).toBe(0);
});

test('a read for which another instance waits is written at once', async () => {
  using scene = await WatchedRoom.start(2);
  await scene.clock.advance(5000);
  const written = scene.written();
  const note = { kind: 'note', from: scene.instances[1]?.link.id ?? '', note: { kind: 'read' } } as const;
  await Promise.all([scene.instances[1]?.link.tell('r', encodeMessage(note)), scene.clock.advance(20)]);
  expect(written.entries).toBe(1);
  await scene.clock.advance(20_000);
  expect(written.entries).toBe(1);
});

test('a read that took longer than an instance may be silent waits until it is written', async () => {
  using scene = await WatchedRoom.start(2);
  await scene.clock.advance(5000);
  const written = scene.written();
  scene.upstream.weather.latenciesMs = [3000];
  await scene.clock.advance(60_000);
  expect(written.entries).toBeGreaterThan(3);
});

test('reads without a change leave together with the next change', async () => {
  using scene = new FleetScene(2);
  for (const id of ['quiet', 'busy']) {
    scene.upstream.room(id).join();
    await scene.client(0, id);
  }
  const { link } = scene.instance(0);
  const [entries, confirmations] = [new Set<unknown>(), new Set<unknown>()];
  const [commit, confirm] = [link.commit.bind(link), link.confirm.bind(link)];
  link.commit = (...args) => {
    entries.add(scene.clock.moment());
    return commit(...args);
  };
  link.confirm = (...args) => {
    confirmations.add(scene.clock.moment());
    return confirm(...args);
  };
  for (let join = 0; join < 10; join += 1) {
    scene.at(0).hint('quiet');
    await scene.clock.advance(20);
    scene.upstream.room('busy').join();
    scene.at(0).hint('busy');
    await scene.clock.advance(1000);
  }
  expect(entries.size).toBe(10);
  expect(confirmations.intersection(entries).size).toBe(10);
});
