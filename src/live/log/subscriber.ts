// An async iterator over a source that is asked for its next value when a reader wants one. Nothing is queued here.
import type { Deliveries } from './deliveries.ts';

/** The source and the hooks of a subscriber. */
export interface SubscriberOptions<T extends object> {
  /** Returns the next value for the reader; undefined if the source has no value yet. */
  readonly take: () => T | undefined;
  /** The size of a value, which counts against the turn of the event loop. */
  readonly bytesOf: (value: T) => number;
  readonly deliveries: Deliveries;
  /** Called once, when the reader leaves (`return`) or the source ends (`end`). */
  readonly onEnd: () => void;
  /** Called for each value that the reader gets; default: no call. */
  readonly onTaken?: ((value: T) => void) | undefined;
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
  readonly #pending: PendingNext<T>[] = [];
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
      this.#pending.push({ resolve, reject });
      this.wake();
    });
  }

  /** Call when the source may have a value: a waiting reader gets it, in this turn of the event loop or a later one. */
  wake(): void {
    const { take, bytesOf, deliveries, onTaken } = this.#options;
    while (this.#pending.length > 0 && !this.#isWoken) {
      if (!deliveries.hasRoom) {
        this.#isWoken = true;
        deliveries.later(() => {
          this.#isWoken = false;
          this.wake();
        });
        return;
      }
      const value = this.#hasLeft ? undefined : take();
      if (value === undefined) {
        if (this.#isEnded) this.#finish();
        return;
      }
      deliveries.spend(bytesOf(value));
      onTaken?.(value);
      this.#pending.shift()?.resolve({ done: false, value });
    }
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

  #finish(): void {
    const error = this.#error;
    if (error !== undefined && this.#pending.length > 0) {
      this.#error = undefined;
      this.#pending.shift()?.reject(error);
    }
    for (const waiting of this.#pending.splice(0)) waiting.resolve({ done: true, value: undefined });
  }
}
