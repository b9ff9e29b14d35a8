// Writes to one log while this instance leads it: one write at a time, under the lease, each directly after the entry before it.
// A read that shows no change is written together with those of other logs (confirmations.ts).
import type { Codec, Conclusion } from '../../live/log/shared-log.ts';
import { entryOf, isSameState } from './entry.ts';
import type { KeptEntries } from './kept-entries.ts';
import type { Lease, StoredLog } from './log-store.ts';
import type { LogSurroundings } from './log-surroundings.ts';

/** Everything that a writer needs. */
export interface LogWriterOptions<S, E> {
  readonly scope: string;
  readonly codec: Codec<S, E>;
  readonly around: Pick<LogSurroundings, 'store' | 'confirmations' | 'memberTtlMs' | 'newEntries'>;
  /** The log as it was when this instance took the lead. */
  readonly log: StoredLog;
  /** Called when a confirmation was refused: the lease is over. */
  readonly onRefused: () => void;
}

/** Made when an instance takes the lead. */
export class LogWriter<S, E> {
  readonly #options: LogWriterOptions<S, E>;
  readonly #entries: KeptEntries;
  readonly #lease: Lease;
  #seq: number;
  /** Whether the stored log has the state of the host; false: the next entry writes all of it. */
  #isStored: boolean;
  /** Whether the stored log says that reads fail. */
  #isStale: boolean;
  /** Number of conclusions that `confirm` has left to `write` and that are not written yet. */
  #writes = 0;
  /** Whether another instance waits for the next read. */
  #isAwaited = false;
  #joined = 1;

  constructor(options: LogWriterOptions<S, E>) {
    const { log, around } = options;
    this.#options = options;
    this.#entries = around.newEntries();
    this.#lease = { owner: log.owner, fence: log.fence, epoch: log.epoch };
    this.#seq = log.seq;
    this.#isStored = log.asOf !== null;
    this.#isStale = log.stale;
  }

  /** Number of instances that had joined the log at the last write. */
  get joined(): number {
    return this.#joined;
  }

  /** The next conclusion is written at once, whatever it shows, as another instance waits for it. */
  hurry(): void {
    this.#isAwaited = true;
  }

  /** True: the conclusion shows no change, and is written soon. False: the caller calls `write`. */
  confirm(conclusion: Conclusion<S, E>): boolean {
    const { asOf, readAgeMs, shownMutation } = conclusion;
    if (asOf === null || !this.#canWait(conclusion)) {
      this.#writes += 1;
      return false;
    }
    const { scope, around } = this.#options;
    const seq = this.#seq;
    const onAnswer = (joined: number | null) => this.#onConfirmed(seq, joined);
    around.confirmations.add({ scope, lease: this.#lease, seq, asOf, readAgeMs, shownMutation, onAnswer });
    return true;
  }

  /** Whether the conclusion is written; false: the lease is over. Rejects when that is not known. Call it if `confirm` says so. */
  async write(conclusion: Conclusion<S, E>): Promise<boolean> {
    const { scope, codec, around } = this.#options;
    around.confirmations.drop(scope);
    this.#isAwaited = false;
    const place = { seq: this.#seq, isWhole: !this.#isStored, codec, entries: this.#entries };
    const entry = entryOf(conclusion, this.#lease, place);
    const writing = around.store.commit(scope, this.#lease, entry);
    around.confirmations.send();
    const joined = await writing.finally(() => (this.#writes -= 1));
    if (joined === null) return false;
    this.#joined = joined;
    this.#isStored = true;
    this.#isStale = entry.stale;
    this.#seq += entry.count;
    return true;
  }

  /**
   * Whether a conclusion says nothing but that the stored state is confirmed. A read that took longer than an instance may be
   * silent may be from before a pause in which another instance has taken the lead.
   */
  #canWait(conclusion: Conclusion<S, E>): boolean {
    const { codec, around } = this.#options;
    const { readAgeMs, stale, confirmed } = conclusion;
    if (this.#writes > 0 || this.#isAwaited || readAgeMs > around.memberTtlMs) return false;
    if (!this.#isStored || this.#isStale || stale || confirmed !== undefined) return false;
    return isSameState(conclusion, codec);
  }

  /** `seq`: that of the confirmation. */
  #onConfirmed(seq: number, joined: number | null): void {
    if (joined !== null) this.#joined = joined;
    // One that an entry has overtaken is refused too.
    else if (seq === this.#seq && this.#writes === 0) this.#options.onRefused();
  }
}
