// Limits how many reads may be repeated: 20 % of the first attempts of the last seconds, so that an API in trouble gets at most a
// fifth more requests from the gateway. Source: the usual form of a retry budget, as in Finagle and Envoy.
import { msBetween, type Clock, type Moment } from '../../clock.ts';

/** Repeated attempts for each first attempt. */
const RATIO = 0.2;
/**
 * Repeated attempts within the last seconds that are allowed without first attempts, so that a gateway with few calls can repeat
 * too.
 */
const LEAST = 2;
/** Attempts are counted in this window and the one before it, in milliseconds. */
const WINDOW_MS = 5000;
/** Longest wait before a repeated attempt, in milliseconds. */
const LONGEST_WAIT_MS = 200;

/** The retry budget of one family of endpoints. */
export class RetryBudget {
  readonly #clock: Clock;
  readonly #random: () => number;
  #beganAt: Moment;
  #first = 0;
  #repeated = 0;
  #firstBefore = 0;
  #repeatedBefore = 0;

  /** `random` returns a number in [0, 1). */
  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
    this.#beganAt = clock.moment();
  }

  /** Counts a first attempt. */
  noteFirst(): void {
    this.#roll();
    this.#first += 1;
  }

  /** Whether one more attempt may be repeated; counts it if so. */
  take(): boolean {
    this.#roll();
    const allowed = Math.max(LEAST, RATIO * (this.#first + this.#firstBefore));
    if (this.#repeated + this.#repeatedBefore + 1 > allowed) return false;
    this.#repeated += 1;
    return true;
  }

  /**
   * The wait before a repeated attempt, in milliseconds: random (full jitter), so that calls that failed together are not
   * repeated together.
   */
  waitMs(): number {
    return this.#random() * LONGEST_WAIT_MS;
  }

  #roll(): void {
    const now = this.#clock.moment();
    const elapsedMs = msBetween(this.#beganAt, now);
    if (elapsedMs < WINDOW_MS) return;
    const follows = elapsedMs < 2 * WINDOW_MS;
    this.#firstBefore = follows ? this.#first : 0;
    this.#repeatedBefore = follows ? this.#repeated : 0;
    this.#first = 0;
    this.#repeated = 0;
    this.#beganAt = now;
  }
}
