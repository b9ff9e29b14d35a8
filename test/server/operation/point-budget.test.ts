// A budget of points that several instances share: each spends by itself, and learns what the others have spent.
import { array, assert, boolean, nat, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import { PointBudget, type PointChange } from '../../../src/server/operation/point-budget.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const LIMIT = 100;

/** Instances that share their budgets, and what Redis would keep of them. */
function setUp(count: number) {
  const clock = new ManualClock();
  const windows = () => ({
    window: Math.floor(clock.now() / 60_000),
    endsInMs: 60_000 - (clock.now() % 60_000),
  });
  const budgets = Array.from({ length: count }, () => new PointBudget(LIMIT, clock, windows));
  const spent = new Map<string, number>();
  const told: PointChange[] = [];
  /** One instance tells what it has spent and learns the sum. */
  const exchange = (at: number) => {
    for (const change of budgets[at]?.changes(1000) ?? []) {
      told.push(change);
      const minute = `${change.account} ${change.window}`;
      spent.set(`${minute} ${at}`, change.spent);
      const total = [...spent].reduce(
        (sum, [key, points]) => sum + (key.startsWith(`${minute} `) ? points : 0),
        0,
      );
      budgets[at]?.learn(change, total);
    }
  };
  const [here, there] = budgets;
  if (here === undefined || there === undefined) throw new Error('two instances at least');
  return { clock, budgets, here, there, exchange, told };
}

it('counts what others have spent once it has learnt it', () => {
  const { here, there, exchange } = setUp(2);
  expect(here.spend('ada', 70).remaining).toBe(30);
  expect(there.spend('ada', 20).remaining).toBe(80);
  exchange(0);
  exchange(1);
  expect(there.balance('ada').remaining).toBe(10);
  expect(there.spend('ada', 11)).toMatchObject({ isOver: true, remaining: 10 });
  expect(there.spend('ada', 10)).toMatchObject({ isOver: false, remaining: 0 });
  expect(there.spend('bob', 100).isOver).toBe(false);
});

it('tells an account only when it has changed, returned points too', () => {
  const { here, exchange, told } = setUp(2);
  const { giveBack } = here.spend('ada', 40);
  exchange(0);
  exchange(0);
  giveBack(30);
  exchange(0);
  here.take('ada', 5);
  exchange(0);
  expect(told.map(({ spent }) => spent)).toEqual([40, 10, 15]);
});

it('tells what it could not tell before, and at most so many accounts at a time', () => {
  const { here } = setUp(2);
  for (const account of ['a', 'b', 'c']) here.spend(account, 1);
  const first = here.changes(2);
  expect(first.map(({ account }) => account)).toEqual(['a', 'b']);
  for (const change of first) here.untold(change);
  expect(here.changes(9).map(({ account }) => account)).toEqual(['c', 'a', 'b']);
  expect(here.changes(9)).toEqual([]);
});

it('begins and ends its minutes with the others, and keeps nothing of the last one', async () => {
  const { clock, here, there, exchange } = setUp(2);
  await clock.advance(59_000);
  const { resetInMs } = here.spend('ada', 100);
  expect(resetInMs).toBe(1000);
  const late = here.changes(1)[0];
  await clock.advance(1000);
  there.spend('ada', 1);
  exchange(1);
  expect([here, there].map((budget) => budget.spend('ada', 10).remaining)).toEqual([90, 89]);
  if (late !== undefined) here.learn(late, 1000);
  expect(here.balance('ada')).toEqual({ remaining: 90, resetInMs: 60_000 });
});

it('lets no account spend more than its points a minute, beyond what is spent between two exchanges', () => {
  const step = record({ at: nat(2), points: nat(40), exchanges: boolean() });
  assert(
    property(array(step, { maxLength: 60 }), (steps) => {
      const { budgets, exchange } = setUp(3);
      let [total, unknown, mostUnknown] = [0, 0, 0];
      for (const { at, points, exchanges } of steps) {
        const payment = budgets[at]?.spend('ada', points);
        if (payment?.isOver === false) [total, unknown] = [total + points, unknown + points];
        expect(payment?.remaining).toBeGreaterThanOrEqual(0);
        mostUnknown = Math.max(mostUnknown, unknown);
        if (!exchanges) continue;
        // Each tells, then each learns what all have told.
        for (const round of [0, 1]) {
          for (const [each, budget] of budgets.entries()) {
            if (round === 1) budget.take('ada', 0);
            exchange(each);
          }
        }
        unknown = 0;
      }
      expect(total).toBeLessThanOrEqual(LIMIT + mostUnknown);
    }),
  );
});
