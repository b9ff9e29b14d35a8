// Decides which entries of a log the store keeps: by bytes and age, the same amount as a log in memory. The leader makes this
// decision, and only for the entries that it has written.
import { msBetween, type Clock, type Moment } from '../../clock.ts';

/** The most bytes of entries. */
const MAX_BYTES = 4 * 1024 * 1024;
/** The greatest age of an entry, in milliseconds. */
const MAX_AGE_MS = 15 * 60 * 1000;

interface Entry {
  readonly lastSeq: number;
  readonly bytes: number;
  readonly at: Moment;
}

/** One instance for each time that an instance leads a log. */
export class KeptEntries {
  readonly #clock: Clock;
  /** Oldest first. */
  readonly #entries: Entry[] = [];
  #bytes = 0;
  #keptFrom = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Entries whose last event has a smaller number need not be kept. */
  get keptFrom(): number {
    return this.#keptFrom;
  }

  /** An entry is written. */
  add(lastSeq: number, bytes: number): void {
    const now = this.#clock.moment();
    this.#entries.push({ lastSeq, bytes, at: now });
    this.#bytes += bytes;
    for (let [oldest] = this.#entries; oldest !== undefined; [oldest] = this.#entries) {
      if (this.#bytes <= MAX_BYTES && msBetween(oldest.at, now) <= MAX_AGE_MS) return;
      this.#entries.shift();
      this.#bytes -= oldest.bytes;
      this.#keptFrom = oldest.lastSeq + 1;
    }
  }
}
