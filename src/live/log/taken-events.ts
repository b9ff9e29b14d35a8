// The events of one subscription, for a reader that takes them without a promise for each.
import type { Told } from './told.ts';

/** A reader that takes events. */
export interface Taker {
  /** Called when an event may be there, and when the source has ended. */
  wake(): void;
}

/** A source of events. Its reader must call `return`. */
export interface TakenEvents {
  /** From now on the reader takes events, and is woken when there may be one. */
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
