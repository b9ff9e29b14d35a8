// One subscriber of a channel or of the webhook bus: a bounded queue of values behind an async iterator. When the
// queue is full, `fold` replaces it by one value that is built when the reader takes it; without `fold` the oldest
// value is dropped.

/** The limits and hooks of a subscriber. */
export interface SubscriberOptions<T> {
  /** Values queued at most, beside those of `prefill`. */
  readonly queueSize: number;
  /** Builds the value that replaces a full queue, when the reader takes it; default: the oldest value is dropped. */
  readonly fold?: () => T;
  /** Called once, when the reader leaves (`return`) or the source ends (`end`). */
  readonly onEnd: () => void;
  /** Called for each value that the reader takes; default: no call. */
  readonly onTaken?: (value: T) => void;
}

interface PendingNext<T> {
  readonly resolve: (result: IteratorResult<T>) => void;
  readonly reject: (error: Error) => void;
}

/**
 * An async iterator, not an async generator: a generator's `return()` waits for a pending `next()`, this one resolves
 * at once and resolves that `next()` as done.
 */
export class Subscriber<T> implements AsyncIterableIterator<T>, AsyncDisposable {
  readonly #options: SubscriberOptions<T>;
  readonly #pending: PendingNext<T>[] = [];
  #queue: T[] = [];
  #limit: number;
  #isFolded = false;
  #isEnded = false;
  #error: Error | undefined;

  constructor(options: SubscriberOptions<T>) {
    this.#options = options;
    this.#limit = options.queueSize;
  }

  /** Queues the first values, however many. `queueSize` further ones have room until all of the queue is taken. */
  prefill(values: readonly T[]): void {
    for (const value of values) this.#put(value);
    this.#limit = this.#options.queueSize + this.#queue.length;
  }

  /** Queues a value. After `end` or `return` it does nothing; a folded queue already covers the value. */
  push(value: T): void {
    if (this.#isEnded || this.#isFolded) return;
    if (this.#queue.length < this.#limit || this.#pending.length > 0) {
      this.#put(value);
    } else if (this.#options.fold === undefined) {
      this.#queue.shift();
      this.#queue.push(value);
    } else {
      this.#queue = [];
      this.#isFolded = true;
    }
  }

  /** The next value. After the queued ones: rejects once with the error of `end`, then resolves as done. */
  next(): Promise<IteratorResult<T>> {
    if (this.#isFolded || this.#queue.length > 0) {
      return Promise.resolve({ done: false, value: this.#take() });
    }
    const error = this.#error;
    this.#error = undefined;
    if (error !== undefined) return Promise.reject(error);
    if (this.#isEnded) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => this.#pending.push({ resolve, reject }));
  }

  /** The reader leaves: queued values and a pending error are dropped. */
  return(): Promise<IteratorResult<T>> {
    this.#queue = [];
    this.#isFolded = false;
    this.#error = undefined;
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** The source ends: queued values can still be taken, then one `next()` rejects with `error`, if given. */
  end(error?: Error): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    if (error !== undefined) {
      const first = this.#pending.shift();
      if (first === undefined) this.#error = error;
      else first.reject(error);
    }
    for (const waiting of this.#pending.splice(0)) waiting.resolve({ done: true, value: undefined });
    this.#options.onEnd();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #put(value: T): void {
    const waiting = this.#pending.shift();
    if (waiting === undefined) {
      this.#queue.push(value);
      return;
    }
    this.#options.onTaken?.(value);
    waiting.resolve({ done: false, value });
  }

  #take(): T {
    const value = this.#isFolded && this.#options.fold ? this.#options.fold() : this.#queue.shift();
    this.#isFolded = false;
    if (this.#queue.length === 0) this.#limit = this.#options.queueSize;
    // `next` calls this only with a value at hand; T may include undefined, so the compiler cannot check that.
    const taken = value as T;
    this.#options.onTaken?.(taken);
    return taken;
  }
}
