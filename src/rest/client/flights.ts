// Shared requests in flight. Callers with the same key share one piece of work while it runs; nothing is cached after it.
// A caller's signal ends that caller's wait only. The work has its own signal, which aborts when the last caller leaves.
import type { RestError, Subject } from '../errors.ts';
import { RestAbortedError } from '../errors.ts';
import { Urgency, type Priority } from './urgency.ts';

/** The arguments that `share` passes to the work. */
export interface Flight {
  /** Aborts, with a RestError as reason, when the last caller has left or `abort` was called. */
  readonly signal: AbortSignal;
  /** Priority and accounts of all callers that wait. */
  readonly urgency: Urgency;
  /** Ends the work: every waiting caller is rejected with `reason`. */
  abort(reason: RestError): void;
}

/** One caller's part in a flight. */
export interface Wait {
  /** The call, for error messages. */
  readonly subject: Subject;
  readonly priority: Priority;
  /** The account that takes a turn in the budget. Default: the gateway itself. */
  readonly account?: string | undefined;
  /** Ends this caller's wait. */
  readonly signal?: AbortSignal | undefined;
}

interface Entry extends Flight {
  readonly subject: Subject;
  readonly key: string | null;
  promise: Promise<unknown>;
  waiters: number;
}

/** The flights of one client, by key. */
export class Flights {
  readonly #joinable = new Map<string, Entry>();
  readonly #entries = new Set<Entry>();

  /**
   * Joins the work that runs under `key`, or starts it. With the key `null` the work is never shared.
   * Rejects with `RestAbortedError` when the caller's own signal aborts; otherwise settles as the work does.
   */
  share<T>(key: string | null, wait: Wait, start: (flight: Flight) => Promise<T>): Promise<T> {
    if (wait.signal?.aborted) return Promise.reject(abortedBy(wait.signal, wait.subject));
    const running = key === null ? undefined : this.#joinable.get(key);
    running?.urgency.raise(wait.priority, wait.account);
    const entry = running ?? this.#start(key, wait, start);
    // A key stands for one request and so for one type of answer.
    return this.#wait(entry, wait) as Promise<T>;
  }

  /** Running work goes on for its callers, but later callers do not join it: a write may have made its answer stale. */
  seal(): void {
    this.#joinable.clear();
  }

  /** Ends all work. Each caller is rejected with the reason that `reasonFor` makes for its call. */
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
  return new RestAbortedError('the caller has left', { ...subject, cause: signal.reason });
}
