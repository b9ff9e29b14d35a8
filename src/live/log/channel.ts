// One stream of events and all who read it: numbers each event, keeps a log, fans out, says when it is stale.
// Knows nothing of rooms. The log is the only place where events live, so that another kind of log can replace it.
import type { Clock } from '../../clock.ts';
import type { SnapshotReason, Told } from '../changes.ts';
import { encodeCursor, type Position } from './cursor.ts';
import { EventLog } from './event-log.ts';
import { Subscriber } from './subscriber.ts';

export interface ChannelOptions<E extends Told> {
  /** What the cursors are good for: no other channel takes them. */
  readonly scope: string;
  readonly epoch: string;
  readonly logSize: number;
  readonly queueSize: number;
  readonly clock: Clock;
  /** The whole state as one event. It must contain all that was published and nothing else. */
  readonly snapshot: (told: Told, reason: SnapshotReason, stale: boolean) => E;
  /** The last reader has left. */
  readonly onEmpty: () => void;
  readonly onDelivered?: ((delayMs: number) => void) | undefined;
}

/** What a reader wants of an event; null: nothing. A snapshot is never null. */
export type Lens<E> = (event: E) => E | null;

interface Reader<E extends Told> {
  readonly subscriber: Subscriber<E>;
  readonly lens: Lens<E>;
  readonly after: Position | null;
}

export class Channel<E extends Told> {
  readonly #options: ChannelOptions<E>;
  readonly #log: EventLog<E>;
  /** Readers who get each event. */
  readonly #reading = new Set<Reader<E>>();
  /** Readers who wait for the state to be known. */
  readonly #waiting = new Set<Reader<E>>();
  #settled = false;
  #stale = false;

  constructor(options: ChannelOptions<E>) {
    this.#options = options;
    this.#log = new EventLog({ epoch: options.epoch, size: options.logSize });
  }

  get size(): number {
    return this.#reading.size + this.#waiting.size;
  }

  get stale(): boolean {
    return this.#stale;
  }

  /** Adds a reader; it is served at once if the state is known. */
  subscribe(after: Position | null, lens: Lens<E>): Subscriber<E> {
    const subscriber = new Subscriber<E>({
      size: this.#options.queueSize,
      fold: () => this.#seen(this.#snapshot('SLOW_CONSUMER'), lens),
      onEnd: () => this.#leave(reader),
      onTaken: (event) => this.#options.onDelivered?.(this.#options.clock.now() - event.at),
    });
    const reader = { subscriber, lens, after };
    if (this.#settled) this.#welcome(reader);
    else this.#waiting.add(reader);
    return subscriber;
  }

  /** Numbers the event that `make` builds, keeps it and tells it to all. */
  publish(make: (told: Told) => E): void {
    const event = this.#log.append((seq) => make(this.#told(seq)));
    for (const { subscriber, lens } of this.#reading) {
      const seen = lens(event);
      if (seen !== null) subscriber.push(seen);
    }
  }

  /** The state is known, or known to be unknown: serves all who wait and, from now on, whoever comes. */
  settle(): void {
    this.#settled = true;
    for (const reader of this.#waiting) {
      this.#waiting.delete(reader);
      this.#welcome(reader);
    }
  }

  /** The state may have moved on unseen: whoever comes now waits for the next `settle`. */
  unsettle(): void {
    this.#settled = false;
  }

  /** Tells all readers when staleness begins or ends. */
  setStale(stale: boolean): void {
    if (stale === this.#stale) return;
    this.#stale = stale;
    const snapshot = this.#snapshot('STALENESS');
    for (const { subscriber, lens } of this.#reading) subscriber.push(this.#seen(snapshot, lens));
  }

  /** Ends all readers, with an error if given. */
  end(error?: Error): void {
    for (const { subscriber } of [...this.#reading, ...this.#waiting]) subscriber.end(error);
  }

  #welcome(reader: Reader<E>): void {
    const { subscriber, lens, after } = reader;
    this.#reading.add(reader);
    const missed = after === null ? null : this.#log.since(after);
    if (after === null || missed === null) {
      const reason = after === null ? 'SUBSCRIBED' : 'CURSOR_TOO_OLD';
      subscriber.prefill([this.#seen(this.#snapshot(reason), lens)]);
      return;
    }
    const seen = missed.map(lens).filter((event) => event !== null);
    if (after.stale !== this.#stale) seen.push(this.#seen(this.#snapshot('STALENESS'), lens));
    subscriber.prefill(seen);
  }

  #leave(reader: Reader<E>): void {
    this.#reading.delete(reader);
    this.#waiting.delete(reader);
    if (this.size === 0) this.#options.onEmpty();
  }

  #snapshot(reason: SnapshotReason): E {
    return this.#options.snapshot(this.#told(this.#log.seq), reason, this.#stale);
  }

  #seen(snapshot: E, lens: Lens<E>): E {
    return lens(snapshot) ?? snapshot;
  }

  #told(seq: number): Told {
    const position = { epoch: this.#log.epoch, seq, stale: this.#stale };
    return { cursor: encodeCursor(this.#options.scope, position), at: this.#options.clock.now() };
  }
}
