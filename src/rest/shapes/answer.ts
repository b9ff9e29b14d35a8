// Reads and parses the bodies of answers. A body is counted while it arrives and abandoned beyond its cap.
// Source: undici's documentation of `request`.
import type { Dispatcher } from 'undici';
import type { Subject } from '../errors.ts';
import { RestBadResponseError, RestBodyTooLargeError } from '../errors.ts';
import { LeavingOut, longFrom, type LeaveOut } from './left-out.ts';

/** An answer read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  /** The body; empty if there is no body, or if the body of an error cannot be read or is over 64 KiB. */
  readonly text: string;
}

/** The vendor's error bodies have a code and some sentences; a longer body comes from another server. */
const MAX_ERROR_BODY_BYTES = 64 * 1024;

/** How the body of an answer is read. */
export interface BodyOptions {
  /** The most bytes that are kept of a body. */
  readonly maxBytes: number;
  /** Of a body over `maxBytes`, long values to leave out; default: none, and such a body is an error. */
  readonly leaveOut?: LeaveOut | undefined;
  /** Called once with the bytes that were received, also if the body was then refused. */
  readonly onRead?: ((bytes: number) => void) | undefined;
}

/** The largest body of which values are left out, in bytes as received. */
const MAX_RECEIVED_BYTES = 256_000_000;

/**
 * Reads an answer to its end. An unreadable body of an error (not 2xx) counts as empty.
 * @throws RestBodyTooLargeError beyond `maxBytes`; undici's error when the body breaks off.
 */
export async function readAnswer(
  response: Dispatcher.ResponseData,
  subject: Subject,
  options: BodyOptions,
): Promise<Answer> {
  const { statusCode: status, headers } = response;
  if (status < 200 || status > 299) {
    const text = await readText(response, { maxBytes: MAX_ERROR_BODY_BYTES }).catch(() => null);
    return { status, headers, text: text ?? '' };
  }
  const text = await readText(response, options);
  if (text === null) {
    throw new RestBodyTooLargeError(options.maxBytes, { ...subject, status });
  }
  return { status, headers, text };
}

/** Null if the kept part of the body is longer than `maxBytes`; its connection is closed in that case. */
async function readText(
  { body }: Dispatcher.ResponseData,
  { maxBytes, leaveOut, onRead }: BodyOptions,
): Promise<string | null> {
  // A destroyed body emits an error, which would end the process without a listener.
  body.on('error', () => undefined);
  let chunks: Buffer[] = [];
  let leavingOut: LeavingOut | null = null;
  let received = 0;
  let kept = 0;
  try {
    // undici's body gives Buffers as long as no encoding is set.
    for await (const chunk of body as AsyncIterable<Buffer>) {
      received += chunk.length;
      let added = leavingOut === null ? [chunk] : leavingOut.push(chunk);
      if (kept + bytesIn(added) > maxBytes && leavingOut === null && leaveOut !== undefined) {
        leavingOut = new LeavingOut(leaveOut.key, longFrom(leaveOut, maxBytes));
        added = [...chunks, chunk].flatMap((each) => leavingOut?.push(each) ?? []);
        chunks = [];
        kept = 0;
      }
      kept += bytesIn(added);
      if (kept > maxBytes || received > MAX_RECEIVED_BYTES) {
        body.destroy();
        return null;
      }
      chunks.push(...added);
    }
  } finally {
    onRead?.(received);
  }
  return Buffer.concat(chunks, kept).toString('utf8');
}

function bytesIn(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}

/**
 * The parsed body of a 2xx answer; undefined without a body (204, or empty).
 * @throws RestBadResponseError for anything but JSON. Without the parser's error as `cause`, because it quotes the body.
 */
export function parseAnswer(answer: Answer, subject: Subject): unknown {
  if (answer.text === '') return undefined;
  const type = headerOf(answer, 'content-type') ?? '';
  const encoding = headerOf(answer, 'content-encoding');
  // A Go server labels JSON as text/plain if the handler sets no type.
  if ((type !== '' && !/\bjson\b|^text\/plain\b/i.test(type)) || (encoding ?? 'identity') !== 'identity') {
    throw new RestBadResponseError('answered with something that is not JSON', {
      ...subject,
      status: answer.status,
    });
  }
  try {
    return JSON.parse(answer.text);
  } catch {
    throw new RestBadResponseError('answered with broken JSON', { ...subject, status: answer.status });
  }
}

/** A header's value, the first of several; undefined without the header. `name` is in lower case. */
export function headerOf(answer: Answer, name: string): string | undefined {
  const value = answer.headers[name];
  return typeof value === 'string' ? value : value?.[0];
}
