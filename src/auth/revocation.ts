// The end of a caller's rights before they expire. All requests with the same API key share one caller object, and so one object
// of this class.

/** Whether the rights of a caller have been revoked, and the listeners to be told. */
export class Revocation {
  readonly #listeners = new Set<() => void>();
  #isRevoked = false;

  /** Whether `revoke` has been called. */
  get isRevoked(): boolean {
    return this.#isRevoked;
  }

  /** Calls `listener` when the rights are revoked, but not if they already were. The returned function removes the listener. */
  onRevoked(listener: () => void): () => void {
    // A new function for each call, because a Set would hold the same listener only once.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  /** Revokes the rights. Only the first call has an effect. */
  revoke(): void {
    this.#isRevoked = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}
