// The span of one HTTP request to the REST API, named by its endpoint. It contains no path, query or body, because these may
// contain ids and secrets. Names of attributes: https://opentelemetry.io/docs/specs/semconv/http/http-spans/
import type { Span, SpanEnd } from '../../trace.ts';
import type { RestError, Subject } from '../errors.ts';

/** Begins the span of a request as a part of `span`; null: the call is not part of a trace. */
export function beginCall(
  span: Span | null | undefined,
  { method, route }: Subject,
  host: string,
): Span | null {
  if (span === null || span === undefined) return null;
  return span.call(`${method} ${route}`, {
    'http.request.method': method,
    'url.template': route,
    'server.address': host,
  });
}

/** How the span of a request ends. */
export function endOfCall(status: number | undefined, failure: RestError | undefined): SpanEnd {
  return {
    error: failure?.name ?? null,
    ...(status === undefined ? {} : { attributes: { 'http.response.status_code': status } }),
  };
}
