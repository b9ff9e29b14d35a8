// The operations that run on one socket. The library of the protocol forgets one as soon as its client has completed it,
// though it may still be at work: here it counts until it has ended, and is aborted so that it soon does.

/** One operation. */
export class SocketOperation {
  readonly #controller = new AbortController();
  readonly #end: () => void;

  /** `end` is called once it has come to nothing. */
  constructor(end: () => void) {
    this.#end = end;
  }

  /** Aborts when nobody waits for the operation any more. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(): void {
    this.#controller.abort();
  }

  /**
   * Settles like a step of the operation, unless nobody waits for it any more: then never, for the library would take
   * what comes for that of another operation, which may have the same id by now. It is `drop`ped instead.
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
  readonly id: string;
  readonly operation: SocketOperation;
  /** Whether it is a stream of results by now, which the library ends by itself. */
  streams: boolean;
}

/** All of a socket, by the payload of their message, which is an object of its own; ids are used again. */
export class SocketOperations {
  readonly #running = new Map<object, Running>();
  #known: object = {};

  get count(): number {
    return this.#running.size;
  }

  /** `known` has the ids of those whose client waits for them. */
  begin(id: string, payload: object, known: object): SocketOperation {
    const operation = new SocketOperation(() => this.end(payload));
    this.#running.set(payload, { id, operation, streams: false });
    this.#known = known;
    return operation;
  }

  streams(payload: object): void {
    const running = this.#running.get(payload);
    if (running !== undefined) running.streams = true;
  }

  end(payload: object): void {
    this.#running.delete(payload);
  }

  /** To be called after each message, which may have completed an operation. */
  abortAbandoned(): void {
    for (const [payload, { id, operation, streams }] of this.#running) {
      if (id in this.#known) continue;
      operation.abort();
      if (streams) this.end(payload);
    }
  }

  /** The client is gone. */
  abortAll(): void {
    for (const { operation } of this.#running.values()) operation.abort();
    this.#running.clear();
  }
}
