// Connects an instance with the others: opens the connection to Redis and everything that is shared over it. src/start.ts loads
// this module only if there is a REDIS_URL, so a single instance does not load this code.
import type { Secret } from '../secret.ts';
import type { Fleet } from './fleet.ts';
import { shareLive, type SharedLive } from './logs/share-live.ts';
import { openFleet, type OpenFleetOptions } from './open-fleet.ts';
import { shareWork, type SharedWork } from './shared/shared-work.ts';

/** What one instance has of its fleet. */
export interface JoinedFleet<Event> {
  /** The members, and the Redis between them. */
  readonly fleet: Fleet;
  /** What the live core shares. */
  readonly live: SharedLive;
  /** What is shared besides watched rooms. */
  readonly work: SharedWork<Event>;
}

/** Everything that an instance needs to join its fleet. */
export interface JoinFleetOptions extends OpenFleetOptions {
  /** The workspace's secret. */
  readonly secret: Secret;
  /** UPSTREAM_RPS, which is that of all instances together. */
  readonly requestsPerSecond: number;
  /** TRACKS_RPS, likewise. */
  readonly trackLooksPerSecond: number;
}

/** See `openFleet`. Whoever joins closes `fleet`, after the gateway. */
export async function joinFleet<Event>(options: JoinFleetOptions): Promise<JoinedFleet<Event>> {
  return shareOver(await openFleet(options), options);
}

/** The parts of an open fleet. */
export function shareOver<Event>(
  fleet: Fleet,
  options: Pick<JoinFleetOptions, 'clock' | 'secret' | 'requestsPerSecond' | 'trackLooksPerSecond'>,
): JoinedFleet<Event> {
  const work = shareWork<Event>(fleet, options);
  return { fleet, live: shareLive(fleet, options.clock), work };
}
