// One reader: a bounded queue behind an async iterator. A reader that is too slow has its backlog folded into one
// value made when it reads on, or, where nothing can stand for the backlog, loses the oldest.

export interface SubscriberOptions<T> {
  /** How many values wait at most. */
  readonly size: number;
  /** Makes the one value that stands for a backlog; without it the oldest value is dropped. */
  readonly fold?: () => T;
  /** Called once, when the reader leaves or is ended. */
  readonly onEnd: () => void;
  /** Called when the reader takes a value. */
  readonly onTaken?: (value: T) => void;
}

interface Waiter<T> {
  readonly resolve: (result: IteratorResult<T>) => void;
  readonly reject: (error: Error) => void;
}

/** Unlike an async generator's, its `return()` settles at once, even while a `next()` waits. */
export class Subscriber<T> implements AsyncIterableIterator<T>, AsyncDisposable {
  readonly #options: SubscriberOptions<T>;
  readonly #waiters: Waiter<T>[] = [];
  #queue: T[] = [];
  #limit: number;
  #folded = false;
  #ended = false;
  #error: Error | undefined;

  constructor(options: SubscriberOptions<T>) {
    this.#options = options;
    this.#limit = options.size;
  }

  /** Puts values in at the beginning, however many. */
  prefill(values: readonly T[]): void {
    for (const value of values) this.#put(value);
    this.#limit = this.#options.size + this.#queue.length;
  }

  push(value: T): void {
    if (this.#ended || this.#folded) return;
    if (this.#queue.length < this.#limit || this.#waiters.length > 0) {
      this.#put(value);
    } else if (this.#options.fold === undefined) {
      this.#queue.shift();
      this.#queue.push(value);
    } else {
      this.#queue = [];
      this.#folded = true;
    }
  }

  next(): Promise<IteratorResult<T>> {
    if (this.#folded || this.#queue.length > 0) return Promise.resolve({ done: false, value: this.#take() });
    const error = this.#error;
    this.#error = undefined;
    if (error !== undefined) return Promise.reject(error);
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  /** The reader leaves: what waits is dropped. */
  return(): Promise<IteratorResult<T>> {
    this.#queue = [];
    this.#folded = false;
    this.#error = undefined;
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** No more values come: what waits is still read, then `error` is thrown, if any. */
  end(error?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    if (error !== undefined) {
      const first = this.#waiters.shift();
      if (first === undefined) this.#error = error;
      else first.reject(error);
    }
    for (const waiter of this.#waiters.splice(0)) waiter.resolve({ done: true, value: undefined });
    this.#options.onEnd();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #put(value: T): void {
    const waiter = this.#waiters.shift();
    if (waiter === undefined) {
      this.#queue.push(value);
      return;
    }
    this.#options.onTaken?.(value);
    waiter.resolve({ done: false, value });
  }

  #take(): T {
    const value = this.#folded && this.#options.fold ? this.#options.fold() : this.#queue.shift();
    this.#folded = false;
    if (this.#queue.length === 0) this.#limit = this.#options.size;
    // `next` calls this only when something waits, and T may itself hold undefined.
    const taken = value as T;
    this.#options.onTaken?.(taken);
    return taken;
  }
}
