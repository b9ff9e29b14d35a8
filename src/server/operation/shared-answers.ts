// Answers that several requests share while they are being made. If a request has the same body and rights as a query that is
// running, it waits for that query instead of running it again.
//
// Why this is correct: an answer depends on the body (the document, its operation, its variables), on the caller's rights, on the
// data, and on the account by which REST calls are queued, refused and charged. All of these except the data are in the key. A
// client must not get data that are older than a change that it may know of. So every event from which a client can learn of a
// change seals the answers that are being made, and later requests do not join them. Such events are a mutation, its end or its
// timeout, a webhook, and a poll that showed a change. A finished answer is not stored.
//
// Only queries are shared, and only if the permission of the caller does not depend on data: the presence of a participant is
// checked for each request. For each request, points are charged, errors are masked and the time limit runs separately. If a
// client disconnects, the others still wait; the query is aborted when the last one has disconnected.
import type { ExecutionResult } from 'graphql';
import type { OperationPlan } from '../plans/operation-plan.ts';
import type { OperationCost } from './operation-cost.ts';

/** In characters. Longer bodies are not shared, because comparing them would cost more than it saves. */
const LONGEST_BODY = 8192;

/** A query that runs for one or more callers. */
export class SharedAnswer {
  readonly plan: OperationPlan;
  readonly cost: OperationCost;
  /** The result as the engine returned it, with unmasked errors. */
  readonly result: Promise<ExecutionResult>;
  readonly #end: () => void;
  #joined = 0;
  #waiting = 0;

  /** `end` is called when the last caller has left before there was a result. */
  constructor(plan: OperationPlan, cost: OperationCost, result: Promise<ExecutionResult>, end: () => void) {
    this.plan = plan;
    this.cost = cost;
    this.result = result;
    this.#end = end;
  }

  /** Whether more than one caller has waited. */
  get isShared(): boolean {
    return this.#joined > 1;
  }

  /** Call when one more caller waits. Call the returned function once if that caller leaves before there is a result. */
  join(): () => void {
    this.#joined += 1;
    this.#waiting += 1;
    return () => {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#end();
    };
  }
}

/** What requests that share an answer have in common. */
export interface AnswerKey {
  readonly account: string;
  /** Equal for callers of equal rights. */
  readonly rights: string;
  readonly body: string;
}

/** An answer that is being made, for callers of these rights. */
interface OpenAnswer {
  readonly rights: string;
  /** Null once it is withdrawn: see linked-list.ts for what a Map may keep of what was in it. */
  answer: SharedAnswer | null;
}

/** The answers that are being made. */
export class SharedAnswers {
  /** By their bodies, then by their accounts. Of one account with several rights the latest is found. */
  readonly #open = new Map<string, Map<string, OpenAnswer>>();

  /** The answer that a request with this key may wait for. */
  find({ account, rights, body }: AnswerKey): SharedAnswer | undefined {
    if (this.#open.size === 0) return undefined;
    const open = this.#open.get(body)?.get(account);
    return open?.rights === rights ? (open.answer ?? undefined) : undefined;
  }

  /** Later requests with this key find the answer, until it is made or sealed. */
  offer(key: AnswerKey, answer: SharedAnswer): void {
    const accounts = this.#open.get(key.body) ?? new Map<string, OpenAnswer>();
    this.#open.set(key.body, accounts.set(key.account, { rights: key.rights, answer }));
    const close = () => this.withdraw(key, answer);
    answer.result.then(close, close);
  }

  /** From now on no request finds this answer. */
  withdraw({ account, body }: AnswerKey, answer: SharedAnswer): void {
    const accounts = this.#open.get(body);
    const open = accounts?.get(account);
    if (accounts === undefined || open?.answer !== answer) return;
    open.answer = null;
    accounts.delete(account);
    if (accounts.size === 0) this.#open.delete(body);
  }

  /** Call when the data may have changed: no later request joins the queries that are running now. */
  seal(): void {
    for (const accounts of this.#open.values()) {
      for (const open of accounts.values()) open.answer = null;
    }
    this.#open.clear();
  }
}

/** Whether requests with this body may share an answer. */
export function isSharable(body: string): boolean {
  return body.length <= LONGEST_BODY;
}
