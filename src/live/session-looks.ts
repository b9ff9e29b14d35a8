// Looks at the running session of single rooms, asked for by their feeds. Those of one turn go upstream together.
import type { SessionResource } from '../rest/sessions.ts';
import type { LiveObserver } from './observer.ts';
import type { LiveUpstream } from './upstream.ts';

interface Waiter {
  readonly resolve: (session: SessionResource | null) => void;
  readonly reject: (error: Error) => void;
}

interface Batch {
  readonly waiting: Map<Waiter, string>;
  readonly controller: AbortController;
}

export class SessionLooks {
  readonly #upstream: LiveUpstream;
  readonly #observer: LiveObserver | undefined;
  #open: Batch | null = null;

  constructor(upstream: LiveUpstream, observer?: LiveObserver) {
    this.#upstream = upstream;
    this.#observer = observer;
  }

  /**
   * The room's running session, asked for after this call; null: none. Rejects when it can't be told.
   * `signal` ends this wait only; the call upstream ends when nobody waits for it any more.
   */
  look(roomId: string, signal: AbortSignal): Promise<SessionResource | null> {
    const batch = (this.#open ??= this.#begin());
    return new Promise((resolve, reject) => {
      const withdraw = () => {
        batch.waiting.delete(waiter);
        if (batch.waiting.size === 0) batch.controller.abort();
        reject(new Error('The look was given up.'));
      };
      const waiter: Waiter = {
        resolve(session) {
          signal.removeEventListener('abort', withdraw);
          resolve(session);
        },
        reject(error) {
          signal.removeEventListener('abort', withdraw);
          reject(error);
        },
      };
      batch.waiting.set(waiter, roomId);
      if (signal.aborted) withdraw();
      else signal.addEventListener('abort', withdraw, { once: true });
    });
  }

  /** Behind the promise jobs of this turn, so that all feeds that wake in it are in the batch. */
  #begin(): Batch {
    const batch: Batch = { waiting: new Map(), controller: new AbortController() };
    void Promise.resolve().then(() => process.nextTick(() => void this.#send(batch)));
    return batch;
  }

  async #send(batch: Batch): Promise<void> {
    this.#open = null;
    if (batch.waiting.size === 0) return;
    let failed = false;
    const answer = await this.#ask(batch);
    for (const [waiter, roomId] of batch.waiting) {
      const found = answer instanceof Error ? answer : answer.get(roomId);
      if (found instanceof Error || found === undefined) {
        failed = true;
        waiter.reject(found ?? new Error('The room is missing in the answer.'));
      } else {
        waiter.resolve(found);
      }
    }
    if (batch.waiting.size > 0) this.#observer?.onSessionLook?.(failed ? 'failed' : 'answered');
  }

  async #ask({
    waiting,
    controller,
  }: Batch): Promise<ReadonlyMap<string, SessionResource | null | Error> | Error> {
    try {
      return await this.#upstream.activeSessions([...new Set(waiting.values())], controller.signal);
    } catch (error) {
      return new Error('The sessions are unknown.', { cause: error });
    }
  }
}
