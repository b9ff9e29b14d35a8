// Counts the failed reads of a room, and decides when the room is stale. A read fails only because of the REST API. Waiting for
// the gateway's own budget is not a failure, but makes the interval between reads longer.
import { msBetween, type Moment } from '../../clock.ts';

/** Failures in a row that make a room stale, however young its state is: a single one passes unnoticed. */
const FAILURES_UNTIL_STALE = 2;
/** One failure is enough when the state is older than this many of the intervals that the room gets under load. */
const INTERVALS_UNTIL_STALE = 2;
/** The shortest such age, in milliseconds: the deadline of a REST call, so a call that hangs needs no second one. */
const LEAST_AGE_MS = 5000;

/** One instance for each room feed. */
export class Failures {
  #count = 0;
  #intervalMs = 0;
  #polledAt: Moment | null = null;
  #confirmedAt: Moment | null = null;

  /** When the last poll was sent; null: no poll was since `reset`. */
  get polledAt(): Moment | null {
    return this.#polledAt;
  }

  /** Polling begins, or begins again after a pause. */
  reset(): void {
    this.#count = 0;
    this.#intervalMs = 0;
    this.#polledAt = null;
    this.#confirmedAt = null;
  }

  /** A poll was sent at `now`. The time since the last one is the interval that the room gets. */
  polled(now: Moment): void {
    if (this.#polledAt !== null) this.#intervalMs = msBetween(this.#polledAt, now);
    this.#polledAt = now;
  }

  /** A read succeeded: the state is confirmed at `now`. */
  succeeded(now: Moment): void {
    this.#count = 0;
    this.#confirmedAt = now;
  }

  /** A read failed, at `now`. Returns whether the room is stale. */
  failed(now: Moment): boolean {
    this.#count += 1;
    if (this.#count >= FAILURES_UNTIL_STALE) return true;
    const oldMs = Math.max(LEAST_AGE_MS, INTERVALS_UNTIL_STALE * this.#intervalMs);
    return this.#confirmedAt !== null && msBetween(this.#confirmedAt, now) >= oldMs;
  }
}
