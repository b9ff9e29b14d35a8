// Work that several callers share while it runs. A caller's signal ends that caller's wait only; the work itself
// has a signal of its own, which falls when the last caller has gone. Nothing is kept once the work has ended.
import type { RestError, Subject } from '../errors.ts';
import { RestAbortedError } from '../errors.ts';
import { Urgency, type Priority } from './urgency.ts';

/** What the shared work gets. */
export interface Flight {
  /** Aborted with a RestError as its reason: nobody waits any more, or `abort` was called. */
  readonly signal: AbortSignal;
  /** The highest priority among those who wait. */
  readonly urgency: Urgency;
  abort(reason: RestError): void;
}

/** Who waits: for what, how long, how urgently. */
export interface Wait {
  readonly subject: Subject;
  readonly priority: Priority;
  /** Whose turn it takes; absent: the gateway's own. */
  readonly account?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Entry extends Flight {
  readonly subject: Subject;
  readonly key: string | null;
  promise: Promise<unknown>;
  waiters: number;
}

export class Flights {
  readonly #joinable = new Map<string, Entry>();
  readonly #entries = new Set<Entry>();

  /**
   * Joins the work that runs under `key`, or starts it. `null` is never shared.
   * Rejects with `RestAbortedError` when the caller's own signal falls, else as the work does.
   */
  share<T>(key: string | null, wait: Wait, start: (flight: Flight) => Promise<T>): Promise<T> {
    if (wait.signal?.aborted) return Promise.reject(abortedBy(wait.signal, wait.subject));
    const running = key === null ? undefined : this.#joinable.get(key);
    running?.urgency.raise(wait.priority, wait.account);
    const entry = running ?? this.#start(key, wait, start);
    // A key stands for one request and so for one type of answer.
    return this.#wait(entry, wait) as Promise<T>;
  }

  /** What runs now goes on for those who wait, but nobody joins it any more: a write may have made it stale. */
  seal(): void {
    this.#joinable.clear();
  }

  /** Ends everything that runs; all who wait get the reason made for what they wait for. */
  abortAll(reasonFor: (subject: Subject) => RestError): void {
    for (const entry of this.#entries) entry.abort(reasonFor(entry.subject));
  }

  #start(key: string | null, wait: Wait, start: (flight: Flight) => Promise<unknown>): Entry {
    const controller = new AbortController();
    const entry: Entry = {
      subject: wait.subject,
      key,
      signal: controller.signal,
      urgency: new Urgency(wait.priority, wait.account),
      abort: (reason) => controller.abort(reason),
      promise: Promise.resolve(),
      waiters: 0,
    };
    this.#entries.add(entry);
    if (key !== null) this.#joinable.set(key, entry);
    entry.promise = start(entry).finally(() => this.#end(entry));
    return entry;
  }

  #wait(entry: Entry, { signal, subject }: Wait): Promise<unknown> {
    entry.waiters += 1;
    if (signal === undefined) return entry.promise;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const reason = abortedBy(signal, subject);
        reject(reason);
        entry.waiters -= 1;
        if (entry.waiters > 0) return;
        this.#end(entry);
        entry.abort(reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      entry.promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  #end(entry: Entry): void {
    this.#entries.delete(entry);
    if (entry.key !== null && this.#joinable.get(entry.key) === entry) this.#joinable.delete(entry.key);
  }
}

function abortedBy(signal: AbortSignal, subject: Subject): RestAbortedError {
  return new RestAbortedError('ended by its caller', { ...subject, cause: signal.reason });
}
