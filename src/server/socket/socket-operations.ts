// The operations that run on one socket. graphql-ws forgets an operation as soon as its client completes it, even if it
// is still executing. Here an operation counts until it has ended, and is aborted so that it ends soon.

import type { RequestNote } from '../request-note.ts';

/** One running operation. */
export class SocketOperation {
  readonly #controller = new AbortController();
  #end: () => void;

  /** `end` is called when an abandoned operation has ended without a result. */
  constructor(end: () => void) {
    this.#end = end;
  }

  /** Aborts when the client has completed the operation or its socket has closed. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Lets go of `end` and what it holds, such as the message: call it when there is a result. */
  settled(): void {
    this.#end = () => undefined;
  }

  /** Aborts `signal`; aborting twice is harmless. */
  abort(): void {
    this.#controller.abort();
  }

  /**
   * Settles as `step` does. If the client has abandoned the operation, the promise never settles and the result goes to
   * `drop`: graphql-ws would otherwise send it under an id that the client may have reused.
   */
  async awaited<Result>(
    step: Promise<Result> | Result,
    drop: (unwanted: Result) => void = () => undefined,
  ): Promise<Result> {
    try {
      const result = await step;
      if (!this.signal.aborted) return result;
      drop(result);
    } catch (error) {
      if (!this.signal.aborted) throw error;
    }
    this.#end();
    return Promise.withResolvers<Result>().promise;
  }
}

interface Running {
  /** The client's id of the operation. */
  readonly id: string;
  readonly operation: SocketOperation;
  /** Whether its result is a stream, which graphql-ws ends by itself. */
  isStream: boolean;
  /** Its line of the log, written when the operation is removed. */
  readonly note: RequestNote;
}

/**
 * All running operations of one socket. Keyed by the payload object of the `subscribe` message, because clients may reuse
 * operation ids, or by what has taken its place: see `hold`.
 */
export class SocketOperations {
  readonly #running = new Map<object, Running>();
  /** The ids for which graphql-ws has an operation, as the keys of an object of its own. */
  #subscriptions: object = {};

  #onAnswered: (() => void) | null = null;

  /** Calls `callback` once no query or mutation runs, and the messages to their clients are written. Call it at most once. */
  whenAnswered(callback: () => void): void {
    this.#onAnswered = callback;
    this.#tellAnswered();
  }

  /** How many operations run, those included that their client has abandoned. */
  get count(): number {
    return this.#running.size;
  }

  /**
   * Adds an operation; call it once for each `subscribe` message. `subscriptions` is the object of graphql-ws that has, at
   * any time, a key for each operation that its client has not completed. `note` is its line of the log,
   * written when it has ended.
   */
  begin(id: string, payload: object, subscriptions: object, note: RequestNote): SocketOperation {
    const operation = new SocketOperation(() => this.end(payload, true));
    this.#running.set(payload, { id, operation, isStream: false, note });
    this.#subscriptions = subscriptions;
    return operation;
  }

  /** The result of the operation is a stream. */
  markStream(payload: object): void {
    const running = this.#running.get(payload);
    if (running !== undefined) running.isStream = true;
  }

  /** From now on `held` is the key of the operation, in place of its message, which is no longer kept. */
  hold(payload: object, held: object): void {
    const running = this.#running.get(payload);
    if (running === undefined) return;
    running.operation.settled();
    this.#running.delete(payload);
    this.#running.set(held, running);
  }

  /** The note of a running operation; undefined: it has ended. */
  noteOf(payload: object): RequestNote | undefined {
    return this.#running.get(payload)?.note;
  }

  /** Removes an operation that has ended; `aborted`: without a result. Removing it twice is harmless. */
  end(payload: object, aborted = false): void {
    const running = this.#running.get(payload);
    if (running === undefined) return;
    this.#running.delete(payload);
    running.note.end({ aborted });
    this.#tellAnswered();
  }

  #tellAnswered(): void {
    if (this.#onAnswered === null) return;
    for (const { note } of this.#running.values()) {
      if (!isSubscription(note)) return;
    }
    // graphql-ws sends the operation's last message in this turn.
    setImmediate(this.#onAnswered);
    this.#onAnswered = null;
  }

  /** Aborts operations that their client has completed. To be called after each message of the client. */
  abortAbandoned(): void {
    for (const [payload, { id, operation, isStream, note }] of this.#running) {
      if (id in this.#subscriptions) continue;
      operation.abort();
      if (isStream) this.end(payload, !isSubscription(note));
    }
  }

  /** Aborts and removes all; to be called when the socket has closed. */
  abortAll(): void {
    for (const [payload, { operation, isStream, note }] of this.#running) {
      operation.abort();
      this.end(payload, !isStream || !isSubscription(note));
    }
  }
}

/** Otherwise it is a query or mutation, whose answer may come in parts. */
function isSubscription({ operation }: RequestNote): boolean {
  return operation?.operation === 'subscription';
}
