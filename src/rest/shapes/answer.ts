// Collects the bodies of answers while they arrive, and parses them.
import type { Dispatcher } from 'undici';
import type { Subject } from '../errors.ts';
import { RestBadResponseError } from '../errors.ts';
import { LeavingOut, longFrom, type LeaveOut } from './left-out.ts';

/** An answer read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  /** Empty if there is no body, or if the body of an error cannot be read or is over 64 KiB. */
  readonly body: Buffer;
}

/** How much of a body is kept. */
export interface BodyLimits {
  /** The most bytes that are kept of a body. */
  readonly maxBytes: number;
  /** Long values to leave out if the body is larger than `maxBytes`. Default: none, so that such a body is an error. */
  readonly leaveOut?: LeaveOut | undefined;
}

/** The largest body of which values are left out, in bytes as received. */
const MAX_RECEIVED_BYTES = 256_000_000;

/** Collects a body chunk by chunk, and counts it. */
export class BodyReader {
  readonly #limits: BodyLimits;
  #chunks: Buffer[] = [];
  #leavingOut: LeavingOut | null = null;
  #received = 0;
  #kept = 0;

  constructor(limits: BodyLimits) {
    this.#limits = limits;
  }

  /** The bytes that have arrived. */
  get received(): number {
    return this.#received;
  }

  /** The bytes that are in memory. */
  get kept(): number {
    return this.#kept;
  }

  /** False if the kept part of the body has become longer than its limit: then the rest must not be read. */
  push(chunk: Buffer): boolean {
    const { maxBytes, leaveOut } = this.#limits;
    this.#received += chunk.length;
    let added = this.#leavingOut === null ? [chunk] : this.#leavingOut.push(chunk);
    if (this.#kept + bytesIn(added) > maxBytes && this.#leavingOut === null && leaveOut !== undefined) {
      const leavingOut = new LeavingOut(leaveOut.key, longFrom(leaveOut, maxBytes));
      added = [...this.#chunks, chunk].flatMap((each) => leavingOut.push(each));
      this.#leavingOut = leavingOut;
      this.#chunks = [];
      this.#kept = 0;
    }
    this.#kept += bytesIn(added);
    this.#chunks.push(...added);
    return this.#kept <= maxBytes && this.#received <= MAX_RECEIVED_BYTES;
  }

  /**
   * Frees the memory of a body that will not be used. Otherwise V8 frees it only after some 64 MB of such memory. Nothing may be
   * pushed afterwards.
   */
  discard(): void {
    // The caller may still read other bytes of the last chunk's memory.
    const inUse = this.#chunks.at(-1)?.buffer;
    for (const { buffer, length } of this.#chunks) {
      // Smaller buffers may be in Node's pool, whose memory others share.
      const isOwn = length >= Buffer.poolSize / 2;
      if (isOwn && buffer !== inUse && buffer instanceof ArrayBuffer) buffer.transfer(0);
    }
    this.#chunks = [];
  }

  /** The kept part of the body. */
  body(): Buffer {
    const [first] = this.#chunks;
    return first !== undefined && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#kept);
  }
}

function bytesIn(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}

/**
 * Refuses a body that is not labelled as JSON. An empty one passes.
 * @throws RestBadResponseError
 */
export function checkJson(answer: Answer, subject: Subject): void {
  if (answer.body.length === 0) return;
  const type = headerOf(answer, 'content-type') ?? '';
  const encoding = headerOf(answer, 'content-encoding');
  // A Go server labels JSON as text/plain if the handler sets no type.
  if ((type !== '' && !/\bjson\b|^text\/plain\b/i.test(type)) || (encoding ?? 'identity') !== 'identity') {
    throw new RestBadResponseError('answered with something that is not JSON', {
      ...subject,
      status: answer.status,
    });
  }
}

/**
 * The parsed body of a 2xx answer that `checkJson` has passed; undefined without a body (204, or empty).
 * @throws RestBadResponseError for broken JSON. Without the parser's error as `cause`, because it quotes the body.
 */
export function parseAnswer(answer: Answer, subject: Subject): unknown {
  if (answer.body.length === 0) return undefined;
  try {
    return JSON.parse(answer.body.toString('utf8'));
  } catch {
    throw new RestBadResponseError('answered with broken JSON', { ...subject, status: answer.status });
  }
}

/** A header's value, the first of several; undefined without the header. `name` is in lower case. */
export function headerOf(answer: Answer, name: string): string | undefined {
  const value = answer.headers[name];
  return typeof value === 'string' ? value : value?.[0];
}
