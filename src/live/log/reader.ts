// One subscriber's position in the log of a channel, and its next event: the one after its position, or a snapshot. A
// snapshot comes if the log no longer has the events, if they are larger than the snapshot, or if staleness has begun
// or ended.
import type { EventStamp, SnapshotReason } from '../changes.ts';
import { encodeCursor, type Position } from './cursor.ts';
import type { Deliveries } from './deliveries.ts';
import type { EventLog, Poll } from './event-log.ts';

/** The event as one subscriber gets it; null: the subscriber does not get it. For a snapshot never null. */
export type EventFilter<E> = (event: E) => E | null;

/** When a subscriber gets a snapshot in place of events. */
export interface ReaderLimits {
  /** The most bytes of earlier polls' events that a subscriber may leave unread; with more it is slow. */
  readonly backlogBytes: number;
  /** Bytes of one poll's events beyond which a snapshot replaces them, if that is smaller. */
  readonly burstBytes: number;
  /** A poll with at most this number of events is never replaced because of its size. */
  readonly burstChanges: number;
}

/** The members of a channel that its readers use. */
export interface ReaderOptions<E extends EventStamp> extends ReaderLimits {
  readonly scope: string;
  readonly log: EventLog<E>;
  readonly bytesOf: (event: E) => number;
  readonly deliveries: Deliveries;
  /** The state as an event, as of the last event of the log. */
  readonly snapshot: (reason: SnapshotReason) => E;
  /** Whether the events of this poll are larger than the snapshot, for a subscriber without a filter. */
  readonly isBurst: (poll: Poll<E>) => boolean;
  readonly isStale: () => boolean;
  /** Null: every event. */
  readonly filter: EventFilter<E> | null;
}

/** Bytes that the filtering of one event counts as: some hundred of them take as long as resolving one. */
const FILTERING_COST = 5;

/** Has no events before `begin`. */
export class Reader<E extends EventStamp> {
  readonly #options: ReaderOptions<E>;
  #hasBegun = false;
  /** The snapshot to return next, which covers all events so far. */
  #due: SnapshotReason | null = null;
  /** Number of the last event that was returned or left out by the filter. */
  #seq = 0;
  /**
   * The reader had missed the events up to this number before it resumed. While they are unread, it does not count as
   * slow.
   */
  #missedSeq = 0;
  /** Whether the subscriber was last told that the stream is stale. */
  #stale = false;
  /** Number of the first event of the latest poll whose events are returned one by one. */
  #toldSeq = 0;

  constructor(options: ReaderOptions<E>) {
    this.#options = options;
  }

  /** Begins at `after`, the position of a cursor, or with a snapshot. */
  begin(after: Position | null): void {
    const { log } = this.#options;
    this.#hasBegun = true;
    if (after === null) {
      this.#due = 'SUBSCRIBED';
    } else if (!log.reachesBackTo(after)) {
      this.#due = 'CURSOR_TOO_OLD';
    } else {
      this.#seq = after.seq;
      this.#missedSeq = log.seq;
      this.#stale = after.stale;
    }
  }

  /** The next event; undefined: the subscriber has got all events. */
  take(): E | undefined {
    if (!this.#hasBegun) return undefined;
    const reason = this.#due ?? this.#skip() ?? this.#slowness();
    if (reason !== null) return this.#snapshot(reason);
    const { log, isStale } = this.#options;
    const poll = log.pollOf(this.#seq + 1);
    if (poll === null) return isStale() === this.#stale ? undefined : this.#snapshot('STALENESS');
    if (poll.firstSeq !== this.#toldSeq) {
      this.#toldSeq = poll.firstSeq;
      if (this.#isBurst(poll)) return this.#snapshot('BURST');
    }
    this.#seq += 1;
    return this.#given(poll);
  }

  /** Skips events that the filter leaves out. Returns a reason when the log has lost events that were not read. */
  #skip(): SnapshotReason | null {
    const { log, filter, deliveries } = this.#options;
    while (this.#seq < log.seq) {
      const poll = log.pollOf(this.#seq + 1);
      if (poll === null) return this.#isInLatest() ? 'BURST' : 'SLOW_CONSUMER';
      if (filter === null) return null;
      deliveries.spend(FILTERING_COST);
      const event = poll.events[this.#seq + 1 - poll.firstSeq];
      if (event !== undefined && filter(event) !== null) return null;
      this.#seq += 1;
    }
    return null;
  }

  #isInLatest(): boolean {
    return this.#seq + 1 >= (this.#options.log.latest?.firstSeq ?? 0);
  }

  #slowness(): SnapshotReason | null {
    const { log, backlogBytes } = this.#options;
    const { latest } = log;
    const seq = Math.max(this.#seq, this.#missedSeq);
    if (latest === null || seq + 1 >= latest.firstSeq) return null;
    const poll = log.pollOf(seq + 1);
    if (poll === null) return 'SLOW_CONSUMER';
    const readShare = (seq + 1 - poll.firstSeq) / poll.events.length;
    const unread = latest.bytesBefore - poll.bytesBefore - poll.bytes * readShare;
    return unread > backlogBytes ? 'SLOW_CONSUMER' : null;
  }

  #isBurst(poll: Poll<E>): boolean {
    const { filter, bytesOf, burstBytes, burstChanges, deliveries, isBurst } = this.#options;
    if (filter === null) return isBurst(poll);
    if (poll.bytes <= burstBytes || poll.events.length <= burstChanges) return false;
    deliveries.spend(FILTERING_COST * poll.events.length);
    const passed = poll.events.map(filter).filter((event) => event !== null);
    const bytes = passed.reduce((sum, event) => sum + bytesOf(event), 0);
    if (bytes <= burstBytes || passed.length <= burstChanges) return false;
    const snapshot = this.#options.snapshot('BURST');
    return bytesOf(filter(snapshot) ?? snapshot) < bytes;
  }

  /**
   * The event at the position. Its cursor says what its first subscribers had been told of staleness; this one may have
   * been told otherwise, and a cursor must not claim more than its holder was told.
   */
  #given(poll: Poll<E>): E | undefined {
    const { filter, scope, log } = this.#options;
    const event = poll.events[this.#seq - poll.firstSeq];
    const filtered = event === undefined || filter === null ? event : (filter(event) ?? undefined);
    if (filtered === undefined) return undefined;
    const position = { epoch: log.epoch, seq: this.#seq, stale: this.#stale };
    const cursor = encodeCursor(scope, position);
    return cursor === filtered.cursor ? filtered : { ...filtered, cursor };
  }

  #snapshot(reason: SnapshotReason): E {
    const { filter, snapshot, log, isStale } = this.#options;
    this.#due = null;
    this.#seq = log.seq;
    this.#stale = isStale();
    const event = snapshot(reason);
    return filter?.(event) ?? event;
  }
}
