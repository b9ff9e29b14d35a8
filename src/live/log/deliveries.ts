// Distributes deliveries over turns of the event loop. The work for each delivered event (resolving fields, writing text) blocks
// the loop, so without this a burst of changes with many readers would block it for seconds.

/** Bytes of events that are delivered in one turn of the event loop: about 50 changes, or one snapshot. */
const BYTES_A_TURN = 50_000;

/** A reader that waits for a turn of its own. */
export interface Waiting {
  /** Called once, in a later turn. */
  turn(): void;
}

/** One instance for the whole live core. */
export class Deliveries {
  #spent = 0;
  /** Those before `#next` have had their turn. */
  #waiting: Waiting[] = [];
  #next = 0;
  #isScheduled = false;

  /** Whether an event may be delivered in this turn. */
  get hasRoom(): boolean {
    return this.#spent < BYTES_A_TURN;
  }

  /** Counts the bytes that were delivered, or work of the same cost. */
  spend(bytes: number): void {
    this.#spent += bytes;
    this.#schedule();
  }

  /** Calls `reader.turn` in a later turn, in the order of the calls. */
  later(reader: Waiting): void {
    this.#waiting.push(reader);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#isScheduled = false;
    this.#spent = 0;
    // Readers that come meanwhile go behind the others: the reader that has waited longest goes first.
    const end = this.#waiting.length;
    while (this.#next < end && this.hasRoom) {
      this.#waiting[this.#next]?.turn();
      this.#next += 1;
    }
    this.#dropServed();
    if (this.#waiting.length > 0) this.#schedule();
  }

  /** Not at each turn: many readers may wait for many turns. */
  #dropServed(): void {
    if (this.#next === 0 || this.#next * 2 < this.#waiting.length) return;
    this.#waiting = this.#waiting.slice(this.#next);
    this.#next = 0;
  }
}
