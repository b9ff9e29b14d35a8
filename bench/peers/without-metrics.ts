// Loaded before the gateway by the target `gateway-silent`: no-metrics.ts is loaded in place of the metrics.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    const isMetrics = specifier.endsWith('/metrics/metrics.ts') && !context.parentURL?.includes('/bench/');
    return next(isMetrics ? new URL('no-metrics.ts', import.meta.url).href : specifier, context);
  },
});
