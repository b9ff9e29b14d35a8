// More watched rooms than the budget of REST calls allows at their own intervals, with the real client, budget and
// queue of polls, on a simulated clock.
import { describe, expect, test, vi } from 'vitest';
import { getRoom } from '../../../src/rest/rooms/rooms.ts';
import { Crowd } from './crowd.ts';

// Time limit: simulating minutes takes much CPU time, and other processes may use all cores.
vi.setConfig({ testTimeout: 120_000 });

const RPS = 50;
/** A factor on the fair interval of a room: session checks use the same budget. */
const SLACK = 1.3;

describe.each([600, 2000])('%i quiet rooms', (count) => {
  const shareMs = (count / RPS) * 1000;

  test('share the budget evenly, and no room is stale because it waits', async () => {
    await using crowd = await Crowd.start(count, RPS);
    crowd.watch();
    await crowd.clock.advance(shareMs * 1.3);
    const settledAt = crowd.elapsedMs;
    await crowd.clock.advance(shareMs * 2.4);
    expect(crowd.polls.size).toBe(count);
    expect(crowd.worst(settledAt)).toBeLessThan(shareMs * SLACK);
    expect(crowd.calls.length).toBeLessThan((crowd.elapsedMs / 1000 + 1) * RPS + 1);
    expect(crowd.stale).toEqual([]);
    const { staleRooms, watchedRooms, waitingPolls, pollStretch } = crowd.live.gauges();
    expect({ staleRooms, watchedRooms }).toEqual({ staleRooms: 0, watchedRooms: count });
    expect(waitingPolls).toBeGreaterThan(0);
    expect(pollStretch).toBeGreaterThan((count / RPS / 10) * 0.9);
    expect(pollStretch).toBeLessThan((count / RPS / 10) * SLACK);
  });
});

test('10 busy rooms among 490 quiet ones are polled at least every 2 s', async () => {
  await using crowd = await Crowd.start(500, RPS);
  const busy = crowd.roomIds.slice(100, 110);
  for (const roomId of busy) crowd.busy.add(roomId);
  crowd.watch();
  await crowd.clock.advance(40_000);
  const settledAt = crowd.elapsedMs;
  await crowd.clock.advance(40_000);
  expect(crowd.worst(settledAt, busy)).toBeLessThan(2000);
  expect(crowd.worst(settledAt)).toBeLessThan(15_000);
  expect(crowd.stale).toEqual([]);
});

test('rooms that fit into the budget are polled at their own intervals', async () => {
  await using crowd = await Crowd.start(100, RPS);
  crowd.watch();
  await crowd.clock.advance(60_000);
  const settledAt = crowd.elapsedMs;
  await crowd.clock.advance(30_000);
  expect(crowd.worst(settledAt)).toBeLessThan(10_200);
  expect(crowd.live.gauges()).toMatchObject({ waitingPolls: 0, pollStretch: expect.closeTo(1, 1) });
});

test('a query waits for no poll, and a hinted room for no quiet one, however many wait', async () => {
  await using crowd = await Crowd.start(1000, RPS);
  const { clock, client, live } = crowd;
  crowd.watch();
  await clock.advance(60_000);
  expect(live.gauges().waitingPolls).toBeGreaterThan(100);
  let answered = 0;
  for (let query = 0; query < 10; query += 1) {
    void getRoom(client, crowd.roomIds[query] ?? '', { account: `caller ${query}` }).then(
      () => (answered += 1),
    );
  }
  // The time for ten tokens at 50 a second, and the latency.
  await clock.advance(210);
  expect(answered).toBe(10);
  const [hinted = ''] = crowd.roomIds;
  const before = crowd.polls.get(hinted)?.length ?? 0;
  live.hint(hinted);
  await clock.advance(1000);
  expect(crowd.polls.get(hinted)?.length).toBeGreaterThan(before);
});

test('queries that take the whole budget make no room stale, and polls go on after them', async () => {
  await using crowd = await Crowd.start(100, RPS);
  const { clock, client } = crowd;
  crowd.watch();
  await clock.advance(30_000);
  const sent = () => crowd.calls.filter((family) => family === 'active-rooms').length;
  const before = sent();
  for (let second = 0; second < 40; second += 1) {
    for (let query = 0; query < 60; query += 1) {
      const read = getRoom(client, crowd.roomIds[query] ?? '', { account: `caller ${query}`, fresh: true });
      read.catch(() => undefined);
    }
    await clock.advance(1000);
  }
  expect(sent() - before).toBeLessThan(100);
  expect(crowd.stale).toEqual([]);
  await clock.advance(40_000);
  expect(crowd.stale).toEqual([]);
  expect(sent() - before).toBeGreaterThan(200);
});

describe('an upstream that fails', () => {
  test(
    'makes all rooms stale, and gets no more requests than a healthy one',
    { timeout: 60_000 },
    async () => {
      await using crowd = await Crowd.start(300, RPS);
      const { clock } = crowd;
      crowd.watch();
      await clock.advance(60_000);
      const healthy = crowd.calls.length;
      await clock.advance(60_000);
      const perMinute = crowd.calls.length - healthy;
      crowd.isFailing = true;
      await clock.advance(30_000);
      expect(crowd.live.gauges().staleRooms).toBe(300);
      const failing = crowd.calls.length;
      await clock.advance(60_000);
      expect(crowd.calls.length - failing).toBeLessThan(perMinute * 1.5);
      crowd.isFailing = false;
      await clock.advance(15_000);
      expect(crowd.live.gauges().staleRooms).toBe(0);
    },
  );

  test('for one room takes no turn from the others', async () => {
    await using crowd = await Crowd.start(600, RPS);
    const { clock } = crowd;
    for (const roomId of crowd.roomIds.slice(0, 30)) crowd.failing.add(roomId);
    crowd.watch();
    await clock.advance(30_000);
    const settledAt = crowd.elapsedMs;
    await clock.advance(45_000);
    expect(crowd.worst(settledAt)).toBeLessThan(12_000 * SLACK);
    expect(crowd.live.gauges().staleRooms).toBe(30);
  });
});
