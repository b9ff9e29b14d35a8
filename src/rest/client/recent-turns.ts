// Who has taken much of the budget lately: in this second, or in the one before it.
import type { Clock } from '../../clock.ts';

const WINDOW_MS = 1000;

/** Turns by account, counted in windows of a second. */
export class RecentTurns {
  readonly #clock: Clock;
  readonly #many: number;
  #counts = new Map<string, number>();
  /** Who had many in the window before. */
  #hadMany: ReadonlySet<string> = new Set();
  #endsAt = 0;

  /** Beyond `many` turns in a window an account has had many. */
  constructor(clock: Clock, many: number) {
    this.#clock = clock;
    this.#many = many;
  }

  note(account: string): void {
    this.#roll();
    this.#counts.set(account, (this.#counts.get(account) ?? 0) + 1);
  }

  hasHadMany(account: string): boolean {
    this.#roll();
    return this.#hadMany.has(account) || (this.#counts.get(account) ?? 0) > this.#many;
  }

  #roll(): void {
    const now = this.#clock.now();
    // A wall clock can step back; then a window is cut short.
    if (now < this.#endsAt && now >= this.#endsAt - WINDOW_MS) return;
    const follows = now >= this.#endsAt && now < this.#endsAt + WINDOW_MS;
    const ofLast = follows ? [...this.#counts].filter(([, count]) => count > this.#many) : [];
    this.#hadMany = new Set(ofLast.map(([account]) => account));
    this.#counts = new Map();
    this.#endsAt = now + WINDOW_MS;
  }
}
