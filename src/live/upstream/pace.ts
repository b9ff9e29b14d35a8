// How long to wait between two looks: short after a change, longer while nothing happens, longer upon failures.
// The jitter only shortens, so that no wait exceeds the slowest bound; it keeps many loops from falling into step.

export interface PaceOptions {
  /** Milliseconds. */
  readonly fastestMs: number;
  /** Milliseconds. */
  readonly slowestMs: number;
  /** In [0, 1). */
  readonly random: () => number;
}

const QUIET_FACTOR = 1.5;
const FAILURE_FACTOR = 2;
const JITTER = 0.2;
/** Wide, so that loops that failed together do not come back together. */
const FAILURE_JITTER = 0.5;

/** Each call says how the last look went and answers the wait in milliseconds, between the two bounds. */
export class Pace {
  readonly #options: PaceOptions;
  #intervalMs: number;
  #backoffMs = 0;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#intervalMs = options.fastestMs;
  }

  /** Something is going on: as fast as allowed, from now on. */
  changed(): number {
    this.#backoffMs = 0;
    this.#intervalMs = this.#options.fastestMs;
    return this.#intervalMs;
  }

  quiet(): number {
    this.#backoffMs = 0;
    this.#intervalMs = this.#capped(this.#intervalMs * QUIET_FACTOR);
    return this.#jittered(this.#intervalMs, JITTER);
  }

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
