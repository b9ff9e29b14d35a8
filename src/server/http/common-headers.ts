// Headers that the answers of all routes have, and how a route sets them: nearly all answers write them at once with their
// own, as Node writes a list of names and values faster than headers that were set one by one.
import type { IncomingMessage, ServerResponse } from 'node:http';

const TRACE_PARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * Names and values in turn: the request's id, its `traceparent` if that is valid, and two for browsers, which must not guess a
 * media type and must not tell an answer's URL to its links.
 */
export function commonHeaders({ headers }: IncomingMessage, requestId: string): readonly string[] {
  const { traceparent } = headers;
  const isTraced = typeof traceparent === 'string' && TRACE_PARENT.test(traceparent);
  return [
    'x-request-id',
    requestId,
    ...(isTraced ? ['traceparent', traceparent] : []),
    'x-content-type-options',
    'nosniff',
    'referrer-policy',
    'no-referrer',
  ];
}

/** Sets headers, for a route that writes its own without them. A route may replace them. */
export function setHeaders(response: ServerResponse, headers: readonly string[]): void {
  for (let at = 0; at < headers.length; at += 2) response.setHeader(headers[at] ?? '', headers[at + 1] ?? '');
}
