// The options of `createGateway`, for programs that contain the gateway. Most correspond to environment variables with other
// names; src/library/settings.ts has both names.
import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { DefineTypes } from '../../schema/own-types/own-types.ts';
import type { Scope } from '../auth/scopes.ts';

/** The vendor's REST API, with the workspace's credentials. */
export interface VendorUpstream {
  /** The workspace's access key. */
  readonly accessKey: string;
  /** The workspace's secret. It is never logged, and no error repeats it. */
  readonly secret: string;
  /** Base URL of the REST API, with its version. Default: `https://api.100ms.live/v2`. */
  readonly apiUrl?: string | undefined;
  /** Base URL at which room codes are exchanged for tokens. Default: `https://auth.100ms.live/v2`. */
  readonly authUrl?: string | undefined;
}

/** A sandbox of `createSandbox`. Its data is invented, so `authenticate` may be omitted with it. */
export interface SandboxUpstream {
  readonly kind: 'sandbox';
  readonly url: string;
  readonly accessKey: string;
  readonly secret: string;
}

/** What the gateway knows about the sender of a request, or the client of a WebSocket. */
export interface Sender {
  /**
   * The host's request. For `listener` Node's, with everything that earlier handlers have put there (such as `request.user`); for
   * `fetch` the Request; for a WebSocket Node's request of the upgrade.
   */
  readonly request: IncomingMessage | Request;
  /** The headers of that request. */
  readonly headers: Headers;
  /** The header `Authorization`; for a WebSocket the member `authorization` of `connectionParams`. Null if missing. */
  readonly authorization: string | null;
  /** The payload of a WebSocket's `connection_init`; null over HTTP. */
  readonly connectionParams: Readonly<Record<string, unknown>> | null;
}

/** Who sent a request. Requests with the same `name` count as requests of the same person or program. */
export interface GatewayCaller {
  /**
   * Identifies the caller, 1 to 200 characters. Limits are counted for each name, and equal queries that run at the same time
   * with the same name and rights share one answer. Not a secret, but the log does not show it.
   */
  readonly name: string;
  /** `FAMILY:read`, `FAMILY:write` (which includes read), or `*` for a family or verb; `*` alone is everything. */
  readonly scopes: readonly (Scope | '*' | `*:${string}` | `${string}:*`)[];
  /** The vendor ids of the only rooms that the caller may see. Default: all rooms. */
  readonly rooms?: readonly string[] | null | undefined;
  /** When the rights end; the caller's streams and WebSockets end then too. Default: never. */
  readonly expiresAt?: Date | null | undefined;
}

/**
 * Returns who sent a request. Called for each request before its body is read, and for each WebSocket at `connection_init`;
 * results are not cached. Null or undefined: the sender is unknown, and the request is refused with 401 (WebSocket: 4403). Throw
 * an `UnauthenticatedError` to tell the client a reason, or an `AuthUnavailableError` (503) if the sender cannot be determined
 * now. Any other error refuses the request too: it is logged, and the client gets `INTERNAL`.
 */
export type Authenticate = (
  sender: Sender,
) => GatewayCaller | null | undefined | Promise<GatewayCaller | null | undefined>;

/** The gateway's own methods to authenticate, named as in `GATEWAY_AUTH`; docs/security.md explains them. */
export interface BuiltInAuthentication {
  /** Path of a file of hashed API keys. Default: keys are not accepted. */
  readonly apiKeysFile?: string | undefined;
  /** The identity provider whose tokens are accepted. Default: such tokens are not accepted. */
  readonly jwt?: { readonly jwksUrl: string; readonly issuer: string; readonly audience: string } | undefined;
  /** Whether participants may authenticate with the token that they joined a room with. Default: false. */
  readonly hmsToken?: boolean | undefined;
}

/** Settings for the vendor's webhooks. */
export interface GatewayWebhooks {
  /**
   * The secrets that the secret header may contain: one, or two while a secret is being replaced. Each has at least 32 visible
   * ASCII characters and no comma.
   */
  readonly secrets: readonly string[];
  /** Name of the secret header. Default: `x-webhook-secret`. */
  readonly secretHeader?: string | undefined;
}

/** One method of a log: pino's, and that of `console` and of Fastify's log. */
interface LogMethod {
  (details: object, message: string): void;
  (message: string): void;
}

/** A log, such as one of pino. */
export interface GatewayLog {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
}

/** Limits of operations and callers; docs/operations.md has their defaults. */
export interface GatewayLimits {
  /** Maximum levels of nested fields in an operation, 1 to 100. */
  readonly depth?: number | undefined;
  /** Maximum points that an operation may cost. */
  readonly cost?: number | undefined;
  /** Points that each caller may use in a minute; 0 for no limit. */
  readonly pointsPerMinute?: number | undefined;
  /** Maximum subscriptions of a caller at the same time. */
  readonly subscriptionsPerCaller?: number | undefined;
  /** Maximum WebSockets in total. */
  readonly sockets?: number | undefined;
}

/** Options of `createGateway`. Nothing is read from the environment. Those without a default are required. */
export interface GatewayOptions {
  /** The REST API behind the graph. */
  readonly upstream: VendorUpstream | SandboxUpstream;
  /**
   * Who may do what: a function of the host, or the gateway's own methods. Required, except with a sandbox: by default anyone may
   * do everything there.
   */
  readonly authenticate?: Authenticate | BuiltInAuthentication | undefined;
  /**
   * Other origins whose pages may send requests and open WebSockets. Pages of the gateway's own origin, as in `Host`, always may.
   * Default: none.
   */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Additional request headers that these pages may send. Default: none. */
  readonly allowedHeaders?: readonly string[] | undefined;
  /**
   * Addresses and CIDRs of trusted proxies, whose `Forwarded` and `X-Forwarded-For` are used; for `listener` and `upgrade`.
   * Default: none.
   */
  readonly trustedProxies?: readonly string[] | undefined;
  /** Minimum interval between polls of a live room, in milliseconds. Default: 1000. */
  readonly pollIntervalMs?: number | undefined;
  /** Maximum interval between polls of a live room, in milliseconds. Default: 10 000. */
  readonly pollMaxIntervalMs?: number | undefined;
  /** Interval at which the gateway checks which watched rooms are live, in milliseconds. Default: 5000. */
  readonly sessionCheckMs?: number | undefined;
  /** Maximum REST calls a second. Default: 50. */
  readonly upstreamRequestsPerSecond?: number | undefined;
  /** How many of these calls `trackChanges` may use; each reads the tracks of one peer. Default: a fifth. */
  readonly trackLooksPerSecond?: number | undefined;
  /**
   * URL of the Redis or Valkey that several instances share, `redis://…` or `rediss://…`. Default: there is only this instance.
   */
  readonly redisUrl?: string | undefined;
  /** Whether clients may query the schema, and errors suggest names from it. Default: true with a sandbox, else false. */
  readonly introspection?: boolean | undefined;
  /** Path of the manifest of persisted operations; no others are run. Default: any operation is run. */
  readonly persistedOperations?: string | undefined;
  /** Whether the graph, with `types`, is a subgraph of Apollo Federation 2. Default: false. */
  readonly federation?: boolean | undefined;
  /** What executes queries: `compiled` plans, or graphql-js (`reference`). Default: `compiled`; with `plugins`, `reference`. */
  readonly executor?: 'compiled' | 'reference' | undefined;
  /**
   * Set to receive the vendor's webhooks: `fetch` and `listener` treat each POST to a path that ends with `/webhooks/100ms` as a
   * webhook. Default: webhooks are not received, and `roomEvents` sends nothing.
   */
  readonly webhooks?: GatewayWebhooks | undefined;
  /** Limits to use instead of the defaults. */
  readonly limits?: GatewayLimits | undefined;
  /** Where to log requests (info), REST calls (debug) and failures (error). Default: nothing is logged. */
  readonly log?: GatewayLog | undefined;
  /** Adds fields and types to the graph of this gateway. Default: none. */
  readonly types?: DefineTypes | undefined;
  /**
   * Plugins of graphql-yoga. With any, requests are handled by a slower path on which the hooks see every request. Default: none.
   */
  readonly plugins?: readonly Plugin[] | undefined;
}
