// The last events of one channel, in memory, numbered 1, 2, 3, ... and kept by poll. Readers have a position in it and no copy of
// its events, so many readers need no more memory for events. A client that reconnects with a cursor continues at its position.
// After a restart the log is empty and has another epoch; eras.ts says when it changes before that.
import { msBetween, type Clock, type Moment } from '../../clock.ts';
import type { Position } from './cursor.ts';
import { Eras } from './eras.ts';
import type { HeldEvents, LogMemory } from './log-memory.ts';

/** The bounds of one log. */
export interface LogLimits {
  /** The most bytes of events. A poll with more is not kept at all. */
  readonly maxBytes: number;
  /** The greatest age of a poll's events, in milliseconds. */
  readonly maxAgeMs: number;
}

/** Everything a log needs. */
export interface EventLogOptions<E> extends LogLimits {
  /** See Position. */
  readonly epoch: string;
  readonly clock: Clock;
  /** The estimated size of an event in memory. */
  readonly bytesOf: (event: E) => number;
  /** Counts the events of all logs. */
  readonly memory: LogMemory;
}

/** The events that one poll has shown. */
export interface Poll<E> extends HeldEvents {
  readonly events: readonly E[];
  /** Number of the first event. */
  readonly firstSeq: number;
  /** Bytes of all events before the first one, since the log began. */
  readonly bytesBefore: number;
  readonly at: Moment;
}

/** A bounded log: when it is full, the events of its oldest poll are removed. */
export class EventLog<E> {
  readonly #options: EventLogOptions<E>;
  /** Oldest first. */
  readonly #polls: Poll<E>[] = [];
  #latest: Pick<Poll<E>, 'firstSeq' | 'bytesBefore'> | null = null;
  #bytes = 0;
  #seq = 0;
  #bytesEver = 0;
  #eras: Eras;

  constructor(options: EventLogOptions<E>) {
    this.#options = options;
    this.#eras = new Eras(options.epoch);
  }

  /** Number of the last event; 0 before the first one. */
  get seq(): number {
    return this.#seq;
  }

  /** Where the last poll that had events begins, kept or not; null before the first one. */
  get latest(): Pick<Poll<E>, 'firstSeq' | 'bytesBefore'> | null {
    return this.#latest;
  }

  /** Adds the events of one poll: each of `makers` gets its event's number. Without makers it does nothing. */
  append(makers: readonly ((seq: number) => E)[]): Poll<E> | null {
    if (makers.length === 0) return null;
    const firstSeq = this.#seq + 1;
    const events = makers.map((make, at) => make(firstSeq + at));
    const bytes = events.reduce((sum, event) => sum + this.#options.bytesOf(event), 0);
    const at = this.#options.clock.moment();
    const drop = () => this.#dropOldest();
    const poll: Poll<E> = { events, firstSeq, bytes, bytesBefore: this.#bytesEver, at, drop };
    this.#seq += events.length;
    this.#bytesEver += bytes;
    this.#polls.push(poll);
    this.#latest = { firstSeq, bytesBefore: poll.bytesBefore };
    this.#bytes += bytes;
    this.#trim();
    if (this.#polls.includes(poll)) this.#options.memory.add(poll);
    return poll;
  }

  /** The number of the event after which the log holds all. */
  get heldFrom(): number {
    return (this.#polls[0]?.firstSeq ?? this.#seq + 1) - 1;
  }

  /** Epoch and number that cursors after the event `seq` have. */
  positionOf(seq: number): Pick<Position, 'epoch' | 'seq'> {
    return this.#eras.positionOf(seq);
  }

  /** The next event is the one after `position` of its epoch. What was told before stays valid for who holds a cursor. */
  beginEra({ epoch, seq }: Pick<Position, 'epoch' | 'seq'>): void {
    this.#eras.begin(epoch, seq, this.#seq);
  }

  /** Empties the log and numbers its events under another epoch, beginning after `position`. For a log without readers. */
  restart({ epoch, seq }: Pick<Position, 'epoch' | 'seq'>): void {
    this.clear();
    this.#eras = new Eras(epoch, seq);
    this.#seq = seq;
    this.#latest = null;
  }

  /** The number of the last event at `position`; null: this log has not had it, or has lost events after it. */
  seqAfterWhich(position: Position): number | null {
    this.#trim();
    const seq = this.#eras.seqOf(position, this.#seq);
    if (seq === null) return null;
    return seq === this.#seq || this.pollOf(seq + 1) !== null ? seq : null;
  }

  /** The poll that has the event of this number; null when the log does not hold it. */
  pollOf(seq: number): Poll<E> | null {
    const latest = this.#polls.at(-1);
    // What readers nearly always ask for.
    if (latest !== undefined && seq >= latest.firstSeq) {
      return seq < latest.firstSeq + latest.events.length ? latest : null;
    }
    let [low, high] = [0, this.#polls.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#polls[middle]?.firstSeq ?? seq) <= seq) low = middle + 1;
      else high = middle;
    }
    const poll = this.#polls[low - 1];
    return poll !== undefined && seq < poll.firstSeq + poll.events.length ? poll : null;
  }

  /** Empties the log: its channel is not used any more. */
  clear(): void {
    while (this.#polls.length > 0) this.#dropOldest();
  }

  /** Puts polls in front of those that are held, oldest first: events that other instances had before this one came. */
  prepend(polls: readonly (readonly ((seq: number) => E)[])[]): void {
    const at = this.#polls[0]?.at ?? this.#options.clock.moment();
    let firstSeq = this.#polls[0]?.firstSeq ?? this.#seq + 1;
    let bytesBefore = this.#polls[0]?.bytesBefore ?? this.#bytesEver;
    for (const makers of polls.toReversed()) {
      const events = makers.map((make, index) => make(firstSeq - makers.length + index));
      const bytes = events.reduce((sum, event) => sum + this.#options.bytesOf(event), 0);
      if (this.#bytes + bytes > this.#options.maxBytes) return;
      firstSeq -= events.length;
      bytesBefore -= bytes;
      const poll: Poll<E> = { events, firstSeq, bytes, bytesBefore, at, drop: () => this.#dropOldest() };
      this.#polls.unshift(poll);
      this.#bytes += bytes;
      this.#options.memory.add(poll);
    }
  }

  #trim(): void {
    const { maxBytes, maxAgeMs, clock } = this.#options;
    const now = clock.moment();
    for (let [oldest] = this.#polls; oldest !== undefined; [oldest] = this.#polls) {
      if (this.#bytes <= maxBytes && msBetween(oldest.at, now) <= maxAgeMs) return;
      this.#dropOldest();
    }
  }

  #dropOldest(): void {
    const oldest = this.#polls.shift();
    if (oldest === undefined) return;
    this.#bytes -= oldest.bytes;
    this.#options.memory.remove(oldest);
  }
}
