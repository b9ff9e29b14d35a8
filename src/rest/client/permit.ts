// A turn in the budget that a caller obtains before it knows which call it will send.

/** Created by `RestClient.permit`. Permits one request; a second attempt of the same call waits for another turn. */
export class Permit {
  #isSpent = false;

  /** True at the first call only. */
  spend(): boolean {
    const isFirst = !this.#isSpent;
    this.#isSpent = true;
    return isFirst;
  }
}
