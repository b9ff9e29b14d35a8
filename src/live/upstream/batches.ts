// Combines requests for single keys into batches: all keys of one turn of the event loop share a batch, and while four batches
// are in flight, further keys wait together for the next. DataLoader is not used, because here each caller can stop waiting by
// its own signal, and a batch for which no caller waits any more is aborted.

/** Requests many keys at once: an entry for each key, an Error for one that failed. Rejects when all failed. */
export type BatchRequest<V> = (
  keys: readonly string[],
  signal: AbortSignal,
) => Promise<ReadonlyMap<string, V | Error>>;

interface Wait<V> {
  readonly resolve: (value: V) => void;
  readonly reject: (error: Error) => void;
}

interface Batch<V> {
  /** Each wait with its key. */
  readonly waits: Map<Wait<V>, string>;
  readonly controller: AbortController;
}

/** Four, so that one request that hangs does not delay all others. */
const MAX_IN_FLIGHT = 4;

/** Used for the sessions of rooms and for the existence of rooms: many feeds that start at once make few requests. */
export class Batches<V> {
  readonly #request: BatchRequest<V>;
  readonly #onAnswered: ((result: 'answered' | 'failed') => void) | undefined;
  #open: Batch<V> | null = null;
  #inFlight = 0;

  /** `onAnswered`: called for each answered batch that still has waits; `failed` when at least one key failed. */
  constructor(request: BatchRequest<V>, onAnswered?: (result: 'answered' | 'failed') => void) {
    this.#request = request;
    this.#onAnswered = onAnswered;
  }

  /**
   * The value of `key`, requested after this call. Rejects when the key's request failed, and when `signal` aborts;
   * the batch is aborted only when all its waits have been.
   */
  load(key: string, signal: AbortSignal): Promise<V> {
    if (this.#open === null) this.#sendSoon();
    const batch = (this.#open ??= { waits: new Map(), controller: new AbortController() });
    return new Promise((resolve, reject) => {
      const withdraw = () => {
        batch.waits.delete(wait);
        // The open batch has not been sent, and further keys can still join it.
        if (batch.waits.size === 0 && batch !== this.#open) batch.controller.abort();
        reject(new Error('The wait for this key was aborted.'));
      };
      const wait: Wait<V> = {
        resolve(value) {
          signal.removeEventListener('abort', withdraw);
          resolve(value);
        },
        reject(error) {
          signal.removeEventListener('abort', withdraw);
          reject(error);
        },
      };
      batch.waits.set(wait, key);
      if (signal.aborted) withdraw();
      else signal.addEventListener('abort', withdraw, { once: true });
    });
  }

  /** After the promise jobs of this turn, so that all callers that they resume are in the batch. */
  #sendSoon(): void {
    void Promise.resolve().then(() => process.nextTick(() => this.#sendOpen()));
  }

  #sendOpen(): void {
    const batch = this.#open;
    if (batch === null || this.#inFlight >= MAX_IN_FLIGHT) return;
    this.#open = null;
    if (batch.waits.size > 0) void this.#send(batch);
  }

  async #send({ waits, controller }: Batch<V>): Promise<void> {
    this.#inFlight += 1;
    const answer = await this.#answer([...new Set(waits.values())], controller.signal);
    this.#inFlight -= 1;
    let result: 'answered' | 'failed' = 'answered';
    for (const [wait, key] of waits) {
      const found = answer instanceof Error ? answer : answer.get(key);
      const value = found === undefined ? new Error('The answer of the batch lacks this key.') : found;
      if (value instanceof Error) {
        result = 'failed';
        wait.reject(value);
      } else {
        wait.resolve(value);
      }
    }
    if (waits.size > 0) this.#onAnswered?.(result);
    this.#sendSoon();
  }

  async #answer(
    keys: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, V | Error> | Error> {
    try {
      return await this.#request(keys, signal);
    } catch (error) {
      return new Error('The request of the batch failed.', { cause: error });
    }
  }
}
