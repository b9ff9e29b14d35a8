// A stream of results that can be ended from outside. It is no async generator, whose `return` would wait for the
// event that its `next` waits for, and it races no promises, which would pile up on one that lives long.

/** Passes a stream on until its source, its reader or `end` ends it. It is read by one, who asks for one at a time. */
export class EndableStream<Result> implements AsyncIterableIterator<Result, undefined> {
  readonly #source: AsyncIterator<Result>;
  readonly #onOver: () => void;
  #waiting: PromiseWithResolvers<IteratorResult<Result, undefined>> | null = null;
  #last: { readonly value: Result } | null = null;
  #isOver = false;

  /** `onOver` is called once, when the stream is over for whatever reason. */
  constructor(source: AsyncIterable<Result>, onOver: () => void) {
    this.#source = source[Symbol.asyncIterator]();
    this.#onOver = onOver;
  }

  /** Ends the stream after `last`, without waiting for its source. Ending twice is harmless. */
  end(last: Result): void {
    if (this.#isOver) return;
    this.#over();
    this.#closeSource().catch(() => undefined);
    if (this.#waiting === null) this.#last = { value: last };
    else this.#settle((waiting) => waiting.resolve({ done: false, value: last }));
  }

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

  /** Hands the next result of the source to the reader who waits for it. */
  async #pull(): Promise<void> {
    try {
      const { done, value } = await this.#source.next();
      if (done === true) {
        this.#over();
        this.#settle(({ resolve }) => resolve({ done: true, value: undefined }));
      } else this.#settle(({ resolve }) => resolve({ done: false, value }));
    } catch (error) {
      this.#over();
      this.#settle(({ reject }) => reject(error));
    }
  }

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
    this.#onOver();
  }

  /** Answers the reader who waits, if one does. */
  #settle(answer: (waiting: PromiseWithResolvers<IteratorResult<Result, undefined>>) => void): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null) answer(waiting);
  }

  async #closeSource(): Promise<void> {
    await this.#source.return?.();
  }
}
