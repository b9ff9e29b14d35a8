// A clock for simulations of many instances. Each millisecond has a list of timers, so the cost of scheduling a timer does not
// depend on how many there are. All timers of a millisecond run before promises settle.
import { momentAt, type Clock, type Moment } from '../../src/clock.ts';

interface Timer {
  callback: (() => void) | null;
}

/** Time passes only in `advance`. Delays are rounded up to whole milliseconds. */
export class SimulationClock implements Clock {
  /** The wall clock starts at another number than the monotonic one. */
  readonly #wallOffsetMs = Date.parse('2026-03-12T16:00:00Z');
  readonly #timers = new Map<number, Timer[]>();
  #elapsed = 1000;

  now(): number {
    return this.#wallOffsetMs + this.#elapsed;
  }

  moment(): Moment {
    return momentAt(this.#elapsed);
  }

  schedule(callback: () => void, delayMs: number): () => void {
    const dueAt = this.#elapsed + Math.max(0, Math.ceil(delayMs));
    const timer: Timer = { callback };
    const others = this.#timers.get(dueAt);
    if (others === undefined) this.#timers.set(dueAt, [timer]);
    else others.push(timer);
    return () => void (timer.callback = null);
  }

  /** Lets `ms` milliseconds pass. */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    for (;;) {
      await this.#runDue();
      if (this.#elapsed >= end) return;
      this.#elapsed += 1;
    }
  }

  /** Runs what is due now, and what that makes due. */
  async #runDue(): Promise<void> {
    for (let due = this.#take(); due !== undefined; due = this.#take()) {
      for (const timer of due) timer.callback?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #take(): Timer[] | undefined {
    const due = this.#timers.get(this.#elapsed);
    this.#timers.delete(this.#elapsed);
    return due;
  }
}
