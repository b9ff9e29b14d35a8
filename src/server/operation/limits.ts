// How much one operation, one caller and one socket may ask for. Tokens, depth, aliases, directives, cost, subscriptions
// and operations of a socket are refused before an operation makes its first REST call, with the code LIMIT_EXCEEDED, the
// name of the limit and, in the message, its value. Points and failures are RATE_LIMITED, sockets are refused as such
// (503, 429, close code 1013), and time ends what runs already (LIMIT_EXCEEDED, 504).

/** The limits that can be set; each has a default. */
export interface Limits {
  /** Lexical tokens of a document. The introspection of GraphiQL has some 200. */
  readonly tokens: number;
  /** Fields inside fields. What introspection asks does not count. */
  readonly depth: number;
  /** Fields that are given another name; those of a fragment count wherever it is spread. */
  readonly aliases: number;
  /** Directives, counted like aliases. */
  readonly directives: number;
  /** Points that an operation may cost: 1 for an object or list element, 10 for a REST call. */
  readonly cost: number;
  /**
   * Points that a caller may spend in a minute, at least one for each operation, also for one that is refused; 0: any
   * number. Where callers are not told apart, it is what an address may spend. A subscription is paid for once, when it
   * begins. No operation may cost more than these.
   */
  readonly pointsPerMinute: number;
  /** How often in a minute an address may show what is not accepted: those behind one router share it. */
  readonly failuresPerMinute: number;
  /** How long a query or mutation may take, in milliseconds. */
  readonly operationMs: number;
  /** The same for one with a field that is known to be slow (`extensions.slow`): it waits for a person. */
  readonly slowOperationMs: number;
  /** Subscriptions that a caller, or an address, may have at the same time over all transports. */
  readonly subscriptionsPerCaller: number;
  /** Operations that may run on one socket at the same time, subscriptions among them. */
  readonly operationsPerSocket: number;
  /** WebSockets that a caller may have; where callers are not told apart, the next limit holds alone. */
  readonly socketsPerCaller: number;
  /** WebSockets from one address: those behind one router share it. */
  readonly socketsPerAddress: number;
  /** WebSockets in all. */
  readonly sockets: number;
}

/**
 * The defaults. At 20 000 points the people of 60 rooms pass, at 100 a room, or the first 10 sessions of 400 rooms; the
 * first 100 sessions of 100 rooms do not.
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
  operationsPerSocket: 50,
  socketsPerCaller: 100,
  socketsPerAddress: 1000,
  sockets: 5000,
};
