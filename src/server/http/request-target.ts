// The target in the first line of a request. Routes, Yoga and the upgrade to WebSocket all read `request.url` and expect a path,
// so the two other forms of a target are rewritten before. Source: RFC 9112 section 3.2.
import type { IncomingMessage } from 'node:http';

/** `http://host/path?query`, as clients of proxies send it: the authority, then the rest without its fragment. */
const ABSOLUTE_FORM = /^https?:\/\/(?:[^/?#@]*@)?([^/?#]*)([^#]*)/i;

/**
 * Rewrites `request.url` to a path with its query: the absolute form loses its scheme and host, a path loses one slash at its
 * end, so `/graphql/` is `/graphql`. The host of an absolute form replaces the header `Host`, as RFC 9112 section 3.2.2
 * demands. A second call changes nothing.
 */
export function normalizeTarget(request: IncomingMessage): void {
  const [, host, rest] = ABSOLUTE_FORM.exec(request.url ?? '') ?? [];
  if (host !== undefined) request.headers.host = host;
  const target = rest ?? request.url ?? '/';
  const queryAt = target.indexOf('?');
  const path = queryAt === -1 ? target : target.slice(0, queryAt);
  const trimmed = /[^/]\/$/.test(path) ? path.slice(0, -1) : path;
  request.url = (trimmed === '' ? '/' : trimmed) + target.slice(path.length);
}

/** The path of a request whose target has been normalized. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}
