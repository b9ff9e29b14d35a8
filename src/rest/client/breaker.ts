// The circuit breaker of one family of endpoints. While the REST API fails, calls are refused immediately and not sent: callers
// need not wait for a call that will fail, and the API gets no needless load. In each period one call is sent, the probe, to find
// out whether the API is back. Several instances of the gateway inform each other when a breaker opens, probes and closes, so
// that together they send one probe in each period.
import { momentAfter, msBetween, type Clock, type Moment } from '../../clock.ts';
import { FailingObjects } from './failing-objects.ts';
import type { BreakerNews } from './client-news.ts';
import type { BreakerState } from './fault-observer.ts';

/**
 * The failures in a row that open the breaker span at least this time, in milliseconds. A few rooms for which the upstream fails,
 * polled one after another, are not an outage.
 */
const LEAST_OUTAGE_MS = 1000;
/**
 * Failures in a row for this long, in milliseconds, open the breaker whatever they were for. A working room is polled every 10 s
 * by default, so by then one of its polls would have succeeded.
 */
const LONG_OUTAGE_MS = 30_000;
/** An open breaker lets one probe through in each period of this length, in milliseconds. */
export const BREAKER_PERIOD_MS = 5000;

/**
 * After news from another instance, an open breaker waits this much longer than a period, plus a random part of a second. So the
 * instance that probed last probes again; only if it has no call to send does another instance probe.
 */
const LATER_MS = 250;
const LATER_RANDOM_MS = 1000;
/**
 * An answer that this instance got within this many milliseconds counts more than failures of another instance, which may be
 * caused by that instance's network. The first failure of this instance then opens the breaker.
 */
const RECENT_ANSWER_MS = 2000;

/** How a request may be sent: as a normal request, or as the probe; null if it must not be sent. */
export type Admission = 'call' | 'probe' | null;

/**
 * What a request showed: the upstream answered (a refusal of the caller's request is an answer too), it failed, or neither,
 * because the caller left before.
 */
export type Outcome = 'answered' | 'failed' | 'unknown';

/** What a request was for. */
export interface Requested {
  /** The template of the route. If it has a parameter, the request is for one object. */
  readonly subject: { readonly route: string };
  /** Path and query. */
  readonly target: string;
}

/** Everything that a `Breaker` needs. */
export interface BreakerOptions {
  readonly clock: Clock;
  /**
   * Failures in a row that open the breaker, if no answer comes for a second. Default 5: fewer happen by chance. An object counts
   * once in a row of failures, and not at all if it also failed while others were answered (`FailingObjects`).
   */
  readonly failures?: number | undefined;
  /** Called with each new state; half-open: as soon as the next call would be sent. Default: not called. */
  readonly onChange?: ((state: BreakerState) => void) | undefined;
  /** Called with news for other instances, not with news from them. Default: there are no other instances. */
  readonly onNews?: ((news: BreakerNews) => void) | undefined;
  /** Returns a number in [0, 1). Default: Math.random. */
  readonly random?: (() => number) | undefined;
}

/** Needs no timer while it is closed, and allocates nothing for a call. */
export class Breaker {
  readonly #clock: Clock;
  readonly #failuresToOpen: number;
  readonly #onChange: ((state: BreakerState) => void) | undefined;
  readonly #onNews: ((news: BreakerNews) => void) | undefined;
  readonly #random: () => number;
  readonly #objects: FailingObjects;
  /** The failures in the current row that count. */
  #failures = 0;
  /** All failures in the current row. */
  #allFailures = 0;
  /** When the first failure of the current row happened. */
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

  /** `half-open` from the moment when a probe is due until it has a result. */
  get state(): BreakerState {
    if (this.#probeAt === null) return 'closed';
    return this.#isProbing || this.#isDue(this.#probeAt) ? 'half-open' : 'open';
  }

  /** Whether a call would be refused now. Takes no probe. */
  get refuses(): boolean {
    return this.#probeAt !== null && (this.#isProbing || !this.#isDue(this.#probeAt));
  }

  /** Asks for permission to send a request. Report the result of a permitted one by `conclude`. */
  admit(): Admission {
    if (this.#probeAt === null) return 'call';
    if (this.refuses) return null;
    this.#isProbing = true;
    // The period begins when the probe is sent, so that a probe that hangs does not delay the next one.
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
    // If a probe shows nothing, the next call becomes the probe.
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

/** The path of the object that a request is for; null if it is for none, for example a list. */
function objectOf(requested: Requested | undefined): string | null {
  if (requested?.subject.route.includes('{') !== true) return null;
  const [path = ''] = requested.target.split('?');
  return path;
}
