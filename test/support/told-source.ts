// The source of a subscription whose events a test makes.
import type { TakenEvents, Taker } from '../../src/live/log/taken-events.ts';
import { Told } from '../../src/live/log/told.ts';

type Event = Told<object> | Promise<Told<object>>;

/** An event with a name. */
export const toldOf = (name: string) => new Told({ name, cursor: `after ${name}` }, () => 1);
/** Events that a test makes. */
export class Source implements TakenEvents {
  readonly events: Event[] = [];
  isOver = false;
  hasLeft = false;
  error: Error | undefined;
  #taker: Taker | null = null;

  attach(taker: Taker): void {
    this.#taker = taker;
  }

  take(): Event | undefined {
    return this.events.shift();
  }

  tell(...events: readonly Event[]): void {
    this.events.push(...events);
    this.#taker?.wake();
  }

  end(error?: Error): void {
    this.isOver = true;
    this.error = error;
    this.#taker?.wake();
  }

  async return(): Promise<void> {
    this.hasLeft = true;
  }
}
