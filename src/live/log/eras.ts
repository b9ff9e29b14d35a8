// The epochs that a log has had, each with the event numbers used in it. A log counts its events 1, 2, 3, ... for its own
// readers; a cursor contains an epoch and the event's number within that epoch. A single instance has one epoch, and both numbers
// are equal. Several instances use the epoch and the numbers of their shared log; an instance that loses its connection to Redis
// continues under its own epoch. So a cursor never refers to an event that has the same number at another instance.
import type { Position } from './cursor.ts';

/** A part of a log that is numbered under one epoch. */
interface Era {
  readonly epoch: string;
  /** The log's number of the last event before this era. */
  readonly from: number;
  /** The log's number of an event minus the event's number in the epoch. */
  readonly offset: number;
}

/** The number of eras that a log remembers. Older ones are forgotten, and their cursors lead to a snapshot. */
const MAX_ERAS = 8;

/** The eras of one log. */
export class Eras {
  /** Oldest first; never empty. */
  readonly #eras: Era[];

  /** `seq`: the number in the epoch of the last event so far. */
  constructor(epoch: string, seq = 0) {
    this.#eras = [{ epoch, from: seq, offset: 0 }];
  }

  /** From now on events are numbered under `epoch`; `seq`: the number there of the log's last event, which is `from`. */
  begin(epoch: string, seq: number, from: number): void {
    this.#eras.push({ epoch, from, offset: from - seq });
    if (this.#eras.length > MAX_ERAS) this.#eras.shift();
  }

  /** Epoch and number of the log's event `seq`. At the border of two eras it is the later one's. */
  positionOf(seq: number): Pick<Position, 'epoch' | 'seq'> {
    const era = this.#eras.findLast(({ from }) => from <= seq) ?? this.#oldest;
    return { epoch: era.epoch, seq: seq - era.offset };
  }

  /** The log's number of a position; null: no era of this log has had it. `last`: number of the log's last event. */
  seqOf({ epoch, seq }: Pick<Position, 'epoch' | 'seq'>, last: number): number | null {
    for (let at = this.#eras.length - 1; at >= 0; at -= 1) {
      const era = this.#eras[at];
      if (era?.epoch !== epoch) continue;
      const own = seq + era.offset;
      // The events before the first era are the same epoch's: an instance that joins reads them when a client asks for them.
      const from = at === 0 ? 0 : era.from;
      const until = this.#eras[at + 1]?.from ?? last;
      if (own >= from && own <= until) return own;
    }
    return null;
  }

  get #oldest(): Era {
    const [oldest] = this.#eras;
    if (oldest === undefined) throw new Error('A log has at least one era.');
    return oldest;
  }
}
