// Metrics for Prometheus, answered at /metrics. Gauges are read at each scrape; no timer runs in between.
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { LiveGauges, LiveObserver } from '../../live/observer.ts';
import { createLoadMetrics, type LoadMetrics, type Priority } from './load-metrics.ts';

/** Values of one answer of the REST API that were repaired alike. */
interface CountedRepair {
  readonly operationId: string;
  /** Documented names, such as `data.user_id`. */
  readonly key: string;
  readonly action: string;
  readonly count: number;
}

/** The gateway's metrics, in a registry of its own. */
export interface Metrics {
  /** Counts polls and session looks, and measures delays; pass it to the live core. */
  readonly liveObserver: LiveObserver;
  /** Counts repaired values of answers; pass it to the REST client as `onRepair`. */
  readonly onRepair: (repair: CountedRepair) => void;
  /** Measures the queue for the budget of REST calls; pass it to the REST client. */
  readonly budgetObserver: LoadMetrics['budgetObserver'];
  /**
   * Registers the gauges of the live core, and of the calls that wait for the budget; call it once. Both functions run at
   * each scrape, once for each gauge or priority.
   */
  watch(gauges: () => LiveGauges, waitingCalls: (priority: Priority) => number): void;
  /** The Content-Type of `text`. */
  readonly contentType: string;
  /** All metrics in the text format of Prometheus. */
  text(): Promise<string>;
}

const liveGauges: readonly {
  readonly key: keyof LiveGauges;
  readonly name: string;
  readonly help: string;
}[] = [
  { key: 'watchedRooms', name: 'hms_live_watched_rooms', help: 'Rooms with at least one subscriber.' },
  { key: 'liveRooms', name: 'hms_live_live_rooms', help: 'Watched rooms with a running session.' },
  {
    key: 'staleRooms',
    name: 'hms_live_stale_rooms',
    help: 'Watched rooms whose state is stale, because polls fail.',
  },
  {
    key: 'waitingPolls',
    name: 'hms_live_waiting_polls',
    help: 'Watched rooms whose poll is due and waits for the budget of REST calls.',
  },
  {
    key: 'pollStretch',
    name: 'hms_live_poll_stretch',
    help: 'Factor by which the intervals between polls exceed those that the rooms want; 1: the budget suffices.',
  },
  {
    key: 'keptRooms',
    name: 'hms_live_kept_rooms',
    help: 'Rooms without subscribers whose log is kept, so that a subscriber can resume.',
  },
  {
    key: 'logBytes',
    name: 'hms_live_log_bytes',
    help: 'Estimated bytes of the events that are kept for subscribers and for clients that resume.',
  },
  { key: 'subscribers', name: 'hms_live_subscribers', help: 'Running subscriptions.' },
  {
    key: 'oldestAsOfAgeMs',
    name: 'hms_live_oldest_age_ms',
    help: 'Age of the oldest state of a watched room, in milliseconds.',
  },
];

/** Upper bounds of the histogram of event delays, in seconds. */
const DELAY_BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

/**
 * New metrics, all zero. Several may exist in one process: none uses prom-client's global registry.
 * @param lostLogLines lines of the log that could not be written since the start, read at each scrape; default: 0
 */
export function createMetrics(lostLogLines: () => number = () => 0): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const polls = new Counter({
    name: 'hms_live_polls_total',
    help: 'Polls of rooms, by result.',
    labelNames: ['result'],
    registers,
  });
  const looks = new Counter({
    name: 'hms_live_session_looks_total',
    help: 'Looks at the sessions of watched rooms, by result.',
    labelNames: ['result'],
    registers,
  });
  const delay = new Histogram({
    name: 'hms_live_event_delay_seconds',
    help: 'Time from seeing a change to handing it to a subscriber.',
    buckets: DELAY_BUCKETS,
    registers,
  });
  const load = createLoadMetrics(registers);
  const lostLines: Counter = new Counter({
    name: 'hms_log_lost_lines_total',
    help: 'Lines of the log that were lost because stdout could not be written.',
    registers,
    collect() {
      lostLines.reset();
      lostLines.inc(lostLogLines());
    },
  });
  const repairs = new Counter({
    name: 'hms_upstream_repaired_total',
    help: 'Values in answers of the REST API that did not fit its documentation, by what became of them.',
    // All three are bounded: ids of documented operations, documented keys, three actions.
    labelNames: ['operation', 'key', 'action'],
    registers,
  });
  return {
    onRepair: ({ operationId, key, action, count }) =>
      repairs.inc({ operation: operationId, key, action }, count),
    liveObserver: {
      onLook: (result) => polls.inc({ result }),
      onSessionPoll: (result) => looks.inc({ result }),
      onPollSent: load.onPollSent,
      onDelivered: (delayMs) => delay.observe(delayMs / 1000),
    },
    budgetObserver: load.budgetObserver,
    watch(gauges, waitingCalls) {
      load.watchQueue(waitingCalls);
      for (const { key, name, help } of liveGauges) {
        const gauge: Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(gauges()[key]) });
      }
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
