// Reads the environment into a typed configuration. config/ defines the variables and the forms of their values; this file checks
// combinations and creates the configuration. All faults are reported together. No message repeats the value of a secret.
import { getDotPath, parse, safeParse, type BaseIssue } from 'valibot';
import type { AuthenticationSettings } from './auth/create-authenticator.ts';
import { cleanVariables } from './config/cleaning.ts';
import { authenticationFaults, authenticationOf } from './config/authentication.ts';
import { environmentSchema, type Environment } from './config/environment.ts';
import { proxyFaults, proxyOf } from './config/proxy.ts';
import { unknownNames } from './config/unknown-names.ts';
import { isLoopback } from './loopback.ts';
import type { ProxySettings } from './proxy.ts';
import { Secret } from './secret.ts';

/** The REST API: the vendor's, or the sandbox, which the gateway then starts itself on loopback. */
export type UpstreamConfig =
  | {
      readonly kind: 'vendor';
      readonly accessKey: string;
      readonly secret: Secret;
      /** Base URL of the REST API, with its version. */
      readonly apiUrl: string;
      /** Base URL at which room codes are exchanged for tokens. */
      readonly authUrl: string;
    }
  | {
      readonly kind: 'sandbox';
      readonly accessKey: string;
      readonly secret: Secret;
      /** The sandbox's port; 0: any free one. */
      readonly port: number;
      /** The seed of the invented data; the same seed makes the same data. */
      readonly seed: number;
    };

/** The configuration: for each member its variable and default. Durations are in milliseconds. */
export interface Config {
  /** `HOST`: the host to listen on; default 127.0.0.1. */
  readonly host: string;
  /** `PORT`: the port to listen on; 0: any free one; default 4000. */
  readonly port: number;
  /** The vendor if `HMS_ACCESS_KEY` and `HMS_SECRET` are set and `SANDBOX` is not `on`; else the sandbox. */
  readonly upstream: UpstreamConfig;
  /** `POLL_INTERVAL_MS`: the shortest interval between polls of a live room; default 1000. */
  readonly pollIntervalMs: number;
  /** `POLL_MAX_INTERVAL_MS`: the longest interval between polls of a live room; default 10 000. */
  readonly pollMaxIntervalMs: number;
  /** `SESSION_CHECK_MS`: how often to find out which watched rooms are live, and in which session; default 5000. */
  readonly sessionCheckMs: number;
  /** `UPSTREAM_RPS`: REST calls a second at most, and the burst; default 50. */
  readonly upstreamRequestsPerSecond: number;
  /**
   * `TRACKS_RPS`: how many of these calls `trackChanges` may use to read the tracks of peers, one call a peer; at most
   * `UPSTREAM_RPS`; default: a fifth of it, at least 1.
   */
  readonly trackLooksPerSecond: number;
  /** `REDIS_URL`: the Redis or Valkey that the instances of the gateway share; null: this is the only instance. */
  readonly redisUrl: Secret | null;
  /** `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, or these in lower case; null: other hosts are called directly. */
  readonly proxy: ProxySettings | null;
  /** `GATEWAY_AUTH` and the variables of its methods; see config/authentication.ts. */
  readonly authentication: AuthenticationSettings;
  /** `GATEWAY_ALLOWED_ORIGINS`: origins whose pages may send requests; default: none beside `localOrigins`. */
  readonly allowedOrigins: readonly string[];
  /**
   * Whether pages of localhost may send requests, on any port. True over the sandbox with a loopback `HOST`, unless
   * `GATEWAY_ALLOWED_ORIGINS` is set.
   */
  readonly localOrigins: boolean;
  /** `GATEWAY_ALLOWED_HEADERS`: request headers that pages may send beside the usual ones, in lower case; default: none. */
  readonly allowedHeaders: readonly string[];
  /**
   * `GATEWAY_TRUSTED_PROXIES`: addresses, CIDRs, `loopback` and `private` (see address-ranges.ts), from which `Forwarded` and
   * `X-Forwarded-For` are believed; default: none.
   */
  readonly trustedProxies: readonly string[];
  /** `GATEWAY_GRAPHIQL`; default: on, but off in production and with persisted operations. */
  readonly graphiql: boolean;
  /**
   * `LIVE_PAGE`: whether the live-rooms page is served at `/live`; default: on over the sandbox, but off over the vendor's API and
   * with persisted operations.
   */
  readonly livePage: boolean;
  /** `GATEWAY_INTROSPECTION`; default: on, but off in production. */
  readonly introspection: boolean;
  /** `GATEWAY_FEDERATION`: whether the graph is a subgraph of Apollo Federation 2; default: off. */
  readonly federation: boolean;
  /** `GATEWAY_EXECUTOR`: `compiled` plans execute queries, default; or graphql-js executes all operations (`reference`). */
  readonly executor: 'compiled' | 'reference';
  /** `GATEWAY_PERSISTED_OPERATIONS`: the path of the manifest of the only operations that run; null: any may run. */
  readonly persistedOperations: string | null;
  /** Limits that the environment sets; src/server/operation/limits.ts has the defaults. */
  readonly limits: {
    /** `GATEWAY_MAX_DEPTH`: levels of nested fields of an operation. */
    readonly depth?: number;
    /** `GATEWAY_MAX_COST`: points that an operation may cost. */
    readonly cost?: number;
    /** `GATEWAY_RATE_LIMIT`: points a minute for each caller; 0: not counted. */
    readonly pointsPerMinute?: number;
    /** `GATEWAY_MAX_SUBSCRIPTIONS`: subscriptions of a caller at the same time. */
    readonly subscriptionsPerCaller?: number;
    /** `GATEWAY_MAX_SOCKETS`: WebSockets in all. */
    readonly sockets?: number;
  };
  /** `WEBHOOK_SECRET`: accepted values of the secret header, several during a rotation; empty: the route is off. */
  readonly webhookSecrets: readonly Secret[];
  /** `WEBHOOK_SECRET_HEADER`: the header's name in lower case; default `x-webhook-secret`. */
  readonly webhookSecretHeader: string;
  /** `LOG_LEVEL`: a level of pino; default `info`. */
  readonly logLevel: string;
  /** Sentences for the log: misspelt or unknown variables, and combinations that do not have the effect one would expect. */
  readonly warnings: readonly string[];
}

/** The environment is invalid. `message` lists every fault, one a line, and repeats no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** One sentence each, with the variable's name. */
  readonly faults: readonly string[];
  /** See Config. A misspelt name may be the reason for a fault. */
  readonly warnings: readonly string[];

  constructor(faults: readonly string[], warnings: readonly string[] = []) {
    const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
    const lines = [...faults, ...warnings].map((line) => `  - ${line}`);
    super([`The configuration has ${count}:`, ...lines].join('\n'));
    this.faults = faults;
    this.warnings = warnings;
  }
}

/**
 * Reads the configuration from environment variables. Blanks around values are ignored; an empty variable counts as unset.
 * @throws ConfigError with every fault at once.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const names = Object.keys(environmentSchema.entries);
  const { values: variables, faults: unclean } = cleanVariables(environment, names);
  // An invalid variable counts as unset in the checks that follow, and is reported once.
  const without = (wrong: readonly string[]) =>
    Object.fromEntries([...variables].filter(([name]) => !wrong.includes(name)));
  const issues = safeParse(environmentSchema, without([...unclean.keys()])).issues ?? [];
  const wrong = [...unclean.keys(), ...issues.map(nameIn)];
  const values = parse(environmentSchema, without(wrong));
  const further = [...credentialFaults(without([])), ...combinationFaults(values)];
  const faults = [
    ...[...unclean].map(([name, fault]) => `${name} ${fault}`),
    ...issues.map((issue) => `${nameIn(issue)} ${issue.message}`),
    ...further.filter((fault) => !wrong.some((name) => fault.includes(name))),
  ];
  const warnings = unknownNames(environment, names);
  if (faults.length > 0) throw new ConfigError(faults, warnings);
  return { ...configOf(values), warnings: [...warnings, ...combinationWarnings(values)] };
}

/** The variable that has the fault. */
function nameIn(issue: BaseIssue<unknown>): string {
  return getDotPath(issue) ?? '';
}

/** Faults of the variables that choose between vendor and sandbox; checked even when other variables are invalid. */
function credentialFaults(variables: NodeJS.ProcessEnv): string[] {
  const hasKey = variables['HMS_ACCESS_KEY'] !== undefined;
  const hasSecret = variables['HMS_SECRET'] !== undefined;
  if (variables['SANDBOX'] === 'on') return [];
  if (hasKey !== hasSecret) {
    return [
      `${hasKey ? 'HMS_SECRET' : 'HMS_ACCESS_KEY'} is missing: HMS_ACCESS_KEY and HMS_SECRET are needed together`,
    ];
  }
  if (!hasKey && variables['NODE_ENV'] === 'production') {
    return [
      'HMS_ACCESS_KEY and HMS_SECRET are missing: with NODE_ENV=production the sandbox is served only if SANDBOX=on asks for it',
    ];
  }
  return [];
}

function combinationWarnings(environment: Environment): string[] {
  if (usesVendor(environment) || environment.REDIS_URL === undefined) return [];
  return [
    'REDIS_URL joins instances over one REST API, but without HMS_ACCESS_KEY and HMS_SECRET, or with SANDBOX=on, each instance starts a sandbox of its own: start one with `hms-gateway sandbox` and point all instances at it (docs/scaling.md)',
  ];
}

function combinationFaults(environment: Environment): string[] {
  const faults: string[] = [];
  if (environment.POLL_MAX_INTERVAL_MS < environment.POLL_INTERVAL_MS) {
    faults.push('POLL_MAX_INTERVAL_MS must not be less than POLL_INTERVAL_MS');
  }
  if ((environment.TRACKS_RPS ?? 0) > environment.UPSTREAM_RPS) {
    faults.push('TRACKS_RPS must not be more than UPSTREAM_RPS');
  }
  if (environment.WEBHOOK_SECRET?.some((secret) => Buffer.byteLength(secret) < 32)) {
    faults.push('WEBHOOK_SECRET must have at least 32 bytes in each of its secrets');
  }
  if (environment.GATEWAY_FEDERATION && environment.GATEWAY_PERSISTED_OPERATIONS !== undefined) {
    faults.push(
      'GATEWAY_FEDERATION=on and GATEWAY_PERSISTED_OPERATIONS exclude each other: a router writes its own operations, which no manifest has',
    );
  }
  if (usesVendor(environment)) {
    if (environment.GATEWAY_AUTH === undefined) {
      faults.push(
        'GATEWAY_AUTH is missing: with real credentials callers must authenticate, or GATEWAY_AUTH=off on a loopback HOST',
      );
    } else if (environment.GATEWAY_AUTH.length === 0 && !isLoopback(environment.HOST)) {
      faults.push(`GATEWAY_AUTH=off with real credentials needs a loopback HOST, not ${environment.HOST}`);
    }
  }
  // With the sandbox and without JWTs no other host is called. The proxy is then for other programs, and not checked.
  if (usesVendor(environment) || environment.GATEWAY_JWKS_URL !== undefined) {
    faults.push(...proxyFaults(environment));
  }
  faults.push(...authenticationFaults(environment));
  return faults;
}

function usesVendor(environment: Environment): boolean {
  return environment.SANDBOX !== 'on' && environment.HMS_ACCESS_KEY !== undefined;
}

function upstreamOf(environment: Environment): UpstreamConfig {
  const { HMS_ACCESS_KEY: accessKey, HMS_SECRET: secret } = environment;
  if (usesVendor(environment) && accessKey !== undefined && secret !== undefined) {
    return {
      kind: 'vendor',
      accessKey,
      secret: new Secret(secret),
      apiUrl: environment.HMS_API_URL,
      authUrl: environment.HMS_AUTH_URL,
    };
  }
  return {
    kind: 'sandbox',
    accessKey: environment.SANDBOX_ACCESS_KEY,
    secret: new Secret(environment.SANDBOX_SECRET),
    port: environment.SANDBOX_PORT,
    seed: environment.SANDBOX_SEED,
  };
}

function limitsOf(environment: Environment): Config['limits'] {
  const {
    GATEWAY_MAX_DEPTH: depth,
    GATEWAY_MAX_COST: cost,
    GATEWAY_RATE_LIMIT: pointsPerMinute,
    GATEWAY_MAX_SUBSCRIPTIONS: subscriptionsPerCaller,
    GATEWAY_MAX_SOCKETS: sockets,
  } = environment;
  return {
    ...(depth === undefined ? {} : { depth }),
    ...(cost === undefined ? {} : { cost }),
    ...(pointsPerMinute === undefined ? {} : { pointsPerMinute }),
    ...(subscriptionsPerCaller === undefined ? {} : { subscriptionsPerCaller }),
    ...(sockets === undefined ? {} : { sockets }),
  };
}

function configOf(environment: Environment): Omit<Config, 'warnings'> {
  const isProduction = environment.NODE_ENV === 'production';
  return {
    host: environment.HOST,
    port: environment.PORT,
    upstream: upstreamOf(environment),
    pollIntervalMs: environment.POLL_INTERVAL_MS,
    pollMaxIntervalMs: environment.POLL_MAX_INTERVAL_MS,
    sessionCheckMs: environment.SESSION_CHECK_MS,
    upstreamRequestsPerSecond: environment.UPSTREAM_RPS,
    trackLooksPerSecond: environment.TRACKS_RPS ?? Math.max(1, Math.floor(environment.UPSTREAM_RPS / 5)),
    redisUrl: environment.REDIS_URL === undefined ? null : new Secret(environment.REDIS_URL),
    proxy: proxyOf(environment),
    authentication: authenticationOf(environment),
    allowedOrigins: environment.GATEWAY_ALLOWED_ORIGINS ?? [],
    localOrigins:
      environment.GATEWAY_ALLOWED_ORIGINS === undefined &&
      !usesVendor(environment) &&
      isLoopback(environment.HOST),
    allowedHeaders: environment.GATEWAY_ALLOWED_HEADERS ?? [],
    trustedProxies: environment.GATEWAY_TRUSTED_PROXIES ?? [],
    // The operations of GraphiQL and of the live-rooms page are not among persisted operations, so they would not work.
    graphiql:
      environment.GATEWAY_GRAPHIQL ??
      (!isProduction && environment.GATEWAY_PERSISTED_OPERATIONS === undefined),
    livePage:
      environment.LIVE_PAGE ??
      (!usesVendor(environment) && environment.GATEWAY_PERSISTED_OPERATIONS === undefined),
    introspection: environment.GATEWAY_INTROSPECTION ?? !isProduction,
    federation: environment.GATEWAY_FEDERATION,
    executor: environment.GATEWAY_EXECUTOR,
    persistedOperations: environment.GATEWAY_PERSISTED_OPERATIONS ?? null,
    limits: limitsOf(environment),
    webhookSecrets: (environment.WEBHOOK_SECRET ?? []).map((secret) => new Secret(secret)),
    webhookSecretHeader: environment.WEBHOOK_SECRET_HEADER,
    logLevel: environment.LOG_LEVEL,
  };
}
