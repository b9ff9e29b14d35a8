// One HTTP request and its answer, over undici's `dispatch`: without the streams and the abort signal of its `request`, which
// cost more than the rest of a small call. A body is counted while it arrives and abandoned beyond its limit.
// Source: undici's documentation of `Dispatcher.dispatch`.
import type { Dispatcher } from 'undici';
import type { Subject } from '../errors.ts';
import { RestBodyTooLargeError, RestBreakerOpenError } from '../errors.ts';
import { BodyReader, type Answer, type BodyLimits } from '../shapes/answer.ts';
import type { Breaker } from './breaker.ts';
import { LARGE_BYTES, type LargeBodies, type Turn } from './large-bodies.ts';

/** How an answer is read. */
export interface ReadOptions extends BodyLimits {
  readonly subject: Subject;
  /** Refuses the request if the breaker opens while the request waits for a connection; null if it is never refused. */
  readonly gate: Pick<Breaker, 'refuses'> | null;
  /** Gives large bodies their turns. */
  readonly largeBodies: LargeBodies;
  /** Called once with the bytes of a 2xx answer that were received, also if the body was then refused or broke off. */
  readonly onRead?: ((bytes: number) => void) | undefined;
}

/** The vendor's error bodies have a code and some sentences; a longer body comes from another server. */
const MAX_ERROR_BODY_BYTES = 64 * 1024;

/** A request that is sent by `send`, once. Its other methods are called by undici. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #options: ReadOptions;
  readonly #settled = Promise.withResolvers<Answer>();
  #isSettled = false;
  #controller: Dispatcher.DispatchController | null = null;
  #status: number | undefined;
  #headers: Answer['headers'] = {};
  #reader: BodyReader | null = null;
  /** Set as soon as the body is large. */
  #turn: Turn | null = null;
  #failure: Error | null = null;

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  /** The answer's status; undefined until its headers have arrived. */
  get status(): number | undefined {
    return this.#status;
  }

  /**
   * Resolves with the answer, read to its end. An unreadable body of an error (not 2xx) counts as empty. Rejects with
   * RestBodyTooLargeError beyond `maxBytes`, with the reason of `abort`, and with undici's error.
   */
  send(dispatcher: Dispatcher, request: Dispatcher.DispatchOptions): Promise<Answer> {
    if (this.#failure === null) dispatcher.dispatch(request, this);
    return this.#settled.promise;
  }

  /** Ends the exchange and closes its connection. */
  abort(reason: Error): void {
    this.#failure ??= reason;
    this.#controller?.abort(reason);
    this.#fail(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#failure !== null) controller.abort(this.#failure);
    else if (this.#options.gate?.refuses === true)
      this.abort(new RestBreakerOpenError(this.#options.subject));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Answer['headers']): void {
    // Headers such as those of 103 go before the answer's.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    this.#reader = new BodyReader(isGood(status) ? this.#options : { maxBytes: MAX_ERROR_BODY_BYTES });
    const { maxBytes, leaveOut } = this.#options;
    const announced = Number(headers['content-length']);
    if (isGood(status) && announced > maxBytes && leaveOut === undefined) this.#refuseBody();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isSettled || this.#reader === null) return;
    if (!this.#reader.push(chunk)) this.#refuseBody();
    else if (this.#turn === null && this.#reader.kept > LARGE_BYTES) {
      this.#turn = this.#options.largeBodies.take(() => controller.resume());
      if (this.#turn.waits) controller.pause();
    }
  }

  #refuseBody(): void {
    const { maxBytes, subject } = this.#options;
    this.abort(new RestBodyTooLargeError(maxBytes, { ...subject, status: this.#status }));
  }

  onResponseEnd(): void {
    if (this.#reader !== null) this.#answer(this.#reader.body());
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  #answer(body: Buffer): void {
    if (this.#isSettled || this.#status === undefined) return;
    this.#settle();
    this.#settled.resolve({ status: this.#status, headers: this.#headers, body });
  }

  #fail(error: Error): void {
    if (this.#status !== undefined && !isGood(this.#status)) return this.#answer(Buffer.alloc(0));
    if (this.#isSettled) return;
    this.#reader?.discard();
    this.#settle();
    this.#settled.reject(error);
  }

  #settle(): void {
    this.#isSettled = true;
    this.#turn?.end();
    if (this.#status !== undefined && isGood(this.#status))
      this.#options.onRead?.(this.#reader?.received ?? 0);
    // undici holds the exchange until its connection is closed.
    this.#reader = null;
  }
}

function isGood(status: number): boolean {
  return status >= 200 && status <= 299;
}
