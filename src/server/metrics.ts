// Figures for Prometheus, at /metrics. Gauges are read when asked for; nothing runs in between.
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { LiveGauges, LiveObserver } from '../live/observer.ts';

export interface Metrics {
  /** Hooks for the live core. */
  readonly liveObserver: LiveObserver;
  /** Where the gauges of the live core are read, once it exists. */
  watch(gauges: () => LiveGauges): void;
  readonly contentType: string;
  /** All figures in the text format of Prometheus. */
  text(): Promise<string>;
}

const liveGauges: readonly {
  readonly key: keyof LiveGauges;
  readonly name: string;
  readonly help: string;
}[] = [
  { key: 'watchedRooms', name: 'hms_live_watched_rooms', help: 'Rooms that someone watches.' },
  { key: 'liveRooms', name: 'hms_live_live_rooms', help: 'Watched rooms with a running session.' },
  {
    key: 'staleRooms',
    name: 'hms_live_stale_rooms',
    help: 'Watched rooms that the REST API has not answered for lately.',
  },
  {
    key: 'keptRooms',
    name: 'hms_live_kept_rooms',
    help: 'Rooms that nobody watches any more, kept for those who come back.',
  },
  { key: 'subscribers', name: 'hms_live_subscribers', help: 'Running subscriptions.' },
  {
    key: 'oldestAsOfAgeMs',
    name: 'hms_live_oldest_age_ms',
    help: 'Age of what is least fresh among the watched rooms, in milliseconds.',
  },
];

/** Delays from seeing a change to handing it to a subscriber, in seconds. */
const DELAY_BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const polls = new Counter({
    name: 'hms_live_polls_total',
    help: 'Polls of live rooms, by what they showed.',
    labelNames: ['result'],
    registers,
  });
  const looks = new Counter({
    name: 'hms_live_session_looks_total',
    help: 'Looks at the sessions of watched rooms, by whether they were answered.',
    labelNames: ['result'],
    registers,
  });
  const delay = new Histogram({
    name: 'hms_live_event_delay_seconds',
    help: 'Time from seeing a change to handing it to a subscriber.',
    buckets: DELAY_BUCKETS,
    registers,
  });
  return {
    liveObserver: {
      onPoll: (result) => polls.inc({ result }),
      onSessionLook: (result) => looks.inc({ result }),
      onDelivered: (delayMs) => delay.observe(delayMs / 1000),
    },
    watch(gauges) {
      for (const { key, name, help } of liveGauges) {
        const gauge: Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(gauges()[key]) });
      }
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
