// Which accounts are heavy: those that made many calls in this second or in the previous one.
import { msBetween, type Clock, type Moment } from '../../clock.ts';

const WINDOW_MS = 1000;

/** Counts calls by account, in windows of one second. Memory: the accounts of two windows. */
export class RecentTurns {
  readonly #clock: Clock;
  /** An account with more calls than this in one window is heavy. */
  many = 0;
  #counts = new Map<string, number>();
  /** Accounts that were heavy in the previous window. */
  #hadMany: ReadonlySet<string> = new Set();
  #beganAt: Moment;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#beganAt = clock.moment();
  }

  /** Counts one call. */
  note(account: string): void {
    this.#roll();
    this.#counts.set(account, (this.#counts.get(account) ?? 0) + 1);
  }

  /** Whether the account is heavy. */
  isHeavy(account: string): boolean {
    this.#roll();
    return this.#hadMany.has(account) || (this.#counts.get(account) ?? 0) > this.many;
  }

  #roll(): void {
    const now = this.#clock.moment();
    const elapsedMs = msBetween(this.#beganAt, now);
    if (elapsedMs < WINDOW_MS) return;
    const follows = elapsedMs < 2 * WINDOW_MS;
    const ofLast = follows ? [...this.#counts].filter(([, count]) => count > this.many) : [];
    this.#hadMany = new Set(ofLast.map(([account]) => account));
    this.#counts = new Map();
    this.#beganAt = now;
  }
}
