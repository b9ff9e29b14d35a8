// Headers that the answers of all routes have, and functions to set them. Nearly all answers write them together with their own
// headers in one call, because Node writes a list of names and values faster than headers that were set one by one.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isTraceParent } from '../../trace.ts';

/**
 * Names and values in turn: the request's id, its `traceparent` if that is valid, and two for browsers, which must not guess a
 * media type and must not tell an answer's URL to its links.
 */
export function commonHeaders(
  { headers }: Pick<IncomingMessage, 'headers'>,
  requestId: string,
): readonly string[] {
  const { traceparent } = headers;
  return [
    'x-request-id',
    requestId,
    ...(isTraceParent(traceparent) ? ['traceparent', traceparent] : []),
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
