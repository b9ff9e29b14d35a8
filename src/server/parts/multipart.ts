// Answers in parts as multipart/mixed (RFC 2046). Each part is sent together with the boundary after it, which tells clients that
// the part is complete. The next part is requested only when the connection has accepted the previous one. So deferred fragments
// begin when the first part has been sent, and for a client that does not read, nothing more is executed. Source:
// https://github.com/graphql/graphql-over-http/blob/main/rfcs/IncrementalDelivery.md
import type { ExecutionResult } from 'graphql';
import type { TextOf } from '../operation/result-text.ts';
import { streamOf, StreamedBody, type OnStream } from '../stream/streamed-body.ts';

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

/** Sends parts until they end, or `signal` aborts because the client has gone. `onStream`: see `StreamedBody`. */
export function multipartResponse(
  parts: AsyncIterable<ExecutionResult>,
  parameter: string | null,
  signal: AbortSignal,
  { textOf, onStream }: { readonly textOf: TextOf; readonly onStream: OnStream | undefined },
): Response {
  const body = new MultipartBody(parts[Symbol.asyncIterator](), textOf, onStream);
  // Without a buffer: it would be filled before the client has read anything.
  return new Response(streamOf(body, 0, signal), {
    // nginx would keep parts back without the second one.
    headers: { 'content-type': multipartType(parameter), 'x-accel-buffering': 'no' },
  });
}

class MultipartBody extends StreamedBody {
  readonly #parts: AsyncIterator<ExecutionResult>;
  readonly #textOf: TextOf;
  #begin = DELIMITER;

  constructor(parts: AsyncIterator<ExecutionResult>, textOf: TextOf, onStream: OnStream | undefined) {
    super(parts, onStream);
    this.#parts = parts;
    this.#textOf = textOf;
  }

  async pull(): Promise<void> {
    try {
      const { done, value } = await this.#parts.next();
      if (this.isOver) return;
      const text = done === true ? END : `${PART_HEAD}${this.#textOf(value)}${DELIMITER}`;
      this.controller?.enqueue(Buffer.from(this.#begin + text));
      this.#begin = '';
      if (done !== true) return;
      this.over(true);
      this.controller?.close();
    } catch (error) {
      this.over(false);
      throw error;
    }
  }
}
