// Connects the live core of this instance with those of the others.
import { systemClock, type Clock } from '../../clock.ts';
import type { LogEngine } from '../../live/log/shared-log.ts';
import type { CheckShare } from '../../live/sessions/check-share.ts';
import type { Fleet } from '../fleet.ts';
import { FleetLogs } from './fleet-logs.ts';
import { RedisLogStore } from './redis-log-store.ts';
import { SharedChecks } from './shared-checks.ts';

/** What the live core of one instance shares with the others. */
export interface SharedLive {
  readonly logs: LogEngine;
  readonly checks: CheckShare;
  /** Gives back what this instance leads, so that others go on at once. Call it when all feeds have ended. Never rejects. */
  close(): Promise<void>;
}

/** Shares by a fleet's Redis. */
export function shareLive(fleet: Fleet, clock: Clock = systemClock): SharedLive {
  const logs = new FleetLogs({ fleet, store: new RedisLogStore(fleet, clock), clock, random: Math.random });
  const checks = new SharedChecks(fleet);
  return {
    logs,
    checks,
    async close() {
      checks.close();
      await logs.close();
    },
  };
}
