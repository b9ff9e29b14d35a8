// Metrics for Prometheus, answered at /metrics. Gauges are read at each scrape; no timer runs in between.
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { LiveGauges, LiveObserver } from '../../live/observer.ts';
import type { ServerObserver } from '../observer.ts';
import type { Description } from './cells.ts';
import { watchFleet, type WatchedFleet } from './fleet-metrics.ts';
import { createLiveMetrics, watchLive } from './live-metrics.ts';
import { createLoadMetrics, type LoadMetrics, type Priority } from './load-metrics.ts';
import { createServerMetrics } from './server-metrics.ts';
import { createUpstreamMetrics, type UpstreamMetrics } from './upstream-metrics.ts';

/** The gateway's metrics, in a registry of its own. */
export interface Metrics {
  /** Counts polls and session reads, and measures delays; pass it to the live core. */
  readonly liveObserver: LiveObserver;
  /** Measures the queue for the budget of REST calls; pass it to the REST client. */
  readonly budgetObserver: LoadMetrics['budgetObserver'];
  /** Hooks for the REST client and the catalog. */
  readonly upstream: UpstreamMetrics;
  /** Counts requests, operations, sockets and points; pass it to the server. */
  readonly serverObserver: ServerObserver;
  /**
   * Registers the gauges of the live core, and of the calls that wait for the budget; call it once. Both functions run at
   * each scrape, once for each gauge or priority.
   */
  watch(gauges: () => LiveGauges, waitingCalls: (priority: Priority) => number): void;
  /** Registers and counts what concerns the fleet; call it once, or never for the only instance. See `watchFleet`. */
  watchFleet(fleet: WatchedFleet, upstreamShare: () => number): void;
  /** Every metric, whether it has values or not. */
  described(): readonly Description[];
  /** The Content-Type of `text`. */
  readonly contentType: string;
  /** All metrics in the text format of Prometheus. */
  text(): Promise<string>;
}

/** Options of `createMetrics`. */
export interface MetricsOptions {
  /** Lines of the log that could not be written since the start, read at each scrape; default: 0. */
  readonly lostLogLines?: (() => number) | undefined;
  /** Whether the current content of the file of API keys is invalid, read at each scrape; default: no. */
  readonly isKeyFileRefused?: (() => boolean) | undefined;
  /** The names of the operations of a manifest; default: any operation may run. */
  readonly persistedNames?: Iterable<string> | undefined;
  /**
   * Whether the metrics of the process are among them: CPU, memory, open files, delay of the event loop, garbage collection.
   * At most one registry of a process should have them, as their observers run until it ends. Default: no.
   */
  readonly ofProcess?: boolean | undefined;
}

/** New metrics, all zero. Several may exist in one process: none uses prom-client's global registry. */
export function createMetrics({
  lostLogLines = () => 0,
  isKeyFileRefused = () => false,
  persistedNames,
  ofProcess = false,
}: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const load = createLoadMetrics(registry);
  const lostLines: Counter = new Counter({
    name: 'hms_log_lost_lines_total',
    help: 'Lines of the log that were lost because stdout could not be written.',
    registers: [registry],
    collect() {
      lostLines.reset();
      lostLines.inc(lostLogLines());
    },
  });
  const refusedKeys: Gauge = new Gauge({
    name: 'hms_api_key_file_refused',
    help: '1 while the file of API keys cannot be used in its present content, and the earlier keys stay in use; else 0.',
    registers: [registry],
    collect: () => refusedKeys.set(isKeyFileRefused() ? 1 : 0),
  });
  if (ofProcess) collectDefaultMetrics({ register: registry });
  return {
    liveObserver: { ...createLiveMetrics(registry), onPollSent: load.onPollSent },
    budgetObserver: load.budgetObserver,
    upstream: createUpstreamMetrics(registry),
    serverObserver: createServerMetrics(registry, persistedNames),
    watch(gauges, waitingCalls) {
      load.watchQueue(waitingCalls);
      watchLive(registry, gauges);
    },
    watchFleet: (fleet, upstreamShare) => watchFleet(registry, fleet, upstreamShare),
    described: () => registry.getMetricsAsArray(),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
