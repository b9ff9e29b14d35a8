// A clock that only a test advances.
import { momentAt, type Clock, type Moment } from '../../src/clock.ts';

interface Timer {
  readonly dueAt: number;
  readonly callback: () => void;
}

/** Time that moves only by `advance`, and steps by `step`; timers run in the order in which they fall due. */
export class ManualClock implements Clock {
  #now: number;
  /** Monotonic time, in milliseconds. It begins elsewhere than the wall clock, so that a mixture of both shows. */
  #elapsed = 1000;
  /** By `dueAt`; of equal ones the first scheduled first. */
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

  /** Sets the wall clock forward by `ms`, or back by a negative one. No time passes, and timers do not move. */
  step(ms: number): void {
    this.#now += ms;
  }

  schedule(callback: () => void, delayMs: number): () => void {
    const timer = { dueAt: this.#elapsed + Math.max(0, delayMs), callback };
    this.#timers.splice(this.#placeAfter(timer.dueAt), 0, timer);
    return () => this.#cancel(timer);
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.length;
  }

  /** Moves time on by `ms`, running each timer at its instant; between two timers pending promises settle. */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    for (;;) {
      await settle();
      const next = this.#timers[0];
      if (next === undefined || next.dueAt > end) break;
      this.#timers.shift();
      this.#moveTo(next.dueAt);
      next.callback();
    }
    this.#moveTo(end);
    await settle();
  }

  #moveTo(elapsed: number): void {
    this.#now += elapsed - this.#elapsed;
    this.#elapsed = elapsed;
  }

  /** The index behind all timers that are due at `dueAt` or before. */
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

/** Steps of a wall clock that NTP, an operator or a resumed machine causes, with their size in milliseconds. */
export const clockSteps: readonly [what: string, stepMs: number][] = [
  ['back by 2 minutes', -120_000],
  ['forward by 2 minutes', 120_000],
  ['back by 2 hours', -7_200_000],
  ['forward by 2 hours', 7_200_000],
];

/** Lets everything that is ready to run, run: microtasks and what they queue. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
