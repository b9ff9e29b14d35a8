// The id of a request, by which its log lines can be found.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A caller's `x-request-id` is used if it matches; otherwise the gateway makes one. */
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The client's `x-request-id` if it is valid, else a new id. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && REQUEST_ID.test(sent) ? sent : randomUUID();
}
