// Reads and parses the bodies of answers. A body is counted while it arrives and abandoned beyond its cap.
// Source: undici's documentation of `request`.
import type { Dispatcher } from 'undici';
import type { Subject } from '../errors.ts';
import { RestBadResponseError, RestBodyTooLargeError } from '../errors.ts';

/** An answer read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  /** The body; empty if there is no body, or if the body of an error cannot be read or is over 64 KiB. */
  readonly text: string;
}

/** The vendor's error bodies have a code and some sentences; a longer body comes from another server. */
const MAX_ERROR_BODY_BYTES = 64 * 1024;

/**
 * Reads an answer to its end. An unreadable body of an error (not 2xx) counts as empty.
 * @throws RestBodyTooLargeError beyond `maxBytes`; undici's error when the body breaks off.
 */
export async function readAnswer(
  response: Dispatcher.ResponseData,
  maxBytes: number,
  subject: Subject,
): Promise<Answer> {
  const { statusCode: status, headers } = response;
  if (status < 200 || status > 299) {
    const text = await readText(response, MAX_ERROR_BODY_BYTES).catch(() => null);
    return { status, headers, text: text ?? '' };
  }
  const text = await readText(response, maxBytes);
  if (text === null) {
    throw new RestBodyTooLargeError(`answered with more than ${maxBytes} bytes`, { ...subject, status });
  }
  return { status, headers, text };
}

/** Null if the body is longer than `maxBytes`; its connection is closed in that case. */
async function readText(response: Dispatcher.ResponseData, maxBytes: number): Promise<string | null> {
  const { body } = response;
  // A destroyed body emits an error, which would end the process without a listener.
  body.on('error', () => undefined);
  const chunks: Buffer[] = [];
  let bytes = 0;
  // undici's body gives Buffers as long as no encoding is set.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      body.destroy();
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes).toString('utf8');
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
