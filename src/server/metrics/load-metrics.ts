// The metrics that say whether the budget of REST calls suffices: queues, waits, refusals, and the real intervals between
// polls. No label names a room: there may be thousands.
import { Gauge, type Registry } from 'prom-client';
import { CellMap, Counters, Histograms } from './cells.ts';

/** The priority of a REST call: `mutation`, `query`, `poll` or `tracks`. */
export type Priority = 'mutation' | 'query' | 'poll' | 'tracks';

const PRIORITIES: readonly Priority[] = ['mutation', 'query', 'poll', 'tracks'];

/** Hooks that measure the load; pass them to the parts that they name. */
export interface LoadMetrics {
  /** For the live core: the wait of a poll for its turn, and the time since the room's last poll, in milliseconds. */
  readonly onPollSent: (waitMs: number, intervalMs: number | null) => void;
  /** For the REST client. */
  readonly budgetObserver: {
    readonly onTurn: (priority: Priority, waitMs: number) => void;
    readonly onRefusal: (priority: Priority) => void;
  };
  /** Registers the gauge of waiting calls; `waitingCalls` runs at each scrape, once for each priority. */
  readonly watchQueue: (waitingCalls: (priority: Priority) => number) => void;
}

/** Upper bounds of the histograms of waits for the budget, in seconds. */
const WAIT_BUCKETS = [0.001, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60];
/** Upper bounds of the histogram of intervals between polls of one room, in seconds. */
const INTERVAL_BUCKETS = [0.25, 0.5, 1, 1.5, 2, 3, 5, 7.5, 10, 12.5, 15, 20, 30, 45, 60, 120];

/** The metrics of the load, all zero, in `registry`. */
export function createLoadMetrics(registry: Registry): LoadMetrics {
  const pollWait = new Histograms(registry, {
    name: 'hms_live_poll_wait_seconds',
    help: 'Time for which the due poll of a room waited for the budget of REST calls.',
    bounds: WAIT_BUCKETS,
  }).cell();
  const pollInterval = new Histograms(registry, {
    name: 'hms_live_poll_interval_seconds',
    help: 'Time between two polls of one room.',
    bounds: INTERVAL_BUCKETS,
  }).cell();
  const waits = new Histograms(registry, {
    name: 'hms_upstream_wait_seconds',
    help: 'Time for which REST calls waited for their turn in the budget, by priority.',
    labelNames: ['priority'],
    bounds: WAIT_BUCKETS,
  });
  const refusals = new Counters(registry, {
    name: 'hms_upstream_refused_total',
    help: 'REST calls that were not sent because the queue for the budget was full, by priority.',
    labelNames: ['priority'],
  });
  const waitOf = new CellMap((priority: Priority) => waits.cell({ priority }));
  const refusalOf = new CellMap((priority: Priority) => refusals.cell({ priority }));
  return {
    onPollSent(waitMs, intervalMs) {
      pollWait.observe(waitMs / 1000);
      if (intervalMs !== null) pollInterval.observe(intervalMs / 1000);
    },
    budgetObserver: {
      onTurn: (priority, waitMs) => waitOf.of(priority).observe(waitMs / 1000),
      onRefusal: (priority) => refusalOf.of(priority).add(),
    },
    watchQueue(waitingCalls) {
      const queue: Gauge = new Gauge({
        name: 'hms_upstream_waiting',
        help: 'REST calls that wait for their turn in the budget, by priority; all due polls of rooms count as one.',
        labelNames: ['priority'],
        registers: [registry],
        collect() {
          for (const priority of PRIORITIES) queue.set({ priority }, waitingCalls(priority));
        },
      });
    },
  };
}
