// The events of one subscription, for a reader that takes them without a promise for each.
import type { Told } from './told.ts';

/** An object that waits for something. */
export interface Sleeper {
  /** Called when it may be there. */
  wake(): void;
}

/** A reader that takes events. It is woken when an event may be there and it does not wait, and when the source has ended. */
export interface Taker<T extends object = Told<object>> extends Sleeper {
  /** Whether it would take an event now: it has got all before, and its client reads. */
  readonly isWaiting: boolean;
  /** Gives it the next event. To be called only while `isWaiting`. */
  give(event: T): void;
}

/** A source of events. Its reader must call `return`. */
export interface TakenEvents {
  /** From now on the reader takes events, and is given those that come while it waits. */
  attach(taker: Taker): void;
  /** The next event; undefined: none now, or the source is over. A promise where the source must wait first. */
  take(): Told<object> | Promise<Told<object>> | undefined;
  /** Whether no event follows; to be read when `take` has returned undefined. */
  readonly isOver: boolean;
  /** The error with which the source has ended; undefined: without one. */
  readonly error: Error | undefined;
  /** The reader leaves. */
  return(): Promise<unknown>;
}
