// The one way in: whoever sends operations is named here first, over HTTP and WebSocket alike.
import { AuthUnavailableError, UnauthenticatedError } from '../auth/errors.ts';
import type { Limits } from './operation/limits.ts';
import { createMemoryBudget } from './operation/point-budget.ts';
import { rateLimited, unauthenticated, unavailable } from './refusals.ts';

/** What the server itself needs to know of a caller. */
export interface ServerCaller {
  /** Names the caller in limits; never a secret. */
  readonly name: string;
  /** When what the caller showed ends, milliseconds since the Unix epoch; null: it does not end. */
  readonly expiresAt: number | null;
}

/** Tells callers by the value of an `Authorization` header. */
export interface Authentication<Caller extends ServerCaller> {
  /** Whether everybody is let in as the same caller. */
  readonly isOff: boolean;
  /** Rejects with an UnauthenticatedError or an AuthUnavailableError. */
  callerOf(authorization: string | null): Promise<Caller>;
}

/** A caller who has been let in. */
export interface Visitor<Caller extends ServerCaller = ServerCaller> {
  readonly caller: Caller;
  /** Whose limits count: the caller's, or those of an address where callers are not told apart. */
  readonly account: string;
}

export interface Entrance<Caller extends ServerCaller> {
  /** Whether whoever reaches it is let in. */
  readonly isOpen: boolean;
  /**
   * Lets a caller in who shows `authorization` and comes from `address`.
   * Rejects with a GraphQLError: UNAUTHENTICATED, UPSTREAM_UNAVAILABLE where it cannot be checked now, or RATE_LIMITED
   * where too much that was not accepted came from this address. What is accepted is let in all the same: everybody
   * behind one router or proxy has the same address.
   */
  admit(authorization: string | null, address: string): Promise<Visitor<Caller>>;
}

export function createEntrance<Caller extends ServerCaller>(
  authentication: Authentication<Caller>,
  { failuresPerMinute }: Pick<Limits, 'failuresPerMinute'>,
): Entrance<Caller> {
  const failures = createMemoryBudget(failuresPerMinute);
  return {
    isOpen: authentication.isOff,
    async admit(authorization, address) {
      try {
        const caller = await authentication.callerOf(authorization);
        return { caller, account: authentication.isOff ? `address:${address}` : caller.name };
      } catch (error) {
        if (error instanceof UnauthenticatedError) {
          // Who shows nothing guesses nothing.
          if (authorization === null) throw unauthenticated(error.message);
          const { isOver, resetInMs } = await failures.spend(address, 1);
          if (isOver)
            throw rateLimited('Too many keys or tokens of this address were not accepted.', resetInMs);
          throw unauthenticated(error.message);
        }
        if (error instanceof AuthUnavailableError) throw unavailable(error.message);
        throw error;
      }
    },
  };
}
