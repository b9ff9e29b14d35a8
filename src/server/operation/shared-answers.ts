// Answers that several requests share while they are made. A request whose body and rights are equal to those of a query that
// runs waits for that query in place of running it again.
//
// Why this is sound: an answer is made of the body (the document, its operation, its variables), of the caller's rights, of
// the data behind the graph, and of the account by which REST calls are queued, refused and charged; all but the data are in
// the key. The data are as fresh as an own run would read them, up to what the client may know by then: whatever tells a
// client of a change seals the answers that are being made, so that later requests do not join them. That is a mutation, its
// end or the end of its time, a webhook, and a poll that showed a change. Nothing is kept once an answer is made.
//
// Only queries share, and only if their permission needed no look at the data: a participant's presence is checked for each
// of their requests. Each caller pays their own points, masks their own errors, and has their own time limit. A caller who
// leaves ends nobody's wait but their own; the query is aborted when the last one has left.
import type { ExecutionResult } from 'graphql';
import type { OperationPlan } from '../plans/operation-plan.ts';
import type { OperationCost } from './operation-cost.ts';

/** Longer bodies are not shared: comparing them would cost more than it saves. In characters. */
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

  /** One more caller waits. Call the result once if that caller leaves before there is a result. */
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

  /** Nobody finds this answer any more. */
  withdraw({ account, body }: AnswerKey, answer: SharedAnswer): void {
    const accounts = this.#open.get(body);
    const open = accounts?.get(account);
    if (accounts === undefined || open?.answer !== answer) return;
    open.answer = null;
    accounts.delete(account);
    if (accounts.size === 0) this.#open.delete(body);
  }

  /** The data may have changed: no later request joins what runs now. */
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
