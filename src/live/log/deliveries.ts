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
  #waiting: Waiting[] = [];
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
    const waiting = this.#waiting;
    this.#waiting = [];
    let called = 0;
    while (called < waiting.length && this.hasRoom) {
      waiting[called]?.turn();
      called += 1;
    }
    // Before readers that have come meanwhile: the reader that has waited longest goes first.
    this.#waiting = [...waiting.slice(called), ...this.#waiting];
    if (this.#waiting.length > 0) this.#schedule();
  }
}
