// The metrics of the fleet: whether Redis is connected, how many instances there are, the commands that this one sends, and its
// share of the upstream budget.
import { Gauge, type Registry } from 'prom-client';
import type { Fleet } from '../../fleet/fleet.ts';
import { CellMap, Counters, Histograms } from './cells.ts';

/** What the metrics read of the fleet. */
export type WatchedFleet = Pick<Fleet, 'isConnected' | 'members' | 'observe'>;

/** Upper bounds of the histogram of commands, in seconds. After a second a command has failed. */
const COMMAND_BUCKETS = [0.000_25, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

/**
 * Registers the metrics of a fleet, and counts its commands and losses from now on. `share`: the REST calls a second that this
 * instance may send; called at each scrape.
 */
export function watchFleet(registry: Registry, fleet: WatchedFleet, share: () => number): void {
  const commands = new Counters(registry, {
    name: 'hms_redis_commands_total',
    help: 'Commands to Redis that have ended, well or not, by the name of the command or script.',
    labelNames: ['command'],
  });
  const seconds = new Histograms(registry, {
    name: 'hms_redis_command_seconds',
    help: 'Time from sending a command to Redis to its answer or failure.',
    bounds: COMMAND_BUCKETS,
  }).cell();
  const losses = new Counters(registry, {
    name: 'hms_redis_losses_total',
    help: 'How often the connection to Redis was lost.',
  }).cell();
  const connected: Gauge = new Gauge({
    name: 'hms_redis_connected',
    help: 'Whether Redis is connected: 1, or 0 while this instance works on its own.',
    registers: [registry],
    collect: () => connected.set(fleet.isConnected ? 1 : 0),
  });
  const members: Gauge = new Gauge({
    name: 'hms_redis_members',
    help: 'Live instances of the gateway that share the Redis, as this one sees them.',
    registers: [registry],
    collect: () => members.set(fleet.members.length),
  });
  const upstreamShare: Gauge = new Gauge({
    name: 'hms_upstream_share',
    help: 'REST calls a second that this instance may send: its share of the budget.',
    registers: [registry],
    collect: () => upstreamShare.set(share()),
  });
  const countOf = new CellMap((command: string) => commands.cell({ command }));
  fleet.observe({
    onCommand(name, durationMs) {
      countOf.of(name).add();
      seconds.observe(durationMs / 1000);
    },
    onLoss: () => losses.add(),
  });
}
