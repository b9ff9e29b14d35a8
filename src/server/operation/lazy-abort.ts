// Aborts an operation. Most operations never use their AbortSignal, so it is created only when it is used.

/** Like an AbortController whose signal is made when it is first read. */
export class LazyAbort {
  #controller: AbortController | null = null;
  #isAborted = false;
  #listen: (() => void) | null = null;

  /** Aborts with `abort`. */
  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.#isAborted) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  /** Calls `listen` once when aborted, or now if that has happened. One listener at a time. */
  onAbort(listen: () => void): void {
    this.#listen = listen;
    if (this.#isAborted) listen();
  }

  /** Aborting twice is harmless. */
  abort(): void {
    if (!this.#isAborted) this.#listen?.();
    this.#isAborted = true;
    this.#controller?.abort();
  }
}

/** The reason of a signal that is aborted without another reason. */
export function abortError(): DOMException {
  return new DOMException('This operation was aborted', 'AbortError');
}
