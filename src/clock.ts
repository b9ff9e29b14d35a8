// Time as a dependency: code that waits or reads the time gets a Clock, so that tests can set and advance it. There are two kinds
// of time. Instants, which people and other machines read, come from the wall clock, which jumps when NTP or an operator sets it
// or the machine resumes. Durations, ages and waits are measured between two moments of a monotonic clock, which never jumps. For
// the compiler a Moment is not a number, so the two cannot be mixed up.

declare const moment: unique symbol;

/** A point of monotonic time. Only this process can read it: it must not be stored, sent or printed. Compare with `<`. */
export interface Moment {
  readonly [moment]: true;
}

/** A source of time and timers. All durations and instants are in milliseconds. */
export interface Clock {
  /** The wall clock's instant, in milliseconds since the Unix epoch. It may step in both directions at any time. */
  now(): number;
  /** The monotonic clock's moment. It never steps back. It stands still while the machine sleeps. */
  moment(): Moment;
  /** Calls `callback` once after `delayMs` of monotonic time. The returned function cancels it; cancelling twice is harmless. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** The machine's time. Its timers are unreferenced: a waiting one does not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  moment: () => momentAt(performance.now()),
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** The moment that is `ms` milliseconds after the origin of a monotonic clock. For implementations of `Clock` alone. */
export function momentAt(ms: number): Moment {
  // The value of a moment is the number; hiding it is what keeps moments and instants apart.
  return ms as unknown as Moment;
}

/** From `from` until `until`, in milliseconds; negative if `until` is the earlier one. */
export function msBetween(from: Moment, until: Moment): number {
  return Number(until) - Number(from);
}

/** By how much the wall clock is ahead of the monotonic one, in milliseconds. It changes only when the wall clock is set. */
export function wallOffsetMs(clock: Clock): number {
  return clock.now() - Number(clock.moment());
}

/** The moment `ms` milliseconds after `start`; a negative `ms` is a time before it. */
export function momentAfter(start: Moment, ms: number): Moment {
  return momentAt(Number(start) + ms);
}
