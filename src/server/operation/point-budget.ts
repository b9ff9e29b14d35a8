// Points that each account may spend in a minute, counted in memory: each instance of the gateway counts by itself.
import { momentAfter, msBetween, type Clock, type Moment } from '../../clock.ts';

const MINUTE_MS = 60_000;

/** One minute of one account. It begins with the first point that the account spends after its last minute. */
interface Minute {
  readonly account: string;
  readonly endsAt: Moment;
  spent: number;
}

/** An account's points after a change. */
export interface Balance {
  /** Points left in this minute: 0 to the limit. */
  readonly remaining: number;
  /** How long until the account has all its points again, in milliseconds: 0 to 60 000. */
  readonly resetInMs: number;
}

/** The outcome of `spend`. */
export interface Payment extends Balance {
  /** Whether the account had too few points; then none were taken. */
  readonly isOver: boolean;
  /** Gives points of this payment back, unless its minute is over. */
  readonly giveBack: (points: number) => void;
}

/** A budget of `limit` points a minute for each account. */
export class PointBudget {
  readonly #limit: number;
  readonly #clock: Clock;
  /** In the order of their ends. */
  readonly #minutes = new Map<string, Minute>();

  constructor(limit: number, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Takes `points` from an account, or none if it has fewer. */
  spend(account: string, points: number): Payment {
    const minute = this.#minuteOf(account);
    const isOver = minute.spent + points > this.#limit;
    if (!isOver) minute.spent += points;
    return {
      ...this.#balanceOf(minute),
      isOver,
      // A minute that is over counts for nothing any more.
      giveBack: (unused) => {
        minute.spent = Math.max(0, minute.spent - unused);
      },
    };
  }

  /** Takes `points` from an account, or as many as it has. */
  take(account: string, points: number): void {
    const minute = this.#minuteOf(account);
    minute.spent = Math.min(this.#limit, minute.spent + points);
  }

  /** The points of an account now. */
  balance(account: string): Balance {
    return this.#balanceOf(this.#minuteOf(account));
  }

  #balanceOf({ spent, endsAt }: Minute): Balance {
    const resetInMs = Math.min(MINUTE_MS, Math.max(0, msBetween(this.#clock.moment(), endsAt)));
    return { remaining: this.#limit - spent, resetInMs };
  }

  /** The present minute of an account; a new one where the last is over. Forgets all minutes that are over. */
  #minuteOf(account: string): Minute {
    const now = this.#clock.moment();
    const known = this.#minutes.get(account);
    if (known !== undefined && known.endsAt > now) return known;
    for (const { account: other, endsAt } of this.#minutes.values()) {
      if (endsAt > now) break;
      this.#minutes.delete(other);
    }
    const minute = { account, endsAt: momentAfter(now, MINUTE_MS), spent: 0 };
    this.#minutes.set(account, minute);
    return minute;
  }
}
