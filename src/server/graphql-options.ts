// The options of `createGraphqlServer`.
import type { GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Span } from '../trace.ts';
import type { Entrance, ServerCaller } from './entrance.ts';
import type { ServerObserver } from './observer.ts';
import type { GraphContext } from './operation/context.ts';
import type { EngineName } from './operation/engine.ts';
import type { Limits } from './operation/limits.ts';
import type { TranslateError } from './operation/mask-errors.ts';
import type { PersistedOperations } from './operation/persisted-operations.ts';
import type { PointBudget } from './operation/point-budget.ts';
import type { OperationOrigin } from './plugins/use-graph-context.ts';
import type { Permission } from './plugins/use-permission.ts';

/** Options of `createGraphqlServer`. All are required but `persistedOperations`. */
export interface GraphqlOptions<Caller extends ServerCaller, Graph extends GraphContext> {
  /** The schema; fields may have `extensions.price` (see `FieldPrice`) and `extensions.slow`. */
  readonly schema: GraphQLSchema;
  /** Authenticates HTTP requests, before their body is read. WebSockets use it by themselves, at `connection_init`. */
  readonly entrance: Entrance<Caller>;
  /**
   * Makes the schema's own context, once for each admitted operation. It should not throw: its error is the operation's
   * answer, and a subscription then keeps its place in its caller's limit.
   */
  readonly createContext: (origin: OperationOrigin<Caller>) => Graph;
  /**
   * Makes the context in which one event is answered for all subscriptions that share the answer, from the context of one of
   * them.
   */
  readonly contextOfEvent: (context: Graph, span: Span | null) => object;
  /** Returns equal values for callers with equal rights, who can get the same answer. */
  readonly rightsOf: (caller: Caller) => string;
  /**
   * Whether the caller passes every access check of an operation that can reach fields and types with these scopes, so that
   * objects need not be checked one by one.
   */
  readonly isCleared: (scopes: ReadonlySet<string>, context: Graph) => boolean;
  /** What executes operations; default: `compiled`. */
  readonly executor?: EngineName | undefined;
  /** Whether documents are compiled at their first request; default: at the second. For tests. */
  readonly compilesAtOnce?: boolean | undefined;
  /** Time for time limits, expiring tokens and `extensions.cost.resetAt`. */
  readonly clock: Clock;
  /** Limits of documents, operations and callers; `defaultLimits` has the usual ones. */
  readonly limits: Limits;
  /** Counts the points of accounts, with `limits.pointsPerMinute`; default: a budget of this instance alone. */
  readonly points?: PointBudget | undefined;
  /** See `sealing`. Default: nothing. */
  readonly afterMutation?: (() => Promise<void> | null) | undefined;
  /** The only operations that run over HTTP; default: any. */
  readonly persistedOperations?: PersistedOperations | undefined;
  /** Runs after validation and before execution, once for each operation. See `Permission`. */
  readonly permission: Permission<Graph>;
  /**
   * Returns the error that clients get for a known failure. It must not throw. All other failures are masked as `INTERNAL` and
   * logged.
   */
  readonly translateError: TranslateError;
  /** Gets masked errors, with the id that the client was given. */
  readonly log: Logger;
  /** Gets the points of operations, for metrics; default: no metrics. */
  readonly observer?: ServerObserver | undefined;
  /**
   * Whether clients may query the schema, get names suggested in errors, and count REST calls
   * (`x-gateway-upstream: 1`).
   */
  readonly introspection: boolean;
  /** Origins whose pages may read answers (CORS). Requests without an `Origin` header are not affected. */
  readonly allowedOrigins: readonly string[];
  /** Whether pages of localhost, on any port, may do so too; default: no. */
  readonly localOrigins?: boolean;
  /** Additional request headers that these pages may send, in lower case; default: none. */
  readonly allowedHeaders?: readonly string[];
  /**
   * Plugins of the host. With any, all operations go through Yoga, and each subscription's events are made separately, so that
   * the hooks see every operation and result. Default: none.
   */
  readonly plugins?: readonly Plugin[] | undefined;
  /** The paths that Yoga answers, as a pattern of URLPattern. Default: `/graphql`, which the HTTP server has checked already. */
  readonly endpoint?: string | undefined;
}
