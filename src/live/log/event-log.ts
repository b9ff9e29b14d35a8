// The last events of one stream, numbered one by one from 1, bounded. Whoever was away reads on from here.
import type { Position } from './cursor.ts';

export class EventLog<E> {
  /** Names this life of the log: numbers of another one mean nothing here. */
  readonly epoch: string;
  readonly #size: number;
  readonly #events: E[] = [];
  #seq = 0;

  constructor(options: { readonly epoch: string; readonly size: number }) {
    this.epoch = options.epoch;
    this.#size = options.size;
  }

  /** Number of the last event; 0: none yet. */
  get seq(): number {
    return this.#seq;
  }

  /** Keeps the event that `make` builds for the next number; the oldest makes way. */
  append(make: (seq: number) => E): E {
    const event = make(this.#seq + 1);
    this.#seq += 1;
    this.#events.push(event);
    if (this.#events.length > this.#size) this.#events.shift();
    return event;
  }

  /** All events behind `position`, oldest first; null: they can no longer be told. */
  since(position: Position): readonly E[] | null {
    const missed = this.#seq - position.seq;
    if (position.epoch !== this.epoch || missed < 0 || missed > this.#events.length) return null;
    return this.#events.slice(this.#events.length - missed);
  }
}
