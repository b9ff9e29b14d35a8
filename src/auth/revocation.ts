// The end of a caller's rights before they expire. All requests with the same API key share one caller object, and so one object
// of this class.

/** Whether the rights of a caller have been taken back, and who must know of it. */
export class Revocation {
  readonly #listeners = new Set<() => void>();
  #isRevoked = false;

  /** Whether `revoke` has been called. */
  get isRevoked(): boolean {
    return this.#isRevoked;
  }

  /** Calls `listener` when the rights are taken back, not if they have been. The returned function removes it. */
  onRevoked(listener: () => void): () => void {
    // An own function for each call, as a Set has equal ones once.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  /** Takes the rights back; only the first call does something. */
  revoke(): void {
    this.#isRevoked = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}
