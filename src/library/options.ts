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

/** A sandbox of `createSandbox`, whose data is invented. Over it `authenticate` may be left out. */
export interface SandboxUpstream {
  readonly kind: 'sandbox';
  readonly url: string;
  readonly accessKey: string;
  readonly secret: string;
}

/** What is known of the sender of a request, or of the client of a WebSocket. */
export interface Sender {
  /**
   * The host's own request: Node's of `listener`, with what earlier handlers have put there (`request.user`); the Request of `fetch`;
   * of a WebSocket Node's request of its upgrade.
   */
  readonly request: IncomingMessage | Request;
  /** The headers of that request. */
  readonly headers: Headers;
  /** The header `Authorization`; of a WebSocket the member `authorization` of `connectionParams`. Null: missing. */
  readonly authorization: string | null;
  /** The payload of a WebSocket's `connection_init`; null over HTTP. */
  readonly connectionParams: Readonly<Record<string, unknown>> | null;
}

/** Who sent a request. Requests whose callers have the same name are those of one person or program. */
export interface GatewayCaller {
  /**
   * Identifies the caller, 1 to 200 characters: limits count by it, and equal queries of one name and equal rights that run at the
   * same time are answered together. It holds no secret; the log does not show it.
   */
  readonly name: string;
  /** `FAMILY:read`, `FAMILY:write` (which includes read), or `*` for a family or verb; `*` alone is everything. */
  readonly scopes: readonly (Scope | '*' | `*:${string}` | `${string}:*`)[];
  /** The vendor ids of the only rooms that the caller may see. Default: all rooms. */
  readonly rooms?: readonly string[] | null | undefined;
  /** When the rights end; streams and WebSockets of the caller end then. Default: never. */
  readonly expiresAt?: Date | null | undefined;
}

/**
 * Says who sent a request, before its body is read: called for each request, and for each WebSocket at `connection_init`; never kept.
 * Null or undefined: nobody that is known, and the request is refused with 401 (WebSocket: 4403). To give the reason, throw an
 * `UnauthenticatedError`; if it cannot be told now, an `AuthUnavailableError` (503). Any other error refuses the request too: it is
 * logged, and the client gets `INTERNAL`.
 */
export type Authenticate = (
  sender: Sender,
) => GatewayCaller | null | undefined | Promise<GatewayCaller | null | undefined>;

/** The gateway's own ways to authenticate, as `GATEWAY_AUTH` names them; docs/security.md explains them. */
export interface BuiltInAuthentication {
  /** Path of a file of hashed API keys. Default: keys are not accepted. */
  readonly apiKeysFile?: string | undefined;
  /** The identity provider whose tokens are accepted. Default: such tokens are not accepted. */
  readonly jwt?: { readonly jwksUrl: string; readonly issuer: string; readonly audience: string } | undefined;
  /** Whether participants may authenticate with the token with which they joined a room. Default: false. */
  readonly hmsToken?: boolean | undefined;
}

/** The vendor's webhooks. */
export interface GatewayWebhooks {
  /**
   * The secrets that are accepted in the secret header, each at least 32 bytes of visible ASCII characters without a comma: one, and
   * two while it is being replaced.
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
  /** Levels of nested fields of an operation, 1 to 100. */
  readonly depth?: number | undefined;
  /** Points that an operation may cost. */
  readonly cost?: number | undefined;
  /** Points a minute for each caller; 0: not counted. */
  readonly pointsPerMinute?: number | undefined;
  /** Subscriptions of a caller at the same time. */
  readonly subscriptionsPerCaller?: number | undefined;
  /** WebSockets in all. */
  readonly sockets?: number | undefined;
}

/** Options of `createGateway`. Nothing is read from the environment. Those without a default are required. */
export interface GatewayOptions {
  /** The REST API behind the graph. */
  readonly upstream: VendorUpstream | SandboxUpstream;
  /** Who may do what: a function of the host, or the gateway's own ways. Required, but over a sandbox by default anybody may do everything. */
  readonly authenticate?: Authenticate | BuiltInAuthentication | undefined;
  /**
   * Origins of other sites whose pages may send requests and open WebSockets. Pages of the origin that `Host` names always may. Default: none.
   */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Request headers that these pages may send beside the usual ones. Default: none. */
  readonly allowedHeaders?: readonly string[] | undefined;
  /** Addresses and CIDRs of proxies whose `Forwarded` and `X-Forwarded-For` are believed; for `listener` and `upgrade`. Default: none. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** The shortest interval between polls of a live room, in milliseconds. Default: 1000. */
  readonly pollIntervalMs?: number | undefined;
  /** The longest interval between polls of a live room, in milliseconds. Default: 10 000. */
  readonly pollMaxIntervalMs?: number | undefined;
  /** How often to find out which watched rooms are live, in milliseconds. Default: 5000. */
  readonly sessionCheckMs?: number | undefined;
  /** REST calls a second at most. Default: 50. */
  readonly upstreamRequestsPerSecond?: number | undefined;
  /** How many of these `trackChanges` may use, for a look at a peer each. Default: a fifth. */
  readonly trackLooksPerSecond?: number | undefined;
  /** The Redis or Valkey that several instances share, `redis://…` or `rediss://…`. Default: this is the only instance. */
  readonly redisUrl?: string | undefined;
  /** Whether clients may query the schema and get names suggested in errors. Default: true over a sandbox, else false. */
  readonly introspection?: boolean | undefined;
  /** Path of the manifest of the only operations that run. Default: any may run. */
  readonly persistedOperations?: string | undefined;
  /** Whether the graph, with `types`, is a subgraph of Apollo Federation 2. Default: false. */
  readonly federation?: boolean | undefined;
  /** What executes queries: compiled plans, or graphql-js. Default: `compiled`; with `plugins`, `reference`. */
  readonly executor?: 'compiled' | 'reference' | undefined;
  /**
   * Receives the workspace's webhooks: `fetch` and `listener` take what is posted to a path that ends with `/webhooks/100ms` for one.
   * Default: webhooks are not received, and `roomEvents` tells nothing.
   */
  readonly webhooks?: GatewayWebhooks | undefined;
  /** Limits that replace the defaults. */
  readonly limits?: GatewayLimits | undefined;
  /** Gets requests (info), REST calls (debug) and failures (error). Default: nothing is logged. */
  readonly log?: GatewayLog | undefined;
  /** Adds fields and types to the graph of this gateway. Default: none. */
  readonly types?: DefineTypes | undefined;
  /** Plugins of graphql-yoga. With one, requests take a slower way on which its hooks see each of them. Default: none. */
  readonly plugins?: readonly Plugin[] | undefined;
}
