// The ledger: every request that the sandbox received, in order. Tests count calls and wait for them here.

/** Requests kept; beyond this the older half is forgotten. */
const MAX_ENTRIES = 50_000;

/** One received request. */
export interface Entry {
  readonly method: string;
  /** Path and query below the base URL, such as `/rooms?limit=10`. */
  readonly path: string;
  /** The path template, such as `/rooms/{room_id}`; undefined for an unknown path. */
  readonly route: string | undefined;
  /** Undefined for an unknown path. */
  readonly operationId: string | undefined;
  /** HTTP status; undefined until the request has ended, and if no answer was begun. */
  readonly status: number | undefined;
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly startedAt: number;
}

type Predicate = (entry: Entry) => boolean;

interface Waiter {
  readonly matches: Predicate;
  readonly resolve: (entry: Entry) => void;
}

/** The received requests, oldest first, at most 50,000. */
export class Ledger {
  #entries: Entry[] = [];
  readonly #arrivals = new Set<Waiter>();
  readonly #endings = new Set<Waiter>();

  /** Oldest first. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** How many entries have all the values of `filter`, such as `{ operationId: 'getRoom' }`. */
  count(filter: Partial<Entry> = {}): number {
    const wanted = Object.entries(filter);
    return this.#entries.filter((entry) => {
      const values = new Map<string, unknown>(Object.entries(entry));
      return wanted.every(([key, value]) => values.get(key) === value);
    }).length;
  }

  clear(): void {
    this.#entries = [];
  }

  /** Each request as a line, such as `GET /rooms?limit=10`. */
  lines(): string[] {
    return this.#entries.map(({ method, path }) => `${method} ${path}`);
  }

  /** Resolves when a matching request has been answered or aborted. Requests that have ended do not count. */
  next(matches: Predicate): Promise<Entry> {
    return waitIn(this.#endings, matches);
  }

  /** Resolves when a matching request has arrived with its body. Earlier requests do not count. */
  arrival(matches: Predicate): Promise<Entry> {
    return waitIn(this.#arrivals, matches);
  }

  /** Records a request. The returned function records its end, with the status if an answer was begun. */
  open(request: Omit<Entry, 'status'>): (status: number | undefined) => void {
    const entry = { ...request, status: undefined as number | undefined };
    this.#entries.push(entry);
    if (this.#entries.length > MAX_ENTRIES) this.#entries = this.#entries.slice(-MAX_ENTRIES / 2);
    notify(this.#arrivals, entry);
    return (status) => {
      entry.status = status;
      notify(this.#endings, entry);
    };
  }
}

function waitIn(waiters: Set<Waiter>, matches: Predicate): Promise<Entry> {
  return new Promise((resolve) => waiters.add({ matches, resolve }));
}

function notify(waiters: Set<Waiter>, entry: Entry): void {
  for (const waiter of waiters) {
    if (!waiter.matches(entry)) continue;
    waiters.delete(waiter);
    waiter.resolve(entry);
  }
}
