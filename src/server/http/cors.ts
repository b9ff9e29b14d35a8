// CORS: what pages of other origins may send and read. origins.ts decides which requests are refused altogether.
import { LRUCache } from 'lru-cache';
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
  /** Additional request headers, in lower case; default: none. */
  readonly allowedHeaders?: readonly string[];
}

/** The members of Yoga's CORSOptions that are set. */
interface Cors {
  readonly origin: string;
  readonly methods: string[];
  readonly allowedHeaders: string[];
  readonly exposedHeaders: string[];
  readonly credentials: false;
  readonly maxAge: number;
}

/**
 * Yoga's CORS options for a request with this `Origin` (null: without one). An origin that is not allowed gets no CORS
 * headers at all. Cookies are never used, so credentials stay off.
 */
export function corsFor(origin: string | null, options: CorsOptions): Cors | false {
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

/** How many origins are remembered with their headers. */
const MAX_ORIGINS = 100;

/** Makes the function that writes the options of `corsFor` as headers: name, value, name, value. */
export function createCorsHeaders(options: CorsOptions): (origin: string | undefined) => readonly string[] {
  const known = new LRUCache<string, readonly string[]>({ max: MAX_ORIGINS });
  return (origin) => {
    if (origin === undefined) return [];
    const kept = known.get(origin);
    if (kept !== undefined) return kept;
    const headers = headersOf(corsFor(origin, options));
    if (headers.length > 0) known.set(origin, headers);
    return headers;
  };
}

/** As Yoga writes them. */
function headersOf(cors: ReturnType<typeof corsFor>): readonly string[] {
  if (cors === false) return [];
  const { origin, methods, allowedHeaders, exposedHeaders, maxAge } = cors;
  return Object.entries({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': allowedHeaders.join(', '),
    'access-control-expose-headers': exposedHeaders.join(', '),
    'access-control-max-age': String(maxAge),
  }).flat();
}
