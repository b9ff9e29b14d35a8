// A map that removes entries that are older than a maximum age, and the oldest entries when it is full. Entries are in the order
// of `set`, so each call removes the expired ones from the front, without a timer. An LRU cache would keep expired entries until
// it is full.
import { msBetween, type Clock, type Moment } from '../clock.ts';
import { mapKey } from '../map-key.ts';

/** The bounds of an ExpiringMap. */
export interface ExpiringMapOptions {
  readonly clock: Clock;
  /** Age in milliseconds after which an entry is removed. */
  readonly maxAgeMs: number;
  /** Entries held; one more removes the entry whose `set` is longest ago. */
  readonly maxEntries: number;
}

/** Called with each value that expires or has no room: not with one that is replaced, taken or cleared. */
type OnDropped<V> = (value: V) => void;

/** Used for the feeds of rooms that lost their last subscriber, and for what webhooks reported. */
export class ExpiringMap<V> {
  readonly #options: ExpiringMapOptions;
  readonly #onDropped: OnDropped<V> | undefined;
  /** By `mapKey`, because keys contain texts of webhooks. In the order of `since`. */
  readonly #entries = new Map<string, { readonly value: V; readonly since: Moment }>();

  constructor(options: ExpiringMapOptions, onDropped?: OnDropped<V>) {
    this.#options = options;
    this.#onDropped = onDropped;
  }

  /** Number of entries that have not expired. */
  get size(): number {
    this.#removeExpired();
    return this.#entries.size;
  }

  /** Sets a value; its age starts at 0, also when the key had one. */
  set(key: string, value: V): void {
    const short = mapKey(key);
    this.#entries.delete(short);
    this.#entries.set(short, { value, since: this.#options.clock.moment() });
    this.#removeExpired();
  }

  /** The value, unless it has expired. Reading it does not change its age. */
  get(key: string): V | undefined {
    this.#removeExpired();
    return this.#entries.get(mapKey(key))?.value;
  }

  /** Removes the entry and returns its value, unless it has expired. */
  take(key: string): V | undefined {
    const value = this.get(key);
    this.#entries.delete(mapKey(key));
    return value;
  }

  clear(): void {
    this.#entries.clear();
  }

  #removeExpired(): void {
    const { clock, maxAgeMs, maxEntries } = this.#options;
    const now = clock.moment();
    for (const [key, { since }] of this.#entries) {
      if (msBetween(since, now) <= maxAgeMs && this.#entries.size <= maxEntries) return;
      this.#drop(key);
    }
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    if (entry !== undefined) this.#onDropped?.(entry.value);
  }
}
