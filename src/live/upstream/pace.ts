// The wait between two polls: short after a change, longer while nothing changes, longer after failures. After the first failure
// in a row the wait is short, to distinguish a single failure from an outage. Random jitter only shortens a wait, so the upper
// bound holds. Without jitter, rooms whose polling began together would always be polled together.

/** The bounds of a Pace. */
export interface PaceOptions {
  /** Shortest wait, in milliseconds: after a change. */
  readonly fastestMs: number;
  /** Longest wait, in milliseconds: after many polls without a change, or many failures. */
  readonly slowestMs: number;
  /** Returns a number in [0, 1); a test passes a constant to do without jitter. */
  readonly random: () => number;
}

/** Growth of the wait with each poll that shows no change. */
const QUIET_FACTOR = 1.5;
/** Growth of the wait with each failure in a row. */
const FAILURE_FACTOR = 2;
const MAX_DOUBLINGS = 30;
/** The part of a wait that jitter can take off. */
const JITTER = 0.2;
/** More than after quiet polls: an outage makes all loops fail at once, and they must not retry at once. */
const FAILURE_JITTER = 0.5;

/** One instance for each loop of polls. Each method reports a poll's outcome and returns the wait in milliseconds. */
export class Pace {
  readonly #options: PaceOptions;
  #quietMs: number;
  #intervalMs: number;
  #failures = 0;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#quietMs = options.fastestMs;
    this.#intervalMs = options.fastestMs;
  }

  /** The latest wait in milliseconds, without its jitter. */
  get intervalMs(): number {
    return this.#intervalMs;
  }

  /** The poll showed a change, or one is expected: the shortest wait. */
  changed(): number {
    this.#failures = 0;
    this.#quietMs = this.#options.fastestMs;
    this.#intervalMs = this.#quietMs;
    return this.#intervalMs;
  }

  /**
   * The poll showed no change: the wait grows by half, minus up to 20 %. `lateMs`: for how long the poll waited for its
   * turn after it was due; nothing has changed for that long too, so the wait is at least that.
   */
  quiet(lateMs = 0): number {
    this.#failures = 0;
    this.#quietMs = this.#capped(Math.max(this.#quietMs * QUIET_FACTOR, lateMs));
    this.#intervalMs = this.#quietMs;
    return this.#jittered(JITTER);
  }

  /**
   * The poll failed: the wait starts at the shortest and doubles, minus up to 50 %, but from the second failure in a row
   * on it is at least that of a quiet room.
   */
  failed(): number {
    const { fastestMs } = this.#options;
    const doubledMs = fastestMs * FAILURE_FACTOR ** Math.min(this.#failures, MAX_DOUBLINGS);
    this.#intervalMs = this.#capped(this.#failures === 0 ? fastestMs : Math.max(doubledMs, this.#quietMs));
    this.#failures += 1;
    return this.#jittered(FAILURE_JITTER);
  }

  #capped(ms: number): number {
    return Math.min(Math.max(ms, this.#options.fastestMs), this.#options.slowestMs);
  }

  #jittered(share: number): number {
    return this.#capped(this.#intervalMs * (1 - share * this.#options.random()));
  }
}
