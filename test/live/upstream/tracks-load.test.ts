// Reads of tracks beside all other calls, with the real client, budget and catalog, on a simulated clock: they take no turn from a
// poll, keep to their share, and wait where the budget is used up.
import { expect, test, vi } from 'vitest';
import { getRoom } from '../../../src/rest/rooms/rooms.ts';
import { Crowd } from './crowd.ts';

// Simulating minutes takes CPU time, and other processes may use all cores.
vi.setConfig({ testTimeout: 120_000 });

const SECONDS = 40;

/** A crowd whose peers are watched, five of its rooms busy; if `tracks`, the tracks of its first rooms are watched too, after a while. */
async function played(rooms: number, requestsPerSecond: number, tracks: boolean): Promise<Crowd> {
  const crowd = await Crowd.start(rooms, requestsPerSecond);
  for (const roomId of crowd.roomIds.slice(0, 5)) crowd.busy.add(roomId);
  crowd.watch();
  await crowd.clock.advance(10_000);
  if (tracks) crowd.watchTracks(crowd.roomIds.slice(0, 60));
  await crowd.clock.advance(SECONDS * 1000);
  return crowd;
}

/** Polls of peers, and checks of sessions. */
const polls = ({ polls: byRoom, calls }: Crowd) => ({
  peers: [...byRoom.values()].flat().length,
  sessions: calls.filter((family) => family === 'sessions').length,
});

test('polls have the same intervals with reads of tracks as without', async () => {
  await using alone = await played(60, 50, false);
  await using beside = await played(60, 50, true);
  expect(beside.reads.length).toBeGreaterThan(200);
  // Both begin some milliseconds apart, as each signs its token in real time: the first intervals differ by these.
  expect(Math.abs(polls(beside).sessions - polls(alone).sessions)).toBeLessThan(2);
  for (const roomId of alone.roomIds) {
    const [one, other] = [alone, beside].map((crowd) => crowd.intervals(roomId, 0).slice(1));
    const shared = Math.min(one?.length ?? 0, other?.length ?? 0);
    expect(Math.abs((one?.length ?? 0) - (other?.length ?? 0))).toBeLessThan(2);
    expect(shared).toBeGreaterThan(1);
    expect(other?.slice(0, shared)).toEqual(one?.slice(0, shared));
  }
});

test('where polls use up the budget they stay as many, and reads of tracks wait without being told as stale', async () => {
  await using alone = await played(200, 10, false);
  await using beside = await played(200, 10, true);
  const [{ peers }, { peers: after }] = [polls(alone), polls(beside)];
  expect(peers).toBeGreaterThan(SECONDS * 7);
  // Turns begin up to a millisecond apart.
  expect(Math.abs(after - peers)).toBeLessThan(3);
  expect(beside.reads).toEqual([]);
  expect(beside.stale).toEqual([]);
});

test('reads keep to TRACKS_RPS, reads of rooms and templates for them included', async () => {
  await using crowd = await Crowd.start(100, 50, 4);
  crowd.watchTracks();
  await crowd.clock.advance(60_000);
  const reads = crowd.calls.filter((family) => family === 'rooms' || family === 'templates').length;
  expect(crowd.reads.length + reads).toBeLessThanOrEqual(60 * 4 + 3);
  expect(crowd.reads.length).toBeGreaterThan(0);
});

test('a query waits for no read', async () => {
  await using crowd = await Crowd.start(50, 20, 20);
  crowd.watchTracks();
  await crowd.clock.advance(30_000);
  let answered = 0;
  // A quarter of the tokens is never taken by reads.
  for (const id of crowd.roomIds.slice(0, 2)) {
    void getRoom(crowd.client, id, { account: `caller of ${id}` }).then(() => (answered += 1));
  }
  await crowd.clock.advance(6);
  expect(answered).toBe(2);
});
