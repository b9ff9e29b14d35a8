// The events of a channel for all readers with the same filter. Each event is filtered, and gets its cursor, once for all of
// these readers, who therefore get the same objects.
import type { EventStamp, SnapshotReason } from '../changes.ts';
import { encodeCursor } from './cursor.ts';
import type { Deliveries } from './deliveries.ts';
import type { EventLog, Poll } from './event-log.ts';
import { Told } from './told.ts';

/** The event as one subscriber gets it; null: the subscriber does not get it. For a snapshot never null. */
export type EventFilter<E> = (event: E) => E | null;

/** A filter with its name: filters of the same key do the same. */
export interface NamedFilter<E> {
  readonly key: string;
  readonly filter: EventFilter<E>;
}

/** The key of the view that leaves nothing out; no filter has it. */
export const EVERYTHING = '';

/** When one poll's events are replaced by a snapshot. */
export interface BurstLimits {
  /** Bytes of one poll's events beyond which a snapshot replaces them, if that is smaller. */
  readonly burstBytes: number;
  /** A poll with at most this number of events is never replaced because of its size. */
  readonly burstChanges: number;
}

/** The members of a channel that its views use. */
export interface ViewOptions<E extends EventStamp> extends BurstLimits {
  readonly scope: string;
  readonly log: EventLog<E>;
  readonly bytesOf: (event: E) => number;
  readonly deliveries: Deliveries;
  /** The state as an event, as of the last event of the log. */
  readonly snapshot: (reason: SnapshotReason) => E;
  /** Whether the events of this poll are larger than the snapshot, for a subscriber without a filter. */
  readonly isBurst: (poll: Poll<E>) => boolean;
  readonly isStale: () => boolean;
}

/** Bytes that the filtering of one event counts as: some hundred of them take as long as resolving one. */
const FILTERING_COST = 5;
/** Polls whose events are remembered: those of readers who are behind, and the latest one. */
const MAX_POLLS = 4;

/** What is known of one poll's events; the arrays have a place for each event, undefined: not asked for yet. */
interface Seen<E extends object> {
  readonly passed: (E | null | undefined)[];
  /** By whether the reader was last told that the stream is stale. */
  readonly told: { readonly fresh: (Told<E> | undefined)[]; readonly stale: (Told<E> | undefined)[] };
  isBurst: boolean | null;
}

/** One for each filter of a channel. */
export class View<E extends EventStamp> {
  /** Readers that use the view; the channel counts them. */
  readers = 0;
  /** Its name among the views of the channel. */
  readonly key: string;
  readonly options: ViewOptions<E>;
  readonly #filter: EventFilter<E> | null;
  #seen = new Map<Poll<E>, Seen<E>>();
  #snapshots = new Map<SnapshotReason, Told<E>>();

  /** `named` null: every event. */
  constructor(options: ViewOptions<E>, named: NamedFilter<E> | null) {
    this.options = options;
    this.key = named?.key ?? EVERYTHING;
    this.#filter = named?.filter ?? null;
  }

  /** Whether readers get the event of this number, which is in `poll`. */
  passes(poll: Poll<E>, seq: number): boolean {
    return this.#filter === null || this.#passed(poll, seq - poll.firstSeq, this.#filter) !== null;
  }

  /**
   * The event of this number. `stale`: whether its reader was last told that the stream is stale. The cursor of the log's
   * event says what the first readers had been told; a cursor must not claim more than its holder was told.
   */
  told(poll: Poll<E>, seq: number, stale: boolean): Told<E> | undefined {
    const at = seq - poll.firstSeq;
    const told = this.#seenOf(poll).told[stale ? 'stale' : 'fresh'];
    const known = told[at];
    if (known !== undefined) return known;
    const event = this.#filter === null ? poll.events[at] : this.#passed(poll, at, this.#filter);
    if (event == null) return undefined;
    const { log, scope, bytesOf } = this.options;
    const cursor = encodeCursor(scope, { ...log.positionOf(seq), stale });
    const made = new Told(cursor === event.cursor ? event : { ...event, cursor }, bytesOf);
    told[at] = made;
    return made;
  }

  /** The whole state; readers that ask before the next poll share it. */
  snapshot(reason: SnapshotReason): Told<E> {
    const known = this.#snapshots.get(reason);
    if (known !== undefined) return known;
    const event = this.options.snapshot(reason);
    const made = new Told(this.#filter?.(event) ?? event, this.options.bytesOf);
    this.#snapshots.set(reason, made);
    return made;
  }

  /** Whether a snapshot is smaller than the events of this poll. */
  isBurst(poll: Poll<E>): boolean {
    if (this.#filter === null) return this.options.isBurst(poll);
    const seen = this.#seenOf(poll);
    seen.isBurst ??= this.#isLarge(poll, this.#filter);
    return seen.isBurst;
  }

  /** Lets go of what readers have been told. Call it at each poll, and when the state or its staleness changes. */
  forget(): void {
    if (this.#seen.size > 0) this.#seen = new Map();
    if (this.#snapshots.size > 0) this.#snapshots = new Map();
  }

  #passed(poll: Poll<E>, at: number, filter: EventFilter<E>): E | null {
    const { passed } = this.#seenOf(poll);
    const known = passed[at];
    if (known !== undefined) return known;
    this.options.deliveries.spend(FILTERING_COST);
    const event = poll.events[at];
    const filtered = event === undefined ? null : filter(event);
    passed[at] = filtered;
    return filtered;
  }

  #isLarge(poll: Poll<E>, filter: EventFilter<E>): boolean {
    const { bytesOf, burstBytes, burstChanges } = this.options;
    if (poll.bytes <= burstBytes || poll.events.length <= burstChanges) return false;
    const passed = poll.events
      .map((_, at) => this.#passed(poll, at, filter))
      .filter((event) => event !== null);
    const bytes = passed.reduce((sum, event) => sum + bytesOf(event), 0);
    if (bytes <= burstBytes || passed.length <= burstChanges) return false;
    return bytesOf(this.snapshot('BURST').event) < bytes;
  }

  #seenOf(poll: Poll<E>): Seen<E> {
    const known = this.#seen.get(poll);
    if (known !== undefined) return known;
    const [oldest] = this.#seen.keys();
    if (oldest !== undefined && this.#seen.size >= MAX_POLLS) this.#seen.delete(oldest);
    const made: Seen<E> = { passed: [], told: { fresh: [], stale: [] }, isBurst: null };
    this.#seen.set(poll, made);
    return made;
  }
}
