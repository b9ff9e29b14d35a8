// The retry budget: a fifth of the first attempts, and two for a gateway with little to do.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { RetryBudget } from '../../../src/rest/client/retry-budget.ts';
import { fuzzRuns } from '../../support/fuzz.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function setUp(random = () => 0.5) {
  const clock = new ManualClock();
  const budget = new RetryBudget(clock, random);
  const first = (times: number) => {
    for (let time = 0; time < times; time += 1) budget.noteFirst();
  };
  const taken = (times: number) => Array.from({ length: times }, () => budget.take()).filter(Boolean).length;
  return { clock, budget, first, taken };
}

it('a fifth of the first attempts may be repeated', () => {
  const { first, taken } = setUp();
  first(100);
  expect(taken(100)).toBe(20);
});

it('two attempts may be repeated however few there were', async () => {
  const { clock, first, taken } = setUp();
  first(1);
  expect(taken(5)).toBe(2);
  await clock.advance(20_000);
  expect(taken(5)).toBe(2);
});

it('attempts count for five to ten seconds', async () => {
  const { clock, first, taken } = setUp();
  first(100);
  await clock.advance(9000);
  expect(taken(100)).toBe(20);
  await clock.advance(10_000);
  expect(taken(100)).toBe(2);
});

it('the wait before a repeated attempt is anywhere below 200 ms', () => {
  expect([0, 0.5, 0.999].map((value) => setUp(() => value).budget.waitMs())).toEqual([0, 100, 199.8]);
});

it('over any time the attempts are at most 1.2 times the first ones, and two for each window', async () => {
  const step = fc.record({ first: fc.nat(20), failed: fc.nat(20), ms: fc.nat(3000) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { clock, first, taken } = setUp();
      let [sumFirst, sumRepeated, windows] = [0, 0, 2];
      for (const { first: count, failed, ms } of steps) {
        first(count);
        sumFirst += count;
        sumRepeated += taken(Math.min(failed, count));
        await clock.advance(ms);
        windows += ms / 5000;
      }
      expect(sumRepeated).toBeLessThanOrEqual(0.2 * sumFirst + 2 * windows);
    }),
    fuzzRuns(50),
  );
});
