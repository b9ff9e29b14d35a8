// Points that each account may spend in a minute. In memory, so each instance counts for itself.
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

/** Where an account stands. */
export interface Balance {
  /** Whether it has not enough left. */
  readonly isOver: boolean;
  readonly remaining: number;
  /** When it has all its points again, in milliseconds from now. */
  readonly resetInMs: number;
}

/** A minute begins with the first point that is spent. */
interface PointBudget {
  /** Spends points, or none of them where they are not all there. */
  spend(account: string, points: number): Promise<Balance>;
}

const SECONDS = 60;

/** `limit`: points a minute for each account. */
export function createMemoryBudget(limit: number): PointBudget {
  const limiter = new RateLimiterMemory({ points: limit, duration: SECONDS });
  return {
    async spend(account, points) {
      try {
        return balanceOf(await limiter.consume(account, points), false);
      } catch (refusal) {
        if (refusal instanceof Error) throw refusal;
        // What was refused shall not count, or a client that tries again and again would wait for ever.
        return balanceOf(await limiter.reward(account, points), true);
      }
    },
  };
}

function balanceOf({ remainingPoints, msBeforeNext }: RateLimiterRes, isOver: boolean): Balance {
  return { isOver, remaining: remainingPoints, resetInMs: Math.max(0, msBeforeNext) };
}
