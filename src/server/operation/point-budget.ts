// Points that each account may spend in a minute, counted in memory. Several instances of the gateway can share a budget: each
// instance counts its own points, and regularly gets the points that the others have counted (`changes`, `learn`).
import { momentAfter, msBetween, type Clock, type Moment } from '../../clock.ts';

const MINUTE_MS = 60_000;

/** The minute of a budget that is not shared. */
const OWN_MINUTE = { window: 0, endsInMs: MINUTE_MS };

/** The current minute of an account. */
export interface PointWindow {
  /** Identifies the minute: the same at all instances that share the budget, and different for each minute of an account. */
  readonly window: number;
  /** Time until the minute ends, in milliseconds: 0 to 60 000. */
  readonly endsInMs: number;
}

/** The minutes that instances share. */
export type PointWindows = (account: string) => PointWindow;

/** One minute of one account. By default it begins with the first point that the account spends after its last minute. */
interface Minute {
  readonly account: string;
  readonly window: number;
  readonly endsAt: Moment;
  /** Points that were spent here. */
  spent: number;
  /** Known points that were spent at other instances. */
  spentElsewhere: number;
}

/** What an account has spent at this instance in a minute, for other instances. */
export interface PointChange {
  readonly account: string;
  readonly window: number;
  readonly spent: number;
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
  /**
   * The code that shares the budget sets this callback. It is called at the first change of an account after `changes` has
   * returned all earlier ones.
   */
  onChange: () => void = () => undefined;
  readonly #limit: number;
  readonly #clock: Clock;
  readonly #windows: PointWindows | undefined;
  /** In the order in which they began; without shared windows they also end in this order. None is longer than 60 s. */
  readonly #minutes = new Map<string, Minute>();
  /** Minutes that have changed since the last `changes`; null: the budget is not shared. */
  readonly #changed: Set<Minute> | null;

  /** `windows`: the minutes of accounts, for a budget that instances share. Default: a minute begins with its first point. */
  constructor(limit: number, clock: Clock, windows?: PointWindows) {
    this.#limit = limit;
    this.#clock = clock;
    this.#windows = windows;
    this.#changed = windows === undefined ? null : new Set();
  }

  /** Takes `points` from an account, or none if it has fewer. */
  spend(account: string, points: number): Payment {
    const minute = this.#minuteOf(account);
    const isOver = minute.spent + minute.spentElsewhere + points > this.#limit;
    if (!isOver) {
      minute.spent += points;
      this.#noteChange(minute);
    }
    return {
      ...this.#balanceOf(minute),
      isOver,
      // A minute that has ended no longer counts.
      giveBack: (unused) => {
        minute.spent = Math.max(0, minute.spent - unused);
        this.#noteChange(minute);
      },
    };
  }

  /** Takes `points` from an account, or as many as it has. */
  take(account: string, points: number): void {
    const minute = this.#minuteOf(account);
    minute.spent += Math.min(points, this.#leftIn(minute));
    this.#noteChange(minute);
  }

  /** The points of an account now. */
  balance(account: string): Balance {
    return this.#balanceOf(this.#minuteOf(account));
  }

  /** Whether `changes` would return something. */
  get hasChanges(): boolean {
    return this.#changed !== null && this.#changed.size > 0;
  }

  /** What has changed since the last call, at most `most` minutes. Empty if the budget is not shared. */
  changes(most: number): readonly PointChange[] {
    const taken: Minute[] = [];
    for (const minute of this.#changed ?? []) {
      if (taken.length === most) break;
      taken.push(minute);
      this.#changed?.delete(minute);
    }
    return taken.map(({ account, window, spent }) => ({ account, window, spent }));
  }

  /** Takes back a change that could not be sent to the other instances; the next `changes` returns it again. */
  untold({ account, window }: PointChange): void {
    const minute = this.#minutes.get(account);
    if (minute?.window === window) this.#noteChange(minute);
  }

  /** All instances together have spent `total` points in the minute of `change`, with those of `change` in it. */
  learn({ account, window, spent }: PointChange, total: number): void {
    const minute = this.#minutes.get(account);
    if (minute?.window === window) minute.spentElsewhere = Math.max(0, total - spent);
  }

  #noteChange(minute: Minute): void {
    if (this.#changed === null) return;
    const isFirst = this.#changed.size === 0;
    this.#changed.add(minute);
    if (isFirst) this.onChange();
  }

  #leftIn({ spent, spentElsewhere }: Minute): number {
    return Math.max(0, this.#limit - spent - spentElsewhere);
  }

  #balanceOf(minute: Minute): Balance {
    const resetInMs = Math.min(MINUTE_MS, Math.max(0, msBetween(this.#clock.moment(), minute.endsAt)));
    return { remaining: this.#leftIn(minute), resetInMs };
  }

  /** The current minute of an account; a new one if the last has ended. Ended minutes are removed within a minute. */
  #minuteOf(account: string): Minute {
    const now = this.#clock.moment();
    const known = this.#minutes.get(account);
    if (known !== undefined && known.endsAt > now) return known;
    for (const { account: other, endsAt } of this.#minutes.values()) {
      if (endsAt > now) break;
      this.#minutes.delete(other);
    }
    const { window, endsInMs } = this.#windows?.(account) ?? OWN_MINUTE;
    const minute = { account, window, endsAt: momentAfter(now, endsInMs), spent: 0, spentElsewhere: 0 };
    this.#minutes.set(account, minute);
    return minute;
  }
}
