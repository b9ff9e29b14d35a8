// CORS: what pages of other origins may send and read. Which requests are refused altogether is said in origins.ts.
import type { CORSOptions } from 'graphql-yoga';

/** How long a browser may keep the answer to a preflight, in seconds. */
const PREFLIGHT_SECONDS = 600;

/**
 * Yoga's CORS options for a request with this `Origin` (null: without one). An origin that is not allowed gets no CORS
 * headers at all. Cookies are never used, so credentials stay off.
 */
export function corsFor(origin: string | null, allowedOrigins: readonly string[]): CORSOptions {
  if (origin === null || !allowedOrigins.includes(origin)) return false;
  return {
    origin,
    methods: ['GET', 'POST'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'last-event-id',
      'traceparent',
      'x-gateway-upstream',
      'x-request-id',
    ],
    exposedHeaders: ['retry-after', 'traceparent', 'x-request-id'],
    credentials: false,
    maxAge: PREFLIGHT_SECONDS,
  };
}
