// The memory of rooms that nobody watches any more.
import { expect, test } from 'vitest';
import { Recent } from '../../src/live/expiring-map.ts';
import { ManualClock } from '../support/manual-clock.ts';

test('forgets what is too old, without a timer', async () => {
  const clock = new ManualClock();
  const recent = new Recent<number>({ clock, maxAgeMs: 1000, maxEntries: 10 });
  recent.set('a', 1);
  await clock.advance(1000);
  expect(recent.get('a')).toBe(1);
  expect(clock.pending).toBe(0);
  await clock.advance(1);
  expect(recent.get('a')).toBeUndefined();
  expect(recent.size).toBe(0);
});

test('holds a bounded number: the longest unset goes first', () => {
  const recent = new Recent<number>({ clock: new ManualClock(), maxAgeMs: 1000, maxEntries: 2 });
  recent.set('a', 1);
  recent.set('b', 2);
  recent.set('a', 3);
  recent.set('c', 4);
  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([3, undefined, 4]);
});

test('gives a value away once', () => {
  const recent = new Recent<number>({ clock: new ManualClock(), maxAgeMs: 1000, maxEntries: 2 });
  recent.set('a', 1);
  expect([recent.take('a'), recent.take('a')]).toEqual([1, undefined]);
});
