// A turn in the budget that was waited for before its call was known.

/** Made by `RestClient.permit`. Sends one request; a second attempt of the same call waits for a turn of its own. */
export class Permit {
  #isSpent = false;

  /** True at the first call only. */
  spend(): boolean {
    const isFirst = !this.#isSpent;
    this.#isSpent = true;
    return isFirst;
  }
}
