// The share of the budget that reads of tracks have: even distances, in the order of the calls, at a pace that can change.
import { expect, test } from 'vitest';
import { msBetween } from '../../../src/clock.ts';
import { TrackShare } from '../../../src/live/tracks/track-share.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function setUp(requestsPerSecond: number) {
  const clock = new ManualClock();
  const share = new TrackShare(clock, requestsPerSecond);
  const start = clock.moment();
  const sent: string[] = [];
  const take = async (name: string, calls = 1, signal = new AbortController().signal) => {
    await share.take(calls, signal);
    sent.push(`${name} ${msBetween(start, clock.moment())}`);
  };
  return { clock, share, sent, take };
}

test('sends at even distances, and behind several calls at once waits for as many', async () => {
  const { clock, share, sent, take } = setUp(10);
  void Promise.all([take('a'), take('b', 2), take('c'), take('d')]);
  await clock.advance(1000);
  expect(sent).toEqual(['a 0', 'b 100', 'c 300', 'd 400']);
  await clock.advance(5000);
  // A pause is not made up for.
  void Promise.all([take('e'), take('f')]);
  await clock.advance(1000);
  expect(sent.slice(4)).toEqual(['e 6000', 'f 6100']);
  expect([share.sent, share.waiting, clock.pending]).toEqual([7, 0, 0]);
});

test('a new pace shortens or stretches the wait that has begun', async () => {
  const { clock, share, sent, take } = setUp(1);
  void Promise.all([take('a'), take('b'), take('c')]);
  await clock.advance(500);
  share.setPace({ requestsPerSecond: 10 });
  await clock.advance(100);
  expect(sent).toEqual(['a 0', 'b 550']);
  share.setPace({ requestsPerSecond: 1 });
  await clock.advance(2000);
  expect(sent.at(-1)).toBe('c 1100');
});

test('whoever leaves lets the next one go', async () => {
  const { clock, share, sent, take } = setUp(1);
  const leaving = new AbortController();
  const [, left] = [take('a'), take('b', 1, leaving.signal), void take('c')];
  const refused = expect(left).rejects.toThrow('aborted');
  expect(share.waiting).toBe(2);
  leaving.abort();
  await refused;
  await clock.advance(1000);
  expect(sent).toEqual(['a 0', 'c 1000']);
});
