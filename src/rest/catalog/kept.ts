// A short memory of slowly changing resources: fresh for a while, then stale for a while, then gone. What was
// forgotten (a write, a webhook) isn't brought back by an answer that was under way at that moment.
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../clock.ts';

export interface KeptOptions {
  readonly clock: Clock;
  /** Age up to which a resource is fresh, in milliseconds. */
  readonly ttlMs: number;
  /** Age up to which it may still be answered while it is asked for anew, in milliseconds. */
  readonly staleMs: number;
  readonly maxEntries: number;
}

/** How long after `forget` a resource of unknown age is refused: no request is under way for longer. */
const QUARANTINE_MS = 10_000;

export class Kept<T extends object> {
  readonly #options: KeptOptions;
  readonly #entries: LRUCache<string, { readonly value: T; readonly storedAt: number }>;
  readonly #forgotten: LRUCache<string, { readonly order: number; readonly at: number }>;
  #order = 0;

  constructor(options: KeptOptions) {
    this.#options = options;
    this.#entries = new LRUCache({ max: options.maxEntries });
    this.#forgotten = new LRUCache({ max: options.maxEntries });
  }

  look(key: string): { readonly value: T; readonly fresh: boolean } | null {
    const entry = this.#entries.get(key);
    if (entry === undefined) return null;
    const age = this.#options.clock.now() - entry.storedAt;
    if (age > this.#options.staleMs) return null;
    return { value: entry.value, fresh: age <= this.#options.ttlMs };
  }

  /** To be taken before a request is sent and given to `keep` with its answer. */
  mark(): number {
    return this.#order;
  }

  /** Keeps `value`, unless the key was forgotten since `mark` or, without a mark, in the last 10 s. */
  keep(key: string, value: T, mark?: number): void {
    const now = this.#options.clock.now();
    const forgotten = this.#forgotten.get(key);
    if (forgotten !== undefined) {
      if (mark === undefined ? now - forgotten.at < QUARANTINE_MS : forgotten.order > mark) return;
    }
    this.#entries.set(key, { value, storedAt: now });
  }

  forget(key: string): void {
    this.#order += 1;
    this.#entries.delete(key);
    this.#forgotten.set(key, { order: this.#order, at: this.#options.clock.now() });
  }
}
