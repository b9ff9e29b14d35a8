// After a mutation of the gateway's own, what is known of the room is no good for queries until its effect shows. The
// REST API acknowledges at once and acts a little later, so the effect is looked for at once and twice again.

/** When the effect is looked for beside at once; milliseconds after the mutation. */
const LOOKS_MS = [250, 1000];

export class MutationEffects {
  #mutations = 0;
  #dueAt: readonly number[] = [];
  #forgotten = false;

  /** Whether a mutation's effect has neither been seen nor been given up. */
  get forgotten(): boolean {
    return this.#forgotten;
  }

  /** When the effect is next to be looked for, milliseconds since the Unix epoch; Infinity: no more. */
  get nextLookAt(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...this.#dueAt);
  }

  /** Something was changed at `now`; `lookFor` unless nobody is there to look. */
  mutated(now: number, lookFor: boolean): void {
    this.#mutations += 1;
    this.#forgotten = true;
    this.#dueAt = lookFor ? LOOKS_MS.map((delayMs) => now + delayMs) : [];
  }

  /** A look begins at `now`. Call the result when it has an answer: a look older than the mutation shows nothing. */
  lookBegins(now: number): (changed: boolean) => void {
    const mutations = this.#mutations;
    this.#dueAt = this.#dueAt.filter((dueAt) => dueAt > now);
    return (changed) => {
      if (mutations !== this.#mutations) return;
      if (changed) this.#dueAt = [];
      if (this.#dueAt.length === 0) this.#forgotten = false;
    };
  }

  /** Nobody looks any more. */
  giveUp(): void {
    this.#dueAt = [];
  }
}
