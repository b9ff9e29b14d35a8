// The interface for a session check that one of several instances makes for all. Each instance says which rooms it needs to know
// about, and gets every result.
import type { LiveSession } from '../changes.ts';

/** What is to be checked. */
export interface Wanted {
  readonly roomIds: readonly string[];
  /** Whether the sessions of the whole workspace are wanted. */
  readonly workspace: boolean;
}

/** The answer of a session check, for all instances. */
export interface CheckAnswer {
  /** The rooms whose sessions were asked for; null: those of the whole workspace were. */
  readonly asked: readonly string[] | null;
  /** Newest first; null: the check failed. */
  readonly sessions: readonly LiveSession[] | null;
  /** Rooms of `asked` of which nothing is known, because their request failed. */
  readonly failed: readonly string[];
}

/** What the other instances tell. */
export interface CheckListener {
  /** Whether this instance makes the check may have changed. */
  onTurn(): void;
  /** The instance that makes the check begins one. What is concluded after this call is not older than the check. */
  onBegin(): void;
  /** The check that began last has this answer. */
  onAnswer(answer: CheckAnswer): void;
  /** An instance wants the next check within `delayMs`. */
  onWish(delayMs: number): void;
}

/** What the session check of one instance knows of the others. */
export interface CheckShare {
  /** Whether this instance makes the check for all. True for one that is cut off from the others. */
  readonly isOurs: boolean;
  /** Whether there are other instances. */
  readonly hasOthers: boolean;
  /** Sets the one listener. */
  listen(listener: CheckListener): void;
  /** This instance wants the session of a room, or no longer wants it. Null instead of a room's id: those of the workspace. */
  want(roomId: string | null, isWanted: boolean): void;
  /** What the other instances want. Empty where they cannot be asked. */
  wanted(): Promise<Wanted>;
  /** Asks the instance that makes the check for one within `delayMs`. */
  wish(delayMs: number): void;
  /** Tells all others that a check begins; resolves when they were told. Never rejects. */
  begin(): Promise<void>;
  /** Tells all others the answer of the check. */
  tell(answer: CheckAnswer): void;
}
