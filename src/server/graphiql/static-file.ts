// A file that is built once and served unchanged, or answered with 304 where the browser has it already (RFC 9110, 13.1.2).
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

export interface StaticFile {
  /** The headers of each answer, 304 included; the tag is the same for the file and its compressed form. */
  readonly headers: Readonly<Record<string, string>> & { readonly etag: string };
  readonly type: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
}

/** Makes a file of the media type `type`. The `headers` are sent beside those that every file has. */
export async function createStaticFile(
  type: string,
  content: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<StaticFile> {
  const body = Buffer.from(content);
  return {
    type,
    body,
    gzipped: await promisify(gzip)(body, { level: 4 }),
    headers: {
      etag: `W/"${createHash('sha256').update(body).digest('base64url')}"`,
      // A browser keeps the file, and asks before each use whether it has changed.
      'cache-control': 'private, no-cache',
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      ...headers,
    },
  };
}

export function sendFile(request: IncomingMessage, response: ServerResponse, file: StaticFile): void {
  if (hasFile(request, file)) {
    response.writeHead(304, file.headers).end();
    return;
  }
  const isCompressed = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  response.writeHead(200, {
    ...file.headers,
    'content-type': file.type,
    ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
  });
  response.end(isCompressed ? file.gzipped : file.body);
}

/** Tags are compared without the mark `W/`, as RFC 9110 asks for `If-None-Match`. */
function hasFile(request: IncomingMessage, { headers }: StaticFile): boolean {
  const tags = new Set((request.headers['if-none-match'] ?? '').split(',').map(opaque));
  return tags.has('*') || tags.has(opaque(headers.etag));
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}
