// The sandbox's clock. An error thrown by a timer would end the process, and with it a gateway that uses the sandbox. Therefore
// every timer of the sandbox is scheduled here, where such an error is caught and reported.
import type { Clock } from '../clock.ts';

/** The time of `clock`. An error that a callback throws is passed to `onError`. */
export function guardedClock(clock: Clock, onError: (error: unknown) => void): Clock {
  const guarded = (callback: () => void) => () => {
    try {
      callback();
    } catch (error) {
      onError(error);
    }
  };
  return {
    now: () => clock.now(),
    moment: () => clock.moment(),
    schedule: (callback, delayMs) => clock.schedule(guarded(callback), delayMs),
  };
}

/** Reports an unexpected error as a warning of the process, on stderr. */
export function warnOf(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
