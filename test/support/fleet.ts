// Fleets of single instances within the process of a test, over a real Redis.
import type { Logger } from 'pino';
import { systemClock } from '../../src/clock.ts';
import type { Fleet } from '../../src/fleet/fleet.ts';
import { openFleet } from '../../src/fleet/open-fleet.ts';
import { Secret } from '../../src/secret.ts';
import { canaryLog } from './canary.ts';

export interface TestFleetOptions {
  /** The port of the server, or of a proxy before it. */
  readonly port: number;
  /** Default: none. */
  readonly password?: string;
  /** Default: a URL of `port` and `password`. */
  readonly url?: string;
  /** Default: that of the other fleets. */
  readonly apiUrl?: string;
  /**
   * Default: 2000, so that a silent member counts as dead after three seconds. A shorter time would be too short on a busy
   * machine.
   */
  readonly pollIntervalMs?: number;
  /** Default: one whose lines are searched for secrets. */
  readonly log?: Logger;
}

/** Opens the fleet of one more instance. It tries to connect every 100 ms. */
export function openTestFleet({ port, password, url, ...options }: TestFleetOptions): Promise<Fleet> {
  const login = password === undefined ? '' : `:${encodeURIComponent(password)}@`;
  return openFleet({
    url: new Secret(url ?? `redis://${login}127.0.0.1:${port}`),
    accessKey: 'sandbox',
    apiUrl: 'http://127.0.0.1/v2',
    pollIntervalMs: 2000,
    clock: systemClock,
    log: canaryLog(),
    random: () => 0,
    ...options,
  });
}
