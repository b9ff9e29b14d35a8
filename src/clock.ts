// Time as a dependency. Whatever waits or reads the time gets a Clock, so that tests move it by hand.

/** A source of time and timers. All durations and instants are in milliseconds. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `callback` once after `delayMs`. The returned function cancels it; cancelling twice is harmless. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** The machine's own time. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
