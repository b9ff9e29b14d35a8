// Shared requests in flight. Callers with the same key share one request while it runs; its result is not cached. The signal of a
// caller only ends the wait of that caller. The request has its own signal, which aborts when the last caller has stopped
// waiting.
import type { RestError, Subject } from '../errors.ts';
import { RestAbortedError } from '../errors.ts';
import { LinkedList } from '../../linked-list.ts';
import { Urgency, type Priority } from './urgency.ts';

/** The arguments that `share` passes to the work. */
export interface Flight {
  /** Aborts, with a RestError as reason, when the last caller has left or `abort` was called. Made when it is read. */
  readonly signal: AbortSignal;
  /** The reason of `signal` once it has aborted; null before. */
  readonly reason: RestError | null;
  /**
   * Sets the one function that gets the reason of `signal` when that aborts, at once if it has aborted. A later one replaces it.
   */
  onAbort(listener: (reason: RestError) => void): void;
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

/** Most work is neither aborted nor waits in a queue, so it needs no AbortController. */
class Entry implements Flight {
  readonly subject: Subject;
  readonly key: string | null;
  readonly urgency: Urgency;
  promise: Promise<unknown> = Promise.resolve();
  waiters = 0;
  /** Removes the entry from the list of running work. */
  leave: () => void = () => undefined;
  reason: RestError | null = null;
  #controller: AbortController | null = null;
  #listener: ((reason: RestError) => void) | null = null;

  constructor(key: string | null, { subject, priority, account }: Wait) {
    this.subject = subject;
    this.key = key;
    this.urgency = new Urgency(priority, account);
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.reason !== null) this.#controller.abort(this.reason);
    return this.#controller.signal;
  }

  onAbort(listener: (reason: RestError) => void): void {
    this.#listener = listener;
    if (this.reason !== null) listener(this.reason);
  }

  /** The work has ended. A Map may keep the entry (see linked-list.ts), so the entry must not keep the work. */
  end(): void {
    this.promise = Promise.resolve();
    this.#listener = null;
    this.#controller = null;
  }

  abort(reason: RestError): void {
    if (this.reason !== null) return;
    this.reason = reason;
    this.#controller?.abort(reason);
    this.#listener?.(reason);
  }
}

/** The flights of one client, by key. */
export class Flights {
  readonly #joinable = new Map<string, Entry>();
  readonly #entries = new LinkedList<Entry>();

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

  /**
   * Later callers do not join the work that is running now, because a write may have made its answer stale. It goes on for its
   * callers.
   */
  seal(): void {
    this.#joinable.clear();
  }

  /** Ends all work. Each caller is rejected with the reason that `reasonFor` makes for its call. */
  abortAll(reasonFor: (subject: Subject) => RestError): void {
    for (const entry of this.#entries.values()) entry.abort(reasonFor(entry.subject));
  }

  #start(key: string | null, wait: Wait, start: (flight: Flight) => Promise<unknown>): Entry {
    const entry = new Entry(key, wait);
    entry.leave = this.#entries.add(entry);
    if (key !== null) this.#joinable.set(key, entry);
    entry.promise = start(entry).finally(() => {
      this.#end(entry);
      entry.end();
    });
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
      const stay = (settle: () => void): void => {
        signal.removeEventListener('abort', leave);
        settle();
      };
      entry.promise.then(
        (value) => stay(() => resolve(value)),
        (error: unknown) => stay(() => reject(error)),
      );
    });
  }

  #end(entry: Entry): void {
    entry.leave();
    if (entry.key !== null && this.#joinable.get(entry.key) === entry) this.#joinable.delete(entry.key);
  }
}

function abortedBy(signal: AbortSignal, subject: Subject): RestAbortedError {
  return new RestAbortedError('the caller has left', { ...subject, cause: signal.reason });
}
