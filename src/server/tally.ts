// How many of something each key holds right now.

export class Tally {
  readonly #counts = new Map<string, number>();

  /** Takes one for `key`, unless it holds `limit` already: then null. The returned function gives it back, once. */
  take(key: string, limit: number): (() => void) | null {
    const count = this.#counts.get(key) ?? 0;
    if (count >= limit) return null;
    this.#counts.set(key, count + 1);
    let held = true;
    return () => {
      if (held) this.#giveBack(key);
      held = false;
    };
  }

  #giveBack(key: string): void {
    const left = (this.#counts.get(key) ?? 1) - 1;
    if (left === 0) this.#counts.delete(key);
    else this.#counts.set(key, left);
  }
}
