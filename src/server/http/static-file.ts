// Serves a file that is built once and does not change. If the browser has it already, the answer is 304 (RFC 9110, 13.1.2).
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Coding } from './accept-encoding.ts';
import { codingFor, compressed } from './compression.ts';

export interface StaticFile {
  /** The headers of each answer, 304 included; the tag is the same for the file and its compressed forms. */
  readonly headers: Readonly<Record<string, string>> & { readonly etag: string };
  readonly type: string;
  readonly body: Buffer;
  /** The file in a coding, compressed when it is first asked for. */
  readonly inCoding: (coding: Coding) => Promise<Buffer>;
}

/** Makes a file of the media type `type`. The `headers` are sent beside those that every file has. */
export function createStaticFile(
  type: string,
  content: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): StaticFile {
  const body = Buffer.from(content);
  const forms = new Map<Coding, Promise<Buffer>>();
  return {
    type,
    body,
    inCoding(coding) {
      const form = forms.get(coding) ?? compressed(body, coding, 'once');
      forms.set(coding, form);
      return form;
    },
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

/** The media types of files that are compressed already. */
const PACKED_TYPES: ReadonlySet<string> = new Set(['font/woff2']);

/** Answers a request with a file, compressed where the client accepts it. Resolves when the answer is handed to Node. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: StaticFile,
): Promise<void> {
  if (hasFile(request, file)) {
    response.writeHead(304, file.headers).end();
    return;
  }
  const { 'accept-encoding': accepted } = request.headers;
  const coding = PACKED_TYPES.has(file.type) ? null : codingFor(accepted, file.body.length);
  const body = coding === null ? file.body : await file.inCoding(coding);
  response.writeHead(200, {
    ...file.headers,
    'content-type': file.type,
    'content-length': body.length,
    ...(coding === null ? {} : { 'content-encoding': coding }),
  });
  response.end(body);
}

/** Tags are compared without the mark `W/`, as RFC 9110 asks for `If-None-Match`. */
function hasFile(request: IncomingMessage, { headers }: StaticFile): boolean {
  const tags = new Set((request.headers['if-none-match'] ?? '').split(',').map(opaque));
  return tags.has('*') || tags.has(opaque(headers.etag));
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}
