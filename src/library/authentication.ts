// Authentication by a function of the program that contains the gateway.
import type { IncomingMessage } from 'node:http';
import { types } from 'node:util';
import type { Caller } from '../auth/caller.ts';
import { UnauthenticatedError } from '../auth/errors.ts';
import { parseScopes } from '../auth/scopes.ts';
import type { Authentication, Sent } from '../server/entrance.ts';
import type { Authenticate, GatewayCaller, Sender } from './options.ts';

/** Calls `authenticate` for each request and each WebSocket; results are not cached. */
export function authenticationBy(authenticate: Authenticate): Authentication<Caller> {
  return {
    isOff: false,
    readsRequests: true,
    async callerOf(authorization, sent) {
      if (sent === undefined) throw new Error('An own authentication needs the request.');
      const given = await authenticate(new RequestSender(authorization, sent));
      if (given == null) throw new UnauthenticatedError('The caller is not known.');
      const caller = callerFrom(given);
      if (caller.expiresAt !== null && caller.expiresAt <= Date.now())
        throw new UnauthenticatedError('The rights of the caller have expired.');
      return caller;
    },
  };
}

/** Creates the headers when they are first read. */
class RequestSender implements Sender {
  readonly authorization: string | null;
  readonly request: IncomingMessage | Request;
  readonly connectionParams: Readonly<Record<string, unknown>> | null;

  constructor(authorization: string | null, { request, connectionParams }: Sent) {
    this.authorization = authorization;
    this.request = request;
    this.connectionParams = connectionParams ?? null;
  }

  get headers(): Headers {
    const { headers } = this.request;
    if (headers instanceof Headers) return headers;
    const made = new Headers();
    for (const [name, value] of Object.entries(headers)) {
      // The fetch API does not accept the pseudo-headers of HTTP/2.
      if (name.startsWith(':')) continue;
      for (const each of [value ?? []].flat()) made.append(name, each);
    }
    return made;
  }
}

const MAX_NAME = 200;
const ROOM_ID = /^[0-9a-f]{24}$/i;

/**
 * Copies the caller that the host returned, so that later changes of the host's object do not change its rights.
 * @throws TypeError if the caller is invalid, which is a fault of the host
 */
function callerFrom({ name, scopes, rooms = null, expiresAt = null }: GatewayCaller): Caller {
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME)
    throw new TypeError(`authenticate must return a \`name\` of 1 to ${MAX_NAME} characters`);
  if (!Array.isArray(scopes)) throw new TypeError('authenticate must return `scopes`, a list');
  const parsed = parseScopes(scopes);
  if (parsed.unknown.length > 0)
    throw new TypeError(`authenticate returned unknown scopes: ${parsed.unknown.join(', ')}`);
  if (rooms !== null && !(Array.isArray(rooms) && rooms.every((room) => ROOM_ID.test(room))))
    throw new TypeError(
      'authenticate must return `rooms` as a list of vendor ids of rooms, 24 hexadecimal digits each',
    );
  if (expiresAt !== null && !types.isDate(expiresAt))
    throw new TypeError('authenticate must return `expiresAt` as a Date');
  const expiry = expiresAt?.getTime() ?? null;
  if (Number.isNaN(expiry)) throw new TypeError('authenticate must return a valid date as `expiresAt`');
  return {
    name: `own:${name}`,
    scopes: parsed.scopes,
    rooms: rooms === null ? null : new Set(rooms.map((room) => room.toLowerCase())),
    participant: null,
    expiresAt: expiry,
  };
}
