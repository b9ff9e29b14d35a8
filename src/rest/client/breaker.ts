// The circuit breaker of one family of endpoints. While the upstream fails, its calls are refused at once in place of being
// sent: callers need not wait for what will fail, and an upstream in trouble is left alone. One call a period, the probe, is
// sent to see whether the upstream is back.
import { momentAfter, msBetween, type Clock, type Moment } from '../../clock.ts';
import type { BreakerState } from './fault-observer.ts';

/**
 * The row of failures that opens the breaker lasts at least so long, in milliseconds: some rooms that the upstream fails at,
 * polled one after another, are no outage.
 */
const LEAST_OUTAGE_MS = 1000;
/** An open breaker lets one probe through in each period of this length, in milliseconds. */
export const BREAKER_PERIOD_MS = 5000;

/** How a request may be sent: as one of many, or as the probe; null: it must not be sent. */
export type Admission = 'call' | 'probe' | null;

/**
 * What a request showed: the upstream answered (also by refusing what the caller asked for), it failed, or neither, as its
 * caller left before.
 */
export type Outcome = 'answered' | 'failed' | 'unknown';

/** Everything that a `Breaker` needs. */
export interface BreakerOptions {
  readonly clock: Clock;
  /** Failures in a row that open the breaker, if no answer comes for a second. Default 5: fewer happen by chance. */
  readonly failures?: number | undefined;
  /** Called with each new state; half-open: as soon as the next call would be sent. Default: not called. */
  readonly onChange?: ((state: BreakerState) => void) | undefined;
}

/** Needs no timer while it is closed, and makes nothing for a call. */
export class Breaker {
  readonly #clock: Clock;
  readonly #failuresToOpen: number;
  readonly #onChange: ((state: BreakerState) => void) | undefined;
  #failures = 0;
  /** The moment of the first failure of the row. */
  #failingSince: Moment | null = null;
  /** When the next probe is due; null: the breaker is closed. */
  #probeAt: Moment | null = null;
  #isProbing = false;
  #cancelTimer = () => {};

  constructor({ clock, failures = 5, onChange }: BreakerOptions) {
    this.#clock = clock;
    this.#failuresToOpen = failures;
    this.#onChange = onChange;
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
    return 'probe';
  }

  /** What a request that was admitted showed. A call of before the breaker opened may close it, but not keep it open. */
  conclude(admission: Admission, outcome: Outcome): void {
    if (outcome === 'answered') return this.#close();
    if (admission === 'probe') return this.#endProbe(outcome);
    if (outcome === 'unknown' || this.#probeAt !== null) return;
    const now = this.#clock.moment();
    this.#failures += 1;
    this.#failingSince ??= now;
    const isLong = msBetween(this.#failingSince, now) >= LEAST_OUTAGE_MS;
    if (isLong && this.#failures >= this.#failuresToOpen) this.#open();
  }

  /** Ends the timer. */
  stop(): void {
    this.#cancelTimer();
  }

  #close(): void {
    if (this.#failures === 0) return;
    this.#failures = 0;
    this.#failingSince = null;
    if (this.#probeAt === null) return;
    this.#probeAt = null;
    this.#isProbing = false;
    this.#cancelTimer();
    this.#onChange?.('closed');
  }

  #open(): void {
    this.#waitUntil(momentAfter(this.#clock.moment(), BREAKER_PERIOD_MS));
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
