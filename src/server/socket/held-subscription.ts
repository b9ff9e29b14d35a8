// Takes a subscription whose results are pushed over from graphql-ws, when its first result has been sent. graphql-ws would keep
// the message, the stream with all plugins and several promises for each subscription, some 4 kB. Only the id remains in the list
// of the socket, so that the client can complete the subscription.
import { GraphQLError } from 'graphql';
import type { Sleeper } from '../../live/log/taken-events.ts';
import { formatError } from '../operation/mask-errors.ts';
import { wellFormedJson, type TextOf } from '../operation/result-text.ts';
import type { RequestNote } from '../request-note.ts';
import type { Answer } from '../stream/answer.ts';
import type { Member, Sink } from '../stream/member.ts';
import { keptBytes, type Outbox } from './outbox.ts';
import { nextPrefix, payloadParts } from './messages.ts';
import type { SocketOperations } from './socket-operations.ts';

/** The results as graphql-ws reads them: the first one, and then the end, at which `onSent` takes over. */
export class FirstResult<Result extends object> implements AsyncIterableIterator<Result, undefined> {
  readonly #results: AsyncIterator<Result>;
  readonly #onSent: () => void;
  #hasBegun = false;
  #isOver = false;

  constructor(results: AsyncIterable<Result>, onSent: () => void) {
    this.#results = results[Symbol.asyncIterator]();
    this.#onSent = onSent;
  }

  /** graphql-ws calls it again when the first result is sent. */
  async next(): Promise<IteratorResult<Result, undefined>> {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      const result = await this.#results.next();
      if (result.done !== true) return result;
    } else if (!this.#isOver) this.#onSent();
    this.#isOver = true;
    return { done: true, value: undefined };
  }

  /** Called by graphql-ws when the client completes the subscription before that. */
  async return(): Promise<IteratorResult<Result, undefined>> {
    this.#isOver = true;
    await this.#results.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** The part of a socket's session that its subscriptions use. */
export interface HoldingSession {
  readonly outbox: Outbox;
  /** Aborts when the socket closes. */
  readonly gone: AbortSignal;
  /** Has the subscription by this object as its key. */
  readonly operations: Pick<SocketOperations, 'end'>;
}

/** Options of a `HeldSubscription`; all are required. */
export interface HeldOptions {
  readonly session: HoldingSession;
  /** The object of graphql-ws that has a key for each operation of the socket. */
  readonly subscriptions: Record<string, unknown>;
  /** The client's id of the subscription. */
  readonly id: string;
  readonly member: Member;
  /** Gets each result, and the error with which the subscription ends. */
  readonly note: RequestNote | undefined;
  readonly textOf: TextOf;
  /** Gives the subscription's place back; called once, when it ends. */
  readonly leave: (() => void) | undefined;
}

/** The kind of bytes that answers have here: see `Answer.bytesOf`. */
const KIND = 'websocket';

/** For graphql-ws a stream that it returns when the client completes the subscription, and that it never reads. */
export class HeldSubscription implements Sink, AsyncIterableIterator<never, undefined> {
  /** How many results were pushed without an error. */
  events = 0;
  readonly #options: HeldOptions;
  // The same as in the options: few objects are read for each result, as most of its cost is to fetch them from memory.
  readonly #outbox: Outbox;
  readonly #prefix: Buffer | string;
  #isOver = false;

  constructor(options: HeldOptions) {
    this.#options = options;
    this.#outbox = options.session.outbox;
    this.#prefix = keptBytes(nextPrefix(options.id));
    options.note?.countFrom(this);
  }

  /** Takes the id over, and begins to push. To be called in the turn in which graphql-ws lets go of the id. */
  hold(): void {
    const { subscriptions, id, session, member } = this.#options;
    // Without it graphql-ws does not tell the client that the subscription is complete.
    Reflect.deleteProperty(subscriptions, id);
    // graphql-ws deletes the id again in this turn. No message of the client can come before the next tick.
    process.nextTick(() => {
      if (session.gone.aborted) {
        void this.return();
      } else {
        subscriptions[id] = this;
        member.hold(this);
      }
    });
  }

  /** See Sink. */
  get isReady(): boolean {
    return this.#outbox.isReady;
  }

  /** See Sink. */
  whenReady(sleeper: Sleeper): void {
    this.#outbox.whenReady(sleeper);
  }

  /** See Sink. */
  push(answer: Answer): void {
    if (answer.result?.errors === undefined) this.events += 1;
    else this.#options.note?.saw(answer.result);
    const bytes = answer.bytesOf(KIND) ?? answer.keep(KIND, this.#written(answer));
    this.#outbox.push(this.#prefix, bytes);
  }

  /** The subscription ends by itself; `error`, which is masked: by a failure. */
  end(error: GraphQLError | undefined): void {
    if (this.#isOver) return;
    const { subscriptions, id, note } = this.#options;
    const idText = wellFormedJson(JSON.stringify(id));
    if (error === undefined) {
      this.#outbox.push(`{"id":${idText},"type":"complete"}`, []);
    } else {
      const errors = [new GraphQLError(error.message, { cause: error, extensions: error.extensions })];
      note?.saw({ errors });
      const payload = wellFormedJson(JSON.stringify(errors.map(formatError)));
      this.#outbox.push(`{"id":${idText},"type":"error","payload":${payload}}`, []);
    }
    Reflect.deleteProperty(subscriptions, id);
    this.#over();
  }

  /** Called by graphql-ws when the client completes the subscription or its socket has closed. */
  async return(): Promise<IteratorResult<never, undefined>> {
    const { member } = this.#options;
    this.#over();
    await member.return();
    return { done: true, value: undefined };
  }

  next(): Promise<IteratorResult<never, undefined>> {
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { session, leave } = this.#options;
    session.operations.end(this);
    leave?.();
  }

  #written({ result }: Answer): readonly Buffer[] {
    const { data, errors } = result ?? {};
    const formatted = errors === undefined ? {} : { errors: errors.map(formatError) };
    return payloadParts({ ...(data === undefined ? {} : { data }), ...formatted }, this.#options.textOf);
  }
}
