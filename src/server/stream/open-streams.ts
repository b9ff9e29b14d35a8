// The event streams of running subscriptions, so that they can be ended when the gateway stops.

/** A set of streams that are ended together, once. */
export class OpenStreams {
  readonly #ends = new Set<() => void>();
  #isClosed = false;

  /**
   * Adds a stream by the function that ends it. Calls it at once if `endAll` has been called. The returned function removes
   * the stream; calling it twice is harmless.
   */
  add(end: () => void): () => void {
    if (this.#isClosed) end();
    else this.#ends.add(end);
    return () => this.#ends.delete(end);
  }

  /**
   * Ends all streams, and those that are added later: a client that reconnects before the port is closed must not be
   * refused by a status, because a browser's EventSource gives up then.
   */
  endAll(): void {
    this.#isClosed = true;
    for (const end of this.#ends) end();
    this.#ends.clear();
  }
}
