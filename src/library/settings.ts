// Turns the options of `createGateway` into a configuration. They are read as if they were environment variables, so both have
// the same forms, checks, defaults and messages; only the names in the messages are those of the options.
import { closest, distance } from 'fastest-levenshtein';
import { ConfigError, readConfig, type Config } from '../config.ts';
import { isLoopback } from '../loopback.ts';
import type { BuiltInAuthentication, GatewayOptions, SandboxUpstream } from './options.ts';

/** The variable of each option. */
const variables = {
  'upstream.accessKey': 'HMS_ACCESS_KEY',
  'upstream.secret': 'HMS_SECRET',
  'upstream.apiUrl': 'HMS_API_URL',
  'upstream.authUrl': 'HMS_AUTH_URL',
  pollIntervalMs: 'POLL_INTERVAL_MS',
  pollMaxIntervalMs: 'POLL_MAX_INTERVAL_MS',
  sessionCheckMs: 'SESSION_CHECK_MS',
  upstreamRequestsPerSecond: 'UPSTREAM_RPS',
  trackLooksPerSecond: 'TRACKS_RPS',
  redisUrl: 'REDIS_URL',
  allowedOrigins: 'GATEWAY_ALLOWED_ORIGINS',
  allowedHeaders: 'GATEWAY_ALLOWED_HEADERS',
  trustedProxies: 'GATEWAY_TRUSTED_PROXIES',
  introspection: 'GATEWAY_INTROSPECTION',
  persistedOperations: 'GATEWAY_PERSISTED_OPERATIONS',
  federation: 'GATEWAY_FEDERATION',
  executor: 'GATEWAY_EXECUTOR',
  'webhooks.secrets': 'WEBHOOK_SECRET',
  'webhooks.secretHeader': 'WEBHOOK_SECRET_HEADER',
  'limits.depth': 'GATEWAY_MAX_DEPTH',
  'limits.cost': 'GATEWAY_MAX_COST',
  'limits.pointsPerMinute': 'GATEWAY_RATE_LIMIT',
  'limits.subscriptionsPerCaller': 'GATEWAY_MAX_SUBSCRIPTIONS',
  'limits.sockets': 'GATEWAY_MAX_SOCKETS',
  'authenticate.apiKeysFile': 'GATEWAY_API_KEYS',
  'authenticate.jwt.jwksUrl': 'GATEWAY_JWKS_URL',
  'authenticate.jwt.issuer': 'GATEWAY_JWT_ISSUER',
  'authenticate.jwt.audience': 'GATEWAY_JWT_AUDIENCE',
} as const;

/** Options that are no variables. */
const others = ['upstream', 'authenticate', 'webhooks', 'limits', 'log', 'types', 'plugins'];
const optionOf = new Map<string, string>(Object.entries(variables).map(([option, name]) => [name, option]));

/**
 * The configuration of the options.
 * @throws ConfigError with every fault at once.
 */
export function settingsOf(options: GatewayOptions): Config {
  const faults = [...faultsOf(options)];
  const config = faultless(options, faults);
  if (config === null || faults.length > 0) throw new ConfigError(faults);
  const isSandbox = isSandboxUpstream(options.upstream);
  return { ...config, localOrigins: isSandbox && options.allowedOrigins === undefined };
}

/** The configuration; null: it has faults, which are added to `faults`. */
function faultless(options: GatewayOptions, faults: string[]): Config | null {
  try {
    return readConfig(environmentOf(options));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    faults.push(...error.faults.map(inOptions).filter((fault) => !faults.includes(fault)));
    return null;
  }
}

/** Faults that only options can have. A program in JavaScript may give anything. */
function* faultsOf(options: GatewayOptions): Generator<string> {
  const known = [...others, ...Object.keys(variables).filter((name) => !name.includes('.'))];
  for (const name of Object.keys(options).filter((each) => !known.includes(each))) {
    const nearest = closest(name, known);
    const suggestion = distance(name, nearest) <= name.length * 0.4 ? `; did you mean ${nearest}?` : '';
    yield `${name} is not an option of createGateway${suggestion}`;
  }
  const upstream: Partial<GatewayOptions['upstream']> = options.upstream ?? {};
  if (upstream.accessKey === undefined && upstream.secret === undefined) {
    yield 'upstream is missing: give `{ accessKey, secret }` of the workspace, or what createSandbox returns';
  }
  const isSandbox = isSandboxUpstream(options.upstream);
  if (isSandbox && !isLoopback(URL.parse(options.upstream.url)?.hostname ?? '')) {
    yield 'upstream.url must be that of a sandbox on a loopback address';
  }
  const { authenticate } = options;
  if (authenticate === undefined && !isSandbox) {
    yield 'authenticate is missing: over the vendor’s API callers must authenticate. Give a function, or `{ apiKeysFile, jwt, hmsToken }`';
  }
  if (typeof authenticate === 'object' && methodsOf(authenticate).length === 0) {
    yield 'authenticate names no method: give at least one of apiKeysFile, jwt and hmsToken';
  }
  if (options.webhooks != null && !isListOfSecrets(options.webhooks.secrets)) {
    yield 'webhooks.secrets must be a list of at least one secret, without a comma in it';
  }
}

function environmentOf(options: GatewayOptions): NodeJS.ProcessEnv {
  const given = withDefaults(options);
  const values = Object.entries(variables).map(([option, name]) => [name, textOf(valueAt(option, given))]);
  // The host of the program is not known here. A function of the host authenticates, and a sandbox has invented data.
  const methods = methodsOf(given.authenticate);
  return {
    ...Object.fromEntries(values.filter(([, value]) => value !== undefined)),
    GATEWAY_AUTH: methods.length === 0 ? 'off' : methods.join(','),
    GATEWAY_GRAPHIQL: 'off',
    LIVE_PAGE: 'off',
  };
}

/** The options in the form in which their values are read, with the defaults that differ from those of the command. */
function withDefaults({ upstream, authenticate, plugins = [], ...options }: GatewayOptions) {
  const isSandbox = isSandboxUpstream(upstream);
  return {
    ...options,
    upstream: isSandbox ? { ...upstream, apiUrl: upstream.url, authUrl: upstream.url } : upstream,
    authenticate: typeof authenticate === 'object' ? authenticate : {},
    introspection: options.introspection ?? isSandbox,
    executor: options.executor ?? (plugins.length > 0 ? 'reference' : undefined),
  };
}

/** The value that a path such as `limits.depth` leads to. */
function valueAt(path: string, options: object): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }, options);
}

/** As a variable, a secret with a comma would be two. A program in JavaScript may give anything. */
function isListOfSecrets(secrets: unknown): boolean {
  return Array.isArray(secrets) && secrets.length > 0 && !secrets.join('').includes(',');
}

/** Whether a program named a sandbox; one in JavaScript may give anything. */
function isSandboxUpstream(upstream: GatewayOptions['upstream'] | undefined): upstream is SandboxUpstream {
  return upstream !== undefined && 'kind' in upstream;
}

function methodsOf({ apiKeysFile, jwt, hmsToken }: BuiltInAuthentication): string[] {
  return [
    ...(apiKeysFile === undefined ? [] : ['api-key']),
    ...(jwt === undefined ? [] : ['jwt']),
    ...(hmsToken === true ? ['hms-token'] : []),
  ];
}

/** A value as a variable has it; undefined: unset. */
function textOf(value: unknown): string | undefined {
  if (value == null) return undefined;
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return Array.isArray(value) ? value.join(',') : JSON.stringify(value);
}

/** A fault with the names of options in place of those of variables. */
function inOptions(fault: string): string {
  return fault
    .replaceAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g, (name) => optionOf.get(name) ?? name)
    .replace('must be a comma list of', 'must be a list of')
    .replace('must be `on` or `off`', 'must be true or false');
}
