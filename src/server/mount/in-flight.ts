// The requests that are being answered, so that a gateway that closes can wait for them.
import { setTimeout as wait } from 'node:timers/promises';
import { DRAIN_MS } from '../drain.ts';

/** A set of requests. Each is known by the function that cuts it off. */
export class InFlight {
  readonly #cuts = new Set<() => void>();
  #whenNone: (() => void) | null = null;

  /** A request begins. Call the returned function when it is over. */
  begin(cut: () => void): () => void {
    const entry = () => cut();
    this.#cuts.add(entry);
    return () => {
      this.#cuts.delete(entry);
      if (this.#cuts.size === 0) this.#whenNone?.();
    };
  }

  /** Resolves when no request is left; after 10 s it cuts off those that are. */
  async end(): Promise<void> {
    if (this.#cuts.size === 0) return;
    const none = new Promise<void>((resolve) => {
      this.#whenNone = resolve;
    });
    const waiting = new AbortController();
    const late = wait(DRAIN_MS, undefined, { signal: waiting.signal }).catch(() => undefined);
    await Promise.race([none, late]);
    waiting.abort();
    for (const cut of this.#cuts) cut();
  }
}
