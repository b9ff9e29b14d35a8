// Writes to one log while this instance leads it: one write at a time, under the lease, each directly after the entry before it.
import type { Codec, Conclusion } from '../../live/log/shared-log.ts';
import { entryOf } from './entry.ts';
import type { KeptEntries } from './kept-entries.ts';
import type { Lease, LogStore, StoredLog } from './log-store.ts';

/** Made when an instance takes the lead. */
export class LogWriter<S, E> {
  readonly #scope: string;
  readonly #store: LogStore;
  readonly #codec: Codec<S, E>;
  readonly #entries: KeptEntries;
  readonly #lease: Lease;
  #seq: number;
  /** Whether the stored log has the state of the host; false: the next entry writes all of it. */
  #isStored: boolean;
  #joined = 1;

  constructor(scope: string, store: LogStore, codec: Codec<S, E>, log: StoredLog, entries: KeptEntries) {
    this.#scope = scope;
    this.#store = store;
    this.#codec = codec;
    this.#entries = entries;
    this.#lease = { owner: log.owner, fence: log.fence, epoch: log.epoch };
    this.#seq = log.seq;
    this.#isStored = log.asOf !== null;
  }

  /** Number of instances that had joined the log at the last write. */
  get joined(): number {
    return this.#joined;
  }

  /** Whether the conclusion is written; false: the lease is over. Rejects when that is not known. */
  async write(conclusion: Conclusion<S, E>): Promise<boolean> {
    const place = { seq: this.#seq, isWhole: !this.#isStored, codec: this.#codec, entries: this.#entries };
    const entry = entryOf(conclusion, this.#lease, place);
    const joined = await this.#store.commit(this.#scope, this.#lease, entry);
    if (joined === null) return false;
    this.#joined = joined;
    this.#isStored = true;
    this.#seq += entry.count;
    return true;
  }
}
