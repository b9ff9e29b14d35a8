// Time limits of operations and answers, with one timer for each length of limit. Operations with the same limit reach it in the
// order in which they began, and nearly all end earlier. So the timer only waits for the oldest one, and need not be set for each
// operation.
import { momentAfter, msBetween, type Clock, type Moment } from '../clock.ts';
import { LinkedList } from '../linked-list.ts';

/** A time limit, and the function to call when it is reached. */
interface Deadline {
  readonly at: Moment;
  readonly late: () => void;
}

/** The time limits of a server. */
export class Deadlines {
  readonly #clock: Clock;
  readonly #lines = new Map<number, Line>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `late` once after `limitMs`. The returned function cancels it; cancelling twice is harmless. */
  after(limitMs: number, late: () => void): () => void {
    let line = this.#lines.get(limitMs);
    if (line === undefined) {
      line = new Line(this.#clock, limitMs);
      this.#lines.set(limitMs, line);
    }
    return line.add(late);
  }
}

/** The deadlines of one length, the oldest first. */
class Line {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #deadlines = new LinkedList<Deadline>();
  #isWaiting = false;

  constructor(clock: Clock, limitMs: number) {
    this.#clock = clock;
    this.#limitMs = limitMs;
  }

  add(late: () => void): () => void {
    const deadline: Deadline = { at: momentAfter(this.#clock.moment(), this.#limitMs), late };
    if (!this.#isWaiting) this.#wait(this.#limitMs);
    return this.#deadlines.add(deadline);
  }

  #wait(ms: number): void {
    this.#isWaiting = true;
    this.#clock.schedule(() => this.#check(), ms);
  }

  /** Calls `late` for all that have reached their limit, and waits for the oldest of the others. */
  #check(): void {
    this.#isWaiting = false;
    const now = this.#clock.moment();
    for (;;) {
      const oldest = this.#deadlines.first;
      if (oldest === null) return;
      const leftMs = msBetween(now, oldest.at);
      if (leftMs > 0) return this.#wait(leftMs);
      this.#deadlines.removeFirst();
      oldest.late();
    }
  }
}
