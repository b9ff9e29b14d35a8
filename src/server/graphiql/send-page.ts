// Answers a browser with the page of GraphiQL, or with 304 where the browser has the page already (RFC 9110, 13.1.2).
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Page } from './page.ts';

export function sendPage(request: IncomingMessage, response: ServerResponse, page: Page): void {
  response.setHeaders(
    new Map(
      Object.entries({
        vary: 'accept, accept-encoding',
        etag: page.etag,
        // The browser keeps the page, and asks before each use whether it is still this one.
        'cache-control': 'private, no-cache',
        // Another site's frame could lead a person to press the execute button unseen.
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        // The address holds the query; other sites do not get to read it.
        'referrer-policy': 'same-origin',
      }),
    ),
  );
  if (hasPage(request, page)) {
    response.writeHead(304).end();
    return;
  }
  const isCompressed = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
  });
  response.end(isCompressed ? page.gzipped : page.html);
}

/** Tags are compared without their mark `W/`, as RFC 9110 asks for this header. */
function hasPage(request: IncomingMessage, { etag }: Page): boolean {
  const tags = new Set((request.headers['if-none-match'] ?? '').split(',').map(opaque));
  return tags.has('*') || tags.has(opaque(etag));
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}
