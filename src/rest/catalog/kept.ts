// A cache of slowly changing resources: an entry is first fresh, then stale, then removed. If an entry is removed after a write
// or a webhook, an answer that was in flight at that moment does not restore it.
import { LRUCache } from 'lru-cache';
import { msBetween, type Clock, type Moment } from '../../clock.ts';

/** Ages and size of one cache. */
export interface KeptOptions {
  readonly clock: Clock;
  /** Age up to which a resource is fresh, in milliseconds. */
  readonly ttlMs: number;
  /** Age up to which a resource may still be answered while it is refreshed, in milliseconds. */
  readonly staleMs: number;
  /** Age up to which a resource may still be answered while the upstream is out, in milliseconds. */
  readonly outageMs: number;
  /** Maximum number of entries; the oldest is removed first. */
  readonly maxEntries: number;
  /** Maximum bytes of JSON of all entries together; in memory they take about three times as much. */
  readonly maxBytes: number;
}

/** A resource from memory. */
export interface KeptResource<T> {
  readonly value: T;
  readonly fresh: boolean;
  /** Its age in milliseconds if its last refresh failed because the upstream is out, else null. */
  readonly outageAgeMs: number | null;
}

interface Entry<T> {
  readonly value: T;
  storedAt: Moment;
  /** Its last refresh failed because the upstream is out. */
  isOutOfReach: boolean;
}

/** For this time after `forget`, in milliseconds, a resource of unknown age is not kept. No request is in flight for longer. */
const QUARANTINE_MS = 10_000;

/** More levels than any documented answer has. Answers that are nested deeper are not kept. */
const MAX_DEPTH = 100;
const TOO_LARGE = 1e12;

/**
 * About as many bytes as the value has as JSON. Several times as fast as `JSON.stringify`, and each page of rooms needs it 20
 * times.
 */
function jsonBytes(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 4;
  if (depth > MAX_DEPTH) return TOO_LARGE;
  let bytes = 1;
  // Answers are parsed JSON: all keys are their own.
  for (const key in value) bytes += key.length + 4 + jsonBytes(Reflect.get(value, key), depth + 1);
  return bytes;
}

/**
 * The cache of one type, by id. Never calls the upstream itself. Entries that are too old are removed when another one
 * is stored, not by a timer; until then the bounds limit their number.
 */
export class Kept<T extends object> {
  readonly #options: KeptOptions;
  readonly #entries: LRUCache<string, Entry<T>>;
  readonly #forgotten: LRUCache<string, { readonly order: number; readonly at: Moment }>;
  #order = 0;

  constructor(options: KeptOptions) {
    this.#options = options;
    // With `max` both would allocate the memory of so many entries at once. So `keep` limits the number of entries.
    this.#entries = new LRUCache({
      maxSize: options.maxBytes,
      sizeCalculation: ({ value }) => jsonBytes(value, 0),
    });
    this.#forgotten = new LRUCache({ maxSize: options.maxEntries, sizeCalculation: () => 1 });
  }

  /** The entry; null when missing or older than `staleMs`. */
  lookUp(key: string): KeptResource<T> | null {
    // `peek` does not count as use: the entries stay in the order in which they were stored.
    const entry = this.#entries.peek(key);
    if (entry === undefined) return null;
    const age = msBetween(entry.storedAt, this.#options.clock.moment());
    if (age > this.#options.staleMs) return null;
    const { value, isOutOfReach } = entry;
    return { value, fresh: age <= this.#options.ttlMs, outageAgeMs: isOutOfReach ? age : null };
  }

  /**
   * Call when reading the key has failed because the upstream is out. Returns the entry and its age; null when missing or
   * older than `outageMs`.
   */
  lookUpInOutage(key: string): { readonly value: T; readonly ageMs: number } | null {
    const entry = this.#entries.peek(key);
    if (entry === undefined) return null;
    entry.isOutOfReach = true;
    const ageMs = msBetween(entry.storedAt, this.#options.clock.moment());
    return ageMs > this.#options.outageMs ? null : { value: entry.value, ageMs };
  }

  /** Take a mark before a request is sent; pass it to `keep` with the answer. */
  mark(): number {
    return this.#order;
  }

  /** Stores `value`, unless the key was forgotten since `mark` or, without a mark, within the last 10 s. */
  keep(key: string, value: T, mark?: number): void {
    const now = this.#options.clock.moment();
    const forgotten = this.#forgotten.get(key);
    if (forgotten !== undefined) {
      if (mark === undefined ? msBetween(forgotten.at, now) < QUARANTINE_MS : forgotten.order > mark) return;
    }
    // `get` counts as use, so that the entry goes behind those that were stored before.
    const entry = this.#entries.get(key);
    if (entry?.value === value) {
      entry.storedAt = now;
      entry.isOutOfReach = false;
    } else {
      this.#entries.set(key, { value, storedAt: now, isOutOfReach: false });
      if (this.#entries.size > this.#options.maxEntries) this.#entries.pop();
    }
    this.#letGo(now);
  }

  #letGo(now: Moment): void {
    for (const key of this.#entries.rkeys()) {
      const entry = this.#entries.peek(key);
      if (entry !== undefined && msBetween(entry.storedAt, now) <= this.#options.outageMs) return;
      this.#entries.delete(key);
    }
  }

  /** Drops the entry; answers in flight do not restore it. */
  forget(key: string): void {
    this.#order += 1;
    this.#entries.delete(key);
    this.#forgotten.set(key, { order: this.#order, at: this.#options.clock.moment() });
  }
}
