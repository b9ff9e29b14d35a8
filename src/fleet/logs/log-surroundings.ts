// The interfaces between the log of one feed and its instance.
import type { Confirmable, Confirmations } from './confirmations.ts';
import type { KeptEntries } from './kept-entries.ts';
import type { LogStore } from './log-store.ts';

/** What a log knows of its instance and of the others. */
export interface LogSurroundings {
  /** This instance. */
  readonly me: string;
  readonly store: LogStore;
  /** Writes the reads that show no change. */
  readonly confirmations: Confirmations;
  /** How long an instance may be silent before it counts as dead, in milliseconds. */
  readonly memberTtlMs: number;
  /** Whether the store can be reached. */
  readonly isConnected: () => boolean;
  readonly isMember: (id: string) => boolean;
  /** How long this instance waits before it takes a log that has become free, in milliseconds: longer the more it leads. */
  readonly patienceMs: () => number;
  /** See Clock.schedule. */
  readonly wait: (callback: () => void, delayMs: number) => () => void;
  readonly newEntries: () => KeptEntries;
  /** Called when a log is joined, and when it is left. */
  readonly onJoin: (log: JoinedLog) => void;
  readonly onLeave: (log: JoinedLog) => void;
  /** Called when a log gets the lease of this instance, and when it has it no more. */
  readonly onLease: (hasLease: boolean) => void;
  /** Called when the store may still say that this instance leads a log that it does not lead. */
  readonly onUnreleased: (scope: string) => void;
}

/** A joined log, as its instance sees it. */
export interface JoinedLog extends Confirmable {
  readonly scope: string;
  /** Whether this instance leads and others have joined, so that one of them could lead. */
  readonly canBeHandedOver: boolean;
  /** Gives the lead to an instance that follows. */
  handOver(): void;
  /** The members have changed: the leader may have died. */
  onMembers(): void;
  /** The store is away, or back. */
  onConnection(isConnected: boolean): void;
  /** Resolves when all writes have ended. Never rejects. */
  settled(): Promise<void>;
}
