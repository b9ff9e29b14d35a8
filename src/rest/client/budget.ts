// Token bucket for all calls to one host. Priority: mutations, queries, polls, reads of tracks. Within a priority, accounts take
// turns. Reads of tracks are sent only while more than a quarter of the tokens is left, so no poll has to wait because of one. A
// heavy account, one that made more than a quarter of a second's calls in this or the previous second, is served (mutations
// excepted) only while more than a quarter of the tokens is left: heavy callers slow down only themselves. After a 429, calls to
// its family of endpoints wait; if a second family is refused meanwhile, calls to the whole host wait (pauses.ts).
import { msBetween, type Clock, type Moment } from '../../clock.ts';
import type { RestError, Subject } from '../errors.ts';
import { RestBudgetError, RestRateLimitedError } from '../errors.ts';
import type { BudgetObserver, BudgetOptions, Pace, Ticket } from './budget-options.ts';
import { familyOf } from './families.ts';
import { Pauses } from './pauses.ts';
import { RecentTurns } from './recent-turns.ts';
import { leastUrgent } from './shedding.ts';
import type { Priority, Urgency } from './urgency.ts';

interface Waiter extends Ticket {
  readonly family: string;
  readonly queuedAt: Moment;
  admit(): void;
  refuse(error: Error): void;
}

/** The timer that serves the queue again. */
interface Turn {
  /** The number of tokens for which it waits. */
  readonly tokens: number;
  readonly cancel: () => void;
}

/** Share of the bucket that heavy accounts and reads of tracks leave to others, and above which an account counts as heavy. */
const RESERVE = 0.25;

/** The queue and the tokens of one host. `take` before each call; `pause` upon a 429. */
export class Budget {
  readonly #clock: Clock;
  #perMs = 0;
  #burst = 1;
  #reserve = 0;
  readonly #queueLimit: number | undefined;
  readonly #observer: BudgetObserver | undefined;
  readonly #recent: RecentTurns;
  readonly #pauses: Pauses;
  readonly #waiters: Waiter[] = [];
  /** Serial number of each account's last turn. Cleared when the queue is empty. */
  readonly #lastTurns = new Map<string, number>();
  #turns = 0;
  #sent = 0;
  #tokens = 0;
  #refilledAt: Moment;
  #nextTurn: Turn | null = null;

  constructor(options: BudgetOptions) {
    this.#clock = options.clock;
    this.#queueLimit = options.queueLimit;
    this.#observer = options.observer;
    this.#recent = new RecentTurns(options.clock);
    this.#pauses = new Pauses(options.clock, () => this.#endPause());
    this.#refilledAt = options.clock.moment();
    this.setPace(options);
    this.#tokens = this.#burst;
  }

  /** Changes the rate from now on. The tokens in the bucket stay, up to the new size of the bucket. */
  setPace({ requestsPerSecond, burst = requestsPerSecond }: Pace): void {
    this.#refill();
    this.#perMs = requestsPerSecond / 1000;
    this.#burst = Math.max(1, burst);
    this.#reserve = Math.floor(this.#burst * RESERVE);
    this.#recent.many = this.#reserve;
    this.#planTurn();
  }

  /** The current rate: tokens added per second. */
  get requestsPerSecond(): number {
    return this.#perMs * 1000;
  }

  /** Number of calls that were sent since the start. */
  get sent(): number {
    return this.#sent;
  }

  /**
   * Whether the call may be sent at once: no call waits, and there are tokens for it. If not, call `take`. The same as a
   * `take` that does not wait, without a promise and a place in the queue.
   */
  takeAtOnce({ subject, urgency }: Ticket): boolean {
    if (this.#waiters.length > 0) return false;
    this.#refill();
    if (this.#tokens < this.#tokensFor({ urgency, family: familyOf(subject) })) return false;
    this.#tokens -= 1;
    this.#sent += 1;
    for (const account of urgency.accounts) this.#recent.note(account);
    this.#observer?.onTurn?.(urgency.priority, 0);
    return true;
  }

  /**
   * Resolves when the call may be sent. Rejects with the signal's reason when that aborts, with `RestRateLimitedError` when a
   * pause outlasts the call's deadline, with `RestBudgetError` when the queue is full, and with the error of `refuse`.
   */
  take(ticket: Ticket, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const leave = (): void => {
        this.#remove(waiter);
        reject(signal.reason as Error); // Flights abort with RestErrors only.
      };
      const waiter: Waiter = {
        ...ticket,
        family: familyOf(ticket.subject),
        queuedAt: this.#clock.moment(),
        admit: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
        refuse: (error) => {
          signal.removeEventListener('abort', leave);
          reject(error);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiters.push(waiter);
      ticket.urgency.onRaise(() => {
        if (this.#comesSooner(waiter)) this.#serve();
      });
      this.#refuseHopeless([waiter]);
      if (this.#comesSooner(waiter)) this.#serve();
      const limit = this.#queueLimit ?? Math.ceil(this.#burst * 10);
      if (this.#waiters.length > limit && this.#impatient().length > limit) this.#refuseLeast();
    });
  }

  /** Refuses the waiting calls of a family, each with the error that `errorFor` creates. */
  refuse(family: string, errorFor: (subject: Subject) => RestError): void {
    for (const waiter of this.#waiters.filter((each) => each.family === family)) {
      this.#remove(waiter);
      waiter.refuse(errorFor(waiter.subject));
    }
    this.#planTurn();
  }

  /**
   * Call after a 429 for a call of the family: pauses calls to the family, and perhaps to the whole host, for `forMs`
   * milliseconds (at most 120 000).
   */
  pause(family: string, forMs: number): void {
    this.#pauses.hold(family, forMs);
    this.#refuseHopeless([...this.#waiters]);
    this.#planTurn();
  }

  /** Number of queued calls, of one priority or of all. */
  waiting(priority?: Priority): number {
    if (priority === undefined) return this.#waiters.length;
    return this.#waiters.filter(({ urgency }) => urgency.priority === priority).length;
  }

  #impatient(): readonly Waiter[] {
    return this.#waiters.filter(({ isPatient }) => isPatient !== true);
  }

  #endPause(): void {
    // Continue with at most one token: an upstream that has just recovered must not get the whole queue as one burst.
    this.#refill();
    this.#tokens = Math.min(this.#tokens, 1);
    this.#serve();
  }

  #serve(): void {
    this.#refill();
    for (let next = this.#takeNext(); next !== undefined; next = this.#takeNext()) {
      this.#tokens -= 1;
      this.#sent += 1;
      this.#observer?.onTurn?.(next.urgency.priority, msBetween(next.queuedAt, this.#clock.moment()));
      next.admit();
    }
    this.#planTurn();
  }

  /** Sets the timer for the first queued call that is not paused. */
  #planTurn(): void {
    this.#cancelTurn();
    const tokens = Math.min(...this.#waiters.map((waiter) => this.#tokensFor(waiter)));
    if (!Number.isFinite(tokens)) return;
    const cancel = this.#clock.schedule(
      () => {
        this.#nextTurn = null;
        this.#serve();
      },
      Math.max(1, Math.ceil((tokens - this.#tokens) / this.#perMs)),
    );
    this.#nextTurn = { tokens, cancel };
  }

  /** Whether a new or raised call could be sent before the timer fires. If not, the queue need not be scanned for it. */
  #comesSooner(waiter: Waiter): boolean {
    return this.#tokensFor(waiter) < (this.#nextTurn?.tokens ?? Infinity);
  }

  #cancelTurn(): void {
    this.#nextTurn?.cancel();
    this.#nextTurn = null;
  }

  /**
   * Tokens that must be left for a call to be sent: one for mutations and light accounts, the reserve plus one for
   * heavy accounts and reads of tracks. Infinite while a pause holds the call back.
   */
  #tokensFor({ urgency, family }: Pick<Waiter, 'urgency' | 'family'>): number {
    if (this.#pauses.remainingMs(family) > 0) return Infinity;
    if (urgency.priority === 'mutation') return 1;
    if (urgency.priority !== 'tracks') {
      for (const account of urgency.accounts) if (!this.#recent.isHeavy(account)) return 1;
    }
    return 1 + this.#reserve;
  }

  #refill(): void {
    const now = this.#clock.moment();
    this.#tokens = Math.min(this.#burst, this.#tokens + msBetween(this.#refilledAt, now) * this.#perMs);
    this.#refilledAt = now;
  }

  /** Removes and returns the most urgent call for which enough tokens are left. */
  #takeNext(): Waiter | undefined {
    if (this.#tokens < 1) return undefined;
    let best: Waiter | undefined;
    for (const waiter of this.#waiters) {
      const goesFirst = best === undefined || this.#isBefore(waiter, best);
      if (goesFirst && this.#tokens >= this.#tokensFor(waiter)) best = waiter;
    }
    if (best === undefined) return undefined;
    this.#turns += 1;
    for (const account of best.urgency.accounts) {
      this.#lastTurns.set(account, this.#turns);
      this.#recent.note(account);
    }
    this.#remove(best);
    return best;
  }

  #isBefore({ urgency }: Waiter, { urgency: other }: Waiter): boolean {
    if (urgency.rank !== other.rank) return urgency.rank < other.rank;
    return this.#lastTurnOf(urgency) < this.#lastTurnOf(other);
  }

  /** A shared call counts for the account whose last turn was longest ago. */
  #lastTurnOf({ accounts }: Urgency): number {
    let last = Infinity;
    for (const account of accounts) last = Math.min(last, this.#lastTurns.get(account) ?? 0);
    return last;
  }

  /** The queue is full: refuses one call. */
  #refuseLeast(): void {
    const least = leastUrgent(this.#impatient());
    if (least === undefined) return;
    this.#remove(least);
    this.#observer?.onRefusal?.(least.urgency.priority);
    const waitMs = this.#waiters.length / this.#perMs + this.#pauses.remainingMs(least.family);
    least.refuse(new RestBudgetError('not sent: the queue for the upstream is full', waitMs, least.subject));
  }

  /** Refuses the calls whose deadline is before the end of their pause. */
  #refuseHopeless(waiters: readonly Waiter[]): void {
    const now = this.#clock.moment();
    for (const waiter of waiters) {
      const remainingMs = this.#pauses.remainingMs(waiter.family);
      if (remainingMs === 0) continue;
      // A patient call can time out only after it has been sent.
      const waitedMs = waiter.isPatient === true ? msBetween(waiter.queuedAt, now) : 0;
      if (msBetween(now, waiter.deadlineAt) + waitedMs >= remainingMs) continue;
      this.#remove(waiter);
      waiter.refuse(
        new RestRateLimitedError('not sent: the upstream asked for a pause', remainingMs, waiter.subject),
      );
    }
  }

  #remove(waiter: Waiter): void {
    const index = this.#waiters.indexOf(waiter);
    if (index >= 0) this.#waiters.splice(index, 1);
    if (this.#waiters.length > 0) return;
    this.#lastTurns.clear();
    this.#cancelTurn();
  }
}
