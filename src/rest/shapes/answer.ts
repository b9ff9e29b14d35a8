// The one place that reads a body: counted while it comes, cut off at a cap, parsed once it is whole.
import type { Dispatcher } from 'undici';
import type { Subject } from '../errors.ts';
import { RestBadResponseError, RestBodyTooLargeError } from '../errors.ts';

/** An answer read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  /** The body; empty where there was none, or where an error's body could not be had. */
  readonly text: string;
}

/** Enough of an error's body to know what the vendor says. */
const MAX_ERROR_BODY_BYTES = 64 * 1024;

/** @throws RestBodyTooLargeError beyond `maxBytes`, and what undici throws when the body breaks off. */
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

/** Null when the body is longer than `maxBytes`; its connection is closed then. */
async function readText(response: Dispatcher.ResponseData, maxBytes: number): Promise<string | null> {
  const { body } = response;
  // Destroying a body makes it emit an error, which would be unhandled where nobody reads.
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
 * The value that a 2xx answer carries; undefined without a body (204, or empty).
 * @throws RestBadResponseError for anything that isn't JSON. The parser's own error is left out: it quotes the body.
 */
export function parseAnswer(answer: Answer, subject: Subject): unknown {
  if (answer.text === '') return undefined;
  const type = headerOf(answer, 'content-type') ?? '';
  const encoding = headerOf(answer, 'content-encoding');
  // Go's servers name JSON text/plain when nobody sets the type.
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

/** A header's value, the first where it came more than once. */
export function headerOf(answer: Answer, name: string): string | undefined {
  const value = answer.headers[name];
  return typeof value === 'string' ? value : value?.[0];
}
