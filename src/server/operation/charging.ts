// Charges callers for operations, in points a minute. The first point is charged before an operation is parsed, so that a refused
// operation also costs its caller something. The whole price is charged when it is known. After the operation has run, unused
// points are given back, or REST calls beyond the price are charged.
import type { Clock } from '../../clock.ts';
import { POINTS_PER_CALL } from './field-price.ts';
import { PointBudget, type Balance, type Payment } from './point-budget.ts';
import type { ServerObserver } from '../observer.ts';
import { rateLimited } from '../refusals.ts';

/** `extensions.cost` of an answer. */
export interface Cost {
  /** The most that the operation may cost, at least 1: taken before it ran. */
  readonly requested: number;
  /**
   * The real cost: at least 1, at least 10 for each REST call that the operation caused, and 1 for each 10 kB of an answer beyond
   * its first 100 kB.
   */
  readonly actual: number;
  /** Points that the account has each minute. */
  readonly limit: number;
  /** Points that the account has left in this minute. */
  readonly remaining: number;
  /** When the account has all its points again, as an ISO 8601 instant. */
  readonly resetAt: string;
}

/** What one operation costs its account, from its admission on. */
export interface Bill {
  /** Call it for each REST call that the operation causes. Once the bill is settled, each is charged at once. */
  readonly called: () => void;
  /** Call it with the bytes of each answer of the REST API that the operation reads. They are not part of the price. */
  readonly read: (bytes: number) => void;
  /**
   * Settles the bill. Call it with the points of the objects in the operation's result (for a subscription: in its first event),
   * or with 0 if the operation was refused or aborted. Only the first call counts.
   */
  settle(objects: number): void;
  /** The cost of the operation so far, and the remaining points of its account. */
  cost(): Cost;
  /** The points that the operation has cost so far: `actual` of its cost. */
  readonly points: number;
}

/** Both functions throw a GraphQLError RATE_LIMITED if the account has too few points, and then take none. */
export interface Charging {
  /** Takes one point; call it before the operation is parsed. */
  chargeFirstPoint(account: string): void;
  /**
   * Takes `points` minus the first point; call it when the price of the operation is known. Undefined if points are not counted.
   */
  open(account: string, points: number): Bill | undefined;
}

/**
 * `pointsPerMinute`: the points of each account; 0: points are not counted. `observer`: gets points that are spent, and first
 * points that are refused; the caller of `open` reports a refusal. `budget`: counts the points; default: a budget of this
 * instance only.
 */
export function createCharging(
  pointsPerMinute: number,
  clock: Clock,
  observer?: Pick<ServerObserver, 'onPointsSpent' | 'onPointsRefused'>,
  budget = new PointBudget(pointsPerMinute, clock),
): Charging {
  if (pointsPerMinute === 0) return { chargeFirstPoint: () => undefined, open: () => undefined };
  return {
    chargeFirstPoint(account) {
      const { isOver, resetInMs } = budget.spend(account, 1);
      if (!isOver) return;
      observer?.onPointsRefused(1);
      throw rateLimited(`All ${pointsPerMinute} points of this minute are spent.`, resetInMs);
    },
    open(account, points) {
      const requested = Math.max(1, points);
      const payment = budget.spend(account, requested - 1);
      if (payment.isOver) throw tooFewPoints(requested, pointsPerMinute, payment);
      return new OpenBill({ budget, account, requested, payment, limit: pointsPerMinute, clock, observer });
    },
  };
}

interface BillOptions {
  readonly budget: PointBudget;
  readonly account: string;
  readonly requested: number;
  readonly payment: Payment;
  readonly limit: number;
  readonly clock: Clock;
  readonly observer: Pick<ServerObserver, 'onPointsSpent'> | undefined;
}

/** Bytes of an answer that are included in the price of its call. */
const BYTES_PER_CALL = 100_000;
/** Further bytes that cost one point. */
const BYTES_PER_POINT = 10_000;

class OpenBill implements Bill {
  readonly #options: BillOptions;
  #calls = 0;
  #readPoints = 0;
  /** Points that the account has paid for the operation. */
  #paid: number;
  #isSettled = false;

  constructor(options: BillOptions) {
    this.#options = options;
    this.#paid = options.requested;
  }

  readonly called = (): void => {
    this.#calls += 1;
    if (this.#isSettled) this.#take(POINTS_PER_CALL);
  };

  readonly read = (bytes: number): void => {
    const points = Math.floor(Math.max(0, bytes - BYTES_PER_CALL) / BYTES_PER_POINT);
    this.#readPoints += points;
    if (this.#isSettled) this.#take(points);
  };

  #take(points: number): void {
    const { budget, account, observer } = this.#options;
    budget.take(account, points);
    this.#paid += points;
    observer?.onPointsSpent(points);
  }

  settle(objects: number): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    const { budget, account, payment, observer } = this.#options;
    const used = Math.max(1, this.#calls * POINTS_PER_CALL + this.#readPoints + Math.ceil(objects));
    if (used > this.#paid) budget.take(account, used - this.#paid);
    else payment.giveBack(this.#paid - used);
    this.#paid = used;
    observer?.onPointsSpent(used);
  }

  get points(): number {
    return this.#paid;
  }

  cost(): Cost {
    const { budget, account, requested, limit, clock } = this.#options;
    const { remaining, resetInMs } = budget.balance(account);
    const resetAt = textOf(Math.floor(clock.now() + resetInMs));
    return { requested, actual: this.#paid, limit, remaining, resetAt };
  }
}

/** The last time that was formatted: nearly all operations of an account within a minute have the same. */
let written = { instant: 0, text: new Date(0).toISOString() };

function textOf(instant: number): string {
  if (instant !== written.instant) written = { instant, text: new Date(instant).toISOString() };
  return written.text;
}

function tooFewPoints(requested: number, limit: number, { remaining, resetInMs }: Balance) {
  return rateLimited(
    `The operation may cost ${requested} points, and ${remaining} of ${limit} a minute are left.`,
    resetInMs,
  );
}
