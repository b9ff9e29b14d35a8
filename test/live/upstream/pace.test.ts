// The wait between two polls.
import { expect, test } from 'vitest';
import { Pace } from '../../../src/live/upstream/pace.ts';

const pace = (random: () => number, fastestMs = 1000, slowestMs = 10_000) =>
  new Pace({ fastestMs, slowestMs, random });
const times = (count: number, make: () => number) => Array.from({ length: count }, make);

test('the wait grows without changes, and is the shortest after a change', () => {
  const steady = pace(() => 0);
  expect(times(7, () => steady.quiet())).toEqual([1500, 2250, 3375, 5062.5, 7593.75, 10_000, 10_000]);
  expect(steady.changed()).toBe(1000);
  expect(steady.quiet()).toBe(1500);
});

test('after failures the wait grows from the shortest to the longest', () => {
  const steady = pace(() => 0);
  expect(times(6, () => steady.failed())).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
  steady.quiet();
  expect(steady.failed()).toBe(1000);
});

test('jitter shortens a wait, never beyond the bounds', () => {
  const extreme = pace(() => 0.999_999);
  for (const ms of [...times(20, () => extreme.quiet()), ...times(20, () => extreme.failed())]) {
    expect(ms).toBeGreaterThanOrEqual(1000);
    expect(ms).toBeLessThan(10_000);
  }
  expect(extreme.failed()).toBeCloseTo(5000, 0);
});

test('with equal bounds every wait is the same', () => {
  const fixed = pace(Math.random, 700, 700);
  expect([fixed.quiet(), fixed.failed(), fixed.changed(), fixed.quiet()]).toEqual([700, 700, 700, 700]);
});

test('a poll without a change that waited for its turn shows that the room was quiet for that long', () => {
  const steady = pace(() => 0);
  expect(times(2, () => steady.quiet(6000))).toEqual([6000, 9000]);
  expect(steady.quiet(60_000)).toBe(10_000);
  expect(steady.changed()).toBe(1000);
});

test('only the first failure in a row is followed sooner than a poll without a change', () => {
  const steady = pace(() => 0);
  times(7, () => steady.quiet());
  expect(times(3, () => steady.failed())).toEqual([1000, 10_000, 10_000]);
  expect(steady.quiet()).toBe(10_000);
});
