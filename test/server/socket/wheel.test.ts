// One timer for many sockets.
import { expect, test } from 'vitest';
import { Wheel } from '../../../src/server/socket/wheel.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const PERIOD_MS = 1200;

function wheel() {
  const clock = new ManualClock();
  const visits: string[] = [];
  const turning = new Wheel<{ readonly name: string }>(clock, PERIOD_MS, ({ name }) => visits.push(name));
  return { clock, visits, turning };
}

test('each member is visited once in a period, wherever in it it was added', async () => {
  const { clock, visits, turning } = wheel();
  turning.add({ name: 'a' });
  await clock.advance(450);
  turning.add({ name: 'b' });
  await clock.advance(PERIOD_MS - 450);
  expect(visits).toEqual(['a']);
  await clock.advance(450);
  expect(visits).toEqual(['a', 'b']);
  await clock.advance(2 * PERIOD_MS);
  expect(visits).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
});

test('a member that is removed is visited no more, and without members there is no timer', async () => {
  const { clock, visits, turning } = wheel();
  const [removeA, removeB] = [turning.add({ name: 'a' }), turning.add({ name: 'b' })];
  expect(clock.pending).toBe(1);
  removeA();
  removeA();
  await clock.advance(PERIOD_MS);
  expect(visits).toEqual(['b']);
  removeB();
  expect(clock.pending).toBe(0);
  turning.add({ name: 'c' });
  await clock.advance(PERIOD_MS);
  expect(visits).toEqual(['b', 'c']);
});

test('each visit of a member is announced a third of a period before', async () => {
  const clock = new ManualClock();
  const calls: string[] = [];
  const turning = new Wheel<object>(
    clock,
    PERIOD_MS,
    () => calls.push('visit'),
    () => calls.push('soon'),
  );
  turning.add({});
  await clock.advance((2 * PERIOD_MS) / 3 - 1);
  expect(calls).toEqual([]);
  await clock.advance(1);
  expect(calls).toEqual(['soon']);
  await clock.advance(PERIOD_MS / 3);
  expect(calls).toEqual(['soon', 'visit']);
  await clock.advance(PERIOD_MS);
  expect(calls).toEqual(['soon', 'visit', 'soon', 'visit']);
});
