// The interface of the store for shared logs, which is Redis (redis-log-store.ts) or a simulation of it. Every write contains the
// lease under which it is made, so that an instance which was suspended and continues late cannot write.
import type { Position } from '../../live/log/cursor.ts';

/** The right to write a log. Each time that a log changes hands it gets another fence. */
export interface Lease extends Pick<Position, 'epoch'> {
  /** The instance that leads. */
  readonly owner: string;
  readonly fence: string;
}

/** A log as it is stored. */
export interface StoredLog extends Pick<Position, 'epoch' | 'seq'> {
  /** Who leads; empty: nobody. */
  readonly owner: string;
  readonly fence: string;
  /** When a read last confirmed the state, by the wall clock of the instance that made it; null: the log has no state yet. */
  readonly asOf: number | null;
  /** How long ago the read began, in milliseconds by the store's clock; null: `asOf` is null. */
  readonly ageMs: number | null;
  readonly stale: boolean;
  /** See Codec; JSON. */
  readonly head: string;
  /** See Codec; JSON by id. */
  readonly items: ReadonlyMap<string, string>;
}

/** One conclusion, as it is written. */
export interface StoredEntry {
  /** Number of the last event before the entry. */
  readonly seq: number;
  /** Number of its events. */
  readonly count: number;
  /** What the followers are told, and what is kept in the log if it has events. */
  readonly message: string;
  readonly head: string;
  readonly asOf: number | null;
  /** See Conclusion. */
  readonly readAgeMs: number;
  readonly stale: boolean;
  /** The items that have changed. */
  readonly set: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
  /** Whether `set` has all items. */
  readonly isWhole: boolean;
  /** Entries whose last event has a smaller number are dropped. */
  readonly keptFrom: number;
}

/** That a read has found the state of a log as it was. */
export interface Confirmation {
  readonly scope: string;
  readonly lease: Lease;
  /** Number of the log's last event. */
  readonly seq: number;
  /** When the read was concluded, by the wall clock, and how long ago that is, in milliseconds. */
  readonly asOf: number;
  readonly agoMs: number;
  /** See Conclusion. */
  readonly readAgeMs: number;
  readonly shownMutation: string | null;
}

/** The stored logs, and what the instances that have joined one tell each other. All methods reject when the store is away. */
export interface LogStore {
  /**
   * Makes `me` the leader, if nobody leads or `dead` does, tells the followers, and returns the log. A log that does not exist is
   * made.
   */
  take(scope: string, me: string, dead: string | null): Promise<StoredLog>;
  /**
   * Writes an entry and tells the followers. Resolves with the number of instances that have joined; null: the lease is over, or
   * the log has other events after `entry.seq`, and nothing was written.
   */
  commit(scope: string, lease: Lease, entry: StoredEntry): Promise<number | null>;
  /**
   * Writes that reads have confirmed these logs, which `me` leads, and tells all instances so in one message. Resolves with a value
   * for each, as `commit` does: the number of instances that have joined; null: the lease is over, or the log has other events.
   */
  confirm(me: string, confirmations: readonly Confirmation[]): Promise<readonly (number | null)[]>;
  /** From when it resolves, `hear` is called for each message of `confirm`, in one order with the messages of all logs. */
  hearConfirmed(hear: (message: string) => void): Promise<void>;
  /** Empties the log and begins another epoch, whose name it resolves to; null: the lease is over. */
  renew(scope: string, lease: Lease): Promise<string | null>;
  /** If `me` leads: ends the lease and tells the followers. */
  release(scope: string, me: string): Promise<void>;
  /** The messages of the entries after an event, oldest first, as far as they are kept; empty: the log has another epoch. */
  history(scope: string, after: Pick<Position, 'epoch' | 'seq'>): Promise<readonly string[]>;
  /** From when it resolves, `hear` is called for each message of a log, in the order in which all instances get them. */
  join(scope: string, hear: (message: string) => void): Promise<void>;
  leave(scope: string): Promise<void>;
  /** Tells all who have joined the log, this instance included. */
  tell(scope: string, message: string): Promise<void>;
}
