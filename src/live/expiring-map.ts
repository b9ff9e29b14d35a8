// What is remembered for a while: bounded by age and number, without a timer. Oldest entries go first.
import type { Clock } from '../clock.ts';

export interface RecentOptions {
  readonly clock: Clock;
  /** Milliseconds. */
  readonly maxAgeMs: number;
  readonly maxEntries: number;
}

export class Recent<V> {
  readonly #options: RecentOptions;
  /** In the order of `since`. */
  readonly #entries = new Map<string, { readonly value: V; readonly since: number }>();

  constructor(options: RecentOptions) {
    this.#options = options;
  }

  get size(): number {
    this.#prune();
    return this.#entries.size;
  }

  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, since: this.#options.clock.now() });
    this.#prune();
  }

  get(key: string): V | undefined {
    this.#prune();
    return this.#entries.get(key)?.value;
  }

  /** Gives the value and forgets it. */
  take(key: string): V | undefined {
    const value = this.get(key);
    this.#entries.delete(key);
    return value;
  }

  clear(): void {
    this.#entries.clear();
  }

  #prune(): void {
    const oldest = this.#options.clock.now() - this.#options.maxAgeMs;
    for (const [key, { since }] of this.#entries) {
      if (since >= oldest && this.#entries.size <= this.#options.maxEntries) return;
      this.#entries.delete(key);
    }
  }
}
