// Turns the options of `createGateway` into a configuration. Options are read as if they were environment variables, so both have
// the same formats, checks, defaults and messages. Only the names in the messages are those of the options.
import { ConfigError, readConfig, type Config } from '../config.ts';
import { isLoopback } from '../loopback.ts';
import { isObject, kindFaultsOf, objectOf, trueOrFalse, valueAt, type OptionKinds } from './option-kinds.ts';
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

/** Options without a variable. */
const others = ['upstream', 'authenticate', 'webhooks', 'limits', 'log', 'types', 'plugins'];
const names = [...others, ...Object.keys(variables).filter((name) => !name.includes('.'))];
const optionOf = new Map<string, string>([
  ...Object.entries(variables).map(([option, name]) => [name, option] as const),
  ['GATEWAY_AUTH', 'authenticate'],
]);

const LOG_METHODS = ['debug', 'info', 'warn', 'error'];

/** The kinds of the options that have no variable, or several. */
const kinds: OptionKinds = {
  // A sandbox has other names.
  upstream: { words: '`{ accessKey, secret }`, or what createSandbox returns', fits: isObject },
  authenticate: {
    words: 'a function, or an object with apiKeysFile, jwt and hmsToken',
    fits: (value) => typeof value === 'function' || isObject(value),
    names: ['apiKeysFile', 'jwt', 'hmsToken'],
  },
  'authenticate.jwt': objectOf(['jwksUrl', 'issuer', 'audience']),
  'authenticate.hmsToken': trueOrFalse,
  webhooks: objectOf(['secrets', 'secretHeader']),
  limits: objectOf(['depth', 'cost', 'pointsPerMinute', 'subscriptionsPerCaller', 'sockets']),
  log: {
    words: 'a log with the methods debug, info, warn and error',
    fits: (value) =>
      (isObject(value) || typeof value === 'function') &&
      LOG_METHODS.every((method) => typeof Reflect.get(value, method) === 'function'),
  },
  types: { words: 'a function', fits: (value) => typeof value === 'function' },
  plugins: { words: 'a list of plugins', fits: (value) => Array.isArray(value) && value.every(isObject) },
};
const upstreamKinds: OptionKinds = {
  upstream: objectOf(['accessKey', 'secret', 'apiUrl', 'authUrl']),
};

/**
 * The configuration of the options.
 * @throws ConfigError with all faults
 */
export function settingsOf(options: GatewayOptions): Config {
  if (!isObject(options)) throw new ConfigError(['the options of createGateway are missing: give an object']);
  const faults = [...faultsOf(options)];
  const config = faultless(options, faults);
  if (config === null || faults.length > 0) throw new ConfigError(faults);
  const isSandbox = isSandboxUpstream(options.upstream);
  return { ...config, localOrigins: isSandbox && options.allowedOrigins === undefined };
}

/** The configuration; null if it has faults, which are added to `faults`. */
function faultless(options: GatewayOptions, faults: string[]): Config | null {
  try {
    return readConfig(environmentOf(options));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    faults.push(...error.faults.map(inOptions).filter((fault) => !faults.includes(fault)));
    return null;
  }
}

/** Faults that only options can have. A program in JavaScript may pass anything. */
function* faultsOf(options: GatewayOptions): Generator<string> {
  const { upstream, authenticate } = options;
  const isSandbox = isSandboxUpstream(upstream);
  yield* kindFaultsOf(options, names, 'createGateway', {
    ...kinds,
    ...(isObject(upstream) && !isSandbox ? upstreamKinds : {}),
  });
  if (valueAt('accessKey', { ...upstream }) == null && valueAt('secret', { ...upstream }) == null) {
    yield 'upstream is missing: give `{ accessKey, secret }` of the workspace, or what createSandbox returns';
  }
  if (isSandbox && !isLoopback(URL.parse(upstream.url)?.hostname ?? '')) {
    yield 'upstream.url must be that of a sandbox on a loopback address';
  }
  if (authenticate == null && !isSandbox) {
    yield 'authenticate is missing: over the vendor’s API callers must authenticate. Give a function, or `{ apiKeysFile, jwt, hmsToken }`';
  }
  const ways = builtIn(authenticate);
  if (ways !== null && methodsOf(ways).length === 0) {
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

/** The options as values of environment variables, with the defaults that differ from those of the command. */
function withDefaults({ upstream, authenticate, plugins, ...options }: GatewayOptions) {
  const isSandbox = isSandboxUpstream(upstream);
  return {
    ...options,
    upstream: isSandbox ? { ...upstream, apiUrl: upstream.url, authUrl: upstream.url } : upstream,
    authenticate: builtIn(authenticate) ?? {},
    introspection: options.introspection ?? isSandbox,
    executor: options.executor ?? (Array.isArray(plugins) && plugins.length > 0 ? 'reference' : undefined),
  };
}

/**
 * In a variable a comma separates two secrets, so a secret with a comma would become two. A program in JavaScript may pass
 * anything.
 */
function isListOfSecrets(secrets: unknown): boolean {
  return Array.isArray(secrets) && secrets.length > 0 && !secrets.join('').includes(',');
}

/** Whether the upstream is a sandbox. A program in JavaScript may pass anything. */
function isSandboxUpstream(upstream: GatewayOptions['upstream'] | undefined): upstream is SandboxUpstream {
  return isObject(upstream) && 'kind' in upstream;
}

/** The gateway's own methods to authenticate; null if the option is a function. */
function builtIn(authenticate: GatewayOptions['authenticate']): BuiltInAuthentication | null {
  return typeof authenticate !== 'function' && isObject(authenticate) ? authenticate : null;
}

function methodsOf({ apiKeysFile, jwt, hmsToken }: BuiltInAuthentication): string[] {
  return [
    ...(apiKeysFile == null ? [] : ['api-key']),
    ...(jwt == null ? [] : ['jwt']),
    ...(hmsToken === true ? ['hms-token'] : []),
  ];
}

/** A value as an environment variable would have it; undefined if not set. */
function textOf(value: unknown): string | undefined {
  if (value == null) return undefined;
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return Array.isArray(value) ? value.join(',') : JSON.stringify(value);
}

/** A fault with the names of options instead of the names of variables. */
function inOptions(fault: string): string {
  return fault
    .replaceAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g, (name) => optionOf.get(name) ?? name)
    .replace('must be a comma list of', 'must be a list of')
    .replace('must be `on` or `off`', 'must be true or false');
}
