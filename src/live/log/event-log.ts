// The last events of one channel, in memory, numbered 1, 2, 3, ... A client that reconnects with a cursor gets the
// events that it missed from here. After a restart the log is empty and has another epoch.
import type { Position } from './cursor.ts';

/** A bounded log: when it is full, a new event removes the oldest one. */
export class EventLog<E> {
  /** Changes with every new log, because two logs give the same number to different events. */
  readonly epoch: string;
  readonly #size: number;
  readonly #events: E[] = [];
  #seq = 0;

  /** `size`: events kept. `epoch`: see Position. */
  constructor(options: { readonly epoch: string; readonly size: number }) {
    this.epoch = options.epoch;
    this.#size = options.size;
  }

  /** Number of the last event; 0 before the first one. */
  get seq(): number {
    return this.#seq;
  }

  /** Adds the event that `make` builds for the next number, and returns it. */
  append(make: (seq: number) => E): E {
    const event = make(this.#seq + 1);
    this.#seq += 1;
    this.#events.push(event);
    if (this.#events.length > this.#size) this.#events.shift();
    return event;
  }

  /** All events after `position`, oldest first; null when the log no longer holds them, or has another epoch. */
  since(position: Position): readonly E[] | null {
    const missed = this.#seq - position.seq;
    if (position.epoch !== this.epoch || missed < 0 || missed > this.#events.length) return null;
    return this.#events.slice(this.#events.length - missed);
  }
}
