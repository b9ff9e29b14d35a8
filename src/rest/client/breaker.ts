// The circuit breaker of one family of endpoints. While the REST API fails, calls are refused immediately and not sent: callers
// need not wait for a call that will fail, and the API gets no needless load. In each period one call is sent, the probe, to find
// out whether the API is back. Several instances of the gateway inform each other when a breaker opens, probes and closes, so
// that together they send one probe in each period.
import { momentAfter, msBetween, type Clock, type Moment } from '../../clock.ts';
import { FailingObjects } from './failing-objects.ts';
import type { BreakerNews } from './client-news.ts';
import type { BreakerState } from './fault-observer.ts';

/**
 * The row of failures that opens the breaker lasts at least so long, in milliseconds: some rooms that the upstream fails at,
 * polled one after another, are no outage.
 */
const LEAST_OUTAGE_MS = 1000;
/**
 * A row that lasts so long, in milliseconds, opens the breaker whatever has failed: a room that works is polled each 10 s by
 * default, so by then it would have been answered.
 */
const LONG_OUTAGE_MS = 30_000;
/** An open breaker lets one probe through in each period of this length, in milliseconds. */
export const BREAKER_PERIOD_MS = 5000;

/**
 * After another instance's news an open breaker waits for so much longer than a period, and a random part of a second more: so
 * the instance that probed last probes again, and if it has no call to send, one of the others.
 */
const LATER_MS = 250;
const LATER_RANDOM_MS = 1000;
/**
 * An own answer in so many milliseconds before tells more than another instance's failures, of which its own network may be the
 * cause. Then the first own failure opens the breaker.
 */
const RECENT_ANSWER_MS = 2000;

/** How a request may be sent: as one of many, or as the probe; null: it must not be sent. */
export type Admission = 'call' | 'probe' | null;

/**
 * What a request showed: the upstream answered (also by refusing what the caller asked for), it failed, or neither, as its
 * caller left before.
 */
export type Outcome = 'answered' | 'failed' | 'unknown';

/** What a request was for. */
export interface Requested {
  /** The template of the route. It names an object if it has a parameter. */
  readonly subject: { readonly route: string };
  /** Path and query. */
  readonly target: string;
}

/** Everything that a `Breaker` needs. */
export interface BreakerOptions {
  readonly clock: Clock;
  /**
   * Failures in a row that open the breaker, if no answer comes for a second. Default 5: fewer happen by chance. An object counts
   * once a row, and not at all if it also failed while others were answered (`FailingObjects`).
   */
  readonly failures?: number | undefined;
  /** Called with each new state; half-open: as soon as the next call would be sent. Default: not called. */
  readonly onChange?: ((state: BreakerState) => void) | undefined;
  /** Called with what other instances should know, not with what they have told. Default: there are none. */
  readonly onNews?: ((news: BreakerNews) => void) | undefined;
  /** Returns a number in [0, 1). Default: Math.random. */
  readonly random?: (() => number) | undefined;
}

/** Needs no timer while it is closed, and makes nothing for a call. */
export class Breaker {
  readonly #clock: Clock;
  readonly #failuresToOpen: number;
  readonly #onChange: ((state: BreakerState) => void) | undefined;
  readonly #onNews: ((news: BreakerNews) => void) | undefined;
  readonly #random: () => number;
  readonly #objects: FailingObjects;
  /** Failures of the row that count. */
  #failures = 0;
  /** All failures of the row. */
  #allFailures = 0;
  /** The moment of the first failure of the row. */
  #failingSince: Moment | null = null;
  /** When the next probe is due; null: the breaker is closed. */
  #probeAt: Moment | null = null;
  #isProbing = false;
  /** The moment of the last answer; kept only if there are other instances. */
  #answeredAt: Moment | null = null;
  #cancelTimer = () => {};

  constructor({ clock, failures = 5, onChange, onNews, random = Math.random }: BreakerOptions) {
    this.#clock = clock;
    this.#objects = new FailingObjects(clock);
    this.#failuresToOpen = failures;
    this.#onChange = onChange;
    this.#onNews = onNews;
    this.#random = random;
  }

  /** `half-open` from the moment when a probe is due until it has shown something. */
  get state(): BreakerState {
    if (this.#probeAt === null) return 'closed';
    return this.#isProbing || this.#isDue(this.#probeAt) ? 'half-open' : 'open';
  }

  /** Whether a call would be refused now. Takes no probe. */
  get refuses(): boolean {
    return this.#probeAt !== null && (this.#isProbing || !this.#isDue(this.#probeAt));
  }

  /** Asks to send a request. Tell what an admitted one showed by `conclude`. */
  admit(): Admission {
    if (this.#probeAt === null) return 'call';
    if (this.refuses) return null;
    this.#isProbing = true;
    // Counted from the sending of the probe: one that hangs must not put off the next one.
    this.#probeAt = momentAfter(this.#clock.moment(), BREAKER_PERIOD_MS);
    this.#onNews?.('probing');
    return 'probe';
  }

  /**
   * What a request that was admitted showed. A call of before the breaker opened may close it, but not keep it open.
   * `requested` default: no object.
   */
  conclude(admission: Admission, outcome: Outcome, requested?: Requested): void {
    if (outcome === 'answered') {
      if (!this.#objects.isEmpty) this.#objects.answered(objectOf(requested));
      if (this.#onNews !== undefined) this.#answeredAt = this.#clock.moment();
      if (this.#close()) this.#onNews?.('closed');
      return;
    }
    const object = outcome === 'failed' ? objectOf(requested) : null;
    const counts = object === null || this.#objects.failed(object);
    if (admission === 'probe') return this.#endProbe(outcome);
    if (outcome === 'unknown' || this.#probeAt !== null) return;
    const now = this.#clock.moment();
    this.#allFailures += 1;
    if (counts) this.#failures += 1;
    this.#failingSince ??= now;
    const lastedMs = msBetween(this.#failingSince, now);
    const failures = lastedMs < LONG_OUTAGE_MS ? this.#failures : this.#allFailures;
    if (lastedMs < LEAST_OUTAGE_MS || failures < this.#failuresToOpen) return;
    this.#open(BREAKER_PERIOD_MS);
    this.#onNews?.('open');
  }

  /** Takes the news of another instance. */
  hear(news: BreakerNews): void {
    if (news === 'closed') return void this.#close();
    if (this.#isProbing) return;
    const now = this.#clock.moment();
    const wasOpen = this.state === 'open';
    if (this.#probeAt === null) {
      this.#failingSince = momentAfter(now, -LEAST_OUTAGE_MS);
      const isAnswered = this.#answeredAt !== null && msBetween(this.#answeredAt, now) < RECENT_ANSWER_MS;
      this.#failures = Math.max(this.#failures, this.#failuresToOpen - 1);
      if (isAnswered) return;
      this.#failures = this.#failuresToOpen;
    } else if (news === 'open') return;
    const waitMs = BREAKER_PERIOD_MS + LATER_MS + this.#random() * LATER_RANDOM_MS;
    if (wasOpen) this.#waitUntil(momentAfter(now, waitMs));
    else this.#open(waitMs);
  }

  /** Ends the timer. */
  stop(): void {
    this.#cancelTimer();
  }

  /** Whether it was open. */
  #close(): boolean {
    if (this.#failingSince === null) return false;
    this.#failures = 0;
    this.#allFailures = 0;
    this.#failingSince = null;
    if (this.#probeAt === null) return false;
    this.#probeAt = null;
    this.#isProbing = false;
    this.#cancelTimer();
    this.#onChange?.('closed');
    return true;
  }

  #open(waitMs: number): void {
    this.#waitUntil(momentAfter(this.#clock.moment(), waitMs));
    this.#onChange?.('open');
  }

  #endProbe(outcome: 'failed' | 'unknown'): void {
    // Another call has closed the breaker meanwhile.
    if (!this.#isProbing || this.#probeAt === null) return;
    this.#isProbing = false;
    // A probe that showed nothing leaves its place to the next call.
    this.#waitUntil(outcome === 'unknown' ? this.#clock.moment() : this.#probeAt);
    if (this.state === 'open') this.#onChange?.('open');
  }

  #waitUntil(probeAt: Moment): void {
    this.#probeAt = probeAt;
    this.#cancelTimer();
    const waitMs = Math.max(0, msBetween(this.#clock.moment(), probeAt));
    this.#cancelTimer = this.#clock.schedule(() => this.#onChange?.('half-open'), waitMs);
  }

  #isDue(probeAt: Moment): boolean {
    return this.#clock.moment() >= probeAt;
  }
}

/** The path of the object that a request names; null: it names none, such as a list. */
function objectOf(requested: Requested | undefined): string | null {
  if (requested?.subject.route.includes('{') !== true) return null;
  const [path = ''] = requested.target.split('?');
  return path;
}
