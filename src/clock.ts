// Time as a dependency: code that waits or reads the time gets a Clock, so that tests can set and advance it.

/** A source of time and timers. All durations and instants are in milliseconds. */
export interface Clock {
  /** The time, in milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `callback` once after `delayMs`. The returned function cancels it; cancelling twice is harmless. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** The machine's time. Its timers are unreferenced: a waiting one does not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
