// The wait between two polls: short after a change, longer while nothing changes, longer after failures. Random jitter
// only shortens a wait, so the upper bound holds; without jitter, loops that began together would poll together.

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
/** The part of a wait that jitter can take off. */
const JITTER = 0.2;
/** More than after quiet polls: an outage makes all loops fail at once, and they must not retry at once. */
const FAILURE_JITTER = 0.5;

/** One instance for each loop of polls. Each method reports a poll's outcome and returns the wait in milliseconds. */
export class Pace {
  readonly #options: PaceOptions;
  #intervalMs: number;
  #backoffMs = 0;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#intervalMs = options.fastestMs;
  }

  /** The poll showed a change, or one is expected: the shortest wait. */
  changed(): number {
    this.#backoffMs = 0;
    this.#intervalMs = this.#options.fastestMs;
    return this.#intervalMs;
  }

  /** The poll showed no change: the wait grows by half, minus up to 20 %. */
  quiet(): number {
    this.#backoffMs = 0;
    this.#intervalMs = this.#capped(this.#intervalMs * QUIET_FACTOR);
    return this.#jittered(this.#intervalMs, JITTER);
  }

  /** The poll failed: the wait starts at the shortest and doubles, minus up to 50 %. */
  failed(): number {
    this.#backoffMs = this.#capped(this.#backoffMs * FAILURE_FACTOR);
    return this.#jittered(this.#backoffMs, FAILURE_JITTER);
  }

  #capped(ms: number): number {
    return Math.min(Math.max(ms, this.#options.fastestMs), this.#options.slowestMs);
  }

  #jittered(ms: number, share: number): number {
    return this.#capped(ms * (1 - share * this.#options.random()));
  }
}
