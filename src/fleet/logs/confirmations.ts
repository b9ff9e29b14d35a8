// Reads that show no change. Most reads are such. They have no event for subscribers and only confirm the state. So an instance
// does not write each of them by itself. It collects them for all logs that it leads, and writes them together a moment later.
// The message says how long ago each read was, so followers know the true age of a state. A change is written at once, and by
// itself.
//
// A change counts only once it is written. A read that confirms the state counts at once, as the state stays the same whichever
// instance leads. If the lease is over, the store refuses the confirmation, and the log catches up.
import { msBetween, type Clock, type Moment } from '../../clock.ts';
import type { Confirmation, LogStore } from './log-store.ts';
import { decodeConfirmed, isConfirmedBy, type ConfirmedMessage } from './messages.ts';

/**
 * For how long reads are collected, in milliseconds; the second is for each member, as each one gets the messages of all others.
 */
export const GATHERED_MS = 100;
export const GATHERED_MS_A_MEMBER = 10;
/** The most logs that are confirmed in one step of the store. */
export const MAX_LOGS = 100;

/** A read, as a leader concludes it; see Confirmation. */
export interface QuietRead extends Omit<Confirmation, 'agoMs'> {
  /** Called with the store's answer, as `commit` of LogStore gives it; not if the store is away. */
  readonly onAnswer: (joined: number | null) => void;
}

/** A log that follows, or does not. */
export interface Confirmable {
  /** The leader has confirmed the state. */
  onConfirmed(message: ConfirmedMessage): void;
}

/** Everything that confirmations need. */
export interface ConfirmationsOptions {
  /** This instance. */
  readonly me: string;
  readonly store: Pick<LogStore, 'confirm' | 'hearConfirmed'>;
  readonly clock: Clock;
  /** Number of members of the fleet. */
  readonly members: () => number;
  /** The joined log of a scope. */
  readonly logOf: (scope: string) => Confirmable | undefined;
}

/** One for each process. */
export class Confirmations {
  readonly #options: ConfirmationsOptions;
  /** By scope, with the time of the conclusion. */
  readonly #gathered = new Map<string, { readonly read: QuietRead; readonly at: Moment }>();
  #cancelTimer: (() => void) | null = null;

  constructor(options: ConfirmationsOptions) {
    this.#options = options;
    void options.store.hearConfirmed((text) => this.#hear(text));
  }

  /** Writes a read soon. It takes the place of an earlier one of its log. */
  add(read: QuietRead): void {
    const { clock, members } = this.#options;
    this.#gathered.set(read.scope, { read, at: clock.moment() });
    const delayMs = Math.max(GATHERED_MS, GATHERED_MS_A_MEMBER * members());
    this.#cancelTimer ??= clock.schedule(() => this.send(), delayMs);
  }

  /** Leaves out the read of a log, as something else is written of it, or another instance leads it. */
  drop(scope: string): void {
    this.#gathered.delete(scope);
  }

  /** Writes nothing more. */
  close(): void {
    this.#cancelTimer?.();
    this.#gathered.clear();
  }

  /** Writes what was collected. Together with a change that costs little, as both leave in one write and arrive in one read. */
  send(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const now = this.#options.clock.moment();
    const reads = Array.from(this.#gathered.values(), ({ read, at }) => ({
      ...read,
      agoMs: msBetween(at, now),
    }));
    this.#gathered.clear();
    for (let from = 0; from < reads.length; from += MAX_LOGS)
      void this.#confirm(reads.slice(from, from + MAX_LOGS));
  }

  async #confirm(reads: readonly (QuietRead & Confirmation)[]): Promise<void> {
    const { store, me } = this.#options;
    // While the store is away each instance reads for itself; otherwise the next read of each log confirms it.
    const answers = await store.confirm(me, reads).catch(() => null);
    for (const [at, { onAnswer }] of reads.entries()) {
      const joined = answers?.[at];
      if (joined !== undefined) onAnswer(joined);
    }
  }

  #hear(text: string): void {
    const { me, logOf } = this.#options;
    if (isConfirmedBy(me, text)) return;
    for (const message of decodeConfirmed(text)) logOf(message.scope)?.onConfirmed(message);
  }
}
