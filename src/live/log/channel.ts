// One stream of events with all its subscribers: numbers each event, keeps the last ones in a log, queues them for
// each subscriber, and reports when the stream is stale. Generic: rooms and the workspace's sessions both use it.
import type { Clock } from '../../clock.ts';
import type { EventStamp, SnapshotReason } from '../changes.ts';
import { encodeCursor, type Position } from './cursor.ts';
import { EventLog } from './event-log.ts';
import { Subscriber } from './subscriber.ts';

/** Everything a channel needs; no member has a default but `onDelivered`. */
export interface ChannelOptions<E extends EventStamp> {
  /** Written into each cursor, so that the cursors of another channel are refused: a room's id, or WORKSPACE. */
  readonly scope: string;
  /** Written into each cursor: a cursor of another epoch gets a snapshot, because its event numbers are unrelated. */
  readonly epoch: string;
  /** Events kept for resuming; a cursor older than that gets a snapshot. */
  readonly logSize: number;
  /** Events queued for one subscriber; when more arrive, one snapshot replaces the queue. */
  readonly queueSize: number;
  readonly clock: Clock;
  /** Builds the whole state as one event: the result of all events published so far, and of no other change. */
  readonly snapshot: (stamp: EventStamp, reason: SnapshotReason, stale: boolean) => E;
  /** Called when the last subscriber has left; polling can stop. */
  readonly onEmpty: () => void;
  /** Called for each event a subscriber takes, with the milliseconds since the event was created; for metrics. */
  readonly onDelivered?: ((delayMs: number) => void) | undefined;
}

/** The event as one subscriber gets it; null: the subscriber does not get it. For a snapshot never null. */
export type EventFilter<E> = (event: E) => E | null;

interface Subscription<E extends EventStamp> {
  readonly subscriber: Subscriber<E>;
  readonly filter: EventFilter<E>;
  readonly after: Position | null;
}

/**
 * Until `markReady` a channel queues nothing for new subscribers; from then on each one first gets a snapshot, or the
 * events after its cursor. Events are published in the order of the calls, and every subscriber gets that order.
 */
export class Channel<E extends EventStamp> {
  readonly #options: ChannelOptions<E>;
  readonly #log: EventLog<E>;
  /** Subscriptions that get each published event. */
  readonly #active = new Set<Subscription<E>>();
  /** Subscriptions that wait for `markReady`. */
  readonly #waiting = new Set<Subscription<E>>();
  #isReady = false;
  #isStale = false;

  constructor(options: ChannelOptions<E>) {
    this.#options = options;
    this.#log = new EventLog({ epoch: options.epoch, size: options.logSize });
  }

  /** Number of subscribers, waiting ones included. */
  get size(): number {
    return this.#active.size + this.#waiting.size;
  }

  /** The argument of the last call of `setStale`; false before the first one. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** Adds a subscriber. Its first events are queued at once if the channel is ready, else by `markReady`. */
  subscribe(after: Position | null, filter: EventFilter<E>): Subscriber<E> {
    const subscriber = new Subscriber<E>({
      queueSize: this.#options.queueSize,
      fold: () => this.#filtered(this.#snapshot('SLOW_CONSUMER'), filter),
      onEnd: () => this.#remove(subscription),
      onTaken: (event) => this.#options.onDelivered?.(this.#options.clock.now() - event.at),
    });
    const subscription = { subscriber, filter, after };
    if (this.#isReady) this.#activate(subscription);
    else this.#waiting.add(subscription);
    return subscriber;
  }

  /** Numbers the event that `make` builds, appends it to the log, and queues it for every active subscriber. */
  publish(make: (stamp: EventStamp) => E): void {
    const event = this.#log.append((seq) => make(this.#stamp(seq)));
    for (const { subscriber, filter } of this.#active) {
      const filtered = filter(event);
      if (filtered !== null) subscriber.push(filtered);
    }
  }

  /**
   * Call when the state is current, or has just been reported as stale: serves the waiting subscribers and all later
   * ones.
   */
  markReady(): void {
    this.#isReady = true;
    for (const subscription of this.#waiting) {
      this.#waiting.delete(subscription);
      this.#activate(subscription);
    }
  }

  /** Call when polling begins again after a pause: new subscribers wait, as changes may have been missed. */
  markUnready(): void {
    this.#isReady = false;
  }

  /** When `stale` differs from the last call, sends every active subscriber a snapshot with the reason STALENESS. */
  setStale(stale: boolean): void {
    if (stale === this.#isStale) return;
    this.#isStale = stale;
    const snapshot = this.#snapshot('STALENESS');
    for (const { subscriber, filter } of this.#active) subscriber.push(this.#filtered(snapshot, filter));
  }

  /** Ends every subscriber; with `error`, each rejects one `next()` with it after its queued events. */
  end(error?: Error): void {
    for (const { subscriber } of [...this.#active, ...this.#waiting]) subscriber.end(error);
  }

  #activate(subscription: Subscription<E>): void {
    const { subscriber, filter, after } = subscription;
    this.#active.add(subscription);
    const missed = after === null ? null : this.#log.since(after);
    if (after === null || missed === null) {
      const reason = after === null ? 'SUBSCRIBED' : 'CURSOR_TOO_OLD';
      subscriber.prefill([this.#filtered(this.#snapshot(reason), filter)]);
      return;
    }
    const first = missed.map((event, at) => this.#missedEvent(event, missed.length - at - 1, after));
    const filtered = first.map(filter).filter((event) => event !== null);
    if (after.stale !== this.#isStale) filtered.push(this.#filtered(this.#snapshot('STALENESS'), filter));
    subscriber.prefill(filtered);
  }

  /**
   * An event of the log, which `later` events follow, for a subscriber that missed it. The log keeps no staleness
   * snapshots, so the cursor keeps the staleness that the subscriber's own cursor `after` holds.
   */
  #missedEvent(event: E, later: number, after: Position): E {
    const position = { ...after, seq: this.#log.seq - later };
    return { ...event, cursor: encodeCursor(this.#options.scope, position) };
  }

  #remove(subscription: Subscription<E>): void {
    this.#active.delete(subscription);
    this.#waiting.delete(subscription);
    if (this.size === 0) this.#options.onEmpty();
  }

  #snapshot(reason: SnapshotReason): E {
    return this.#options.snapshot(this.#stamp(this.#log.seq), reason, this.#isStale);
  }

  #filtered(snapshot: E, filter: EventFilter<E>): E {
    return filter(snapshot) ?? snapshot;
  }

  #stamp(seq: number): EventStamp {
    const position = { epoch: this.#log.epoch, seq, stale: this.#isStale };
    return { cursor: encodeCursor(this.#options.scope, position), at: this.#options.clock.now() };
  }
}
