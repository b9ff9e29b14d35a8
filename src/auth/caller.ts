// Who sends an operation, and what of the graph they may touch.
import { allScopes, type Scope } from './scopes.ts';

/** Someone who is in a room, known by the token with which they joined it. */
export interface Participant {
  readonly roomId: string;
  /** The app's own id of the person, as the token has it. */
  readonly userId: string;
  /** The role that the token lets its holder join in; null where it names none. It may have been changed since. */
  readonly role: string | null;
}

/** A caller whose word has been checked. */
export interface Caller {
  /** Names the caller in logs and limits; never a secret. Begins with the method: `key:`, `jwt:`, `participant:`. */
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The only rooms that the caller sees; null: all. */
  readonly rooms: ReadonlySet<string> | null;
  /** Set for callers that are in a room and have its rights alone; they have no scopes. */
  readonly participant: Participant | null;
  /**
   * From when on what the caller showed is refused, milliseconds since the Unix epoch, the tolerance for clocks
   * included; null: it does not end. It may lie years ahead, further than a timer of Node can wait (24.8 days).
   */
  readonly expiresAt: number | null;
}

/** Everybody, where authentication is off: every scope in every room. */
export const anyone: Caller = {
  name: 'anyone',
  scopes: new Set(allScopes),
  rooms: null,
  participant: null,
  expiresAt: null,
};

/** Whether a caller may have anything to do with a room. */
export function seesRoom(caller: Caller, roomId: string): boolean {
  if (caller.participant !== null) return caller.participant.roomId === roomId;
  return caller.rooms === null || caller.rooms.has(roomId);
}
