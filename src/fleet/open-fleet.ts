// Opens the fleet. Only this file loads the package `ioredis`, so a gateway without `REDIS_URL` runs without it.
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Secret } from '../secret.ts';
import type { Fleet } from './fleet.ts';
import { RedisFleet } from './redis-fleet.ts';
import { parseRedisUrl } from './redis-url.ts';

/** Options of `openFleet`; all but the last are required. */
export interface OpenFleetOptions {
  /** `REDIS_URL`; see `parseRedisUrl`. */
  readonly url: Secret;
  /** The access key of the workspace, and the REST API's URL: instances with the same ones are one fleet. */
  readonly accessKey: string;
  readonly apiUrl: string;
  /** `POLL_INTERVAL_MS`; `Fleet.memberTtlMs` follows from it. */
  readonly pollIntervalMs: number;
  /** Times heartbeats, attempts to connect and answers. Whether a member is dead is up to Redis' own clock. */
  readonly clock: Clock;
  /** Gets one line (warn) when Redis is lost and one when it is back; a refused login is an error, told once. */
  readonly log: Logger;
  /** Spreads the attempts to connect; from 0 to 1; default: `Math.random`. For tests. */
  readonly random?: () => number;
}

/**
 * Connects to Redis. Resolves after the first attempt, within 4 s; if that fails, the fleet is away at first and connects later.
 * Rejects if the URL is malformed.
 */
export async function openFleet({ url, random = Math.random, ...options }: OpenFleetOptions): Promise<Fleet> {
  const address = parseRedisUrl(url.reveal());
  if (address === null) throw new Error('the URL of Redis is malformed');
  const fleet = new RedisFleet({ ...options, random, address, package: await import('ioredis') });
  await fleet.start();
  return fleet;
}
