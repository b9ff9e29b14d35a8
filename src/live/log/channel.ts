// One stream of events with all its subscribers: numbers the events of each poll, stores them in a log, wakes the readers of the
// log, and reports when the stream is stale. Generic: the feeds of rooms, tracks and sessions use it.
import type { Clock } from '../../clock.ts';
import type { EventStamp, SnapshotReason } from '../changes.ts';
import type { LiveObserver } from '../observer.ts';
import { encodeCursor, type Position } from './cursor.ts';
import type { Deliveries } from './deliveries.ts';
import { EventLog, type LogLimits, type Poll } from './event-log.ts';
import type { LogMemory } from './log-memory.ts';
import { LiveStream } from './live-stream.ts';
import { Subscription, type SubscriptionOwner } from './subscription.ts';
import { EVERYTHING, View, type BurstLimits, type NamedFilter } from './view.ts';

/** The bounds of a channel's memory; LiveRooms has the defaults. */
export interface ChannelLimits extends LogLimits, BurstLimits {
  /** The most bytes of earlier polls' events that a subscriber may leave unread; with more it is slow. */
  readonly backlogBytes: number;
}

/** What all channels of a live core have in common. */
export interface ChannelCommon {
  readonly clock: Clock;
  readonly limits: ChannelLimits;
  /** The memory of all logs together. */
  readonly memory: LogMemory;
  /** The deliveries of all channels together. */
  readonly deliveries: Deliveries;
  /** Its `onDelivered` is called for each event that a subscriber takes. */
  readonly observer: LiveObserver | undefined;
}

/** Everything a channel needs; no member has a default. */
export interface ChannelOptions<E extends EventStamp> extends ChannelCommon {
  /** Written into each cursor, so that the cursors of another channel are refused: a room's id, or WORKSPACE. */
  readonly scope: string;
  /** Written into each cursor: a cursor of another epoch gets a snapshot, because its event numbers are unrelated. */
  readonly epoch: string;
  /** The estimated size of an event or snapshot in memory. */
  readonly bytesOf: (event: E) => number;
  /** Builds the whole state as one event: the result of all events published so far, and of no other change. */
  readonly snapshot: (stamp: EventStamp, reason: SnapshotReason, stale: boolean) => E;
  /**
   * Asks for events after a position that the log lacks: `prepend` follows before the promise resolves, if they are kept
   * elsewhere. Null: there are none. Default: null.
   */
  readonly reachBack?: (position: Position) => Promise<void> | null;
  /** Called when the last subscriber has left; polling can stop. */
  readonly onEmpty: () => void;
}

/**
 * Until `markReady` a channel has nothing for new subscribers; from then on each one first gets a snapshot, or the
 * events after its cursor. Events are published in the order of the calls, and every subscriber gets that order.
 */
export class Channel<E extends EventStamp> {
  readonly #options: ChannelOptions<E>;
  readonly #log: EventLog<E>;
  /** Subscriptions that read the log. */
  readonly #active = new Set<Subscription<E>>();
  /** Subscriptions that wait for `markReady`. */
  readonly #waiting = new Set<Subscription<E>>();
  /** Polls whose events are dearer than the snapshot was at their time. */
  readonly #bursts = new WeakSet<Poll<E>>();
  /** By the key of the filter; a view exists while it has readers. */
  readonly #views = new Map<string, View<E>>();
  readonly #owner: SubscriptionOwner<E>;
  #isReady = false;
  #hasTold = false;
  #isStale = false;

  constructor(options: ChannelOptions<E>) {
    this.#options = options;
    const { epoch, clock, bytesOf, memory, limits, deliveries, observer } = options;
    this.#log = new EventLog({ epoch, clock, bytesOf, memory, ...limits });
    this.#owner = {
      clock,
      backlogBytes: limits.backlogBytes,
      deliveries,
      observer,
      remove: (subscription) => this.#remove(subscription),
    };
  }

  /** Number of subscribers, waiting ones included. */
  get size(): number {
    return this.#active.size + this.#waiting.size;
  }

  /** The argument of the last call of `setStale`; false before the first one. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** Where the log is: epoch and number of its last event. */
  get position(): Pick<Position, 'epoch' | 'seq'> {
    return this.#log.positionOf(this.#log.seq);
  }

  /** The position after which the log has all events. */
  get heldFrom(): Pick<Position, 'epoch' | 'seq'> {
    return this.#log.positionOf(this.#log.heldFrom);
  }

  /** Whether a subscriber was ever served: then what differs from its state must be told. */
  get hasTold(): boolean {
    return this.#hasTold;
  }

  /** Adds a subscriber. It can read at once if the channel is ready, else from `markReady` on. `filter` null: all events. */
  subscribe(after: Position | null, filter: NamedFilter<E> | null): LiveStream<E> {
    const view = this.#viewOf(filter);
    const subscription = new Subscription(this.#owner, view, after);
    view.readers += 1;
    if (this.#isReady) this.#admit(subscription);
    else this.#waiting.add(subscription);
    return new LiveStream(subscription.subscriber);
  }

  /**
   * Publishes the events of one poll, which `makers` build: numbers them, appends them to the log and wakes the readers.
   * Call it in the turn in which the state has changed, so that a snapshot's number always fits its content, and without
   * makers for a poll that confirmed the state, so that later snapshots are made anew. `at`: when the events were seen, by the
   * wall clock; default: now.
   */
  publish(makers: readonly ((stamp: EventStamp) => E)[], at = this.#options.clock.now()): void {
    this.#forgetTold();
    const poll = this.#log.append(makers.map((make) => (seq: number) => make(this.#stamp(seq, at))));
    if (poll === null) return;
    const { limits, bytesOf } = this.#options;
    const isLarge = poll.bytes > limits.burstBytes && poll.events.length > limits.burstChanges;
    if (isLarge && bytesOf(this.#snapshot('BURST')) < poll.bytes) this.#bursts.add(poll);
    this.#wake();
  }

  /** From now on events are numbered under this channel's own epoch, as no other instance is told of them. */
  beginOwnEra(): void {
    this.#beginEra({ epoch: this.#options.epoch, seq: this.#log.seq });
  }

  /** Publishes what differs between the channel's state and a shared one, and goes on from the shared one's position. */
  bridge(makers: readonly ((stamp: EventStamp) => E)[], shared: Pick<Position, 'epoch' | 'seq'>): void {
    if (makers.length > 0) this.beginOwnEra();
    this.publish(makers);
    this.#beginEra({ epoch: shared.epoch, seq: shared.seq });
  }

  /** Begins at a position of a shared log. For a channel of which no subscriber has been told anything. */
  restart(shared: Pick<Position, 'epoch' | 'seq'>): void {
    this.#log.restart(shared);
  }

  /** Puts events in front of those of the log, poll by poll; `makers` and `at` as in `publish`. */
  prepend(
    polls: readonly { readonly makers: readonly ((stamp: EventStamp) => E)[]; readonly at: number }[],
  ): void {
    this.#log.prepend(
      polls.map(({ makers, at }) => makers.map((make) => (seq: number) => make(this.#stamp(seq, at)))),
    );
  }

  /**
   * Call when the state is current, or has just been reported as stale: serves the waiting subscribers and all later
   * ones.
   */
  markReady(): void {
    this.#isReady = true;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const subscription of waiting) this.#admit(subscription);
  }

  /** Call when polling begins again after a pause: new subscribers wait, as changes may have been missed. */
  markUnready(): void {
    this.#isReady = false;
  }

  /** When `stale` differs from the last call, every active subscriber gets a snapshot with the reason STALENESS. */
  setStale(stale: boolean): void {
    if (stale === this.#isStale) return;
    this.#isStale = stale;
    this.#forgetTold();
    this.#wake();
  }

  /** Ends every subscriber; with `error`, each rejects one `next()` with it after the events that it has not read. */
  end(error?: Error): void {
    for (const { subscriber } of [...this.#active, ...this.#waiting]) subscriber.end(error);
  }

  /** Empties the log, when the channel is not used any more. */
  clear(): void {
    this.#log.clear();
  }

  #beginEra(position: Pick<Position, 'epoch' | 'seq'>): void {
    const { epoch, seq } = this.position;
    if (epoch === position.epoch && seq === position.seq) return;
    this.#forgetTold();
    this.#log.beginEra(position);
  }

  /** Lets a subscriber read, once the log has what it asks for as far as that is kept. */
  #admit(subscription: Subscription<E>): void {
    const { after } = subscription;
    const isKnown = after === null || this.#log.seqAfterWhich(after) !== null;
    const reaching = isKnown ? null : (this.#options.reachBack?.(after) ?? null);
    if (reaching === null) {
      this.#activate(subscription);
      return;
    }
    this.#waiting.add(subscription);
    void this.#admitLater(subscription, reaching);
  }

  async #admitLater(subscription: Subscription<E>, reaching: Promise<void>): Promise<void> {
    await reaching;
    if (this.#waiting.delete(subscription)) this.#activate(subscription);
  }

  #activate(subscription: Subscription<E>): void {
    this.#hasTold = true;
    this.#active.add(subscription);
    subscription.reader.begin(subscription.after);
    subscription.subscriber.wake();
  }

  #wake(): void {
    for (const { subscriber } of this.#active) subscriber.wake();
  }

  #viewOf(filter: NamedFilter<E> | null): View<E> {
    const known = this.#views.get(filter?.key ?? EVERYTHING);
    if (known !== undefined) return known;
    const { scope, bytesOf, deliveries, limits } = this.#options;
    const view = new View<E>(
      {
        scope,
        log: this.#log,
        bytesOf,
        deliveries,
        ...limits,
        snapshot: (reason) => this.#snapshot(reason),
        isBurst: (poll) => this.#bursts.has(poll),
        isStale: () => this.#isStale,
      },
      filter,
    );
    this.#views.set(view.key, view);
    return view;
  }

  #forgetTold(): void {
    for (const view of this.#views.values()) view.forget();
  }

  #remove(subscription: Subscription<E>): void {
    this.#active.delete(subscription);
    this.#waiting.delete(subscription);
    const { view } = subscription;
    view.readers -= 1;
    if (view.readers === 0) this.#views.delete(view.key);
    if (this.size === 0) this.#options.onEmpty();
  }

  #snapshot(reason: SnapshotReason): E {
    return this.#options.snapshot(this.#stamp(this.#log.seq), reason, this.#isStale);
  }

  #stamp(seq: number, at = this.#options.clock.now()): EventStamp {
    const position = { ...this.#log.positionOf(seq), stale: this.#isStale };
    return { cursor: encodeCursor(this.#options.scope, position), at };
  }
}
