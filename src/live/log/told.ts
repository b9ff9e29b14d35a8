// An event on its way to its readers. Readers that get the same event get the same object, so a result that one of them has
// computed from it (its text for clients) can be used by the others.

/** Bytes that count for a reader after the first one: nothing is resolved for it, and its text is written already. */
const REPEATED_BYTES = 100;
/** A repeated event counts as this share of its size: its text is copied to another client. */
const REPEATED_SHARE = 0.01;

/** One event for all readers with equal filters; it lives until the next poll. No reader may modify the event. */
export class Told<E extends object> {
  /** The event. */
  readonly event: E;
  /** The event's cursor; null: it has none. */
  readonly cursor: string | null;
  /** What readers have made of the event, by a key that says for whom; see src/server/groups. */
  readonly answers = new Map<string, object>();
  readonly #bytesOf: () => number;
  #bytes: number | null = null;

  /** `bytesOf`: the estimated size of the event in memory. */
  constructor(event: E, bytesOf: (event: E) => number) {
    this.event = event;
    this.cursor = 'cursor' in event ? String(event.cursor) : null;
    this.#bytesOf = () => bytesOf(event);
  }

  /** Another event in place of this one, for one reader. */
  with<Other extends object>(event: Other): Told<Other> {
    return new Told(event, () => this.#bytes ?? 0);
  }

  /** The bytes that one more delivery counts as in its turn of the event loop. */
  get deliveryBytes(): number {
    if (this.#bytes !== null) return REPEATED_BYTES + this.#bytes * REPEATED_SHARE;
    this.#bytes = this.#bytesOf();
    return this.#bytes;
  }
}
