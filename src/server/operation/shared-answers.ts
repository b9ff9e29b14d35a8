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
  #waiting = 0;

  /** `end` is called when the last caller has left before there was a result. */
  constructor(plan: OperationPlan, cost: OperationCost, result: Promise<ExecutionResult>, end: () => void) {
    this.plan = plan;
    this.cost = cost;
    this.result = result;
    this.#end = end;
  }

  /** One more caller waits. Call the result once if that caller leaves before there is a result. */
  join(): () => void {
    this.#waiting += 1;
    return () => {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#end();
    };
  }
}

/** The answers that are being made, by their keys. */
export class SharedAnswers {
  readonly #open = new Map<string, SharedAnswer>();

  /** The answer that a request with this key may wait for. */
  find(key: AnswerKey): SharedAnswer | undefined {
    return this.#open.size === 0 ? undefined : this.#open.get(key.text);
  }

  /** Later requests with this key find the answer, until it is made or sealed. */
  offer(key: AnswerKey, answer: SharedAnswer): void {
    this.#open.set(key.text, answer);
    const close = () => this.withdraw(key, answer);
    answer.result.then(close, close);
  }

  /** Nobody finds this answer any more. */
  withdraw({ text }: AnswerKey, answer: SharedAnswer): void {
    if (this.#open.get(text) === answer) this.#open.delete(text);
  }

  /** The data may have changed: no later request joins what runs now. */
  seal(): void {
    this.#open.clear();
  }
}

/** The key of a request. Its text is made where another request could share the answer, which is rarely so. */
export class AnswerKey {
  readonly #account: string;
  readonly #rights: string;
  readonly #body: string;
  #text: string | null = null;

  private constructor(account: string, rights: string, body: string) {
    this.#account = account;
    this.#rights = rights;
    this.#body = body;
  }

  /** Null: the request shares nothing. `rights` are equal for callers of equal rights. */
  static of(account: string, rights: string, body: string): AnswerKey | null {
    return body.length > LONGEST_BODY ? null : new AnswerKey(account, rights, body);
  }

  /** Both names are written as JSON in one line, so that no other account and body can have the same text. */
  get text(): string {
    this.#text ??= `${JSON.stringify(this.#account)} ${JSON.stringify(this.#rights)}\n${this.#body}`;
    return this.#text;
  }
}
