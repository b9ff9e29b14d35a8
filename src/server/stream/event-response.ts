// Writes the events of one subscription to Node's response. Besides the connection it keeps only its place in the group and its
// log line, and nothing of the request, because thousands of these may run.
import type { ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Clock } from '../../clock.ts';
import type { Sleeper } from '../../live/log/taken-events.ts';
import type { Appointment } from '../call-at.ts';
import { atEndOfRights } from '../end-of-rights.ts';
import type { OperationContext } from '../operation/context.ts';
import type { TextOf } from '../operation/result-text.ts';
import type { RequestNote } from '../request-note.ts';
import type { Wheel } from '../socket/wheel.ts';
import type { Answer } from './answer.ts';
import { answerBytes, COMPLETE, eventBytes, PING, type IdentifiedResult } from './event-bytes.ts';
import type { Member, Sink } from './member.ts';
import type { OpenStreams } from './open-streams.ts';

/** What all responses of a server share. */
export interface EventResponseOptions {
  /** Writes the data of each event. */
  readonly textOf: TextOf;
  /** Masks the error with which a stream fails. */
  readonly mask: (error: unknown) => GraphQLError;
  /** Times the end of tokens. */
  readonly clock: Clock;
  /** Ends the streams when the gateway stops. */
  readonly openStreams: OpenStreams;
  /** Calls `ping` of each stream. */
  readonly pings: Wheel<Pick<EventResponse, 'ping'>>;
}

/** A subscription that has begun. */
export interface BegunSubscription {
  /** Its results; the first one passes all plugins. */
  readonly results: AsyncIterator<IdentifiedResult>;
  /** The operation's context, in which `member` is set once the first result has been read. */
  readonly context: Pick<OperationContext, 'member' | 'leave' | 'expiry' | 'visitor'>;
  readonly note: RequestNote;
}

/** One stream, whose head has been written. It begins when it is made, and ends with its subscription or its client. */
export class EventResponse implements Sink {
  readonly #response: ServerResponse;
  readonly #options: EventResponseOptions;
  readonly #note: RequestNote;
  /** Null: results are pushed by the member of a group. */
  #begun: BegunSubscription | null;
  #leave: (() => void) | null = null;
  #expiry: Appointment | null = null;
  #forget = () => {};
  #stopPings = () => {};
  #isWaiting = false;
  #isOver = false;

  constructor(response: ServerResponse, begun: BegunSubscription, options: EventResponseOptions) {
    this.#response = response;
    this.#options = options;
    this.#note = begun.note;
    this.#begun = begun;
    this.#note.began();
    // Some browsers report a stream as open only after its first bytes.
    response.write(PING);
    this.#stopPings = options.pings.add(this);
    // Without `complete`: clients take that for the end of the subscription and do not come back.
    this.#forget = options.openStreams.add(() => this.#end(() => response.end()));
    response.once('close', () => this.#end());
    if (response.closed) this.#end();
    void this.#pull(begun);
  }

  /** Called once in a period. */
  ping(): void {
    if (this.isReady) this.#response.write(PING);
  }

  /** See Sink. */
  get isReady(): boolean {
    return !this.#response.writableNeedDrain;
  }

  /** See Sink. Never, if the client does not read any more. */
  whenReady(sleeper: Sleeper): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#response.once('drain', () => {
      this.#isWaiting = false;
      sleeper.wake();
    });
  }

  /** See Sink. */
  push(answer: Answer): void {
    if (this.#isOver || this.#expiry?.keep() === true) return;
    this.#note.saw(answer.result ?? {});
    this.#write(answerBytes(answer, this.#options.textOf));
  }

  /** See Sink: the subscription ends by itself; `error`, which is masked: by a failure. */
  end(error: GraphQLError | undefined): void {
    this.#end(() => this.#complete(error === undefined ? null : { errors: [error] }));
  }

  /** Passes on the results up to the first one that the others follow without being asked for, or all of them. */
  async #pull({ results, context }: BegunSubscription): Promise<void> {
    while (!this.#isOver) {
      let last: IdentifiedResult | null = null;
      try {
        const { done, value } = await results.next();
        if (done !== true) {
          this.#take(value);
          if (context.member !== undefined) return this.#hold(context, context.member);
          await this.#read();
          continue;
        }
      } catch (error) {
        last = { errors: [this.#masked(error)] };
      }
      this.#end(() => this.#complete(last));
    }
  }

  #take(result: IdentifiedResult): void {
    if (this.#isOver) return;
    this.#note.saw(result);
    this.#write(eventBytes(result, this.#options.textOf));
  }

  /** Lets go of the stream of results with all that is behind it. */
  #hold({ leave, expiry, visitor }: BegunSubscription['context'], member: Member): void {
    if (this.#isOver) return;
    this.#begun = null;
    this.#leave = () => {
      void member.return();
      leave?.();
    };
    expiry?.cancel();
    this.#expiry = atEndOfRights(this.#options.clock, visitor.caller, (reason) => this.end(reason));
    member.hold(this);
  }

  /** The pipeline has masked its errors, as GraphQLErrors. */
  #masked(error: unknown): GraphQLError {
    return error instanceof GraphQLError ? error : this.#options.mask(error);
  }

  /** Resolves when the client has read enough to get another result. */
  #read(): Promise<void> | undefined {
    if (this.isReady || this.#isOver) return undefined;
    return new Promise((resolve) => this.#response.once('drain', resolve).once('close', resolve));
  }

  /** Ends once: lets go of everything, then `say` writes what the client still gets. */
  #end(say?: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stopPings();
    this.#forget();
    this.#expiry?.cancel();
    this.#begun?.results.return?.().catch(() => undefined);
    this.#begun = null;
    this.#leave?.();
    this.#leave = null;
    say?.();
  }

  #complete(last: IdentifiedResult | null): void {
    if (last !== null) {
      this.#note.saw(last);
      this.#write(eventBytes(last, this.#options.textOf));
    }
    this.#response.end(COMPLETE);
  }

  #write(parts: readonly Buffer[]): void {
    for (const part of parts) this.#response.write(part);
  }
}
