// For request bodies that have been read before the gateway gets the request, for example by the body parser of a web framework.
import type { IncomingMessage } from 'node:http';

/** A request on which a body parser may have set `body`: Express, Koa, Next and others put the parsed body there. */
export type HostRequest = IncomingMessage & { readonly body?: unknown };

/**
 * The body that was read from a request: its bytes, or its JSON written again. Undefined: the body has not been read. `lost`: it
 * was read, but cannot be found.
 */
export function bodyReadBefore(request: HostRequest): Buffer | undefined | 'lost' {
  const { method, readableDidRead, readableEnded, body } = request;
  // An empty body that has been read is only `readableEnded`: no more events come from it.
  if (method !== 'POST' || !(readableDidRead || readableEnded)) return undefined;
  if (!readableDidRead && body == null) return Buffer.alloc(0);
  if (body instanceof Uint8Array) return Buffer.from(body);
  if (typeof body === 'string') return Buffer.from(body);
  return typeof body === 'object' && body !== null ? Buffer.from(JSON.stringify(body)) : 'lost';
}
