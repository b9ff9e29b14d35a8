// Authenticates every caller, over HTTP (each request) and WebSocket (each `connection_init`), and counts failures.
import type { IncomingMessage } from 'node:http';
import { AuthUnavailableError, UnauthenticatedError } from '../auth/errors.ts';
import type { Clock } from '../clock.ts';
import { mapKey } from '../map-key.ts';
import { createAddressOf, type AddressOf } from './http/client-address.ts';
import type { Limits } from './operation/limits.ts';
import { PointBudget } from './operation/point-budget.ts';
import { rateLimited, unauthenticated, unavailable } from './refusals.ts';

/**
 * The properties of a caller that src/server reads. `Authentication` may return more of them, for the schema's context.
 */
export interface ServerCaller {
  /** The caller's name in limits; callers of the same name share them. Never a secret. */
  readonly name: string;
  /** When the caller's key or token expires, in milliseconds since the Unix epoch; null: never. */
  readonly expiresAt: number | null;
  /** Reports if the rights of the caller end before that; undefined if they cannot. */
  readonly revocation?: {
    readonly isRevoked: boolean;
    /** Calls `listener` when the rights are revoked, but not if they were revoked before. The returned function removes it. */
    onRevoked(listener: () => void): () => void;
  };
}

/** What besides `Authorization` can show who sent a request or opened a socket, for an authentication that reads it. */
export interface Sent {
  /** The request: Node's, or that of the fetch API. For a WebSocket, the request of its upgrade. */
  readonly request: IncomingMessage | Request;
  /** The payload of `connection_init`; missing over HTTP. */
  readonly connectionParams?: Readonly<Record<string, unknown>>;
}

/** How callers are authenticated; src/auth has the implementation, and src/library one for callers that another program knows. */
export interface Authentication<Caller extends ServerCaller> {
  /** Whether authentication is off: every request is then accepted, as the same caller. */
  readonly isOff: boolean;
  /** Whether it reads `sent`. Default: no; then the upgrade request of a WebSocket is not kept until `connection_init`. */
  readonly readsRequests?: boolean;
  /**
   * The caller of an `Authorization` header (null: missing). Throws or rejects with an UnauthenticatedError if it is not
   * accepted, with an AuthUnavailableError if it cannot be checked now.
   */
  callerOf(authorization: string | null, sent?: Sent): Caller | Promise<Caller>;
}

/** An authenticated caller, and the account whose limits count. */
export interface Visitor<Caller extends ServerCaller = ServerCaller> {
  /** The caller, as the `Authentication` returned it. */
  readonly caller: Caller;
  /** `mapKey` of the caller's name, or `address:` and the client's address where authentication is off. */
  readonly account: string;
}

/** Authenticates callers, the same for all transports. */
export interface Entrance<Caller extends ServerCaller> {
  /** Whether authentication is off. */
  readonly isOpen: boolean;
  /** Whether the authentication reads more of a request than `Authorization`. */
  readonly readsRequests: boolean;
  /** The client's IP address as limits count it, see `createAddressOf`. */
  readonly addressOf: AddressOf;
  /**
   * Authenticates the value of an `Authorization` header (null: missing) that came from `address`.
   * Throws or rejects with a GraphQLError: UNAUTHENTICATED; UPSTREAM_UNAVAILABLE if it cannot be checked now; RATE_LIMITED if it is
   * invalid and too many invalid ones came from this address within the minute. A valid key or token is accepted even then,
   * because all clients behind one router or proxy have the same address.
   */
  admit(
    authorization: string | null,
    address: string,
    sent?: Sent,
  ): Visitor<Caller> | Promise<Visitor<Caller>>;
}

/**
 * `failuresPerMinute`: how many invalid keys or tokens an address may send in a minute. `trustedProxies`: see
 * `createAddressOf`; default: none.
 */
export function createEntrance<Caller extends ServerCaller>(
  authentication: Authentication<Caller>,
  { failuresPerMinute }: Pick<Limits, 'failuresPerMinute'>,
  clock: Clock,
  trustedProxies: readonly string[] = [],
): Entrance<Caller> {
  const failures = new PointBudget(failuresPerMinute, clock);
  return {
    isOpen: authentication.isOff,
    readsRequests: authentication.readsRequests ?? false,
    addressOf: createAddressOf(trustedProxies),
    admit(authorization, address, sent) {
      const visitorOf = (caller: Caller): Visitor<Caller> => ({
        caller,
        account: authentication.isOff ? `address:${address}` : mapKey(caller.name),
      });
      const refuse = (error: unknown): never => {
        if (error instanceof UnauthenticatedError) {
          // A request without a key or token cannot be a guess, so it is not counted.
          if (authorization === null) throw unauthenticated(error.message);
          const { isOver, resetInMs } = failures.spend(address, 1);
          if (isOver) throw rateLimited('Too many invalid keys or tokens came from this address.', resetInMs);
          throw unauthenticated(error.message);
        }
        if (error instanceof AuthUnavailableError) throw unavailable(error.message);
        throw error;
      };
      try {
        const found = authentication.callerOf(authorization, sent);
        return found instanceof Promise ? found.then(visitorOf, refuse) : visitorOf(found);
      } catch (error) {
        return refuse(error);
      }
    },
  };
}
