// Many changes in one poll, with many readers at full speed, and with readers that do not read.
import { describe, expect, test } from 'vitest';
import type { PeerChange } from '../../../src/live/changes.ts';
import type { LiveRooms } from '../../../src/live/live-rooms.ts';
import { Scene } from '../scene.ts';

const READERS = 20;

/** Reads everything as fast as it can. */
class FullSpeed {
  readonly received: PeerChange[] = [];
  readonly #changes: AsyncIterableIterator<PeerChange>;

  constructor(live: LiveRooms, options: Parameters<LiveRooms['peerChanges']>[1] = {}) {
    this.#changes = live.peerChanges('r', options);
    void this.#read();
  }

  get kinds(): string[] {
    const names = this.received.map((change) => (change.kind === 'snapshot' ? change.reason : change.kind));
    return [...new Set(names)];
  }

  async leave(): Promise<void> {
    await this.#changes.return?.();
  }

  async #read(): Promise<void> {
    for await (const change of this.#changes) this.received.push(change);
  }
}

/** Runs turns of the event loop until `isDone`, and returns the CPU time of the longest one, in milliseconds. */
async function longestTurn(isDone: () => boolean): Promise<number> {
  let longest = 0;
  for (let turn = 0; turn < 100_000 && !isDone(); turn += 1) {
    const before = process.threadCpuUsage();
    await new Promise((resolve) => setImmediate(resolve));
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
  }
  return longest;
}

describe.each([
  [66, 300],
  [500, 2000],
  [5000, 20_000],
])('%i changes in one poll of a room of %i', (changes, peers) => {
  test(
    'are all delivered to each of 20 readers, and the event loop is not blocked',
    { timeout: 60_000 },
    async () => {
      using scene = new Scene();
      const room = scene.upstream.room('r');
      const ids = room.fill(peers);
      const readers = Array.from({ length: READERS }, () => new FullSpeed(scene.live));
      await scene.clock.advance(0);
      await longestTurn(() => readers.every(({ received }) => received.length === 1));
      const gone = new FullSpeed(scene.live, { after: readers[0]?.received[0]?.cursor ?? '' });
      await gone.leave();
      for (const id of ids.slice(0, changes)) room.update(id, { metadata: 'hand raised' });
      scene.live.hint('r');
      const all = () => readers.every(({ received }) => received.length === changes + 1);
      expect(await longestTurn(all)).toBeLessThan(100);
      for (const reader of readers) {
        expect(reader.kinds).toEqual(['SUBSCRIBED', 'updated']);
        const told = reader.received.slice(1).map((change) => ('peer' in change ? change.peer.id : ''));
        expect(told.toSorted()).toEqual(ids.slice(0, changes).toSorted());
      }
      const back = new FullSpeed(scene.live, { after: readers[0]?.received[0]?.cursor ?? '' });
      await longestTurn(() => back.received.length === changes);
      expect(back.received).toEqual(readers[0]?.received.slice(1));
    },
  );
});

test('66 peers who leave at once are reported one by one, and so is the end of the session', async () => {
  using scene = new Scene();
  const room = scene.upstream.room('r');
  room.fill(66);
  const reader = new FullSpeed(scene.live);
  await scene.clock.advance(0);
  room.end();
  scene.live.hint('r');
  await scene.clock.advance(0);
  await longestTurn(() => reader.received.length === 68);
  expect(reader.kinds).toEqual(['SUBSCRIBED', 'left', 'sessionEnded']);
});

describe('5,000 peers who join at once', () => {
  test('are reported by a snapshot, which is smaller, also to readers that resume', async () => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    room.join();
    const readers = Array.from({ length: READERS }, () => new FullSpeed(scene.live));
    await scene.clock.advance(0);
    room.fill(5000);
    scene.live.hint('r');
    expect(await longestTurn(() => readers.every(({ received }) => received.length === 2))).toBeLessThan(100);
    const back = new FullSpeed(scene.live, { after: readers[0]?.received[0]?.cursor ?? '' });
    await longestTurn(() => back.received.length === 1);
    for (const { received } of [...readers, back]) {
      const last = received.at(-1);
      expect(last).toMatchObject({ kind: 'snapshot', reason: 'BURST', stale: false });
      expect(last?.kind === 'snapshot' && last.peers).toHaveLength(5001);
      expect(last?.cursor).toBe(readers[0]?.received.at(-1)?.cursor);
    }
    room.join({ id: 'late' });
    scene.live.hint('r');
    await longestTurn(() => readers.every(({ received }) => received.length === 3));
    expect(readers[0]?.received.at(-1)).toMatchObject({ kind: 'joined', peer: { id: 'late' } });
  });

  test('are reported one by one to readers whose filter leaves few of them', async () => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    room.join();
    const reader = new FullSpeed(scene.live, { filter: { userId: 'user-4321' } });
    await scene.clock.advance(0);
    room.fill(5000);
    scene.live.hint('r');
    await longestTurn(() => reader.received.length === 2);
    expect(reader.received.at(-1)).toMatchObject({ kind: 'joined', peer: { id: 'crowd-4321' } });
  });
});

test('the events that 200 readers leave unread are kept once, in the bounded log', async () => {
  using scene = new Scene({ limits: { maxBytes: 100_000 } });
  const room = scene.upstream.room('r');
  const ids = room.fill(50);
  for (let reader = 0; reader < 200; reader += 1) {
    const changes = scene.live.peerChanges('r');
    void changes.next();
  }
  const slow = scene.live.peerChanges('r');
  await slow.next();
  for (let poll = 0; poll < 20; poll += 1) {
    for (const id of ids) room.update(id, { metadata: String(poll) });
    scene.live.hint('r');
    await scene.clock.advance(0);
    expect(scene.live.gauges().logBytes).toBeLessThanOrEqual(100_000);
  }
  expect(scene.live.gauges().logBytes).toBeGreaterThan(50_000);
  expect((await slow.next()).value).toMatchObject({ kind: 'snapshot', reason: 'SLOW_CONSUMER' });
});

test('the log of a room that nobody resumes is dropped', async () => {
  using scene = new Scene();
  scene.upstream.room('r').join();
  const reader = new FullSpeed(scene.live);
  await scene.clock.advance(0);
  expect(scene.live.gauges().logBytes).toBeGreaterThan(0);
  await reader.leave();
  await scene.clock.advance(6 * 60_000);
  expect(scene.live.gauges()).toMatchObject({ keptRooms: 0, logBytes: 0 });
});

test('few changes are reported one by one, however large they are', async () => {
  using scene = new Scene();
  const room = scene.upstream.room('r');
  room.join({ id: 'a' });
  const reader = new FullSpeed(scene.live);
  await scene.clock.advance(0);
  room.update('a', { metadata: 'x'.repeat(500_000) });
  scene.live.hint('r');
  await longestTurn(() => reader.received.length === 2);
  expect(reader.kinds).toEqual(['SUBSCRIBED', 'updated']);
});
