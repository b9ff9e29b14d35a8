// Decides when and how often a call is sent. A call waits for its turn in the budget, and is refused while the circuit breaker of
// its family is open. Its deadline begins when it is first sent, and includes all attempts. A read that fails because of an
// outage is repeated once.
import { momentAfter, type Clock } from '../../clock.ts';
import type { Subject } from '../errors.ts';
import {
  isOutage,
  RestBreakerOpenError,
  RestBudgetError,
  RestError,
  RestTimeoutError,
  RestUnauthorizedError,
} from '../errors.ts';
import type { Budget } from './budget.ts';
import type { Outcome } from './breaker.ts';
import type { Call } from './call.ts';
import { familyOf } from './families.ts';
import type { FaultObserver } from './fault-observer.ts';
import type { Flight } from './flights.ts';
import type { FamilyHealth, Health } from './health.ts';
import type { Permit } from './permit.ts';
import type { Sender } from './sender.ts';

/** The parts that `Attempts` joins, and its limits. */
export interface AttemptsOptions {
  readonly clock: Clock;
  readonly budget: Budget;
  readonly health: Health;
  readonly sender: Sender;
  readonly observer: FaultObserver | undefined;
  /** Maximum wait for a turn in the budget, in milliseconds. */
  readonly queueMs: number;
  /** From the first sending to the last byte of the last attempt, in milliseconds. */
  readonly deadlineMs: number;
}

/** The attempts of all calls of one client. */
export class Attempts {
  readonly #options: AttemptsOptions;

  constructor(options: AttemptsOptions) {
    this.#options = options;
  }

  /** Waits for a turn in the budget, however long it takes; see `RestClient.permit`. */
  async waitForTurn(subject: Subject, flight: Flight): Promise<void> {
    if (this.#options.health.of(subject).breaker.refuses) throw this.#refusal(subject);
    await this.#turn(subject, flight, true);
  }

  /** Sends the call, once or twice. Rejects with a RestError. */
  async make<T>(call: Call<T>, flight: Flight, permit: Permit | undefined): Promise<T> {
    const { clock, health, sender } = this.#options;
    const { subject } = call;
    const own = health.of(subject);
    if (own.breaker.refuses) throw this.#refusal(subject);
    if (permit?.spend() !== true) {
      const turn = this.#turn(subject, flight);
      if (turn !== null) await turn;
    }
    const deadlineMs = call.request.deadlineMs ?? this.#options.deadlineMs;
    const cancelDeadline = clock.schedule(
      () => flight.abort(new RestTimeoutError(`not answered within ${deadlineMs} ms`, subject)),
      deadlineMs,
    );
    try {
      for (let isFirst = true; ; isFirst = false) {
        const admission = own.breaker.admit();
        if (admission === null) throw this.#refusal(subject);
        if (isFirst) own.retries.noteFirst();
        try {
          const value = await sender.send(call, flight, admission === 'probe' ? null : own.breaker);
          own.breaker.conclude(admission, 'answered', call);
          return value;
        } catch (error) {
          own.breaker.conclude(admission, outcomeOf(error), call);
          if (!isFirst || !(await this.#mayRepeat(error, call, flight, own))) throw error;
        }
        await this.#turn(subject, flight);
      }
    } finally {
      cancelDeadline();
    }
  }

  /** Whether a failed call is sent once more; if so, resolves when it is time to send it. */
  async #mayRepeat<T>(error: unknown, call: Call<T>, flight: Flight, own: FamilyHealth): Promise<boolean> {
    const { subject, request } = call;
    const { sender, observer } = this.#options;
    if (flight.reason !== null || own.breaker.refuses) return false;
    // A 401 proves that nothing was done, so a write is repeated too. The new token bounds how often that happens.
    if (error instanceof RestUnauthorizedError)
      return request.bearer === undefined && sender.isTokenRenewable;
    if (subject.method !== 'GET' || !isRepeatable(error)) return false;
    // Polls and reads of tracks come again anyway; repeated ones would take turns from those of other rooms.
    if (flight.urgency.priority === 'poll' || flight.urgency.priority === 'tracks') return false;
    const isSent = own.retries.take();
    observer?.onRetry?.(subject, isSent ? 'sent' : 'no budget');
    const waitMs = isSent ? own.retries.waitMs() : 0;
    if (waitMs > 0) await this.#pause(waitMs, flight);
    return isSent;
  }

  /** Ends early, by rejecting, when the flight is aborted. */
  #pause(ms: number, flight: Flight): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#options.clock.schedule(resolve, ms);
      flight.onAbort((reason) => {
        cancel();
        reject(reason);
      });
    });
  }

  /** Takes a turn in the budget: at once (null), or when the promise resolves. `isPatient`: see `Ticket`. */
  #turn(subject: Subject, flight: Flight, isPatient = false): Promise<void> | null {
    const { budget, clock, queueMs } = this.#options;
    if (flight.reason !== null) throw flight.reason;
    const deadlineAt = momentAfter(clock.moment(), queueMs);
    const ticket = { subject, urgency: flight.urgency, deadlineAt, isPatient };
    if (budget.takeAtOnce(ticket)) return null;
    const turn = budget.take(ticket, flight.signal);
    return isPatient ? turn : this.#inTime(turn, subject, flight);
  }

  /** The turn, or the refusal of a call whose turn does not come in time. */
  async #inTime(turn: Promise<void>, subject: Subject, flight: Flight): Promise<void> {
    const { clock, queueMs } = this.#options;
    const cancel = clock.schedule(
      () => flight.abort(new RestBudgetError('not sent: its turn did not come in time', queueMs, subject)),
      queueMs,
    );
    await turn.finally(cancel);
  }

  #refusal(subject: Subject): RestBreakerOpenError {
    this.#options.observer?.onBreakerRefusal?.(familyOf(subject));
    return new RestBreakerOpenError(subject);
  }
}

/** What a failed request says about the upstream. An abort says nothing; a missed deadline counts as an outage. */
function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof RestError) || error instanceof RestBreakerOpenError) return 'unknown';
  if (isOutage(error)) return 'failed';
  return error.status === undefined ? 'unknown' : 'answered';
}

/** Whether a read that failed in this way may succeed at once. After a late answer there is no time left for the caller. */
function isRepeatable(error: unknown): boolean {
  return error instanceof RestError && isOutage(error) && !(error instanceof RestTimeoutError);
}
