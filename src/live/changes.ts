// What the live core tells: the changes of one room and of the workspace's running sessions. They carry the REST
// resources as received; whoever shows them gives them another form. Events are shared by all who watch: never alter one.
import type { ActivePeerResource } from '../rest/peers/peers.ts';
import type { SessionResource } from '../rest/sessions/sessions.ts';

/** What a room's running session is known by while it runs. Who joined it, and its end, is in the session's record. */
export type LiveSession = Readonly<Pick<SessionResource, 'id' | 'room_id' | 'created_at'>>;

/** Why a snapshot was sent: at first, the log no longer reaches back, too slow, or staleness began or ended. */
export type SnapshotReason = 'SUBSCRIBED' | 'CURSOR_TOO_OLD' | 'SLOW_CONSUMER' | 'STALENESS';

/** ROOM: the peer came or went. FILTER: it began or ceased to match the watcher's filter. */
export type ChangeCause = 'ROOM' | 'FILTER';

/** What every event has. */
export interface Told {
  /** Opaque; give it back as `after` to go on behind this event. */
  readonly cursor: string;
  /** When the gateway saw it, milliseconds since the Unix epoch. */
  readonly at: number;
}

interface ToldOfRoom extends Told {
  readonly roomId: string;
}

/** How sure a snapshot is. */
interface Freshness {
  readonly reason: SnapshotReason;
  /** The upstream has not answered lately: the truth may have moved on. */
  readonly stale: boolean;
  /** When this was last known to be true, milliseconds since the Unix epoch; null: it never was. */
  readonly asOf: number | null;
}

export interface PeersSnapshot extends ToldOfRoom, Freshness {
  readonly kind: 'snapshot';
  readonly peers: readonly ActivePeerResource[];
  readonly session: LiveSession | null;
}

export interface PeerJoined extends ToldOfRoom {
  readonly kind: 'joined';
  readonly peer: ActivePeerResource;
  readonly sessionId: string;
  readonly cause: ChangeCause;
}

/** `peer` is as last seen; when it left is only in its session's record. */
export interface PeerLeft extends ToldOfRoom {
  readonly kind: 'left';
  readonly peer: ActivePeerResource;
  readonly sessionId: string;
  readonly cause: ChangeCause;
  /** The vendor's words, if a webhook brought them in time. */
  readonly leaveReason: string | null;
}

export type PeerAspect = 'NAME' | 'ROLE' | 'METADATA';

export interface PeerUpdated extends ToldOfRoom {
  readonly kind: 'updated';
  readonly peer: ActivePeerResource;
  readonly sessionId: string;
  readonly changed: readonly PeerAspect[];
  /** All three as they were, changed or not. */
  readonly previous: Readonly<Pick<ActivePeerResource, 'name' | 'role' | 'metadata'>>;
}

export interface SessionTurn extends ToldOfRoom {
  readonly kind: 'sessionStarted' | 'sessionEnded';
  readonly session: LiveSession;
}

/** One change of a room. */
export type PeerChange = PeersSnapshot | PeerJoined | PeerLeft | PeerUpdated | SessionTurn;

/** All running sessions of the workspace. */
export interface SessionsSnapshot extends Told, Freshness {
  readonly kind: 'sessions';
  readonly sessions: readonly LiveSession[];
}

/** One change of the workspace's running sessions. */
export type SessionChange = SessionsSnapshot | SessionTurn;

/** Exact matches; both given: both must match. */
export interface PeerFilter {
  readonly role?: string;
  readonly userId?: string;
}

/** A room as the gateway holds it in memory. */
export interface LiveSnapshot {
  readonly roomId: string;
  readonly peers: readonly ActivePeerResource[];
  readonly session: LiveSession | null;
  /** Milliseconds since the Unix epoch. */
  readonly asOf: number;
}
