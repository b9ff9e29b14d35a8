// The events of one subscription. GraphQL iterates over them by `next`. The server instead calls `take`, or has events passed to
// it. This needs no promise for each event, and one event can be shared by all subscriptions that get the same event.
import type { Told } from '../../src/live/log/told.ts';
import type { LiveStream } from '../../src/live/log/live-stream.ts';
import type { TakenEvents, Taker } from '../../src/live/log/taken-events.ts';
import { renew, type Context } from '../context.ts';
import { hasLeft, notInRoom } from '../participants.ts';

/** An event, or the error in its place: GraphQL reports an Error among the values as the error of the subscription's field. */
type EventOrError<T extends object> = Told<T | Error>;

/** Passes events on only by `EventSource.take`. */
class TakingAll implements Taker {
  readonly isWaiting = false;
  readonly #taker: Taker;

  constructor(taker: Taker) {
    this.#taker = taker;
  }

  wake(): void {
    this.#taker.wake();
  }

  /** Never called. */
  give(): void {}
}

/** Options of an EventSource. */
interface SourceOptions<T extends object> {
  /** Events that `events` has already yielded; default: none. */
  readonly first?: Told<T> | undefined;
  /** The event as the caller may see it; null if the caller may not see it. Default: every event, unchanged. */
  readonly permitted?: ((event: T) => T | null) | null;
}

/**
 * Checks at each event that a participant is still in the room. A participant who has left gets an error in place of the
 * event, and the subscription ends. `next` also replaces the context's loaders and sets its `eventCursor`.
 */
export class EventSource<T extends object> implements AsyncIterableIterator<T>, TakenEvents {
  readonly #events: LiveStream<T>['told'];
  readonly #context: Context;
  readonly #permitted: ((event: T) => T | null) | null;
  #first: Told<T> | undefined;
  #taker: Taker | null = null;
  #isOver = false;

  constructor(
    events: LiveStream<T>['told'],
    context: Context,
    { first, permitted = null }: SourceOptions<T> = {},
  ) {
    this.#events = events;
    this.#context = context;
    this.#first = first;
    this.#permitted = permitted;
  }

  /** From now on events are passed to `taker`, or it is notified when `take` may have one; `next` must not be called any more. */
  attach(taker: Taker): void {
    this.#taker = taker;
    const isGiven = this.#first === undefined && !this.#isChecked;
    this.#events.attach(isGiven ? taker : new TakingAll(taker));
  }

  /** The next event, as a promise if it needs a REST call. Undefined if there is no event now, or if the source has ended. */
  take(): EventOrError<T> | Promise<EventOrError<T>> | undefined {
    if (this.#isOver) return undefined;
    for (;;) {
      const taken = this.#first === undefined ? this.#events.take() : this.#takeFirst(this.#first);
      if (taken === undefined) return undefined;
      const told = this.#seen(taken);
      if (told === null) continue;
      const left = hasLeft(this.#context);
      return left === false ? told : this.#unlessLeft(told, left);
    }
  }

  /** Whether no further event follows. Read it when `take` has returned undefined. */
  get isOver(): boolean {
    return this.#isOver || this.#events.isOver;
  }

  /** The error with which the events have ended; undefined if there was none. */
  get error(): Error | undefined {
    return this.#events.error;
  }

  async next(): Promise<IteratorResult<T>> {
    for (;;) {
      if (this.#isOver) return { done: true, value: undefined };
      const result =
        this.#first === undefined ? await this.#events.next() : { done: false, value: this.#first };
      this.#first = undefined;
      renew(this.#context);
      if (result.done === true) {
        this.#context.eventCursor = null;
        return { done: true, value: undefined };
      }
      const seen = this.#seen(result.value);
      if (seen === null) continue;
      const told = await this.#unlessLeft(seen, hasLeft(this.#context));
      this.#context.eventCursor = told.cursor;
      // See EventOrError.
      return { done: false, value: told.event as T };
    }
  }

  /** The reader leaves; does not wait for a pending `next`, so a client can leave at any time. */
  async return(): Promise<IteratorResult<T>> {
    await this.#events.return();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Whether events are checked before the taker gets them. */
  get #isChecked(): boolean {
    return this.#permitted !== null || this.#context.caller.participant !== null;
  }

  #takeFirst(first: Told<T>): Told<T> {
    this.#first = undefined;
    if (this.#taker !== null) this.attach(this.#taker);
    return first;
  }

  #seen(told: Told<T>): Told<T> | null {
    if (this.#permitted === null) return told;
    const event = this.#permitted(told.event);
    if (event === null) return null;
    return event === told.event ? told : told.with(event);
  }

  async #unlessLeft(told: Told<T>, left: boolean | Promise<boolean>): Promise<EventOrError<T>> {
    if (!(await left)) return told;
    this.#isOver = true;
    void this.#events.return();
    return told.with<T | Error>(notInRoom());
  }
}
