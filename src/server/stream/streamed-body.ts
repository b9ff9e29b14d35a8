// A body that is sent in pieces, and the notification of its end. Node's response reports its end by an event. For a Response of
// the fetch API, the code that creates it is notified by `onStream`.
import { abortError } from '../operation/lazy-abort.ts';

/**
 * Called when a body begins, with the function that cuts it off. The returned function is to be called when the body is over:
 * `isWhole` if it was read to its end.
 */
export type OnStream = (cut: () => void) => (isWhole: boolean) => void;

/** The source of a stream that is a body. */
export abstract class StreamedBody implements UnderlyingDefaultSource<Uint8Array> {
  protected controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  protected isOver = false;
  readonly #results: AsyncIterator<unknown>;
  readonly #onStream: OnStream | undefined;
  #tell: ((isWhole: boolean) => void) | undefined;

  /** `results`: what is sent; closed when the body is over. */
  constructor(results: AsyncIterator<unknown>, onStream: OnStream | undefined) {
    this.#results = results;
    this.#onStream = onStream;
  }

  /** Called by the stream. */
  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.controller = controller;
    this.#tell = this.#onStream?.(() => this.#cut());
  }

  /** Called by the stream when its reader takes more. */
  abstract pull(): Promise<void> | undefined;

  /** Called by the stream when it is not read any more. */
  async cancel(): Promise<void> {
    this.over(false);
    await this.#results.return?.();
  }

  /** Ends it for a client that has gone. */
  abandon(): void {
    this.close(false);
  }

  /** Ends it here, without the rest. `isWhole`: see `OnStream`. */
  protected close(isWhole: boolean): void {
    if (this.#end(isWhole)) this.controller?.close();
  }

  /** Nothing more is sent. A second call does nothing. */
  protected over(isWhole: boolean): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#tell?.(isWhole);
  }

  /** Lets the reader see that the rest is missing. */
  #cut(): void {
    if (this.#end(false)) this.controller?.error(abortError());
  }

  /** False: it is over already. */
  #end(isWhole: boolean): boolean {
    if (this.isOver) return false;
    this.over(isWhole);
    this.cancel().catch(() => undefined);
    return true;
  }
}

/**
 * The stream of a body, which is abandoned when `signal` aborts: a client may go away while nothing is sent to it, and then nothing
 * cancels the stream. `highWaterMark`: how many bytes may wait for the client.
 */
export function streamOf(
  body: StreamedBody,
  highWaterMark: number,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const stream = new ReadableStream(body, new ByteLengthQueuingStrategy({ highWaterMark }));
  signal.addEventListener('abort', () => body.abandon(), { once: true });
  if (signal.aborted) body.abandon();
  return stream;
}
