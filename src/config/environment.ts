// All variables with their forms and defaults. Only this file and authentication.ts name variables that the gateway reads; the
// README's table lists them for users.
import * as v from 'valibot';
import { authEnvironment } from './authentication.ts';
import {
  apiUrl,
  headerNames,
  host,
  interval,
  onOff,
  origins,
  port,
  proxyRanges,
  redisUrl,
  secret,
  secretHeader,
  secrets,
  wholeNumber,
} from './forms.ts';
import { proxyEnvironment } from './proxy.ts';

/** All variables. A default is a text, as the variable would be. */
export const environmentSchema = v.object({
  NODE_ENV: v.optional(
    v.picklist(
      ['production', 'development', 'test'],
      ({ input }) => `must be production, development, test or unset, not ${JSON.stringify(input)}`,
    ),
  ),
  HOST: v.optional(host, '127.0.0.1'),
  PORT: v.optional(port, '4000'),
  HMS_ACCESS_KEY: v.optional(secret),
  HMS_SECRET: v.optional(secret),
  HMS_API_URL: v.optional(apiUrl, 'https://api.100ms.live/v2'),
  HMS_AUTH_URL: v.optional(apiUrl, 'https://auth.100ms.live/v2'),
  SANDBOX: v.optional(v.picklist(['on'], 'must be `on` or unset')),
  SANDBOX_PORT: v.optional(port, '4100'),
  SANDBOX_SEED: v.optional(wholeNumber(0, 4_294_967_295), '1'),
  SANDBOX_ACCESS_KEY: v.optional(secret, 'sandbox'),
  SANDBOX_SECRET: v.optional(secret, 'sandbox-secret'),
  POLL_INTERVAL_MS: v.optional(interval, '1000'),
  POLL_MAX_INTERVAL_MS: v.optional(interval, '10000'),
  SESSION_CHECK_MS: v.optional(interval, '5000'),
  UPSTREAM_RPS: v.optional(wholeNumber(1, 100_000), '50'),
  TRACKS_RPS: v.optional(wholeNumber(1, 100_000)),
  REDIS_URL: v.optional(redisUrl),
  ...proxyEnvironment,
  ...authEnvironment,
  GATEWAY_ALLOWED_ORIGINS: v.optional(origins),
  GATEWAY_ALLOWED_HEADERS: v.optional(headerNames),
  GATEWAY_TRUSTED_PROXIES: v.optional(proxyRanges),
  GATEWAY_PERSISTED_OPERATIONS: v.optional(v.string()),
  GATEWAY_GRAPHIQL: v.optional(onOff),
  GATEWAY_INTROSPECTION: v.optional(onOff),
  GATEWAY_FEDERATION: v.optional(onOff, 'off'),
  GATEWAY_EXECUTOR: v.optional(
    v.picklist(['compiled', 'reference'], 'must be compiled or reference'),
    'compiled',
  ),
  GATEWAY_MAX_DEPTH: v.optional(wholeNumber(1, 100)),
  GATEWAY_MAX_COST: v.optional(wholeNumber(1, 1_000_000_000)),
  GATEWAY_RATE_LIMIT: v.optional(wholeNumber(0, 1_000_000_000)),
  GATEWAY_MAX_SUBSCRIPTIONS: v.optional(wholeNumber(1, 1_000_000)),
  GATEWAY_MAX_SOCKETS: v.optional(wholeNumber(1, 1_000_000)),
  WEBHOOK_SECRET: v.optional(secrets),
  WEBHOOK_SECRET_HEADER: v.optional(secretHeader, 'x-webhook-secret'),
  LIVE_PAGE: v.optional(onOff),
  LOG_LEVEL: v.optional(
    v.picklist(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be one of fatal, error, warn, info, debug, trace, silent',
    ),
    'info',
  ),
});

/** The values of all variables, parsed. */
export type Environment = v.InferOutput<typeof environmentSchema>;
