// Charges callers for operations, in points a minute. The first point is taken before an operation is parsed, so that a
// refused operation costs its caller something too. The remaining points are taken once the operation is priced.
import type { Clock } from '../../clock.ts';
import { createMemoryBudget, type Balance } from './point-budget.ts';
import { rateLimited } from '../refusals.ts';

/** `extensions.cost` of an answer. */
export interface Bill {
  /** Points that the operation was charged: the most that it may cost, at least 1. */
  readonly requested: number;
  /** Points that the account has each minute. */
  readonly limit: number;
  /** Points that the account has left in this minute. */
  readonly remaining: number;
  /** When the account has all its points again, as an ISO 8601 instant. */
  readonly resetAt: string;
}

/** Both functions reject with a GraphQLError RATE_LIMITED if the account has too few points, and then take none. */
export interface Charging {
  /** Takes one point; call it before the operation is parsed. */
  chargeFirstPoint(account: string): Promise<void>;
  /** Takes `cost` less the first point; call it once the operation is priced. Undefined: points are not counted. */
  chargeRest(account: string, cost: number): Promise<Bill | undefined>;
}

/** `pointsPerMinute`: the points of each account; 0: points are not counted. `clock` is for `resetAt` alone. */
export function createCharging(pointsPerMinute: number, clock: Clock): Charging {
  if (pointsPerMinute === 0) {
    return { chargeFirstPoint: () => Promise.resolve(), chargeRest: () => Promise.resolve(undefined) };
  }
  const budget = createMemoryBudget(pointsPerMinute);
  return {
    async chargeFirstPoint(account) {
      const balance = await budget.spend(account, 1);
      if (balance.isOver) {
        throw rateLimited(`All ${pointsPerMinute} points of this minute are spent.`, balance.resetInMs);
      }
    },
    async chargeRest(account, cost) {
      const requested = Math.max(1, cost);
      const balance = await budget.spend(account, requested - 1);
      if (balance.isOver) throw tooFewPoints(requested, pointsPerMinute, balance);
      const { remaining, resetInMs } = balance;
      const resetAt = new Date(clock.now() + resetInMs).toISOString();
      return { requested, limit: pointsPerMinute, remaining, resetAt };
    },
  };
}

function tooFewPoints(requested: number, limit: number, { remaining, resetInMs }: Balance) {
  return rateLimited(
    `The operation may cost ${requested} points, and ${remaining} of ${limit} a minute are left.`,
    resetInMs,
  );
}
