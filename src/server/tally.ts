// Counts how many objects exist at the same time, such as sockets or subscriptions, by caller or address.

/** A count for each key. Keys whose count is zero take no memory. */
export class Tally {
  readonly #counts = new Map<string, number>();

  /**
   * Adds `amount` to the count of `key`, unless the count would be over `limit`: then null. The returned function subtracts
   * it again; calling it twice is harmless.
   */
  take(key: string, limit: number, amount = 1): (() => void) | null {
    const count = this.#counts.get(key) ?? 0;
    if (count + amount > limit) return null;
    this.#counts.set(key, count + amount);
    let isHeld = true;
    return () => {
      if (isHeld) this.#giveBack(key, amount);
      isHeld = false;
    };
  }

  #giveBack(key: string, amount: number): void {
    const left = (this.#counts.get(key) ?? amount) - amount;
    if (left === 0) this.#counts.delete(key);
    else this.#counts.set(key, left);
  }
}
