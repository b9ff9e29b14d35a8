// How pressing a call of the upstream is, and whose.

export type Priority = 'mutation' | 'query' | 'poll';

const RANK: Readonly<Record<Priority, number>> = { mutation: 0, query: 1, poll: 2 };

/** Whose turns the gateway's own calls take: polls, and what is read anew behind an answer. */
const OWN_ACCOUNT = '';

/** How pressing a call is. It can be raised while the call waits, by another caller who shares it. */
export class Urgency {
  #priority: Priority;
  readonly #accounts: Set<string>;
  #onRaise: (() => void) | undefined;

  /** `account` names whose turn it takes. */
  constructor(priority: Priority, account = OWN_ACCOUNT) {
    this.#priority = priority;
    this.#accounts = new Set([account]);
  }

  /** Those who wait for the call. */
  get accounts(): ReadonlySet<string> {
    return this.#accounts;
  }

  get priority(): Priority {
    return this.#priority;
  }

  get rank(): number {
    return RANK[this.#priority];
  }

  /** The one who is told when somebody else comes to share the call. */
  onRaise(listener: () => void): void {
    this.#onRaise = listener;
  }

  raise(priority: Priority, account = OWN_ACCOUNT): void {
    if (RANK[priority] < this.rank) this.#priority = priority;
    this.#accounts.add(account);
    this.#onRaise?.();
  }
}
