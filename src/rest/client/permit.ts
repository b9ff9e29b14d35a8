// A turn in the budget that a caller obtains before it knows which call it will send.

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
