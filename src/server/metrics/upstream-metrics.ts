// The metrics of REST calls, by endpoint and result. An endpoint is the template of a route, such as `/rooms/{room_id}`, so
// there are as many as the REST API documents.
import { Gauge, type Registry } from 'prom-client';
import { CellMap, Counters, Histograms } from './cells.ts';

/** The endpoint of a REST call. */
interface Endpoint {
  readonly method: string;
  /** The template of the route, never the path with its values. */
  readonly route: string;
}

/** One finished HTTP request to the REST API. */
interface FinishedRequest extends Endpoint {
  /** The name of the error's class; null: the answer was good. */
  readonly error: string | null;
  readonly durationMs: number;
}

/** Values of one answer of the REST API that were repaired alike. */
interface CountedRepair {
  readonly operationId: string;
  /** Documented names, such as `data.user_id`. */
  readonly key: string;
  readonly action: string;
  readonly count: number;
}

/** Hooks for the REST client and the catalog. */
export interface UpstreamMetrics {
  /** Counts each HTTP request. */
  readonly onResponse: (request: FinishedRequest) => void;
  /** Counts repaired values of answers. */
  readonly onRepair: (repair: CountedRepair) => void;
  /** Counts retries and the changes of circuit breakers. */
  readonly faultObserver: {
    readonly onRetry: (endpoint: Endpoint, outcome: string) => void;
    readonly onBreaker: (family: string, state: string) => void;
    readonly onBreakerRefusal: (family: string) => void;
  };
  /** Counts the look-ups in the caches of rooms and templates. */
  readonly onLookUp: (cache: string, result: string) => void;
}

/** Upper bounds of the histogram of durations, in seconds. The deadline of most calls is 5 s. */
const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The states of a circuit breaker. */
const BREAKER_STATES = ['closed', 'half-open', 'open'];

/** The metrics of REST calls, all zero, in `registry`. */
export function createUpstreamMetrics(registry: Registry): UpstreamMetrics {
  const repairs = new Counters(registry, {
    name: 'hms_upstream_repaired_total',
    help: 'Values in answers of the REST API that did not fit its documentation, by what became of them.',
    labelNames: ['operation', 'key', 'action'],
  });
  const lookUps = new Counters(registry, {
    name: 'hms_cache_lookups_total',
    help: 'Look-ups in the caches of rooms and templates, by result: fresh, stale (refreshed in the background), miss; outage: a miss answered as it was read last.',
    labelNames: ['cache', 'result'],
  });
  const repairOf = byLabels(repairs, ['operation', 'key', 'action']);
  const lookUpOf = new CellMap(
    (cache: string) => new CellMap((result: string) => lookUps.cell({ cache, result })),
  );
  return {
    onResponse: createRequestMetrics(registry),
    onRepair: ({ operationId, key, action, count }) => repairOf(operationId, key, action).add(count),
    faultObserver: createFaultMetrics(registry),
    onLookUp: (cache, result) => lookUpOf.of(cache).of(result).add(),
  };
}

function createRequestMetrics(registry: Registry): UpstreamMetrics['onResponse'] {
  const requests = new Counters(registry, {
    name: 'hms_upstream_requests_total',
    help: 'HTTP requests to the REST API that have ended, by endpoint and result: ok, or the kind of failure.',
    labelNames: ['method', 'route', 'result'],
  });
  const durations = new Histograms(registry, {
    name: 'hms_upstream_request_duration_seconds',
    help: 'Time from sending a request to the REST API to the end of its answer, without the wait for the budget.',
    labelNames: ['method', 'route'],
    bounds: DURATION_BUCKETS,
  });
  const cells = new CellMap(
    (method: string) =>
      new CellMap((route: string) => ({
        duration: durations.cell({ method, route }),
        results: new CellMap((error: string | null) =>
          requests.cell({ method, route, result: resultOf(error) }),
        ),
      })),
  );
  return ({ method, route, error, durationMs }) => {
    const { duration, results } = cells.of(method).of(route);
    duration.observe(durationMs / 1000);
    results.of(error).add();
  };
}

/** `ok`, or the name of a class in small letters: `RestRateLimitedError` is `rate_limited`. */
function resultOf(error: string | null): string {
  if (error === null) return 'ok';
  const kind = error.replace(/^Rest/, '').replace(/Error$/, '');
  return kind.replaceAll(/(?!^)[A-Z]/g, '_$&').toLowerCase() || 'failed';
}

function createFaultMetrics(registry: Registry): UpstreamMetrics['faultObserver'] {
  const retries = new Counters(registry, {
    name: 'hms_upstream_retries_total',
    help: 'Failed reads that could be repeated, by endpoint and outcome: sent again, or not, as the retry budget was spent.',
    labelNames: ['method', 'route', 'outcome'],
  });
  const changes = new Counters(registry, {
    name: 'hms_upstream_breaker_changes_total',
    help: 'Changes of the state of circuit breakers, by family of endpoints and new state.',
    labelNames: ['family', 'state'],
  });
  const refusals = new Counters(registry, {
    name: 'hms_upstream_breaker_refused_total',
    help: 'REST calls that were not sent because the circuit breaker of their family of endpoints was open.',
    labelNames: ['family'],
  });
  const states = new Gauge({
    name: 'hms_upstream_breaker_state',
    help: 'The state of each circuit breaker that has ever opened: 1 for its present state, 0 for the others.',
    labelNames: ['family', 'state'],
    registers: [registry],
  });
  const retryOf = byLabels(retries, ['method', 'route', 'outcome']);
  const changeOf = byLabels(changes, ['family', 'state']);
  const refusalOf = byLabels(refusals, ['family']);
  return {
    onRetry: ({ method, route }, outcome) => retryOf(method, route, outcome).add(),
    onBreaker(family, state) {
      changeOf(family, state).add();
      for (const known of BREAKER_STATES) states.set({ family, state: known }, known === state ? 1 : 0);
    },
    onBreakerRefusal: (family) => refusalOf(family).add(),
  };
}

/** The cells of a counter by the values of its labels, which are words without line ends; for paths that are not hot. */
function byLabels(counters: Counters, names: readonly string[]) {
  const cells = new CellMap((key: string) => {
    const values = key.split('\n');
    return counters.cell(Object.fromEntries(names.map((name, at) => [name, values[at] ?? ''])));
  });
  return (...values: readonly string[]) => cells.of(values.join('\n'));
}
