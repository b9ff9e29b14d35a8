// One subscriber's position in the log of a channel, and its next event: the event after its position, or a snapshot. It gets a
// snapshot if the log no longer has the events, if they are larger than the snapshot, or if the stream has become stale or is no
// longer stale.
import type { EventStamp, SnapshotReason } from '../changes.ts';
import type { Position } from './cursor.ts';
import type { Told } from './told.ts';
import type { View } from './view.ts';

/** Has no events before `begin`. */
export class Reader<E extends EventStamp> {
  readonly #view: View<E>;
  /** The most bytes of earlier polls' events that a subscriber may leave unread; with more it is slow. */
  readonly #backlogBytes: number;
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

  /** `view`: the events by the subscriber's filter. */
  constructor(view: View<E>, backlogBytes: number) {
    this.#view = view;
    this.#backlogBytes = backlogBytes;
  }

  /** Begins at `after`, the position of a cursor, or with a snapshot. */
  begin(after: Position | null): void {
    const { log } = this.#view.options;
    this.#hasBegun = true;
    const seq = after === null ? null : log.seqAfterWhich(after);
    if (after === null) {
      this.#due = 'SUBSCRIBED';
    } else if (seq === null) {
      this.#due = 'CURSOR_TOO_OLD';
    } else {
      this.#seq = seq;
      this.#missedSeq = log.seq;
      this.#stale = after.stale;
    }
  }

  /** The next event; undefined: the subscriber has got all events. */
  take(): Told<E> | undefined {
    if (!this.#hasBegun || this.#isLevel) return undefined;
    const reason = this.#due ?? this.#skip() ?? this.#slowness();
    if (reason !== null) return this.#snapshot(reason);
    const { log, isStale } = this.#view.options;
    const poll = log.pollOf(this.#seq + 1);
    if (poll === null) return isStale() === this.#stale ? undefined : this.#snapshot('STALENESS');
    if (poll.firstSeq !== this.#toldSeq) {
      this.#toldSeq = poll.firstSeq;
      if (this.#view.isBurst(poll)) return this.#snapshot('BURST');
    }
    this.#seq += 1;
    return this.#view.told(poll, this.#seq, this.#stale);
  }

  /** Skips events that the filter leaves out. Returns a reason when the log has lost events that were not read. */
  #skip(): SnapshotReason | null {
    const view = this.#view;
    const { log } = view.options;
    while (this.#seq < log.seq) {
      const poll = log.pollOf(this.#seq + 1);
      if (poll === null) return this.#isInLatest() ? 'BURST' : 'SLOW_CONSUMER';
      if (view.passes(poll, this.#seq + 1)) return null;
      this.#seq += 1;
    }
    return null;
  }

  /** Whether the reader has got everything there is. */
  get #isLevel(): boolean {
    const { log, isStale } = this.#view.options;
    return this.#seq === log.seq && this.#due === null && isStale() === this.#stale;
  }

  #isInLatest(): boolean {
    return this.#seq + 1 >= (this.#view.options.log.latest?.firstSeq ?? 0);
  }

  #slowness(): SnapshotReason | null {
    const { log } = this.#view.options;
    const { latest } = log;
    const seq = Math.max(this.#seq, this.#missedSeq);
    if (latest === null || seq + 1 >= latest.firstSeq) return null;
    const poll = log.pollOf(seq + 1);
    if (poll === null) return 'SLOW_CONSUMER';
    const readShare = (seq + 1 - poll.firstSeq) / poll.events.length;
    const unread = latest.bytesBefore - poll.bytesBefore - poll.bytes * readShare;
    return unread > this.#backlogBytes ? 'SLOW_CONSUMER' : null;
  }

  #snapshot(reason: SnapshotReason): Told<E> {
    const { log, isStale } = this.#view.options;
    this.#due = null;
    this.#seq = log.seq;
    this.#stale = isStale();
    return this.#view.snapshot(reason);
  }
}
