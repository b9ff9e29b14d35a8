// The limits of one operation, one caller and one socket. Tokens, depth, aliases, directives, cost, subscriptions and operations
// of a socket are refused before the operation makes a REST call: LIMIT_EXCEEDED, with the limit's name, and its value in the
// message. A caller without points, or an address with too many failures, gets RATE_LIMITED. Sockets are refused with 503, 429 or
// 1013. The time limit ends an operation that is already running (LIMIT_EXCEEDED, 504).

/** All limits; `defaultLimits` has a value for each. */
export interface Limits {
  /** Lexical tokens of a document; default 1500. GraphiQL's introspection query has about 200. */
  readonly tokens: number;
  /** Levels of nested fields, introspection not counted; default 12. */
  readonly depth: number;
  /** Aliased fields; those of a fragment count at each spread; default 30. */
  readonly aliases: number;
  /** Directives, counted like aliases; default 20. */
  readonly directives: number;
  /** Points that one operation may cost at most: 1 for an object or list element, 10 for a REST call; default 20 000. */
  readonly cost: number;
  /**
   * Points that an account may spend in a minute; 0: not counted; default 60 000. The account is the caller or, where
   * authentication is off, the client's address. Each operation costs at least one point, even if it is refused. The maximum cost
   * of an operation is charged before it runs, and unused points are given back. A subscription pays for its first event like a
   * query, and for the REST calls of later events. An operation that may cost more than this is refused like one over `cost`.
   */
  readonly pointsPerMinute: number;
  /** Invalid keys and tokens that an address may send in a minute; default 100, as clients behind one router share it. */
  readonly failuresPerMinute: number;
  /** How long a query or mutation may take, in milliseconds; default 30 000. */
  readonly operationMs: number;
  /** The same for an operation with a slow field (`extensions.slow`), which waits for a person; default 300 000. */
  readonly slowOperationMs: number;
  /** Subscriptions that an account may have at the same time, over all transports; default 500. */
  readonly subscriptionsPerCaller: number;
  /** The texts and variables of an account's subscriptions, in characters in all; default 4 Mi. */
  readonly subscriptionCharactersPerCaller: number;
  /** Operations that may run on one socket at the same time, subscriptions included; default 50. */
  readonly operationsPerSocket: number;
  /** WebSockets that a caller may have open; not checked where authentication is off; default 100. */
  readonly socketsPerCaller: number;
  /** WebSockets that an address may have open; default 1000, as clients behind one router share it. */
  readonly socketsPerAddress: number;
  /** WebSockets that may be open in total; default 5000. */
  readonly sockets: number;
}

/**
 * The defaults. 20 000 points allow, for example, the peers of 170 rooms (100 a room), or the first 100 sessions of 160
 * rooms.
 */
export const defaultLimits: Limits = {
  tokens: 1500,
  depth: 12,
  aliases: 30,
  directives: 20,
  cost: 20_000,
  pointsPerMinute: 60_000,
  failuresPerMinute: 100,
  operationMs: 30_000,
  slowOperationMs: 300_000,
  subscriptionsPerCaller: 500,
  subscriptionCharactersPerCaller: 4 * 1024 * 1024,
  operationsPerSocket: 50,
  socketsPerCaller: 100,
  socketsPerAddress: 1000,
  sockets: 5000,
};
