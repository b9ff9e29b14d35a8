// Variables that are a number, a switch or one of several words.
import { testFaults } from './reading.ts';

testFaults([
  ...['x', '-1', '65536', '1.5', '1e3', '8 0', '0x50'].map(
    (PORT) => [`PORT=${PORT}`, { PORT }, /^PORT must be a whole number from 0 to 65535$/] as const,
  ),
  ['SANDBOX_PORT', { SANDBOX_PORT: 'x' }, /^SANDBOX_PORT must be a whole number from 0 to 65535$/],
  ['SANDBOX_SEED', { SANDBOX_SEED: '-1' }, /^SANDBOX_SEED must be a whole number from 0 to 4294967295$/],
  ['SANDBOX', { SANDBOX: 'yes' }, /^SANDBOX must be `on` or unset$/],
  ...['prod', 'Production', 'staging'].map(
    (NODE_ENV) =>
      [
        `NODE_ENV=${NODE_ENV}`,
        { NODE_ENV },
        new RegExp(`^NODE_ENV must be production, development, test or unset, not "${NODE_ENV}"$`),
      ] as const,
  ),
  [
    'POLL_INTERVAL_MS',
    { POLL_INTERVAL_MS: '10' },
    /^POLL_INTERVAL_MS must be a whole number from 50 to 3600000$/,
  ],
  ['POLL_MAX_INTERVAL_MS', { POLL_MAX_INTERVAL_MS: 'x' }, /^POLL_MAX_INTERVAL_MS must be a whole number/],
  [
    'SESSION_CHECK_MS',
    { SESSION_CHECK_MS: '0' },
    /^SESSION_CHECK_MS must be a whole number from 50 to 3600000$/,
  ],
  ['UPSTREAM_RPS', { UPSTREAM_RPS: '0' }, /^UPSTREAM_RPS must be a whole number from 1 to 100000$/],
  ['TRACKS_RPS', { TRACKS_RPS: '0' }, /^TRACKS_RPS must be a whole number from 1 to 100000$/],
  ['TRACKS_RPS', { UPSTREAM_RPS: '20', TRACKS_RPS: '21' }, /^TRACKS_RPS must not be more than UPSTREAM_RPS$/],
  [
    'GATEWAY_MAX_SOCKETS',
    { GATEWAY_MAX_SOCKETS: '0' },
    /^GATEWAY_MAX_SOCKETS must be a whole number from 1 to/,
  ],
  [
    'GATEWAY_MAX_SUBSCRIPTIONS',
    { GATEWAY_MAX_SUBSCRIPTIONS: '1k' },
    /^GATEWAY_MAX_SUBSCRIPTIONS must be a whole number from 1 to/,
  ],
  ['GATEWAY_GRAPHIQL', { GATEWAY_GRAPHIQL: 'true' }, /^GATEWAY_GRAPHIQL must be `on` or `off`$/],
  ['GATEWAY_INTROSPECTION', { GATEWAY_INTROSPECTION: '1' }, /^GATEWAY_INTROSPECTION must be `on` or `off`$/],
  ['GATEWAY_EXECUTOR', { GATEWAY_EXECUTOR: 'jit' }, /^GATEWAY_EXECUTOR must be compiled or reference$/],
  ['GATEWAY_FEDERATION', { GATEWAY_FEDERATION: '1' }, /^GATEWAY_FEDERATION must be `on` or `off`$/],
  [
    'federation with persisted operations',
    { GATEWAY_FEDERATION: 'on', GATEWAY_PERSISTED_OPERATIONS: 'manifest.json' },
    /^GATEWAY_FEDERATION=on and GATEWAY_PERSISTED_OPERATIONS exclude each other: /,
  ],
  ['LIVE_PAGE', { LIVE_PAGE: '1' }, /^LIVE_PAGE must be `on` or `off`$/],
  [
    'GATEWAY_MAX_DEPTH',
    { GATEWAY_MAX_DEPTH: '0' },
    /^GATEWAY_MAX_DEPTH must be a whole number from 1 to 100$/,
  ],
  ['GATEWAY_MAX_COST', { GATEWAY_MAX_COST: 'x' }, /^GATEWAY_MAX_COST must be a whole number/],
  ['GATEWAY_RATE_LIMIT', { GATEWAY_RATE_LIMIT: 'x' }, /^GATEWAY_RATE_LIMIT must be a whole number/],
  [
    'LOG_LEVEL',
    { LOG_LEVEL: 'loud' },
    /^LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent$/,
  ],
  [
    'an interval above its maximum',
    { POLL_INTERVAL_MS: '20000' },
    /^POLL_MAX_INTERVAL_MS must not be less than /,
  ],
]);
