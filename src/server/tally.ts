// Counts of what exists at the same time, such as sockets or subscriptions, by caller or address.

/** A count for each key. Keys whose count is zero take no memory. */
export class Tally {
  readonly #counts = new Map<string, number>();

  /**
   * Adds one to the count of `key`, unless the count is `limit` already: then null. The returned function subtracts it
   * again; calling it twice is harmless.
   */
  take(key: string, limit: number): (() => void) | null {
    const count = this.#counts.get(key) ?? 0;
    if (count >= limit) return null;
    this.#counts.set(key, count + 1);
    let isHeld = true;
    return () => {
      if (isHeld) this.#giveBack(key);
      isHeld = false;
    };
  }

  #giveBack(key: string): void {
    const left = (this.#counts.get(key) ?? 1) - 1;
    if (left === 0) this.#counts.delete(key);
    else this.#counts.set(key, left);
  }
}
