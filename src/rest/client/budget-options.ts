// The options of the budget, and of one call that needs a token from it.
import type { Clock, Moment } from '../../clock.ts';
import type { Subject } from '../errors.ts';
import type { Priority, Urgency } from './urgency.ts';

/** One call that asks for a token. */
export interface Ticket {
  readonly subject: Subject;
  readonly urgency: Urgency;
  /** The moment until which the call may wait. A pause that lasts longer refuses it at once. */
  readonly deadlineAt: Moment;
  /**
   * The call waits for its turn without a limit of time, and the queue limit neither counts nor refuses it. Code that sets this
   * must limit the number of its calls itself. Default false.
   */
  readonly isPatient?: boolean | undefined;
}

/** The budget's hooks for metrics. A hook must not throw. */
export interface BudgetObserver {
  /** Called when a call may be sent, with the milliseconds for which it waited. */
  onTurn?(priority: Priority, waitMs: number): void;
  /** Called when a call is refused because the queue is full. */
  onRefusal?(priority: Priority): void;
}

/** How fast calls may be sent. */
export interface Pace {
  /** Tokens added per second. */
  readonly requestsPerSecond: number;
  /** The size of the bucket, which is at least 1. Default: the tokens of one second. */
  readonly burst?: number | undefined;
}

/** The rate of calls to one host, and how many calls may queue for it. */
export interface BudgetOptions extends Pace {
  readonly clock: Clock;
  /** Calls that may queue; default: ten times the bucket. When the queue is full, the least urgent call is refused. */
  readonly queueLimit?: number | undefined;
  /** Hooks for metrics. Default: no hooks. */
  readonly observer?: BudgetObserver | undefined;
}
