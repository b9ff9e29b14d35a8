// Compresses answers that are sent in one piece: JSON and metrics. Event streams are not compressed, because each event would
// have to be flushed separately. docs/security.md says why answers with secrets may be compressed.
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { acceptedCoding, type Coding } from './accept-encoding.ts';

/**
 * The longest text, in characters, that is sent as it is: it fits into one TCP segment (1460 bytes) with its headers, so it
 * would not arrive sooner.
 */
const LONGEST_PLAIN = 1024;

/** How much CPU time to spend on a text. */
type Effort = 'once' | 'eachTime';

/**
 * For an answer that is sent once, the fastest levels. On lists of peers they leave 41 to 45 % of the bytes; gzip at its
 * default of 6 leaves 39 to 42 % for 1.6 times the CPU time, Brotli at 4 leaves 40 to 43 % for 2.5 to 5 times as much.
 */
const LEVELS = { gzip: { eachTime: 1, once: 6 }, br: { eachTime: 1, once: 5 } } as const;

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

/** The coding for a text, by its length in characters and the request's `Accept-Encoding`; null: it is sent as it is. */
export function codingFor(acceptEncoding: string | null | undefined, length: number): Coding | null {
  // Most requests of servers have no such header, and most answers of the others are longer.
  if (acceptEncoding == null) return null;
  const { coding, refusesPlain } = acceptedCoding(acceptEncoding);
  return length > LONGEST_PLAIN || refusesPlain ? coding : null;
}

/**
 * Compresses in one of libuv's threads, so the event loop goes on meanwhile.
 * @param effort `once` for a file that is compressed once and sent many times; default: `eachTime`
 */
export function compressed(
  body: string | Buffer,
  coding: Coding,
  effort: Effort = 'eachTime',
): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.from(body);
  const level = LEVELS[coding][effort];
  if (coding === 'gzip') return gzipAsync(bytes, { level });
  return brotliAsync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: level,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/**
 * Sends a whole text, compressed where the client accepts it and the text is long enough. Resolves when the answer is handed
 * to Node. `headers` has the media type; the length, the coding and `vary` are added.
 */
export async function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers }: { readonly status: number; readonly headers: OutgoingHttpHeaders },
  text: string,
): Promise<void> {
  const coding = codingFor(request.headers['accept-encoding'], text.length);
  const body = coding === null ? text : await compressed(text, coding);
  response.writeHead(status, {
    ...headers,
    vary: 'accept-encoding',
    'content-length': Buffer.byteLength(body),
    ...(coding === null ? {} : { 'content-encoding': coding }),
  });
  response.end(body);
}
