// The memory that all logs take together. When it is full, the oldest poll of any log is dropped.

/** The events of one poll in one log. */
export interface HeldEvents {
  /** Estimated size in memory. */
  readonly bytes: number;
  /** Removes the events from their log, in which they are the oldest. Calls `LogMemory.remove`. */
  drop(): void;
}

/** One instance for the whole live core. */
export class LogMemory {
  readonly #maxBytes: number;
  /** Oldest first. */
  readonly #held = new Set<HeldEvents>();
  #bytes = 0;

  /** `maxBytes`: the most bytes of events in all logs together. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes of the events in all logs. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Counts the events of a poll, and drops the oldest ones of all logs while there are too many. */
  add(events: HeldEvents): void {
    this.#held.add(events);
    this.#bytes += events.bytes;
    for (const oldest of this.#held) {
      if (this.#bytes <= this.#maxBytes) return;
      oldest.drop();
    }
  }

  /** Call when a log has removed these events. */
  remove(events: HeldEvents): void {
    if (this.#held.delete(events)) this.#bytes -= events.bytes;
  }
}
