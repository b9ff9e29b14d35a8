// The priority of a call to the REST API, and the accounts for which it counts.

/** Order in which queued calls are sent: mutations first, then queries, polls, and last reads of tracks. */
export type Priority = 'mutation' | 'query' | 'poll' | 'tracks';

const RANK: Readonly<Record<Priority, number>> = { mutation: 0, query: 1, poll: 2, tracks: 3 };

/** The account of the gateway's own calls: polls, and background refreshes of cached objects. */
const OWN_ACCOUNT = '';

/** Priority and accounts of one queued call. A caller that joins the call can raise both while the call waits. */
export class Urgency {
  #priority: Priority;
  readonly #accounts: Set<string>;
  #onRaise: (() => void) | undefined;

  /** `account`: who is charged a turn. Default: the gateway itself. */
  constructor(priority: Priority, account = OWN_ACCOUNT) {
    this.#priority = priority;
    this.#accounts = new Set([account]);
  }

  /** The accounts of all callers that share the call. */
  get accounts(): ReadonlySet<string> {
    return this.#accounts;
  }

  /** The highest priority among the callers that share the call. */
  get priority(): Priority {
    return this.#priority;
  }

  /** The priority as a number; lower goes first. */
  get rank(): number {
    return RANK[this.#priority];
  }

  /** Sets the one listener that is called when `raise` has changed something; a later listener replaces it. */
  onRaise(listener: () => void): void {
    this.#onRaise = listener;
  }

  /** Another caller joins: keeps the higher priority and adds the account. */
  raise(priority: Priority, account = OWN_ACCOUNT): void {
    const isHigher = RANK[priority] < this.rank;
    // An account joins the same calls with many operations at once.
    if (!isHigher && this.#accounts.has(account)) return;
    if (isHigher) this.#priority = priority;
    this.#accounts.add(account);
    this.#onRaise?.();
  }
}
