// The token bucket that every call to one host of the upstream takes from: mutations first, then queries, then polls;
// among calls of one kind callers have their turns one after another, and reads of who takes much leave a reserve to the
// others, so that it is they who wait.
// A 429 of any of them pauses all (the vendor documents no limits, so a 429 is taken to mean the workspace).
import type { Clock } from '../../clock.ts';
import type { Subject } from '../errors.ts';
import { RestBudgetError, RestRateLimitedError } from '../errors.ts';
import { RecentTurns } from './recent-turns.ts';
import type { Urgency } from './urgency.ts';

export interface Ticket {
  readonly subject: Subject;
  readonly urgency: Urgency;
  /** The clock's instant after which the turn is of no use. */
  readonly deadlineAt: number;
}

export interface BudgetOptions {
  readonly clock: Clock;
  /** Refill a second, and the burst (at least 1). */
  readonly requestsPerSecond: number;
  /** Calls that may wait; default: what ten seconds refill. Beyond it the least urgent is refused. */
  readonly queueLimit?: number | undefined;
}

interface Waiter extends Ticket {
  admit(): void;
  refuse(error: Error): void;
}

/** When those who wait are looked at again. */
interface Turn {
  /** As soon as there are so many tokens. */
  readonly tokens: number;
  readonly cancel: () => void;
}

/** This share of the burst is left to callers who have not taken as much within a second. */
const RESERVE = 0.25;
/** The longest pause that a 429 can ask for, in milliseconds. */
const MAX_PAUSE_MS = 120_000;

export class Budget {
  readonly #clock: Clock;
  readonly #perMs: number;
  readonly #burst: number;
  readonly #queueLimit: number;
  readonly #reserve: number;
  readonly #recent: RecentTurns;
  readonly #waiters: Waiter[] = [];
  /** When each account had its last turn, counted in turns, for as long as somebody waits. */
  readonly #lastTurns = new Map<string, number>();
  #turns = 0;
  #tokens: number;
  #refilledAt: number;
  #pausedUntil = 0;
  #resume: (() => void) | null = null;
  #nextTurn: Turn | null = null;

  constructor(options: BudgetOptions) {
    this.#clock = options.clock;
    this.#perMs = options.requestsPerSecond / 1000;
    this.#burst = Math.max(1, options.requestsPerSecond);
    this.#queueLimit = options.queueLimit ?? Math.ceil(this.#burst * 10);
    this.#reserve = Math.floor(this.#burst * RESERVE);
    this.#recent = new RecentTurns(options.clock, this.#reserve);
    this.#tokens = this.#burst;
    this.#refilledAt = options.clock.now();
  }

  /**
   * Resolves when the call may be sent. Rejects with the signal's reason, with `RestRateLimitedError` when a pause
   * outlasts the call's deadline, with `RestBudgetError` when too many wait already.
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
      ticket.urgency.onRaise(() => this.#serve());
      if (this.#resume !== null) this.#refuseHopeless();
      if (this.#comesSooner(waiter)) this.#serve();
      if (this.#waiters.length > this.#queueLimit) this.#refuseLeast();
    });
  }

  /** Nothing is sent for `forMs` (at most 120 s). Returns the pause that holds now, in milliseconds. */
  pause(forMs: number): number {
    const ms = Math.min(Math.max(0, forMs), MAX_PAUSE_MS);
    if (this.#resume !== null && this.#remainingPauseMs() >= ms) return this.#remainingPauseMs();
    this.#resume?.();
    this.#cancelTurn();
    this.#pausedUntil = this.#clock.now() + ms;
    this.#resume = this.#clock.schedule(() => this.#endPause(), ms);
    this.#refuseHopeless();
    return ms;
  }

  /** How many calls wait for their turn. */
  get waiting(): number {
    return this.#waiters.length;
  }

  #endPause(): void {
    this.#resume = null;
    // Those who waited leave at the bucket's pace and not as one burst into an upstream that has just recovered.
    this.#tokens = 1;
    this.#refilledAt = this.#clock.now();
    this.#serve();
  }

  #serve(): void {
    if (this.#resume !== null) return;
    this.#refill();
    for (let next = this.#takeNext(); next !== undefined; next = this.#takeNext()) {
      this.#tokens -= 1;
      next.admit();
    }
    this.#cancelTurn();
    if (this.#waiters.length === 0) return;
    const tokens = Math.min(...this.#waiters.map((waiter) => this.#tokensFor(waiter)));
    const cancel = this.#clock.schedule(
      () => {
        this.#nextTurn = null;
        this.#serve();
      },
      Math.max(1, Math.ceil((tokens - this.#tokens) / this.#perMs)),
    );
    this.#nextTurn = { tokens, cancel };
  }

  /** Whether a newcomer may go before the turn that is planned: of hundreds that come at once, hardly any. */
  #comesSooner(newcomer: Waiter): boolean {
    return this.#nextTurn === null || this.#tokensFor(newcomer) < this.#nextTurn.tokens;
  }

  #cancelTurn(): void {
    this.#nextTurn?.cancel();
    this.#nextTurn = null;
  }

  /** How many tokens there must be for a call to go: mutations, and reads of callers who take little, need one. */
  #tokensFor({ urgency }: Waiter): number {
    if (urgency.priority === 'mutation') return 1;
    for (const account of urgency.accounts) if (!this.#recent.hasHadMany(account)) return 1;
    return 1 + this.#reserve;
  }

  #refill(): void {
    const now = this.#clock.now();
    // A wall clock can step back; that must not stop the refill.
    const elapsed = Math.max(0, now - this.#refilledAt);
    this.#tokens = Math.min(this.#burst, this.#tokens + elapsed * this.#perMs);
    this.#refilledAt = now;
  }

  /** The most urgent call among those for which there are tokens enough. */
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

  /** Of those who wait for a call together, the one who has waited longest counts. */
  #lastTurnOf({ accounts }: Urgency): number {
    let last = Infinity;
    for (const account of accounts) last = Math.min(last, this.#lastTurns.get(account) ?? 0);
    return last;
  }

  /** Of the least urgent the youngest of whoever has most of them gives way, which may be the newcomer itself. */
  #refuseLeast(): void {
    const rank = Math.max(...this.#waiters.map(({ urgency }) => urgency.rank));
    const candidates = this.#waiters.filter(({ urgency }) => urgency.rank === rank);
    const counts = new Map<string, number>();
    const countOf = ({ urgency }: Waiter) =>
      Math.min(...Array.from(urgency.accounts, (account) => counts.get(account) ?? 0));
    for (const { urgency } of candidates) {
      for (const account of urgency.accounts) counts.set(account, (counts.get(account) ?? 0) + 1);
    }
    let least: Waiter | undefined;
    for (const waiter of candidates) {
      if (least === undefined || countOf(waiter) >= countOf(least)) least = waiter;
    }
    if (least === undefined) return;
    this.#remove(least);
    const waitMs = this.#waiters.length / this.#perMs + this.#remainingPauseMs();
    least.refuse(new RestBudgetError('not sent, too many calls wait already', waitMs, least.subject));
  }

  #refuseHopeless(): void {
    const remainingMs = this.#remainingPauseMs();
    for (const waiter of this.#waiters.filter((each) => each.deadlineAt < this.#pausedUntil)) {
      this.#remove(waiter);
      waiter.refuse(
        new RestRateLimitedError('not sent, the upstream asked for a pause', remainingMs, waiter.subject),
      );
    }
  }

  #remainingPauseMs(): number {
    return this.#resume === null ? 0 : Math.max(0, this.#pausedUntil - this.#clock.now());
  }

  #remove(waiter: Waiter): void {
    const index = this.#waiters.indexOf(waiter);
    if (index >= 0) this.#waiters.splice(index, 1);
    if (this.#waiters.length > 0) return;
    this.#lastTurns.clear();
    this.#cancelTurn();
  }
}
