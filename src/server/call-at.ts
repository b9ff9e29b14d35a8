// A timer for an instant that may be far away. `setTimeout` waits 24.8 days at most; a longer delay fires at once.
import type { Clock } from '../clock.ts';

/** The longest delay of one timer, in milliseconds: Node keeps it as a signed 32-bit integer. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * Calls `callback` once when `clock` reaches `instant` (milliseconds since the Unix epoch); for an instant in the past, as
 * soon as possible. The returned function cancels the call; cancelling twice is harmless.
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
