// All variables with their forms and defaults. Only this file and authentication.ts name variables that the gateway reads; the
// README's table lists them for users.
import { z } from 'zod';
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
  secret,
  secretHeader,
  secrets,
  wholeNumber,
} from './forms.ts';
import { proxyEnvironment } from './proxy.ts';

export const environmentSchema = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'], {
      error: ({ input }) => `must be production, development, test or unset, not ${JSON.stringify(input)}`,
    })
    .optional(),
  HOST: host.default('127.0.0.1'),
  PORT: port.default(4000),
  HMS_ACCESS_KEY: secret.optional(),
  HMS_SECRET: secret.optional(),
  HMS_API_URL: apiUrl.default('https://api.100ms.live/v2'),
  HMS_AUTH_URL: apiUrl.default('https://auth.100ms.live/v2'),
  SANDBOX: z.enum(['on'], { error: 'must be `on` or unset' }).optional(),
  SANDBOX_PORT: port.default(4100),
  SANDBOX_SEED: wholeNumber(0, 4_294_967_295).default(1),
  SANDBOX_ACCESS_KEY: secret.default('sandbox'),
  SANDBOX_SECRET: secret.default('sandbox-secret'),
  POLL_INTERVAL_MS: interval.default(1000),
  POLL_MAX_INTERVAL_MS: interval.default(10_000),
  SESSION_CHECK_MS: interval.default(5000),
  UPSTREAM_RPS: wholeNumber(1, 100_000).default(50),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis or rediss URL' }).optional(),
  ...proxyEnvironment,
  ...authEnvironment,
  GATEWAY_ALLOWED_ORIGINS: origins.optional(),
  GATEWAY_ALLOWED_HEADERS: headerNames.default([]),
  GATEWAY_TRUSTED_PROXIES: proxyRanges.default([]),
  GATEWAY_PERSISTED_OPERATIONS: z.string().optional(),
  GATEWAY_GRAPHIQL: onOff.optional(),
  GATEWAY_INTROSPECTION: onOff.optional(),
  GATEWAY_MAX_DEPTH: wholeNumber(1, 100).optional(),
  GATEWAY_MAX_COST: wholeNumber(1, 1_000_000_000).optional(),
  GATEWAY_RATE_LIMIT: wholeNumber(0, 1_000_000_000).optional(),
  GATEWAY_MAX_SUBSCRIPTIONS: wholeNumber(1, 1_000_000).optional(),
  GATEWAY_MAX_SOCKETS: wholeNumber(1, 1_000_000).optional(),
  WEBHOOK_SECRET: secrets.default([]),
  WEBHOOK_SECRET_HEADER: secretHeader.default('x-webhook-secret'),
  LIVE_PAGE: onOff.optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
});

export type Environment = z.output<typeof environmentSchema>;
