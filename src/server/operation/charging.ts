// What operations cost their callers, in points a minute. The first point is taken before an operation is read, so that
// one that is refused costs something too; the rest once it is known what it may cost.
import type { Clock } from '../../clock.ts';
import { createMemoryBudget, type Balance } from './point-budget.ts';
import { rateLimited } from '../refusals.ts';

/** What an operation has cost, as its answer says it (`extensions.cost`). */
export interface Bill {
  readonly requested: number;
  /** Points a minute. */
  readonly limit: number;
  readonly remaining: number;
  /** When all points are there again, as an ISO 8601 instant. */
  readonly resetAt: string;
}

/** Both reject with a GraphQLError RATE_LIMITED where the account has not enough points; then they take none. */
export interface Charging {
  /** Takes the first point of an operation, whatever it will turn out to be. */
  begin(account: string): Promise<void>;
  /** Takes what it costs beyond its first point; undefined where points are not counted. */
  chargeRest(account: string, cost: number): Promise<Bill | undefined>;
}

/** `pointsPerMinute`: what each account may spend; 0: as much as it likes. */
export function createCharging(pointsPerMinute: number, clock: Clock): Charging {
  if (pointsPerMinute === 0) {
    return { begin: () => Promise.resolve(), chargeRest: () => Promise.resolve(undefined) };
  }
  const budget = createMemoryBudget(pointsPerMinute);
  return {
    async begin(account) {
      const balance = await budget.spend(account, 1);
      if (balance.isOver) {
        throw rateLimited(
          `The points of this minute are spent; there are ${pointsPerMinute}.`,
          balance.resetInMs,
        );
      }
    },
    async chargeRest(account, cost) {
      const requested = Math.max(1, cost);
      const balance = await budget.spend(account, requested - 1);
      if (balance.isOver) throw tooMuch(requested, pointsPerMinute, balance);
      const { remaining, resetInMs } = balance;
      const resetAt = new Date(clock.now() + resetInMs).toISOString();
      return { requested, limit: pointsPerMinute, remaining, resetAt };
    },
  };
}

function tooMuch(requested: number, limit: number, { remaining, resetInMs }: Balance) {
  return rateLimited(
    `The operation may cost ${requested} points, and ${remaining} of ${limit} a minute are left.`,
    resetInMs,
  );
}
