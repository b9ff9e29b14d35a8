// Calls a function at an instant of the wall clock, such as the expiry of a token. The wall clock may be set meanwhile, which a
// timer does not notice. So the clock is read again each minute, and whenever the owner requests it.
import type { Clock } from '../clock.ts';

/** Maximum time between two readings of the clock, in milliseconds. */
const LONGEST_WAIT_MS = 60_000;

/** A call that waits for its time. */
export interface Appointment {
  /** Makes the call now if its time has come. Returns whether the call has been made, now or before. */
  keep(): boolean;
  /** Cancels the call. Cancelling twice, or after the call, is harmless. */
  cancel(): void;
}

/**
 * Calls `callback` once when the wall clock of `clock` reaches `instant` (milliseconds since the Unix epoch); for an instant in
 * the past, as soon as possible, but never before `callAt` has returned. If the wall clock is set forward past `instant`, the
 * call comes at most 60 s later.
 */
export function callAt(clock: Clock, instant: number, callback: () => void): Appointment {
  let hasCalled = false;
  let cancelTimer = () => {};
  const keep = (): boolean => {
    if (hasCalled || clock.now() < instant) return hasCalled;
    hasCalled = true;
    cancelTimer();
    callback();
    return true;
  };
  const wait = () => {
    const left = Math.max(0, instant - clock.now());
    cancelTimer = clock.schedule(() => keep() || wait(), Math.min(left, LONGEST_WAIT_MS));
  };
  wait();
  return { keep, cancel: () => cancelTimer() };
}
