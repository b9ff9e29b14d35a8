// The id of a request, by which its log lines can be found.
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { mayBeLogged } from '../request-line.ts';
import { Uuids } from './uuids.ts';

/** A caller's `x-request-id` is used if it matches and has no secret; otherwise the gateway makes one. */
const REQUEST_ID = /^[\w.:-]{1,128}$/;

const uuids = new Uuids();

/** The client's `x-request-id` if it is valid, else a new id. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>, log: Logger): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && REQUEST_ID.test(sent) && mayBeLogged(sent, log) ? sent : uuids.next();
}
