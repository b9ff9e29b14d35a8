// Points that each account may spend in a minute, counted in memory: each instance of the gateway counts by itself.
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

/** An account's points after `spend`. */
export interface Balance {
  /** Whether the account had too few points; then none were taken. */
  readonly isOver: boolean;
  /** Points left in this minute. */
  readonly remaining: number;
  /** How long until the account has all its points again, in milliseconds. */
  readonly resetInMs: number;
}

/** Counts points. An account's minute begins with the first point that it spends. */
interface PointBudget {
  /** Takes `points` from an account, or none if it has fewer; 0 only reads the balance. */
  spend(account: string, points: number): Promise<Balance>;
}

const SECONDS = 60;

/** A budget of `limit` points a minute for each account. */
export function createMemoryBudget(limit: number): PointBudget {
  const limiter = new RateLimiterMemory({ points: limit, duration: SECONDS });
  return {
    async spend(account, points) {
      try {
        return balanceOf(await limiter.consume(account, points), false);
      } catch (refusal) {
        if (refusal instanceof Error) throw refusal;
        // The limiter counts refused points too; give them back, or a client that keeps trying would wait for ever.
        return balanceOf(await limiter.reward(account, points), true);
      }
    },
  };
}

function balanceOf({ remainingPoints, msBeforeNext }: RateLimiterRes, isOver: boolean): Balance {
  return { isOver, remaining: remainingPoints, resetInMs: Math.max(0, msBeforeNext) };
}
