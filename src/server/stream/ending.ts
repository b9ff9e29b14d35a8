// A stream of results that can be ended by other code. An async generator is not suitable, because its `return` waits for its
// pending `next`. Promise.race is not suitable either: each call adds a reaction to a long-lived promise, and these accumulate.

/** The callbacks to the owner of an `EndableStream`. */
export interface EndableStreamHooks {
  /** Called once, when the stream has ended, failed or been returned. */
  readonly onOver: () => void;
  /** Called with each result of the source, before the reader gets it. If it ends the stream, that result is dropped. */
  readonly beforeResult?: () => void;
}

/** Passes on the results of a source until the source, the reader or `end` ends it. One reader, one `next` at a time. */
export class EndableStream<Result> implements AsyncIterableIterator<Result, undefined> {
  readonly #source: AsyncIterator<Result>;
  readonly #hooks: EndableStreamHooks;
  #waiting: PromiseWithResolvers<IteratorResult<Result, undefined>> | null = null;
  #last: { readonly value: Result } | null = null;
  #isOver = false;

  constructor(source: AsyncIterable<Result>, hooks: EndableStreamHooks) {
    this.#source = source[Symbol.asyncIterator]();
    this.#hooks = hooks;
  }

  /** Ends the stream with the result `last`, without waiting for the source to close. Ending twice is harmless. */
  end(last: Result): void {
    if (this.#isOver) return;
    this.#over();
    this.#closeSource().catch(() => undefined);
    if (this.#waiting === null) this.#last = { value: last };
    else this.#settle((waiting) => waiting.resolve({ done: false, value: last }));
  }

  /** The next result. Rejects with the source's error, which ends the stream. */
  next(): Promise<IteratorResult<Result, undefined>> {
    if (this.#last !== null) {
      const { value } = this.#last;
      this.#last = null;
      return Promise.resolve({ done: false, value });
    }
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined });
    this.#waiting = Promise.withResolvers();
    const { promise } = this.#waiting;
    void this.#pull();
    return promise;
  }

  /** Passes the next result of the source to the pending `next`. */
  async #pull(): Promise<void> {
    try {
      const { done, value } = await this.#source.next();
      this.#hooks.beforeResult?.();
      if (done === true) {
        this.#over();
        this.#settle(({ resolve }) => resolve({ done: true, value: undefined }));
      } else this.#settle(({ resolve }) => resolve({ done: false, value }));
    } catch (error) {
      this.#over();
      this.#settle(({ reject }) => reject(error));
    }
  }

  /** Ends the stream at once for the reader; resolves when the source is closed. */
  async return(): Promise<IteratorResult<Result, undefined>> {
    this.#over();
    this.#last = null;
    this.#settle(({ resolve }) => resolve({ done: true, value: undefined }));
    await this.#closeSource();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#hooks.onOver();
  }

  /** Settles the pending `next`, if there is one. */
  #settle(answer: (waiting: PromiseWithResolvers<IteratorResult<Result, undefined>>) => void): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null) answer(waiting);
  }

  async #closeSource(): Promise<void> {
    await this.#source.return?.();
  }
}
