// The only door from the live core to the REST API. A failure is thrown and says nothing about the room.
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import type { SessionResource } from '../../rest/sessions/sessions.ts';

export interface LiveUpstream {
  /** The connected peers of a room; null for a 404. */
  peers(roomId: string, signal: AbortSignal): Promise<readonly ActivePeerResource[] | null>;
  /** The running session of each room asked for. null: none; an Error: unknown. One entry an id. */
  activeSessions(
    roomIds: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, SessionResource | null | Error>>;
  /** All running sessions of the workspace, newest first. */
  allActiveSessions(signal: AbortSignal): Promise<readonly SessionResource[]>;
  /** Whether there is such a room, live or not. */
  roomExists(roomId: string, signal: AbortSignal): Promise<boolean>;
  /** Drops the cached copy of a room, so that the next query for it reads the REST API. Makes no call. */
  forgetRoom(roomId: string): void;
}
