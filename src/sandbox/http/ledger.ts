// The ledger: every request that the sandbox received, in order, for tests that count calls and wait for them.

/** Requests kept; the oldest are forgotten beyond. */
const MAX_ENTRIES = 50_000;

export interface Entry {
  readonly method: string;
  /** Path and query below the base URL, such as `/rooms?limit=10`. */
  readonly path: string;
  /** The path template, such as `/rooms/{room_id}`; undefined for a path that the API does not have. */
  readonly route: string | undefined;
  readonly operationId: string | undefined;
  /** Undefined until an answer began. */
  readonly status: number | undefined;
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly startedAt: number;
}

type Predicate = (entry: Entry) => boolean;

interface Waiter {
  readonly matches: Predicate;
  readonly resolve: (entry: Entry) => void;
}

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

  /** Resolves when the next matching request has been answered, or broken off by either side. */
  next(matches: Predicate): Promise<Entry> {
    return waitIn(this.#endings, matches);
  }

  /** Resolves when the next matching request has arrived, answered or not. */
  arrival(matches: Predicate): Promise<Entry> {
    return waitIn(this.#arrivals, matches);
  }

  /** Notes a request. The returned function notes its end, with the status if an answer began. */
  open(request: Omit<Entry, 'status'>): (status: number | undefined) => void {
    const entry = { ...request, status: undefined as number | undefined };
    this.#entries.push(entry);
    if (this.#entries.length > MAX_ENTRIES) this.#entries = this.#entries.slice(-MAX_ENTRIES / 2);
    tell(this.#arrivals, entry);
    return (status) => {
      entry.status = status;
      tell(this.#endings, entry);
    };
  }
}

function waitIn(waiters: Set<Waiter>, matches: Predicate): Promise<Entry> {
  return new Promise((resolve) => waiters.add({ matches, resolve }));
}

function tell(waiters: Set<Waiter>, entry: Entry): void {
  for (const waiter of waiters) {
    if (!waiter.matches(entry)) continue;
    waiters.delete(waiter);
    waiter.resolve(entry);
  }
}
