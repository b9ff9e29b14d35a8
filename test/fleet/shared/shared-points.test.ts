// The points of callers as instances share them over a real Redis or Valkey.
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import type { Fleet } from '../../../src/fleet/fleet.ts';
import { SharedPoints, windowOf } from '../../../src/fleet/shared/shared-points.ts';
import { PointBudget } from '../../../src/server/operation/point-budget.ts';
import { openTestFleet } from '../../support/fleet.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { findRedis, redisNotice, RedisServer, type RedisEngine } from '../../support/redis-server.ts';
import { startInstances, type Instance } from './gateways.ts';

const LIMIT = 100;
const SOON = { interval: 20, timeout: 8000 };

/** The name of an account whose minute lasts for the rest of a test. */
function accountOf(prefix: string): string {
  for (let number = 0; ; number += 1) {
    const account = `${prefix} ${number}`;
    if (windowOf(account, Date.now()).endsInMs > 40_000) return account;
  }
}

async function startBudgets(engine: RedisEngine, count: number) {
  await using resources = new AsyncDisposableStack();
  const server = resources.use(await RedisServer.start({ engine }));
  const budgets: PointBudget[] = [];
  const fleets: Fleet[] = [];
  for (let index = 0; index < count; index += 1) {
    const fleet = resources.use(await openTestFleet({ port: server.port }));
    const budget = new PointBudget(LIMIT, systemClock, (account) => windowOf(account, Date.now()));
    const shared = new SharedPoints(fleet, systemClock, budget);
    resources.defer(() => shared.stop());
    budgets.push(budget);
    fleets.push(fleet);
  }
  const at = (index: number): PointBudget => budgets[index] ?? expect.fail(`there is no budget ${index}`);
  const owned = resources.move();
  return { server, budgets, fleets, at, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

it('the minutes of an account are the same everywhere, a minute long, and not those of all accounts', () => {
  const now = Date.parse('2026-03-12T16:00:00Z');
  const { window, endsInMs } = windowOf('ada', now);
  expect(windowOf('ada', now + endsInMs - 1).window).toBe(window);
  expect(windowOf('ada', now + endsInMs)).toEqual({ window: window + 1, endsInMs: 60_000 });
  const ends = new Set(Array.from({ length: 100 }, (_, at) => windowOf(`account ${at}`, now).endsInMs));
  expect(ends.size).toBeGreaterThan(90);
});

describe.each<RedisEngine>(['redis', 'valkey'])('over %s', (engine) => {
  describe.skipIf(findRedis(engine) === undefined)(`on this machine${redisNotice(engine)}`, () => {
    it('what an account spends at one instance is missing at the others', async () => {
      await using shared = await startBudgets(engine, 3);
      const account = accountOf('ada "\r\n* FLUSHALL');
      shared.at(0).spend(account, 60);
      shared.at(1).spend(account, 20);
      shared.at(2).spend(account, 1);
      await expect
        .poll(
          () =>
            shared.budgets.map((each) => {
              each.take(account, 0);
              return each.balance(account).remaining;
            }),
          SOON,
        )
        .toEqual([19, 19, 19]);
      expect(shared.at(2).spend(account, 20).isOver).toBe(true);
      const keys = await shared.server.send('KEYS', '*points*');
      expect(keys).toMatch(/hms:[0-9a-f]{8}:\{points\}:\d+/);
      expect(await shared.server.send('KEYS', '*ada*')).toContain('*0');
    });

    it('has no timer until an account changes, and none once that is told', async () => {
      await using server = await RedisServer.start({ engine });
      await using fleet = await openTestFleet({ port: server.port });
      const clock = new ManualClock(Date.now());
      const budget = new PointBudget(LIMIT, clock, (name) => windowOf(name, clock.now()));
      const shared = new SharedPoints(fleet, clock, budget);
      expect(clock.pending).toBe(0);
      budget.spend('ada', 5);
      budget.spend('bob', 5);
      expect(clock.pending).toBe(1);
      await clock.advance(250);
      await expect.poll(() => server.send('KEYS', '*points*'), SOON).toContain('{points}');
      expect([clock.pending, budget.hasChanges]).toEqual([0, false]);
      shared.stop();
      budget.spend('ada', 5);
      expect(clock.pending).toBe(0);
    });

    it('goes on alone while Redis does not answer, and tells then what it has counted, once', async () => {
      await using shared = await startBudgets(engine, 2);
      const account = accountOf('ada');
      shared.server.pause();
      expect(shared.at(0).spend(account, 60).isOver).toBe(false);
      expect(shared.at(1).spend(account, 30).isOver).toBe(false);
      await expect.poll(() => shared.fleets.some(({ isConnected }) => isConnected), SOON).toBe(false);
      shared.server.resume();
      // The one that tells last learns the sum; Redis may carry out late what it was told before.
      const least = () => Math.min(...shared.budgets.map((budget) => budget.balance(account).remaining));
      await expect.poll(least, SOON).toBe(10);
    });
  });
});

describe.skipIf(findRedis('redis') === undefined)(`gateways${redisNotice('redis')}`, () => {
  it('refuse a caller who has spent all points at another one, with the time when they are back', async () => {
    await using instances = await startInstances({ limits: { pointsPerMinute: 30 } });
    const { here, there } = instances;
    const refusalAt = async (instance: Instance) =>
      (await instance.ask('{ __typename }')).errors?.[0]?.extensions;
    for (let time = 0; time < 30; time += 1) expect(await refusalAt(here)).toBeUndefined();
    let asked = 0;
    const refusal = () => {
      asked += 1;
      return refusalAt(there);
    };
    await expect.poll(refusal, { interval: 100, timeout: 8000 }).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfter: expect.any(Number),
    });
    // It has learnt it from Redis: by its own count the caller could go on.
    expect(asked).toBeLessThan(20);
  });
});
