// Counts the requests in flight, so that a gateway that closes can wait for them.
import type { Clock } from '../../clock.ts';
import { DRAIN_MS } from '../drain.ts';

/** The requests in flight, each as the function that cuts it off. */
export class InFlight {
  readonly #clock: Clock;
  readonly #cuts = new Set<() => void>();
  #whenNone: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Call when a request begins, and the returned function when it has ended; calling that twice is harmless. */
  begin(cut: () => void): () => void {
    const entry = () => cut();
    this.#cuts.add(entry);
    return () => {
      this.#cuts.delete(entry);
      if (this.#cuts.size === 0) this.#whenNone?.();
    };
  }

  /** Resolves when no request is left; after 10 s it cuts off the remaining requests. */
  async end(): Promise<void> {
    if (this.#cuts.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#whenNone = resolve;
    const cancel = this.#clock.schedule(() => {
      for (const cut of this.#cuts) cut();
      resolve();
    }, DRAIN_MS);
    await promise;
    cancel();
  }
}
