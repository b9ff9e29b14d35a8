// When failed reads make a room stale.
import { expect, test } from 'vitest';
import { momentAt } from '../../../src/clock.ts';
import { Failures } from '../../../src/live/rooms/failures.ts';

/** A room that was polled at these times, in milliseconds, and read at the last one. */
function polledAt(...times: number[]): Failures {
  const failures = new Failures();
  for (const at of times) failures.polled(momentAt(at));
  failures.succeeded(momentAt(times.at(-1) ?? 0));
  return failures;
}

test('the second failure in a row makes a room stale, however young its state is', () => {
  const failures = polledAt(0, 1000);
  expect(failures.failed(momentAt(2000))).toBe(false);
  expect(failures.failed(momentAt(2100))).toBe(true);
  failures.succeeded(momentAt(3000));
  expect(failures.failed(momentAt(3100))).toBe(false);
});

test('one failure is enough when the state is older than 5 s and than two intervals', () => {
  expect(polledAt(0, 1000).failed(momentAt(5999))).toBe(false);
  expect(polledAt(0, 1000).failed(momentAt(6000))).toBe(true);
});

test('the two intervals are the real ones, which are longer under load', () => {
  expect(polledAt(0, 40_000).failed(momentAt(119_999))).toBe(false);
  expect(polledAt(0, 40_000).failed(momentAt(120_000))).toBe(true);
});

test('a room that was never read becomes stale at the second failure', () => {
  const failures = new Failures();
  failures.polled(momentAt(0));
  expect([failures.failed(momentAt(90_000)), failures.failed(momentAt(90_001))]).toEqual([false, true]);
});

test('after a pause in polling, older failures, polls and states do not count', () => {
  const failures = polledAt(0, 1000);
  failures.failed(momentAt(2000));
  failures.reset();
  expect(failures.polledAt).toBeNull();
  expect(failures.failed(momentAt(300_000))).toBe(false);
});
