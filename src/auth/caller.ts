// The caller of an operation, and the rooms and scopes of the graph that the caller may use.
import type { Revocation } from './revocation.ts';
import { allScopes, type Scope } from './scopes.ts';

/** A person in a room who authenticates with the token that they joined with. */
export interface Participant {
  /** The vendor's id of the room. */
  readonly roomId: string;
  /** The app's own id of the person: the token's `user_id`. */
  readonly userId: string;
  /** The token's role; null if it has none. The peer's present role may be another one. */
  readonly role: string | null;
}

/** An authenticated caller. */
export interface Caller {
  /**
   * Identifies the caller in logs and limits; contains no secret. Begins with the method: `key:`, `jwt:`,
   * `participant:`.
   */
  readonly name: string;
  /** Empty for a participant. */
  readonly scopes: ReadonlySet<Scope>;
  /** Vendor ids of the only rooms that the caller may see; null: all rooms. */
  readonly rooms: ReadonlySet<string> | null;
  /** Set for a participant, whose rights come from their role in the room; null for other callers, who have scopes. */
  readonly participant: Participant | null;
  /**
   * When the caller's key or token expires, in milliseconds since the Unix epoch, including the tolerance for clocks;
   * null: never. May be years ahead, but a timer of Node can wait at most 24.8 days.
   */
  readonly expiresAt: number | null;
  /** Ends the rights earlier, when the key is removed from its file; undefined: they cannot end before `expiresAt`. */
  readonly revocation?: Revocation;
}

/** Every caller while authentication is off: has every scope in every room. */
export const anyone: Caller = {
  name: 'anyone',
  scopes: new Set(allScopes),
  rooms: null,
  participant: null,
  expiresAt: null,
};

/** Whether a caller may see a room, by its vendor id. Scopes are checked separately. */
export function seesRoom(caller: Caller, roomId: string): boolean {
  if (caller.participant !== null) return caller.participant.roomId === roomId;
  return caller.rooms === null || caller.rooms.has(roomId);
}
