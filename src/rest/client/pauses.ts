// The pauses after answers with the status 429. After a 429, calls to its family of endpoints wait; while two families wait at
// the same time, every call to the host waits. Source: the vendor documents a 429 only for the log of webhooks and its replay
// ("retry after 45 seconds"), so a single 429 does not mean that other endpoints are limited.
import { momentAfter, msBetween, type Clock, type Moment } from '../../clock.ts';

/** The longest pause that a 429 can cause, in milliseconds. */
export const MAX_PAUSE_MS = 120_000;

/** The families that are paused now. */
export class Pauses {
  readonly #clock: Clock;
  readonly #onEnd: () => void;
  readonly #endsAt = new Map<string, Moment>();

  /** Calls `onEnd` each time a pause ends. */
  constructor(clock: Clock, onEnd: () => void) {
    this.#clock = clock;
    this.#onEnd = onEnd;
  }

  /** Pauses the family for `forMs` milliseconds (at most 120 000). A current pause that lasts longer stays. */
  hold(family: string, forMs: number): void {
    const ms = Math.min(Math.max(0, forMs), MAX_PAUSE_MS);
    const endsAt = momentAfter(this.#clock.moment(), ms);
    const known = this.#endsAt.get(family);
    if (known !== undefined && known >= endsAt) return;
    this.#endsAt.set(family, endsAt);
    this.#clock.schedule(() => this.#end(family, endsAt), ms);
  }

  /** How long calls of the family wait, in milliseconds; 0 when they may be sent. */
  remainingMs(family: string): number {
    if (this.#endsAt.size === 0) return 0;
    const own = this.#endsAt.get(family);
    return Math.max(0, own === undefined ? 0 : this.#msUntil(own), this.#hostRemainingMs());
  }

  /** How long two families are paused, and so the host: until the second latest end. 0 if at most one family is. */
  #hostRemainingMs(): number {
    const remaining = Array.from(this.#endsAt.values(), (endsAt) => this.#msUntil(endsAt));
    const [, second = 0] = remaining.toSorted((one, other) => other - one);
    return second;
  }

  #msUntil(moment: Moment): number {
    return msBetween(this.#clock.moment(), moment);
  }

  #end(family: string, endsAt: Moment): void {
    // A later 429 has made this pause longer.
    if (this.#endsAt.get(family) !== endsAt) return;
    this.#endsAt.delete(family);
    this.#onEnd();
  }
}
