// Describes what a gateway with this configuration would do, as rows with a subject and a text. URLs are shown without their
// password.
import type { Config } from '../config.ts';
import { parseRedisUrl } from '../fleet/redis-url.ts';
import type { Secret } from '../secret.ts';
import { defaultLimits } from '../server/operation/limits.ts';

/** Summaries of the files that a configuration names; empty for a file that it does not name. */
interface FileSummaries {
  readonly keys: string;
  readonly operations: string;
}

type Row = readonly [subject: string, text: string];

const onOff = (isOn: boolean) => (isOn ? 'on' : 'off');
const listOr = (list: readonly string[], none: string) => (list.length === 0 ? none : list.join(', '));

/** The rows, in the order in which a request passes the parts that they describe. */
export function summaryOf(config: Config, files: FileSummaries): readonly Row[] {
  const { limits, webhookSecrets } = config;
  const { depth, cost, pointsPerMinute, subscriptionsPerCaller, sockets } = { ...defaultLimits, ...limits };
  const webhooks = `${webhookSecrets.length} accepted in ${config.webhookSecretHeader}`;
  return [
    ['listens at', `${config.host}, port ${config.port === 0 ? 'any free one' : config.port}`],
    ['REST API', upstreamOf(config)],
    ['proxy', proxyOf(config)],
    ['callers', callersOf(config, files.keys)],
    [
      'pages of',
      listOr(config.localOrigins ? ['localhost, any port'] : config.allowedOrigins, 'no other origin'),
    ],
    ['trusted proxies', listOr(config.trustedProxies, 'none')],
    ['operations', files.operations === '' ? 'any' : files.operations],
    [
      'limits',
      `depth ${depth}, ${cost} points an operation, ${pointsPerMinute || 'any number of'} points a minute`,
    ],
    ['', `${subscriptionsPerCaller} subscriptions a caller, ${sockets} WebSockets`],
    [
      'polls',
      `a room every ${config.pollIntervalMs} to ${config.pollMaxIntervalMs} ms, sessions every ${config.sessionCheckMs} ms`,
    ],
    [
      'REST calls',
      `${config.upstreamRequestsPerSecond} a second at most, ${config.trackLooksPerSecond} of them for tracks`,
    ],
    [
      'instances',
      config.redisUrl === null ? 'this one alone' : `several, through Redis at ${redisOf(config.redisUrl)}`,
    ],
    ['webhooks', webhookSecrets.length === 0 ? 'off' : `on, secrets: ${webhooks}`],
    ['pages', `GraphiQL ${onOff(config.graphiql)}, /live ${onOff(config.livePage)}`],
    ['introspection', onOff(config.introspection)],
    ['federation', onOff(config.federation)],
    ['executor', config.executor],
    ['log', `level ${config.logLevel}`],
  ];
}

function upstreamOf({ upstream }: Config): string {
  if (upstream.kind === 'vendor') return `${upstream.apiUrl}, room codes at ${upstream.authUrl}`;
  const port = upstream.port === 0 ? 'any free port' : `port ${upstream.port}`;
  return `the embedded sandbox (invented rooms), ${port}, seed ${upstream.seed}`;
}

function proxyOf({ proxy }: Config): string {
  if (proxy === null) return 'none';
  const urls = [proxy.https, proxy.http].flatMap((url) => (url === null ? [] : [originOf(url)]));
  return `${[...new Set(urls)].join(', ')}${proxy.except === '' ? '' : `, but not for ${proxy.except}`}`;
}

function callersOf({ authentication: { apiKeysFile, jwt, hmsToken } }: Config, keys: string): string {
  const methods = [
    ...(apiKeysFile === null ? [] : [`API keys (${keys})`]),
    ...(jwt === null ? [] : [`tokens of ${jwt.issuer} for ${jwt.audience}, keys at ${jwt.jwksUrl}`]),
    ...(hmsToken ? ['tokens of participants'] : []),
  ];
  return listOr(methods, 'anyone who reaches it (GATEWAY_AUTH is off)');
}

function redisOf(url: Secret): string {
  const { host, port, database, isEncrypted } = parseRedisUrl(url.reveal()) ?? {};
  return `${host}:${port}, database ${database}${isEncrypted === true ? ', encrypted' : ''}`;
}

function originOf(url: Secret): string {
  return URL.parse(url.reveal())?.origin ?? 'an invalid URL';
}
