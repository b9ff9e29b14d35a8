// CORS: what pages of other origins may send and read. origins.ts decides which requests are refused altogether.
import type { CORSOptions } from 'graphql-yoga';
import { isAllowedOrigin, type OriginOptions } from './origins.ts';

/** How long a browser may keep the answer to a preflight, in seconds. */
const PREFLIGHT_SECONDS = 600;

/** Request headers that the gateway reads, or that widely used clients and tracing libraries add to each request. */
const usualHeaders: readonly string[] = [
  'accept',
  'authorization',
  'content-type',
  'last-event-id',
  'x-gateway-upstream',
  'x-request-id',
  'x-requested-with',
  // W3C Trace Context and Baggage, then the headers of Sentry, Datadog, Zipkin (B3), New Relic, Jaeger and AWS X-Ray.
  'traceparent',
  'tracestate',
  'baggage',
  'sentry-trace',
  'x-datadog-origin',
  'x-datadog-parent-id',
  'x-datadog-sampling-priority',
  'x-datadog-tags',
  'x-datadog-trace-id',
  'b3',
  'x-b3-flags',
  'x-b3-parentspanid',
  'x-b3-sampled',
  'x-b3-spanid',
  'x-b3-traceid',
  'newrelic',
  'uber-trace-id',
  'x-amzn-trace-id',
  // Clients of Apollo and of Hive.
  'apollo-require-preflight',
  'apollographql-client-name',
  'apollographql-client-version',
  'x-apollo-operation-id',
  'x-apollo-operation-name',
  'x-apollo-operation-type',
  'graphql-client-name',
  'graphql-client-version',
];

/** The origins that may read answers, and the headers that their pages may send. */
export interface CorsOptions extends Pick<OriginOptions, 'allowedOrigins' | 'localOrigins'> {
  /** Request headers beside the usual ones, in lower case; default: none. */
  readonly allowedHeaders?: readonly string[];
}

/**
 * Yoga's CORS options for a request with this `Origin` (null: without one). An origin that is not allowed gets no CORS
 * headers at all. Cookies are never used, so credentials stay off.
 */
export function corsFor(origin: string | null, options: CorsOptions): CORSOptions {
  if (origin === null || !isAllowedOrigin(origin, options)) return false;
  return {
    origin,
    methods: ['GET', 'POST'],
    allowedHeaders: [...new Set([...usualHeaders, ...(options.allowedHeaders ?? [])])],
    exposedHeaders: ['retry-after', 'traceparent', 'x-request-id'],
    credentials: false,
    maxAge: PREFLIGHT_SECONDS,
  };
}
