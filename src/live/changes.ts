// The events of the live core: changes of one room (`PeerChange`), of the tracks in it (`TrackChange`) and of the workspace's
// running sessions (`SessionChange`). They contain REST resources as received; resolvers and schema convert them to the graph's
// form. All subscribers get the same event objects, so no code may modify one.
import type { ActivePeerResource, TrackResource } from '../rest/peers/peers.ts';
import type { SessionResource } from '../rest/sessions/sessions.ts';

/**
 * The part of a session's record that does not change while it runs. `created_at` is an RFC 3339 text. Joins and the
 * session's end are left out: they are read from the REST API when a client selects them.
 */
export type LiveSession = Readonly<Pick<SessionResource, 'id' | 'room_id' | 'created_at'>>;

/**
 * Why a snapshot was sent. SUBSCRIBED: the subscription began without a cursor. CURSOR_TOO_OLD: the log no longer
 * holds the events after the cursor. SLOW_CONSUMER: the subscriber left too many events of earlier polls unread. BURST: one
 * poll showed so many changes that the snapshot is smaller. STALENESS: polls began to fail, or succeed again.
 */
export type SnapshotReason = 'SUBSCRIBED' | 'CURSOR_TOO_OLD' | 'SLOW_CONSUMER' | 'BURST' | 'STALENESS';

/** ROOM: the peer joined or left the room. FILTER: it is connected, and began or ceased to match the filter. */
export type ChangeCause = 'ROOM' | 'FILTER';

/** The members that every event has. */
export interface EventStamp {
  /** Opaque text; a new subscription with it as `after` gets the events that follow this one. */
  readonly cursor: string;
  /** When the gateway created the event, in milliseconds since the Unix epoch. */
  readonly at: number;
}

interface RoomStamp extends EventStamp {
  readonly roomId: string;
}

/** How current a snapshot is. */
interface Freshness {
  readonly reason: SnapshotReason;
  /** True when at least the last two polls failed: the state may have changed since `asOf`. */
  readonly stale: boolean;
  /** When a poll last confirmed the state, in milliseconds since the Unix epoch; null: no poll has yet. */
  readonly asOf: number | null;
}

/** The whole state of a room. With a filter, `peers` holds the matching peers only. */
export interface PeersSnapshot extends RoomStamp, Freshness {
  readonly kind: 'snapshot';
  readonly peers: readonly ActivePeerResource[];
  /** The running session; null when the room is not live, or when `asOf` is null. */
  readonly session: LiveSession | null;
}

/** A peer joined, or began to match the filter. */
export interface PeerJoined extends RoomStamp {
  readonly kind: 'joined';
  readonly peer: ActivePeerResource;
  readonly sessionId: string;
  readonly cause: ChangeCause;
}

/** Peers of one session who had left when a poll was made. All their `left` events have the same object. */
export interface Departure {
  readonly sessionId: string;
  readonly peerIds: readonly string[];
}

/** A peer left, or ceased to match the filter. Its record in the session says when it left. */
export interface PeerLeft extends RoomStamp {
  readonly kind: 'left';
  /** As the last poll before the change showed the peer. */
  readonly peer: ActivePeerResource;
  readonly sessionId: string;
  readonly cause: ChangeCause;
  /** `reason` of the webhook `peer.leave.success`; null when that has not arrived, and when the cause is FILTER. */
  readonly leaveReason: string | null;
  /** All peers who left with this one; null when the cause is FILTER. */
  readonly departure: Departure | null;
}

/** The properties of a peer that can change while it is connected. */
export type PeerAspect = 'NAME' | 'ROLE' | 'METADATA';

/** A connected peer's name, role or metadata changed. */
export interface PeerUpdated extends RoomStamp {
  readonly kind: 'updated';
  /** As after the change. */
  readonly peer: ActivePeerResource;
  readonly sessionId: string;
  readonly changed: readonly PeerAspect[];
  /** All three properties as before the change, including those that did not change. */
  readonly previous: Readonly<Pick<ActivePeerResource, 'name' | 'role' | 'metadata'>>;
}

/** A session of a room started or ended. All `left` events of its peers precede its end. */
export interface SessionTurn extends RoomStamp {
  readonly kind: 'sessionStarted' | 'sessionEnded';
  readonly session: LiveSession;
}

/** An event of a room. */
export type PeerChange = PeersSnapshot | PeerJoined | PeerLeft | PeerUpdated | SessionTurn;

/** The tracks of one peer as a read last showed them. */
export interface PeerTracks {
  readonly peer: ActivePeerResource;
  readonly sessionId: string;
  /** By id; null: they have not been read yet. */
  readonly tracks: readonly TrackResource[] | null;
  /** When that read was sent, in milliseconds since the Unix epoch; null: `tracks` is null. */
  readonly asOf: number | null;
}

/** The tracks of all peers in a room who may publish. */
export interface TracksSnapshot extends RoomStamp, Freshness {
  readonly kind: 'snapshot';
  readonly peers: readonly PeerTracks[];
}

/** What the events of one peer's tracks have in common. */
interface TrackStamp extends RoomStamp {
  readonly peer: ActivePeerResource;
  readonly sessionId: string;
  /** The event tells what was so at this time or later, in milliseconds since the Unix epoch. */
  readonly asOf: number;
}

/** A peer who may publish has joined, or has got such a role. The tracks will be read. */
export interface TracksAwaited extends TrackStamp {
  readonly kind: 'awaited';
}

/** A peer's tracks have changed since the last read, or were read for the first time. */
export interface TracksUpdated extends TrackStamp {
  readonly kind: 'tracks';
  readonly tracks: readonly TrackResource[];
  /** The tracks at the last read; null: this was the first one. */
  readonly previous: readonly TrackResource[] | null;
  /** When the last read was sent; null: this was the first one. */
  readonly previousAsOf: number | null;
}

/** LEFT: the peer has left the room. ROLE: it has a role that may publish nothing. */
export type TracksEnd = 'LEFT' | 'ROLE';

/** A peer's tracks are no longer read. */
export interface TracksEnded extends TrackStamp {
  readonly kind: 'ended';
  readonly cause: TracksEnd;
}

/** An event of the tracks in a room. */
export type TrackChange = TracksSnapshot | TracksAwaited | TracksUpdated | TracksEnded;

/** All running sessions of the workspace, oldest first. */
export interface SessionsSnapshot extends EventStamp, Freshness {
  readonly kind: 'sessions';
  readonly sessions: readonly LiveSession[];
}

/** An event of the workspace's running sessions. */
export type SessionChange = SessionsSnapshot | SessionTurn;

/** A peer matches when it equals every property that is given; without properties every peer matches. */
export interface PeerFilter {
  /** Exact name of the role. */
  readonly role?: string;
  /** Exact `user_id`, the app's own id of the person. */
  readonly userId?: string;
}

/** The state of a room in memory, for queries. */
export interface LiveSnapshot {
  readonly roomId: string;
  readonly peers: readonly ActivePeerResource[];
  /** Null when the room is not live. */
  readonly session: LiveSession | null;
  /** When a poll last confirmed the state, in milliseconds since the Unix epoch. */
  readonly asOf: number;
}
