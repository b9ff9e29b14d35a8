// Looks that show no change. Most looks are such, and they tell subscribers nothing: they only confirm the state. So an instance does
// not write each of them by itself. It collects them for all logs that it leads, and writes them together a moment later. The message
// says how long ago each look was, so followers know the true age of a state. A change is written at once, and by itself.
//
// A change counts only once it is written. A look that confirms the state counts at once, as the state stays the same whichever
// instance leads. If the lease is over, the store refuses the confirmation, and the log catches up.
import { msBetween, type Clock, type Moment } from '../../clock.ts';
import type { Confirmation, LogStore } from './log-store.ts';
import { decodeConfirmed, isConfirmedBy, type ConfirmedMessage } from './messages.ts';

/** For how long looks are collected, in milliseconds; the second is for each member, as each one gets the messages of all others. */
export const GATHERED_MS = 100;
export const GATHERED_MS_A_MEMBER = 10;
/** The most logs that are confirmed in one step of the store. */
export const MAX_LOGS = 100;

/** A look, as a leader concludes it; see Confirmation. */
export interface QuietLook extends Omit<Confirmation, 'agoMs'> {
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
  readonly #gathered = new Map<string, { readonly look: QuietLook; readonly at: Moment }>();
  #cancelTimer: (() => void) | null = null;

  constructor(options: ConfirmationsOptions) {
    this.#options = options;
    void options.store.hearConfirmed((text) => this.#hear(text));
  }

  /** Writes a look soon. It takes the place of an earlier one of its log. */
  add(look: QuietLook): void {
    const { clock, members } = this.#options;
    this.#gathered.set(look.scope, { look, at: clock.moment() });
    const delayMs = Math.max(GATHERED_MS, GATHERED_MS_A_MEMBER * members());
    this.#cancelTimer ??= clock.schedule(() => this.send(), delayMs);
  }

  /** Leaves out the look of a log, as something else is written of it, or another instance leads it. */
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
    const looks = Array.from(this.#gathered.values(), ({ look, at }) => ({
      ...look,
      agoMs: msBetween(at, now),
    }));
    this.#gathered.clear();
    for (let from = 0; from < looks.length; from += MAX_LOGS)
      void this.#confirm(looks.slice(from, from + MAX_LOGS));
  }

  async #confirm(looks: readonly (QuietLook & Confirmation)[]): Promise<void> {
    const { store, me } = this.#options;
    // While the store is away each instance looks for itself; otherwise the next look of each log confirms it.
    const answers = await store.confirm(me, looks).catch(() => null);
    for (const [at, { onAnswer }] of looks.entries()) {
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
