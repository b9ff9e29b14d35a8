// The shares of the upstream budget: their rule, and instances that apply it over a real Redis.
import { array, assert, asyncProperty, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharesOf, UpstreamShare } from '../../../src/fleet/shared/upstream-share.ts';
import type { Fleet, Member } from '../../../src/fleet/fleet.ts';
import { openTestFleet } from '../../support/fleet.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { findRedis, redisNotice, RedisServer } from '../../support/redis-server.ts';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const demand = double({ min: 0, max: 1e6, noNaN: true });
const whole = integer({ min: 1, max: 10_000 });

describe('the rule', () => {
  it('splits the whole, whatever the demands, and gives nobody less than the floor', () => {
    assert(
      property(whole, array(demand, { minLength: 1, maxLength: 100 }), (rps, demands) => {
        const shares = sharesOf(rps, demands);
        expect(sum(shares)).toBeCloseTo(rps, 6);
        expect(Math.min(...shares)).toBeGreaterThanOrEqual((0.1 * rps) / demands.length - 1e-9);
      }),
    );
  });

  it('gives every instance its demand as long as there is enough', () => {
    assert(
      property(whole, array(demand, { minLength: 1, maxLength: 100 }), (rps, weights) => {
        const scale = (0.9 * rps) / Math.max(1, sum(weights));
        const demands = weights.map((weight) => weight * scale);
        for (const [at, share] of sharesOf(rps, demands).entries()) {
          expect(share).toBeGreaterThanOrEqual((demands[at] ?? 0) - 1e-9);
        }
      }),
    );
  });

  it('gives a lone busy instance nine tenths at least', () => {
    assert(
      property(whole, integer({ min: 1, max: 100 }), (rps, others) => {
        const [busy = 0] = sharesOf(rps, [rps, ...Array.from({ length: others }, () => 0)]);
        expect(busy).toBeGreaterThanOrEqual(0.9 * rps);
      }),
    );
  });

  it('splits in proportion what is not enough, and equally what nobody wants', () => {
    expect(sharesOf(100, [600, 200, 100])).toEqual([600, 200, 100].map((own) => 10 / 3 + own / 10));
    expect(sharesOf(100, [0, 0, 0, 0])).toEqual([25, 25, 25, 25]);
  });
});

/** A budget that only counts. */
class CountedBudget {
  sent = 0;
  waiting = 0;
  pace = { requestsPerSecond: Infinity, burst: Infinity };

  setPace(pace: CountedBudget['pace']): void {
    this.pace = pace;
  }
}

/** Instances whose heartbeats carry their facts to a list and bring them the list back, each at its own time. */
function instancesOf(count: number, whole: number) {
  const clock = new ManualClock();
  const list = new Map<string, Member['facts']>();
  const budgets = Array.from({ length: count }, (_, index) => {
    const budget = new CountedBudget();
    const facts: Record<string, number> = {};
    const listeners: (() => void)[] = [];
    const fleet = {
      id: `${index}`,
      isConnected: true,
      members: Array.from({ length: count }, (__, other): Member => ({ id: `${other}`, facts: {} })),
      memberTtlMs: 400,
      onMembers: () => () => undefined,
      onBeat: (listener: () => void) => {
        listeners.push(listener);
        return () => undefined;
      },
      setFact: (name: string, value: number) => void (facts[name] = value),
    };
    const beat = () => {
      for (const listener of listeners) listener();
      list.set(fleet.id, { ...facts });
      fleet.members = fleet.members.map(({ id }) => ({ id, facts: list.get(id) ?? {} }));
      clock.schedule(beat, 100);
    };
    clock.schedule(beat, (index * 37) % 100);
    const begin = () => new UpstreamShare({ fleet, host: 'api', whole, budget });
    clock.schedule(begin, (index * 61) % 100);
    return budget;
  });
  return { clock, budgets };
}

describe('instances that see one another late', () => {
  it('send hardly more than the whole together, however the demands change, and soon have their shares', async () => {
    const changes = array(array(integer({ min: 0, max: 300 }), { minLength: 5, maxLength: 5 }), {
      maxLength: 4,
    });
    await assert(
      asyncProperty(changes, async (steps) => {
        const { clock, budgets } = instancesOf(5, 100);
        await clock.advance(500);
        for (const demands of steps) {
          for (const [at, budget] of budgets.entries()) budget.waiting = demands[at] ?? 0;
          for (let ms = 0; ms < 1000; ms += 20) {
            await clock.advance(20);
            expect(sum(budgets.map(({ pace }) => pace.requestsPerSecond))).toBeLessThan(110);
          }
        }
        const last = steps.at(-1) ?? [0, 0, 0, 0, 0];
        await clock.advance(2000);
        const shares = sharesOf(100, last);
        for (const [at, { pace }] of budgets.entries()) {
          expect(Math.abs(pace.requestsPerSecond - (shares[at] ?? 0))).toBeLessThan(1);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe.skipIf(findRedis('redis') === undefined)(`over Redis${redisNotice('redis')}`, () => {
  it('instances follow the demand, the members and Redis', { timeout: 30_000 }, async () => {
    await using server = await RedisServer.start();
    await using resources = new AsyncDisposableStack();
    const instances: { readonly fleet: Fleet; readonly budget: CountedBudget }[] = [];
    for (let index = 0; index < 3; index += 1) {
      const fleet = resources.use(await openTestFleet({ port: server.port }));
      const budget = new CountedBudget();
      const share = new UpstreamShare({ fleet, host: 'api', whole: 90, budget });
      resources.defer(() => share.stop());
      instances.push({ fleet, budget });
    }
    const paces = () => instances.map(({ budget }) => Math.round(budget.pace.requestsPerSecond));
    const soon = { interval: 20, timeout: 8000 };
    await expect.poll(paces, soon).toEqual([30, 30, 30]);
    const [busy] = instances;
    if (busy === undefined) throw new Error('there are three');
    // As many calls wait as the whole fleet may send in two seconds.
    busy.budget.waiting = 180;
    await expect.poll(paces, soon).toEqual([84, 3, 3]);
    expect(instances.map(({ budget }) => Math.round(budget.pace.burst))).toEqual([84, 30, 30]);
    await instances.pop()?.fleet.close();
    await expect.poll(paces, soon).toEqual([86, 5]);
    await server.kill();
    await expect.poll(paces, soon).toEqual([45, 45]);
    await server.restart();
    await expect.poll(paces, soon).toEqual([86, 5]);
  });
});
