// A reader of a source: when the reader wants a value, it takes the next one from the source. Nothing is queued here. The values
// can be read by iteration. Or, without a promise for each value, a reader that was registered by `attach` is given them while it
// waits, and takes them when it is ready again.
import type { Deliveries } from './deliveries.ts';
import type { Taker } from './taken-events.ts';

/** The source and the hooks of a subscriber. */
export interface SubscriberOptions<T extends object> {
  /** Returns the next value for the reader; undefined if the source has no value yet. */
  take(): T | undefined;
  /** The size of a value, which counts against the turn of the event loop. Called once for each value that is taken. */
  bytesOf(value: T): number;
  readonly deliveries: Deliveries;
  /** Called once, when the reader leaves (`return`) or the source ends (`end`). */
  onEnd(): void;
  /** Called for each value that the reader gets; default: no call. */
  onTaken?(value: T): void;
}

interface PendingNext<T> {
  readonly resolve: (result: IteratorResult<T>) => void;
  readonly reject: (error: Error) => void;
}

/**
 * An async iterator, not an async generator: a generator's `return()` waits for a pending `next()`, this one resolves
 * at once and resolves that `next()` as done. Of many readers, some get their values in later turns of the event loop.
 */
export class Subscriber<T extends object> implements AsyncIterableIterator<T>, AsyncDisposable {
  readonly #options: SubscriberOptions<T>;
  #pending: PendingNext<T>[] | null = null;
  #taker: Taker<T> | null = null;
  #isWoken = false;
  #isEnded = false;
  #hasLeft = false;
  #error: Error | undefined;

  constructor(options: SubscriberOptions<T>) {
    this.#options = options;
  }

  /** The next value. After the last one: rejects once with the error of `end`, then resolves as done. */
  next(): Promise<IteratorResult<T>> {
    return new Promise((resolve, reject) => {
      this.#pending ??= [];
      this.#pending.push({ resolve, reject });
      this.wake();
    });
  }

  /** From now on the reader takes values by `take` or is given them. `next` must not be called any more. */
  attach(taker: Taker<T>): void {
    this.#taker = taker;
  }

  /** The next value; undefined: the source has none now, or this turn of the event loop has no room for it. */
  take(): T | undefined {
    const { deliveries } = this.#options;
    if (this.#isWoken || this.#hasLeft) return undefined;
    if (!deliveries.hasRoom) {
      this.#isWoken = true;
      deliveries.later(this);
      return undefined;
    }
    const value = this.#options.take();
    if (value === undefined) return undefined;
    deliveries.spend(this.#options.bytesOf(value));
    this.#options.onTaken?.(value);
    return value;
  }

  /** Whether the source has ended and `take` has returned its last value: no value follows. */
  get isOver(): boolean {
    return this.#hasLeft || (this.#isEnded && !this.#isWoken);
  }

  /** The error with which the source has ended; undefined: none, or it was told to a reader already. */
  get error(): Error | undefined {
    return this.#error;
  }

  /** Call when the source may have a value: a waiting reader gets it, in this turn of the event loop or a later one. */
  wake(): void {
    if (this.#isWoken) return;
    if (this.#taker !== null) return this.#give(this.#taker);
    while (this.#pending !== null && this.#pending.length > 0) {
      const value = this.take();
      if (value === undefined) {
        if (this.#isEnded && !this.#isWoken) this.#finish();
        return;
      }
      this.#pending.shift()?.resolve({ done: false, value });
    }
  }

  /** Called by `Deliveries` in a later turn. */
  turn(): void {
    this.#isWoken = false;
    this.wake();
  }

  /** The reader leaves: remaining values and a pending error are dropped. */
  return(): Promise<IteratorResult<T>> {
    this.#hasLeft = true;
    this.end();
    this.#error = undefined;
    this.#finish();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** The source ends: its remaining values can still be taken, then one `next()` rejects with `error`, if given. */
  end(error?: Error): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#error = error;
    this.wake();
    this.#options.onEnd();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #give(taker: Taker<T>): void {
    while (taker.isWaiting) {
      const value = this.take();
      if (value === undefined) {
        if (this.isOver) taker.wake();
        return;
      }
      taker.give(value);
    }
    taker.wake();
  }

  #finish(): void {
    const pending = this.#pending ?? [];
    const error = this.#error;
    if (error !== undefined && pending.length > 0) {
      this.#error = undefined;
      pending.shift()?.reject(error);
    }
    for (const waiting of pending.splice(0)) waiting.resolve({ done: true, value: undefined });
  }
}
