// The environment as a typed value. Every variable of the gateway is named here (those of authentication in
// config-auth.ts) and nowhere else; the README's table says the same in prose. All faults are reported at once, and
// no value of a secret is ever part of a message.
import { z } from 'zod';
import type { AuthenticationSettings } from './auth/create-authenticator.ts';
import { authEnvironment, authenticationFaults, authenticationOf } from './config-auth.ts';
import { isLoopback } from './loopback.ts';
import { Secret } from './secret.ts';

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

/** A whole number between two bounds, written in decimal digits. */
function wholeNumber(minimum: number, maximum: number) {
  return z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${minimum} to ${maximum}`)
    .transform(Number)
    .refine(
      (value) => value >= minimum && value <= maximum,
      `must be a whole number from ${minimum} to ${maximum}`,
    );
}

const onOff = z.enum(['on', 'off'], { error: 'must be `on` or `off`' }).transform((value) => value === 'on');
const port = wholeNumber(0, 65_535);
const interval = wholeNumber(50, 3_600_000);

const commaList = z.string().transform((value) =>
  value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''),
);

const origins = commaList.refine(
  (entries) => entries.every((entry) => URL.canParse(entry) && new URL(entry).origin === entry),
  'must be a comma list of origins such as https://app.example.com',
);

const environmentSchema = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(4000),
  HMS_ACCESS_KEY: z.string().optional(),
  HMS_SECRET: z.string().optional(),
  HMS_API_URL: httpUrl.default('https://api.100ms.live/v2'),
  HMS_AUTH_URL: httpUrl.default('https://auth.100ms.live/v2'),
  SANDBOX: z.enum(['on'], { error: 'must be `on` or unset' }).optional(),
  SANDBOX_PORT: port.default(4100),
  SANDBOX_SEED: wholeNumber(0, 4_294_967_295).default(1),
  SANDBOX_ACCESS_KEY: z.string().default('sandbox'),
  SANDBOX_SECRET: z.string().default('sandbox-secret'),
  POLL_INTERVAL_MS: interval.default(1000),
  POLL_MAX_INTERVAL_MS: interval.default(10_000),
  SESSION_CHECK_MS: interval.default(5000),
  UPSTREAM_RPS: wholeNumber(1, 100_000).default(50),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis or rediss URL' }).optional(),
  ...authEnvironment,
  GATEWAY_ALLOWED_ORIGINS: origins.default([]),
  GATEWAY_PERSISTED_OPERATIONS: z.string().optional(),
  GATEWAY_GRAPHIQL: onOff.optional(),
  GATEWAY_INTROSPECTION: onOff.optional(),
  GATEWAY_MAX_DEPTH: wholeNumber(1, 100).optional(),
  GATEWAY_MAX_COST: wholeNumber(1, 1_000_000_000).optional(),
  GATEWAY_RATE_LIMIT: wholeNumber(0, 1_000_000_000).optional(),
  WEBHOOK_SECRET: commaList.default([]),
  WEBHOOK_SECRET_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, 'must be the name of an HTTP header')
    .transform((name) => name.toLowerCase())
    .default('x-webhook-secret'),
  LIVE_PAGE: onOff.optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
});

type Environment = z.output<typeof environmentSchema>;

/** What the gateway talks to: the vendor's API, or an emulator that it starts itself on loopback. */
export type UpstreamConfig =
  | {
      readonly kind: 'vendor';
      readonly accessKey: string;
      readonly secret: Secret;
      readonly apiUrl: string;
      readonly authUrl: string;
    }
  | {
      readonly kind: 'sandbox';
      readonly accessKey: string;
      readonly secret: Secret;
      readonly port: number;
      readonly seed: number;
    };

/** Everything that the environment decides. Durations are milliseconds. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly production: boolean;
  readonly upstream: UpstreamConfig;
  /** Fastest poll of one live room. */
  readonly pollIntervalMs: number;
  /** Slowest poll of one live room. */
  readonly pollMaxIntervalMs: number;
  /** How often idle rooms and session ids are looked at. */
  readonly sessionCheckMs: number;
  /** Requests a second that may go upstream. */
  readonly upstreamRequestsPerSecond: number;
  readonly authentication: AuthenticationSettings;
  readonly allowedOrigins: readonly string[];
  readonly graphiql: boolean;
  readonly introspection: boolean;
  /** Path of the manifest of the only operations that run; null: any operation runs. */
  readonly persistedOperations: string | null;
  /** Limits that were set; the server knows the defaults. */
  readonly limits: {
    /** Fields inside fields of an operation. */
    readonly depth?: number;
    /** Points that an operation may cost. */
    readonly cost?: number;
    /** Points a minute for each caller; 0: no such limit. */
    readonly pointsPerMinute?: number;
  };
  /** Accepted values of the webhook secret header; empty: the webhook route is off. */
  readonly webhookSecrets: readonly Secret[];
  readonly webhookSecretHeader: string;
  readonly logLevel: string;
}

/** The environment cannot be used. `message` lists every fault, one a line, without any value of a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
    this.faults = faults;
  }
}

/**
 * Reads the configuration from environment variables. An empty variable counts as unset.
 * @throws ConfigError with every fault at once.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  const issues = parsed.error?.issues ?? [];
  const wrong = issues.map((issue) => issue.path.join('.'));
  // What is wrong by itself counts as unset for the rest, and is told once.
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.includes(name)));
  const values = environmentSchema.parse(rest);
  const further = [...credentialFaults(given), ...combinationFaults(values)];
  const faults = [
    ...issues.map((issue) => `${issue.path.join('.')} ${issue.message}`),
    ...further.filter((fault) => !wrong.some((name) => fault.includes(name))),
  ];
  if (faults.length > 0) throw new ConfigError(faults);
  return configOf(values);
}

/** Faults in what says whether the vendor or the sandbox is meant; checked even when other values are wrong. */
function credentialFaults(given: NodeJS.ProcessEnv): string[] {
  const key = given['HMS_ACCESS_KEY'] !== undefined;
  const secret = given['HMS_SECRET'] !== undefined;
  if (given['SANDBOX'] === 'on') return [];
  if (key !== secret) {
    return [
      `${key ? 'HMS_SECRET' : 'HMS_ACCESS_KEY'} is missing: HMS_ACCESS_KEY and HMS_SECRET are needed together`,
    ];
  }
  if (!key && given['NODE_ENV'] === 'production') {
    return [
      'HMS_ACCESS_KEY and HMS_SECRET are missing: with NODE_ENV=production the sandbox is served only if SANDBOX=on asks for it',
    ];
  }
  return [];
}

function combinationFaults(environment: Environment): string[] {
  const faults: string[] = [];
  if (environment.POLL_MAX_INTERVAL_MS < environment.POLL_INTERVAL_MS) {
    faults.push('POLL_MAX_INTERVAL_MS must not be less than POLL_INTERVAL_MS');
  }
  if (environment.WEBHOOK_SECRET.some((secret) => Buffer.byteLength(secret) < 32)) {
    faults.push('WEBHOOK_SECRET must have at least 32 bytes in each of its secrets');
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
  faults.push(...authenticationFaults(environment));
  if (environment.REDIS_URL !== undefined) {
    faults.push('REDIS_URL must be unset: this version runs as a single instance');
  }
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
  } = environment;
  return {
    ...(depth === undefined ? {} : { depth }),
    ...(cost === undefined ? {} : { cost }),
    ...(pointsPerMinute === undefined ? {} : { pointsPerMinute }),
  };
}

function configOf(environment: Environment): Config {
  const production = environment.NODE_ENV === 'production';
  return {
    host: environment.HOST,
    port: environment.PORT,
    production,
    upstream: upstreamOf(environment),
    pollIntervalMs: environment.POLL_INTERVAL_MS,
    pollMaxIntervalMs: environment.POLL_MAX_INTERVAL_MS,
    sessionCheckMs: environment.SESSION_CHECK_MS,
    upstreamRequestsPerSecond: environment.UPSTREAM_RPS,
    authentication: authenticationOf(environment),
    allowedOrigins: environment.GATEWAY_ALLOWED_ORIGINS,
    // GraphiQL may ask for the schema only where any operation runs.
    graphiql:
      environment.GATEWAY_GRAPHIQL ?? (!production && environment.GATEWAY_PERSISTED_OPERATIONS === undefined),
    introspection: environment.GATEWAY_INTROSPECTION ?? !production,
    persistedOperations: environment.GATEWAY_PERSISTED_OPERATIONS ?? null,
    limits: limitsOf(environment),
    webhookSecrets: environment.WEBHOOK_SECRET.map((secret) => new Secret(secret)),
    webhookSecretHeader: environment.WEBHOOK_SECRET_HEADER,
    logLevel: environment.LOG_LEVEL,
  };
}
