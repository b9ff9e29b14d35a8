// Who sends an operation, and what of the graph they may touch.
import type { Scope } from './scopes.ts';

/** Someone who is in a room, known by the token with which they joined it. */
export interface Participant {
  readonly roomId: string;
  /** The app's own id of the person, as the token has it. */
  readonly userId: string;
}

/** A caller whose word has been checked. */
export interface Caller {
  /** Names the caller in logs and limits; never a secret. */
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The only rooms that the caller sees; null: all. */
  readonly rooms: ReadonlySet<string> | null;
  /** Set for callers that are in a room and have its rights alone. */
  readonly participant: Participant | null;
  /** When what the caller showed ends, milliseconds since the Unix epoch; null: it does not end. */
  readonly expiresAt: number | null;
}

/** Whether a caller may have anything to do with a room. */
export function seesRoom(caller: Caller, roomId: string): boolean {
  if (caller.participant !== null) return caller.participant.roomId === roomId;
  return caller.rooms === null || caller.rooms.has(roomId);
}
