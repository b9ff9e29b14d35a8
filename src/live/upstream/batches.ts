// Questions about single rooms, put upstream together: those of one turn in one batch, and those that come while
// several batches are under way in the next. So a wave of newcomers costs few calls, and one of them alone waits for
// nobody.

/** An entry for each key; an Error: that one can't be told. Rejects when none can. */
export type AskMany<V> = (
  keys: readonly string[],
  signal: AbortSignal,
) => Promise<ReadonlyMap<string, V | Error>>;

interface Waiter<V> {
  readonly resolve: (value: V) => void;
  readonly reject: (error: Error) => void;
}

interface Batch<V> {
  readonly waiting: Map<Waiter<V>, string>;
  readonly controller: AbortController;
}

/** More than one, so that a call that hangs does not hold up everybody else. */
const MAX_UNDER_WAY = 4;

export class Batches<V> {
  readonly #ask: AskMany<V>;
  readonly #onAnswered: ((result: 'answered' | 'failed') => void) | undefined;
  #open: Batch<V> | null = null;
  #underWay = 0;

  /** `onAnswered` is called once a batch that somebody still waits for; `failed` when any key of it could not be told. */
  constructor(ask: AskMany<V>, onAnswered?: (result: 'answered' | 'failed') => void) {
    this.#ask = ask;
    this.#onAnswered = onAnswered;
  }

  /**
   * What is told of `key`, asked for after this call. Rejects when it can't be told.
   * `signal` ends this wait only; the call upstream ends when nobody waits for it any more.
   */
  ask(key: string, signal: AbortSignal): Promise<V> {
    if (this.#open === null) this.#sendSoon();
    const batch = (this.#open ??= { waiting: new Map(), controller: new AbortController() });
    return new Promise((resolve, reject) => {
      const withdraw = () => {
        batch.waiting.delete(waiter);
        // One that is not sent yet may still be joined.
        if (batch.waiting.size === 0 && batch !== this.#open) batch.controller.abort();
        reject(new Error('The look was given up.'));
      };
      const waiter: Waiter<V> = {
        resolve(value) {
          signal.removeEventListener('abort', withdraw);
          resolve(value);
        },
        reject(error) {
          signal.removeEventListener('abort', withdraw);
          reject(error);
        },
      };
      batch.waiting.set(waiter, key);
      if (signal.aborted) withdraw();
      else signal.addEventListener('abort', withdraw, { once: true });
    });
  }

  /** Behind the promise jobs of this turn, so that all who wake in it are in the batch. */
  #sendSoon(): void {
    void Promise.resolve().then(() => process.nextTick(() => this.#sendOpen()));
  }

  #sendOpen(): void {
    const batch = this.#open;
    if (batch === null || this.#underWay >= MAX_UNDER_WAY) return;
    this.#open = null;
    if (batch.waiting.size > 0) void this.#send(batch);
  }

  async #send({ waiting, controller }: Batch<V>): Promise<void> {
    this.#underWay += 1;
    const answer = await this.#answer([...new Set(waiting.values())], controller.signal);
    this.#underWay -= 1;
    let result: 'answered' | 'failed' = 'answered';
    for (const [waiter, key] of waiting) {
      const told = answer instanceof Error ? answer : answer.get(key);
      const found = told === undefined ? new Error('The key is missing in the answer.') : told;
      if (found instanceof Error) {
        result = 'failed';
        waiter.reject(found);
      } else {
        waiter.resolve(found);
      }
    }
    if (waiting.size > 0) this.#onAnswered?.(result);
    this.#sendSoon();
  }

  async #answer(
    keys: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, V | Error> | Error> {
    try {
      return await this.#ask(keys, signal);
    } catch (error) {
      return new Error('Nothing can be told.', { cause: error });
    }
  }
}
