// The sessions of the workspace with their peers, running and ended. The actions that change them (joining, leaving, ending) are
// in live/world.ts; this file stores, finds, opens and closes sessions.
import type { PeerRecord, RoomRecord, SessionRecord } from '../records.ts';
import { PastMap } from '../past.ts';
import type { Workspace } from '../workspace.ts';

/** Ended sessions kept; beyond this the oldest are forgotten. */
const MAX_PAST_SESSIONS = 500;

/** Holds the sessions. A room has at most one active session. Opening and closing emit events. */
export class Sessions {
  readonly #workspace: Workspace;
  readonly #onTimeLimit: (roomId: string) => void;
  readonly #sessions: Map<string, SessionRecord>;
  readonly #peersBySession = new Map<string, Map<string, PeerRecord>>();
  readonly #activeByRoom: Map<string, string>;
  /** Cancels the timer of a session whose room has a maximum duration, by session id. */
  readonly #timeLimits = new Map<string, () => void>();

  /** `onTimeLimit` must end the session of a room whose maximum duration is over. */
  constructor(workspace: Workspace, onTimeLimit: (roomId: string) => void) {
    this.#workspace = workspace;
    this.#sessions = new PastMap(workspace.past);
    this.#activeByRoom = new PastMap(workspace.past);
    this.#onTimeLimit = onTimeLimit;
  }

  /** By id, oldest first. */
  get all(): ReadonlyMap<string, SessionRecord> {
    return this.#sessions;
  }

  /** The room's active session; undefined while the room is idle. */
  active(roomId: string): SessionRecord | undefined {
    return this.#sessions.get(this.#activeByRoom.get(roomId) ?? '');
  }

  /** The session in which the peer is or was; throws a RangeError if it has been forgotten. */
  ofPeer(peer: PeerRecord): SessionRecord {
    const session = this.#sessions.get(peer.sessionId);
    if (session === undefined) throw new RangeError(`unknown session ${peer.sessionId}`);
    return session;
  }

  /** The peers who are in the room now, in order of joining. */
  connectedPeers(roomId: string): PeerRecord[] {
    const peers = this.active(roomId)?.peers.values() ?? Iterator.from<PeerRecord>([]);
    return peers.filter((peer) => peer.leftAt === undefined).toArray();
  }

  /** Undefined if the peer is not in the room now. */
  connectedPeer(roomId: string, peerId: string): PeerRecord | undefined {
    const peer = this.active(roomId)?.peers.get(peerId);
    return peer?.leftAt === undefined ? peer : undefined;
  }

  /** A peer who was in a session of this room and left; undefined for any other id. */
  departedPeer(roomId: string, peerId: string): PeerRecord | undefined {
    return this.#sessions
      .values()
      .filter((session) => session.roomId === roomId)
      .map((session) => session.peers.get(peerId))
      .find((peer) => peer?.leftAt !== undefined);
  }

  /** Opens a session in an idle room and starts the timer of its maximum duration, counted from the session's start. */
  open(room: RoomRecord): SessionRecord {
    const { ids, clock, events } = this.#workspace;
    const peers = new PastMap<string, PeerRecord>(this.#workspace.past);
    const now = this.#workspace.instant();
    const id = ids.objectId();
    const session = { id, roomId: room.id, active: true, peers, createdAt: now, updatedAt: now };
    this.#peersBySession.set(id, peers);
    this.#activeByRoom.set(room.id, id);
    this.#keep(session);
    if (room.maxDurationSeconds !== undefined) {
      const leftMs = now.ms + room.maxDurationSeconds * 1000 - clock.now();
      const cancel = clock.schedule(() => this.#onTimeLimit(room.id), Math.max(0, leftMs));
      this.#timeLimits.set(id, cancel);
    }
    events.emit({ type: 'session.opened', room, session });
    return session;
  }

  /** Stores a new or changed peer in its session; returns the session, updated now. */
  putPeer(peer: PeerRecord): SessionRecord {
    this.#peersBySession.get(peer.sessionId)?.set(peer.id, peer);
    return this.#keep({ ...this.ofPeer(peer), updatedAt: this.#workspace.instant() });
  }

  /** Ends a session that the last peer has left. */
  close(room: RoomRecord, session: SessionRecord): void {
    this.#timeLimits.get(session.id)?.();
    this.#timeLimits.delete(session.id);
    this.#activeByRoom.delete(room.id);
    const closed = this.#keep({ ...session, active: false, updatedAt: this.#workspace.instant() });
    this.#workspace.events.emit({ type: 'session.closed', room, session: closed });
    this.#forgetOldest();
  }

  /** Cancels the timers of maximum durations. */
  dispose(): void {
    for (const cancel of this.#timeLimits.values()) cancel();
    this.#timeLimits.clear();
  }

  #keep(session: SessionRecord): SessionRecord {
    this.#sessions.set(session.id, session);
    return session;
  }

  #forgetOldest(): void {
    const past = this.#sessions.values().filter((session) => !session.active);
    const surplus = this.#sessions.size - this.#activeByRoom.size - MAX_PAST_SESSIONS;
    for (const session of past.take(Math.max(0, surplus)).toArray()) {
      this.#sessions.delete(session.id);
      this.#peersBySession.delete(session.id);
    }
  }
}
