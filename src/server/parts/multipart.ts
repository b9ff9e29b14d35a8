// Answers in parts as multipart/mixed (RFC 2046). Each part is sent with the boundary behind it, by which clients see that it is
// whole. No part is asked for before the client's connection has taken the one before, so what is deferred begins when the first
// part is sent, and a client that does not read gets no further.
// Source: https://github.com/graphql/graphql-over-http/blob/main/rfcs/IncrementalDelivery.md
import type { ExecutionResult } from 'graphql';
import type { TextOf } from '../operation/result-text.ts';

/** Between two parts; the boundary is `-`. */
const DELIMITER = '\r\n---';
const PART_HEAD = '\r\nContent-Type: application/json; charset=utf-8\r\n\r\n';
const END = '--\r\n';

/** One result as the only part. */
export function singlePart(json: string): string {
  return `${DELIMITER}${PART_HEAD}${json}${DELIMITER}${END}`;
}

/** The media type; `parameter` names the format of the parts, null: none. */
export function multipartType(parameter: string | null): string {
  return `multipart/mixed; boundary="-"${parameter === null ? '' : `; ${parameter}`}`;
}

/** Sends parts until they end, or `signal` aborts because the client has gone. */
export function multipartResponse(
  parts: AsyncIterable<ExecutionResult>,
  parameter: string | null,
  signal: AbortSignal,
  textOf: TextOf,
): Response {
  const body = new MultipartBody(parts[Symbol.asyncIterator](), textOf);
  // Without a buffer: it would be filled before the client has read anything.
  const stream = new ReadableStream(body, new ByteLengthQueuingStrategy({ highWaterMark: 0 }));
  // A client may go away while nothing is sent to it. Then nothing cancels the body.
  signal.addEventListener('abort', () => body.abandon(), { once: true });
  if (signal.aborted) body.abandon();
  return new Response(stream, {
    // nginx would keep parts back without the second one.
    headers: { 'content-type': multipartType(parameter), 'x-accel-buffering': 'no' },
  });
}

/** The source of the stream that is the body. */
class MultipartBody implements UnderlyingDefaultSource<Uint8Array> {
  readonly #parts: AsyncIterator<ExecutionResult>;
  readonly #textOf: TextOf;
  #begin = DELIMITER;

  constructor(parts: AsyncIterator<ExecutionResult>, textOf: TextOf) {
    this.#parts = parts;
    this.#textOf = textOf;
  }

  /** Called by the stream when the client's connection takes more. */
  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const { done, value } = await this.#parts.next();
    const text = done === true ? END : `${PART_HEAD}${this.#textOf(value)}${DELIMITER}`;
    controller.enqueue(Buffer.from(this.#begin + text));
    this.#begin = '';
    if (done === true) controller.close();
  }

  /** Called by the stream when it is not read any more. */
  cancel(): void {
    this.abandon();
  }

  /** Ends the parts. */
  abandon(): void {
    this.#parts.return?.().catch(() => undefined);
  }
}
