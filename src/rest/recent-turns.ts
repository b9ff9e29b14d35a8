// Who has taken much of the budget in the last second or so: they leave a reserve to the others.
import type { Clock } from '../clock.ts';

const WINDOW_MS = 1000;

/** Turns by account, counted in windows of a second. */
export class RecentTurns {
  readonly #clock: Clock;
  readonly #many: number;
  #counts = new Map<string, number>();
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
    return (this.#counts.get(account) ?? 0) > this.#many;
  }

  /** Whoever had many in the last window begins the next one as if they had. */
  #roll(): void {
    const now = this.#clock.now();
    // A wall clock can step back; then a window is cut short.
    if (now < this.#endsAt && now >= this.#endsAt - WINDOW_MS) return;
    const follows = now >= this.#endsAt && now < this.#endsAt + WINDOW_MS;
    const many = [...this.#counts].filter(([, count]) => follows && count > this.#many);
    this.#counts = new Map(many.map(([account]) => [account, this.#many + 1]));
    this.#endsAt = now + WINDOW_MS;
  }
}
