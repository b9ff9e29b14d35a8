// One subscription as its transport sees it: a stream of results. The first result is pulled like any result and passes all
// plugins. If the transport has requested it, later results are pushed to it: without a promise for each, and with bytes that all
// members of a group share. Then the stream only reports the end of the subscription.
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Sleeper, TakenEvents, Taker } from '../../live/log/taken-events.ts';
import type { Told } from '../../live/log/told.ts';
import { answerTo, type Answer, type AnswerOptions } from './answer.ts';

/** The client's side of a transport. */
export interface Reading {
  /** Whether the client has read enough to get another result. */
  readonly isReady: boolean;
  /** Calls `sleeper.wake` when `isReady` becomes true. */
  whenReady(sleeper: Sleeper): void;
}

/** The transport of a subscription, to which results are pushed. */
export interface Sink extends Reading {
  /** Sends a result. */
  push(answer: Answer): void;
  /** The subscription ends, and no `next` waits for that; `error`, which is masked: by a failure. */
  end?(error: GraphQLError | undefined): void;
}

/** Options of a `Member`; all are required. */
export interface MemberOptions extends AnswerOptions {
  /** The key of its group. */
  readonly key: string;
  readonly source: TakenEvents;
  /** Called with the cursor of each result that is pulled (null: it has none) before the reader gets it. */
  onPulled(cursor: string | null): void;
}

type Result = IteratorResult<ExecutionResult, undefined>;

/** One reader, one `next` at a time. */
export class Member implements AsyncIterableIterator<ExecutionResult, undefined>, Taker {
  #options: MemberOptions | null;
  /** That of the options, which are not read for most events. */
  readonly #key: string;
  #sink: Sink | null = null;
  #reading: Reading | null = null;
  #waiting: PromiseWithResolvers<Result> | null = null;
  /** Whether results are pushed without a call of `next`. */
  #isHeld = false;
  /** While an event is being answered, the next one must wait. */
  #isBusy = false;

  constructor(options: MemberOptions) {
    this.#options = options;
    this.#key = options.key;
    options.source.attach(this);
  }

  /** No result is made before the client has read what it was sent. */
  waitFor(reading: Reading): void {
    this.#reading = reading;
  }

  /** Call it after the first result: results are pushed from now on, while a call of `next` waits for the end. */
  pushTo(sink: Sink): void {
    this.#sink = sink;
    this.#reading = sink;
  }

  /** As `pushTo`, but without such a call. */
  hold(sink: Required<Sink>): void {
    this.pushTo(sink);
    this.#isHeld = true;
    this.wake();
  }

  next(): Promise<Result> {
    if (this.#options === null) return Promise.resolve({ done: true, value: undefined });
    this.#waiting = Promise.withResolvers();
    const { promise } = this.#waiting;
    this.wake();
    return promise;
  }

  /** Leaves at once. */
  async return(): Promise<Result> {
    const options = this.#options;
    this.#end()?.resolve({ done: true, value: undefined });
    await options?.source.return();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** See Taker. */
  get isWaiting(): boolean {
    const isAsked = this.#isHeld || this.#waiting !== null;
    return isAsked && this.#options !== null && !this.#isBusy && this.#reading?.isReady !== false;
  }

  /** See Taker. */
  give(told: Told<object>): void {
    this.#answer(told);
  }

  /** Called by the source and the transport: answers the events that there are, as far as the client reads. */
  wake(): void {
    while (this.#options !== null && (this.#isHeld || this.#waiting !== null) && !this.#isBusy) {
      if (this.#reading?.isReady === false) return this.#reading.whenReady(this);
      const told = this.#options.source.take();
      if (told === undefined) {
        if (this.#options.source.isOver) this.#finish(this.#options.source.error);
        return;
      }
      if (told instanceof Promise) void this.#await(told);
      else this.#answer(told);
    }
  }

  async #await(coming: Promise<Told<object>>): Promise<void> {
    this.#isBusy = true;
    try {
      const told = await coming;
      this.#isBusy = false;
      this.#answer(told);
      this.wake();
    } catch (error) {
      this.#finish(error);
    }
  }

  #answer(told: Told<object>): void {
    if (this.#options === null) return;
    const answer = answerTo(told, this.#key, this.#options);
    if (answer.result !== null) return this.#deliver(answer, answer.result);
    this.#isBusy = true;
    answer.whenReady(() => {
      this.#isBusy = false;
      if (answer.result !== null) this.#deliver(answer, answer.result);
      this.wake();
    });
  }

  #deliver(answer: Answer, result: ExecutionResult): void {
    if (this.#options === null) return;
    if (this.#sink !== null) return this.#sink.push(answer);
    this.#options.onPulled(answer.cursor);
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve({ done: false, value: result });
  }

  #finish(error: unknown): void {
    const [options, sink] = [this.#options, this.#sink];
    const waiting = this.#end();
    if (waiting === null) sink?.end?.(error === undefined ? undefined : options?.mask(error));
    else if (error === undefined) waiting.resolve({ done: true, value: undefined });
    else waiting.reject(error);
  }

  /** Lets go of everything. */
  #end(): PromiseWithResolvers<Result> | null {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#options = null;
    this.#sink = null;
    this.#reading = null;
    return waiting;
  }
}
