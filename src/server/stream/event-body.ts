// The body of a response of Yoga with server-sent events; event-response.ts answers most subscriptions. The first result is
// pulled; later results of a subscription in a group are pushed.
import type { GraphQLError } from 'graphql';
import type { Sleeper } from '../../live/log/taken-events.ts';
import type { OperationContext } from '../operation/context.ts';
import type { TextOf } from '../operation/result-text.ts';
import type { Answer } from './answer.ts';
import {
  answerBytes,
  COMPLETE,
  eventBytes,
  KEEP_ALIVE_MS,
  PING,
  type IdentifiedResult,
} from './event-bytes.ts';
import type { Sink } from './member.ts';
import type { OpenStreams } from './open-streams.ts';
import { resultsOf, type Outcome } from './pending-stream.ts';
import { StreamedBody } from './streamed-body.ts';

/** Options of `EventBody`; `keepAliveMs` has a default. */
export interface EventBodyOptions {
  /** Writes the data of each event. */
  readonly textOf: TextOf;
  /** Masks the error with which a stream fails. */
  readonly mask: (error: unknown) => GraphQLError;
  /** The streams of subscriptions register here, to be ended when the gateway stops. */
  readonly openStreams: OpenStreams;
  /** How often a comment is sent to keep the connection open, in milliseconds. Default: 12 000. */
  readonly keepAliveMs?: number;
}

/** How many bytes may wait for a client before it gets no more results. */
export const HIGH_WATER_BYTES = 16 * 1024;

/** The source of the stream that is the body. */
export class EventBody extends StreamedBody implements Sink {
  readonly #options: EventBodyOptions;
  /** Of the request; its `note` gets the beginning and the results of a subscription. */
  readonly #context: Partial<OperationContext>;
  readonly #isSubscription: boolean;
  readonly #results: AsyncIterator<IdentifiedResult>;
  #pinging: NodeJS.Timeout | undefined;
  #forget = () => {};
  #isPushing = false;
  #waiting: Sleeper | null = null;

  constructor(
    outcome: Outcome<IdentifiedResult>,
    context: Partial<OperationContext>,
    options: EventBodyOptions,
  ) {
    const results = resultsOf(outcome);
    super(results, context.onStream);
    this.#options = options;
    this.#context = context;
    this.#isSubscription = Symbol.asyncIterator in outcome && context.parts === undefined;
    this.#results = results;
    if (this.#isSubscription) context.note?.began();
  }

  /** Called by the stream. */
  override start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const { openStreams, keepAliveMs = KEEP_ALIVE_MS } = this.#options;
    super.start(controller);
    if (this.isOver) return;
    // Some browsers report a stream as open only after its first bytes.
    controller.enqueue(PING);
    this.#pinging = setInterval(() => {
      if (this.isReady) controller.enqueue(PING);
    }, keepAliveMs);
    if (!this.#isSubscription) return;
    // Without `complete`: clients take that for the end of the subscription and do not come back.
    this.#forget = openStreams.add(() => this.close(true));
  }

  /** Called by the stream when the client has read. */
  pull(): Promise<void> | undefined {
    if (!this.#isPushing) return this.#pullResult();
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.wake();
    return undefined;
  }

  /** See Sink. */
  get isReady(): boolean {
    return (this.controller?.desiredSize ?? 0) > 0;
  }

  /** See Sink. */
  whenReady(sleeper: Sleeper): void {
    this.#waiting = sleeper;
  }

  /** See Sink. */
  push(answer: Answer): void {
    const { note, expiry } = this.#context;
    if (this.isOver || expiry?.keep() === true) return;
    note?.saw(answer.result ?? {});
    this.#send(answerBytes(answer, this.#options.textOf));
  }

  /** Passes on the next result, or the end. */
  async #pullResult(): Promise<void> {
    const { note } = this.#context;
    try {
      const { done, value } = await this.#results.next();
      if (this.isOver) return;
      if (done !== true) {
        if (this.#isSubscription) note?.saw(value);
        this.#send(eventBytes(value, this.#options.textOf));
        this.#beginPushing();
        // From then on the results only say when the subscription ends, or are the error that ends it.
        if (this.#isPushing) void this.#pullResult();
        return;
      }
    } catch (error) {
      if (this.isOver) return;
      const failure = { errors: [this.#options.mask(error)] };
      note?.saw(failure);
      this.#send(eventBytes(failure, this.#options.textOf));
    }
    this.over(true);
    this.controller?.enqueue(COMPLETE);
    this.controller?.close();
  }

  #beginPushing(): void {
    const { member } = this.#context;
    if (this.#isPushing || member === undefined) return;
    this.#isPushing = true;
    member.pushTo(this);
  }

  protected override over(isWhole: boolean): void {
    super.over(isWhole);
    clearInterval(this.#pinging);
    this.#forget();
  }

  #send(parts: readonly Buffer[]): void {
    for (const part of parts) this.controller?.enqueue(part);
  }
}
