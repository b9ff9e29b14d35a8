// The stream of a subscription that has not begun yet. Its response can begin immediately, while its source is still being
// created.

/** A stream of results, or one result, mostly with errors, in place of a stream. */
export type Outcome<Result extends object> = AsyncIterable<Result> | Result;

/**
 * Yields the results of the stream that `beginning` resolves to, or the one result that it resolves to instead. `next`
 * rejects if `beginning` does, unless the reader has left by then. One reader, one `next` at a time.
 */
export class PendingStream<Result extends object> implements AsyncIterableIterator<Result, undefined> {
  readonly #source: Promise<AsyncIterator<Result>>;
  #hasLeft = false;

  constructor(beginning: Promise<Outcome<Result>>) {
    this.#source = beginning.then(resultsOf);
    // A reader that leaves before the beginning settles does not wait for it.
    this.#source.catch(() => undefined);
  }

  /** The next result. */
  async next(): Promise<IteratorResult<Result, undefined>> {
    try {
      const source = await this.#source;
      if (!this.#hasLeft) {
        const result = await source.next();
        if (result.done !== true) return result;
      }
    } catch (error) {
      if (!this.#hasLeft) throw error;
    }
    return { done: true, value: undefined };
  }

  /** Leaves at once; a stream that begins later is then closed without being read. */
  return(): Promise<IteratorResult<Result, undefined>> {
    this.#hasLeft = true;
    this.#source.then((source) => source.return?.()).catch(() => undefined);
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** An iterator over the results of an operation: those of its stream, or its only one. */
export function resultsOf<Result extends object>(outcome: Outcome<Result>): AsyncIterator<Result> {
  return Symbol.asyncIterator in outcome ? outcome[Symbol.asyncIterator]() : single(outcome);
}

async function* single<Result>(result: Result): AsyncGenerator<Result> {
  yield result;
}
