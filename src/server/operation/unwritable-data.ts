// The data of a result that cannot be written, for example because a scalar returned a BigInt.

/** Replaces `data` in an ExecutionResult. */
export class UnwritableData {
  readonly #error: unknown;

  constructor(error: unknown) {
    this.#error = error;
  }

  /** Throws the error for the value, as JSON.stringify does for such data. */
  toJSON(): never {
    throw this.#error;
  }
}
