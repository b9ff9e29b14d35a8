// The gateway in a process of its own, with API keys, limits, points and metrics on. The limits on sockets and subscriptions
// are raised, as all clients come from one address with one key. Arguments: the API's URL, the hashed key's line, and REDIS_URL
// if the gateway is one of several.
import { pino } from 'pino';
import { ApiKeys } from '../../src/auth/api-keys.ts';
import { Authenticator } from '../../src/auth/authenticator.ts';
import { systemClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { composeGateway } from '../../src/gateway.ts';
import type { WebhookEvent } from '../../src/live/webhooks/webhook-event.ts';
import { Secret } from '../../src/secret.ts';
import { report } from './reporting.ts';

const [apiUrl = '', keyLine = '', redisUrl] = process.argv.slice(2);
const MANY = 1_000_000;
/** Every room is polled once a second, so that the delay has a bound. */
const POLLS = { pollIntervalMs: 1000, pollMaxIntervalMs: 1000 };

const requestsPerSecond = 1000;
const secret = new Secret('bench-secret');
const log = pino({ level: 'silent' });

/** The other instances; undefined without `REDIS_URL`. */
async function joined() {
  if (redisUrl === undefined) return undefined;
  const { joinFleet } = await import('../../src/fleet/join-fleet.ts');
  const workspace = { accessKey: 'bench', secret, apiUrl, requestsPerSecond, trackLooksPerSecond: 1 };
  const url = new Secret(redisUrl);
  return joinFleet<WebhookEvent>({ ...workspace, ...POLLS, url, clock: systemClock, log });
}

const gateway = composeGateway({
  joined: await joined(),
  config: {
    ...readConfig({ PORT: '0', SANDBOX_PORT: '0' }),
    upstreamRequestsPerSecond: requestsPerSecond,
    ...POLLS,
  },
  log,
  limits: {
    subscriptionsPerCaller: MANY,
    subscriptionCharactersPerCaller: MANY * 1000,
    socketsPerCaller: MANY,
    socketsPerAddress: MANY,
    sockets: MANY,
    cost: MANY * 100,
    pointsPerMinute: MANY * 1000,
  },
  upstream: { apiUrl, accessKey: 'bench', secret },
  authentication: new Authenticator({ apiKeys: new ApiKeys(keyLine) }, systemClock),
});
report(await gateway.listen());
