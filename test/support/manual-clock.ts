// A clock that only a test advances.
import { momentAt, type Clock, type Moment } from '../../src/clock.ts';

interface Timer {
  readonly dueAt: number;
  readonly callback: () => void;
}

/** A clock that `advance` moves and `step` sets. Timers run in the order in which they are due. */
export class ManualClock implements Clock {
  #now: number;
  /**
   * Monotonic time, in milliseconds. It starts at another number than the wall clock, so that code that mixes the two
   * fails.
   */
  #elapsed = 1000;
  /** Sorted by `dueAt`; timers with the same time in the order in which they were scheduled. */
  readonly #timers: Timer[] = [];

  constructor(startMs = Date.parse('2026-03-12T16:00:00Z')) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  moment(): Moment {
    return momentAt(this.#elapsed);
  }

  /** Sets the wall clock forward by `ms`, or back if negative. No time passes, and timers are not affected. */
  step(ms: number): void {
    this.#now += ms;
  }

  schedule(callback: () => void, delayMs: number): () => void {
    const timer = { dueAt: this.#elapsed + Math.max(0, delayMs), callback };
    this.#timers.splice(this.#placeAfter(timer.dueAt), 0, timer);
    return () => this.#cancel(timer);
  }

  /** The number of waiting timers. */
  get pending(): number {
    return this.#timers.length;
  }

  /** Advances the time by `ms` and runs each timer at its instant. Between two timers pending promises settle. */
  async advance(ms: number): Promise<void> {
    await this.#pass(ms, (passed) => (this.#now += passed));
  }

  /** The same, while the wall clock stands still. */
  async advanceTimers(ms: number): Promise<void> {
    await this.#pass(ms, () => undefined);
  }

  async #pass(ms: number, onPassed: (passedMs: number) => void): Promise<void> {
    const end = this.#elapsed + ms;
    const moveTo = (elapsed: number) => {
      // Another call that runs at the same time may have moved it further.
      if (elapsed <= this.#elapsed) return;
      onPassed(elapsed - this.#elapsed);
      this.#elapsed = elapsed;
    };
    for (;;) {
      await settle();
      const next = this.#timers[0];
      if (next === undefined || next.dueAt > end) break;
      this.#timers.shift();
      moveTo(next.dueAt);
      next.callback();
    }
    moveTo(end);
    await settle();
  }

  /** The index after all timers that are due at `dueAt` or before. */
  #placeAfter(dueAt: number): number {
    let [low, high] = [0, this.#timers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#timers[middle]?.dueAt ?? dueAt) <= dueAt) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #cancel(timer: Timer): void {
    for (let at = this.#placeAfter(timer.dueAt) - 1; this.#timers[at]?.dueAt === timer.dueAt; at -= 1) {
      if (this.#timers[at] !== timer) continue;
      this.#timers.splice(at, 1);
      return;
    }
  }
}

/** Steps of a wall clock, as NTP, an operator or a resumed machine cause them, with their sizes in milliseconds. */
export const clockSteps: readonly [what: string, stepMs: number][] = [
  ['back by 2 minutes', -120_000],
  ['forward by 2 minutes', 120_000],
  ['back by 2 hours', -7_200_000],
  ['forward by 2 hours', 7_200_000],
];

/** Runs all microtasks that are ready, and those that they queue. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
