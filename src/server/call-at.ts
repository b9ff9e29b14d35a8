// A timer for an instant that may be far away: timers of a machine end after 24.8 days, and overflow into "at once".
import type { Clock } from '../clock.ts';

/** The longest wait of one timer, in milliseconds: the largest signed number of 32 bits. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * Calls `callback` once when `clock` reaches `instant` (milliseconds since the Unix epoch); one that is past counts as
 * now. The returned function cancels it; cancelling twice is harmless.
 */
export function callAt(clock: Clock, instant: number, callback: () => void): () => void {
  let cancel: () => void;
  const wait = () => {
    const left = Math.max(0, instant - clock.now());
    cancel = left > LONGEST_WAIT_MS ? clock.schedule(wait, LONGEST_WAIT_MS) : clock.schedule(callback, left);
  };
  wait();
  return () => cancel();
}
