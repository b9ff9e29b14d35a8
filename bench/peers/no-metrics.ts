// Takes the place of src/server/metrics/metrics.ts in the target `gateway-silent`: hooks that do nothing.
import type { createMetrics as real, Metrics } from '../../src/server/metrics/metrics.ts';

const nothing = () => undefined;

/** Metrics that count nothing. */
export const createMetrics: typeof real = (): Metrics => ({
  liveObserver: {},
  budgetObserver: { onTurn: nothing, onRefusal: nothing },
  upstream: {
    onResponse: nothing,
    onRepair: nothing,
    faultObserver: { onRetry: nothing, onBreaker: nothing, onBreakerRefusal: nothing },
    onLookUp: nothing,
  },
  serverObserver: {
    onRequest: nothing,
    onOperation: nothing,
    onSubscription: nothing,
    onSubscriptionEnd: nothing,
    onSocket: nothing,
    onSocketClosed: nothing,
    onSocketRefused: nothing,
    onPointsSpent: nothing,
    onPointsRefused: nothing,
  },
  watch: nothing,
  watchFleet: nothing,
  described: () => [],
  contentType: 'text/plain',
  text: () => Promise.resolve(''),
});
