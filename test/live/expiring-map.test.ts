// ExpiringMap: bounded by age and number, without a timer. Tested with a clock that only `advance` moves.
import { expect, test } from 'vitest';
import { ExpiringMap } from '../../src/live/expiring-map.ts';
import { ManualClock } from '../support/manual-clock.ts';

test('removes an entry that is older than the maximum, without a timer', async () => {
  const clock = new ManualClock();
  const entries = new ExpiringMap<number>({ clock, maxAgeMs: 1000, maxEntries: 10 });
  entries.set('a', 1);
  await clock.advance(1000);
  expect(entries.get('a')).toBe(1);
  expect(clock.pending).toBe(0);
  await clock.advance(1);
  expect(entries.get('a')).toBeUndefined();
  expect(entries.size).toBe(0);
});

test('when full, removes the entry whose set is longest ago', () => {
  const entries = new ExpiringMap<number>({ clock: new ManualClock(), maxAgeMs: 1000, maxEntries: 2 });
  entries.set('a', 1);
  entries.set('b', 2);
  entries.set('a', 3);
  entries.set('c', 4);
  expect([entries.get('a'), entries.get('b'), entries.get('c')]).toEqual([3, undefined, 4]);
});

test('take returns a value once', () => {
  const entries = new ExpiringMap<number>({ clock: new ManualClock(), maxAgeMs: 1000, maxEntries: 2 });
  entries.set('a', 1);
  expect([entries.take('a'), entries.take('a')]).toEqual([1, undefined]);
});
