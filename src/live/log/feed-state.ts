// What all feeds have in common: a state, when a read last confirmed it, the log of its events and the subscribers. The owner
// (RoomFeed, SessionsFeed or TracksFeed) makes the reads, computes the differences between states, and builds the events for
// subscribers.
import { momentAfter, msBetween, type Moment } from '../../clock.ts';
import type { EventStamp, SnapshotReason } from '../changes.ts';
import { Channel, type ChannelCommon } from './channel.ts';
import type { Position } from './cursor.ts';
import type { LiveStream } from './live-stream.ts';
import type {
  Codec,
  Conclusion,
  LogEngine,
  LogHost,
  Note,
  SharedLog,
  SharedState,
  Told,
} from './shared-log.ts';
import type { NamedFilter } from './view.ts';

/** What every feed is given. */
export interface FeedCommon extends ChannelCommon {
  /** Makes the feed's log, which says whether this instance reads. */
  readonly logs: LogEngine;
  /** See ChannelOptions. */
  readonly epoch: string;
}

/** The feed that a state belongs to. `S`: its states, `D`: their differences, `E`: the events that subscribers get. */
export interface FeedOwner<S, D, E> {
  /** Begins to read: this instance leads. */
  lead(): void;
  /** Stops reading: another instance leads. */
  follow(): void;
  /** See LogHost. */
  hear(note: Note): void;
  /** The state that a shared one becomes, and the events that lead to it, for subscribers who have been told `before`. */
  towards(before: S, shared: SharedState<S>): { readonly after: S; readonly events: readonly D[] };
  /** The state after what the leader has concluded. */
  applied(before: S, told: Told<D>): S;
  /** A difference as an event for subscribers. */
  event(difference: D, stamp: EventStamp): E;
  /** The present state as an event for subscribers. */
  snapshotEvent(stamp: EventStamp, reason: SnapshotReason, stale: boolean): E;
  /** The last subscriber has left, and the feed has left its log. */
  idle(): void;
}

/** Everything that a state needs. */
export interface FeedStateOptions<S, D, E extends EventStamp> extends FeedCommon {
  readonly owner: FeedOwner<S, D, E>;
  /** See ChannelOptions. */
  readonly scope: string;
  /** The state before the first read. */
  readonly empty: S;
  readonly codec: Codec<S, D>;
  /** See ChannelOptions. */
  readonly bytesOf: (event: E) => number;
}

/** Is in its log, leading or following, while it has subscribers, and only then. */
export class FeedState<S, D, E extends EventStamp> implements LogHost<S, D> {
  readonly #options: FeedStateOptions<S, D, E>;
  readonly #owner: FeedOwner<S, D, E>;
  readonly #channel: Channel<E>;
  readonly #log: SharedLog<S, D>;
  #state: S;
  #asOf: number | null = null;
  /** The same as `#asOf`, to measure the age of the state. */
  #confirmedAt: Moment | null = null;

  constructor(options: FeedStateOptions<S, D, E>) {
    const { owner } = options;
    this.#options = options;
    this.#owner = owner;
    this.#state = options.empty;
    this.#log = options.logs.open(options.scope, this, options.codec);
    this.#channel = new Channel<E>({
      ...options,
      snapshot: (stamp, reason, stale) => owner.snapshotEvent(stamp, reason, stale),
      reachBack: (position) => this.#log.reachBack(position),
      onEmpty: () => {
        this.#log.leave();
        owner.idle();
      },
    });
  }

  /** The result of all events so far. */
  get value(): S {
    return this.#state;
  }

  /** When a read last confirmed the state, by the wall clock, for readers; null: no read has yet. */
  get asOf(): number | null {
    return this.#asOf;
  }

  /** How long ago a read last confirmed the state, in milliseconds; null: no read has yet. */
  get ageMs(): number | null {
    return this.#confirmedAt === null ? null : msBetween(this.#confirmedAt, this.#options.clock.moment());
  }

  /** Whether the reads have failed, so that the state may be out of date. */
  get isStale(): boolean {
    return this.#channel.isStale;
  }

  /** Whether this instance makes the reads. */
  get isLeading(): boolean {
    return this.#log.isLeading;
  }

  /** Number of subscribers. */
  get subscribers(): number {
    return this.#channel.size;
  }

  /** Adds a subscriber; with the first one the feed joins its log. `after`, `filter`: see Channel. */
  watch(after: Position | null, filter: NamedFilter<E> | null): LiveStream<E> {
    const isFirst = this.#channel.size === 0;
    if (isFirst) this.#channel.markUnready();
    const stream = this.#channel.subscribe(after, filter);
    if (isFirst) this.#log.join();
    return stream;
  }

  /**
   * Writes what this instance concluded, as SharedLog does. When that is written, the conclusion becomes the state in the same
   * turn as its events are numbered, so the number of a snapshot always fits its content.
   */
  commit(conclusion: Omit<Conclusion<S, D>, 'before'>): true | Promise<boolean> {
    const written = this.#log.commit({ ...conclusion, before: this.#state });
    if (written === true) {
      this.#become(conclusion.after, conclusion);
      return true;
    }
    return written.then((isWritten) => {
      if (isWritten) this.#become(conclusion.after, conclusion);
      return isWritten;
    });
  }

  /** Serves the subscribers that wait: the state is current, or reported as stale. */
  markReady(): void {
    this.#channel.markReady();
  }

  /** Ends all subscriptions, and so the reads; see Channel. */
  end(error?: Error): void {
    this.#channel.end(error);
  }

  /** Empties the log: the feed is not used any more. */
  forget(): void {
    this.#channel.clear();
  }

  /** See LogHost. */
  lead(isAlone: boolean): void {
    if (isAlone) this.#channel.beginOwnEra();
    this.#owner.lead();
  }

  /** See LogHost. */
  follow(): void {
    this.#owner.follow();
    if (this.#asOf !== null) this.#channel.markReady();
  }

  /** See LogHost. */
  adopt(shared: SharedState<S>): void {
    const fresh = { after: shared.state, events: [] };
    const { after, events } = this.#channel.hasTold ? this.#owner.towards(this.#state, shared) : fresh;
    this.#state = after;
    this.#confirm(shared.asOf, shared.ageMs ?? 0);
    this.#moveTo(shared, events);
    this.#channel.setStale(shared.stale);
  }

  /** See LogHost. */
  begin(position: Pick<Position, 'epoch' | 'seq'>): void {
    this.#moveTo(position, []);
  }

  /** See LogHost. */
  apply(told: Told<D>): void {
    this.#become(this.#owner.applied(this.#state, told), told);
    this.#options.observer?.onApplied?.();
  }

  /** See LogHost. */
  hear(note: Note): void {
    this.#owner.hear(note);
  }

  /** See LogHost. */
  get position(): Pick<Position, 'epoch' | 'seq'> {
    return this.#channel.position;
  }

  /** See LogHost. */
  get heldFrom(): Pick<Position, 'epoch' | 'seq'> {
    return this.#channel.heldFrom;
  }

  /** See LogHost. */
  get known(): Pick<Conclusion<S, D>, 'after' | 'asOf' | 'stale'> {
    return { after: this.#state, asOf: this.#asOf, stale: this.isStale };
  }

  /** See LogHost. */
  prepend(polls: readonly Pick<Told<D>, 'events' | 'asOf'>[]): void {
    this.#channel.prepend(polls.map(({ events, asOf }) => ({ makers: this.#makers(events), at: asOf ?? 0 })));
  }

  /** Goes on from a position of the shared log, once subscribers have the events that lead to its state. */
  #moveTo(position: Pick<Position, 'epoch' | 'seq'>, events: readonly D[]): void {
    if (this.#channel.hasTold) this.#channel.bridge(this.#makers(events), position);
    else this.#channel.restart(position);
  }

  /** Takes the state to which these events have led, and publishes them. */
  #become(
    state: S,
    { events, asOf, stale, agoMs = 0 }: Pick<Told<D>, 'events' | 'asOf' | 'stale' | 'agoMs'>,
  ): void {
    this.#state = state;
    if (!stale) this.#confirm(asOf, agoMs);
    this.#channel.publish(this.#makers(events), asOf ?? undefined);
    this.#channel.setStale(stale);
    this.#channel.markReady();
  }

  #confirm(asOf: number | null, ageMs: number): void {
    this.#asOf = asOf;
    this.#confirmedAt = asOf === null ? null : momentAfter(this.#options.clock.moment(), -ageMs);
  }

  #makers(differences: readonly D[]): ((stamp: EventStamp) => E)[] {
    return differences.map((difference) => (stamp) => this.#owner.event(difference, stamp));
  }
}
