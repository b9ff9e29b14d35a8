// The source object of the type `Peer`, and the fields that both REST resources of a peer have. The resource of a connected peer
// has metadata and tracks; the resource in a session's record has the time of leaving. A `PeerView` contains one or both of them.
import type { Departure } from '../../src/live/changes.ts';
import type { ActivePeerResource } from '../../src/rest/peers/peers.ts';
import type { SessionPeerResource, SessionResource } from '../../src/rest/sessions/sessions.ts';
import { instantOrNull, textOrNull } from '../values.ts';

/** A peer with the resources from which it was made: `live`, `record` or both. */
export interface PeerView {
  readonly roomId: string;
  readonly id: string;
  /** The id of the peer's session; null if the peer comes from the REST list of connected peers, which has no session id. */
  readonly sessionId: string | null;
  /** The peer as the live room last showed it; null if only the session's record is known. */
  readonly live: ActivePeerResource | null;
  /** The session's record of the peer; null if only the live room is known. */
  readonly record: SessionPeerResource | null;
  readonly connected: boolean;
  /**
   * The joining time; null for the vendor's zero time. The record's time (milliseconds) takes precedence over that of the live
   * room (nanoseconds); otherwise a peer could change its position in a list.
   */
  readonly joinedAt: string | null;
  /** The peers who left with this one, if a poll has just noticed it. */
  readonly departure?: Departure;
}

/** Whether the view is one of a live room, which is kept with the room's list; see peer-lists.ts. */
export function isListed({ record, connected }: PeerView): boolean {
  return record === null && connected;
}

/** A peer who is connected, as the live room shows it. */
export function connectedPeer(roomId: string, live: ActivePeerResource, sessionId: string | null): PeerView {
  const joinedAt = instantOrNull(live.joined_at);
  return { roomId, id: live.id, sessionId, live, record: null, connected: true, joinedAt };
}

/** The view of a peer who has left, from the values that the live room last showed. */
export function departedPeer(roomId: string, live: ActivePeerResource, departure: Departure): PeerView {
  const { sessionId } = departure;
  const joinedAt = instantOrNull(live.joined_at);
  return { roomId, id: live.id, sessionId, live, record: null, connected: false, joinedAt, departure };
}

/**
 * A peer of a session's record; `live` is the same peer in the live room, null if it is not known. `isRemoved`: whether
 * the gateway has just removed the peer; the record may not show that yet.
 */
export function recordedPeer(
  session: SessionResource,
  record: SessionPeerResource,
  live: ActivePeerResource | null,
  isRemoved = false,
): PeerView {
  const connected = session.active && instantOrNull(record.left_at) === null && !isRemoved;
  const shown = connected ? live : null;
  return {
    roomId: session.room_id,
    id: record.id,
    sessionId: session.id,
    live: shown,
    record,
    connected,
    joinedAt: instantOrNull(record.joined_at ?? shown?.joined_at),
  };
}

/** The peer's name; null if it is empty. Here and below, the value of the live room takes precedence over that of the record. */
export function nameOf({ live, record }: PeerView): string | null {
  return textOrNull(live?.name ?? record?.name);
}

/** The name of the peer's role; null if it is empty. */
export function roleNameOf({ live, record }: PeerView): string | null {
  return textOrNull(live?.role ?? record?.role);
}

/** The app's own id of the user; null if the peer's token had none. */
export function userIdOf({ live, record }: PeerView): string | null {
  return textOrNull(live?.user_id ?? record?.user_id);
}

/** The joining time; null for the vendor's zero time. */
export function joinedAtOf({ joinedAt }: PeerView): string | null {
  return joinedAt;
}
