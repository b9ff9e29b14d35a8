// The living half of the sandbox's state: sessions, the peers in them and their tracks, with the verbs that tests,
// routes and players use. Verbs are synchronous and each change is told as an event.
import { Analytics } from '../analytics/analytics.ts';
import { DeliveryLog } from '../webhooks/delivery-log.ts';
import { Polls } from '../polls/polls.ts';
import { Jobs } from '../media/jobs.ts';
import type { PeerRecord, RoomRecord, SessionRecord, TrackKind, TrackRecord } from '../records.ts';
import { StreamKeys } from '../media/stream-keys.ts';
import { Sip } from '../telephony/sip.ts';
import { Workspace } from '../workspace.ts';
import type { RoomEnding, SentMessage } from './world-events.ts';

/** Ended sessions kept; the oldest are forgotten beyond. */
const MAX_PAST_SESSIONS = 500;

/** A newcomer. Without `publish` it has no track. */
export interface Newcomer {
  readonly name: string;
  /** A role of the room's template. */
  readonly role: string;
  readonly userId: string;
  /** Default `''`. */
  readonly metadata?: string;
  /** Default `regular`; `sip` for a telephone. */
  readonly type?: PeerRecord['type'];
  readonly publish?: readonly TrackKind[];
}

export interface PeerChange {
  readonly name?: string;
  readonly role?: string;
  readonly metadata?: string;
}

export class World extends Workspace {
  /** Live streams, recordings and external streams. */
  readonly jobs = new Jobs({
    ids: this.ids,
    clock: this.clock,
    instant: () => this.instant(),
    worldEvents: this.events,
  });
  readonly streamKeys = new StreamKeys(this.ids, () => this.instant());
  readonly polls = new Polls({ seed: this.seed, events: this.events, now: () => this.now() });
  readonly analytics = new Analytics(this, this.seed);
  readonly deliveries = new DeliveryLog();
  readonly sip = new Sip(this.seed, this.clock);
  readonly #sessions = new Map<string, SessionRecord>();
  readonly #peersBySession = new Map<string, Map<string, PeerRecord>>();
  readonly #activeByRoom = new Map<string, string>();
  readonly #timeLimits = new Map<string, () => void>();

  /** By id, oldest first. */
  get sessions(): ReadonlyMap<string, SessionRecord> {
    return this.#sessions;
  }

  activeSession(roomId: string): SessionRecord | undefined {
    return this.#sessions.get(this.#activeByRoom.get(roomId) ?? '');
  }

  /** The peers who are in the room now, in order of joining. */
  connectedPeers(roomId: string): PeerRecord[] {
    const peers = this.activeSession(roomId)?.peers.values() ?? Iterator.from<PeerRecord>([]);
    return peers.filter((peer) => peer.leftAt === undefined).toArray();
  }

  connectedPeer(roomId: string, peerId: string): PeerRecord | undefined {
    const peer = this.activeSession(roomId)?.peers.get(peerId);
    return peer?.leftAt === undefined ? peer : undefined;
  }

  /** Somebody joins; opens a session if the room has none. Throws if the room is disabled or lacks the role. */
  join(roomId: string, newcomer: Newcomer): PeerRecord {
    const room = this.room(roomId);
    const roles = this.template(room.templateId).roles;
    if (!room.enabled) throw new Error(`room ${room.name} is disabled`);
    if (!roles.has(newcomer.role)) {
      throw new Error(`role ${newcomer.role} is none of ${[...roles.keys()].join(', ')}`);
    }
    const sessionId = (this.activeSession(roomId) ?? this.#open(room)).id;
    const peer: PeerRecord = {
      id: this.ids.uuid(),
      sessionId,
      name: newcomer.name,
      role: newcomer.role,
      userId: newcomer.userId,
      metadata: newcomer.metadata ?? '',
      type: newcomer.type ?? 'regular',
      joinedAt: this.instant(),
      leftAt: undefined,
      tracks: this.#publish(newcomer.publish ?? []),
    };
    const session = this.#keepPeer(peer);
    this.events.emit({ type: 'peer.joined', room, session, peer });
    return peer;
  }

  /**
   * Somebody leaves; the last one to leave ends the session. Of a peer who is not connected any more only the failure
   * is told. `reason` is one of the vendor's (default `client request`), `message` the text of whoever removed the peer.
   */
  leave(roomId: string, peerId: string, reason = 'client request', message?: string): void {
    const room = this.room(roomId);
    const connected = this.connectedPeer(roomId, peerId);
    if (connected === undefined) {
      const peer = this.departedPeer(roomId, peerId);
      if (peer === undefined) throw new RangeError(`no peer ${peerId} was ever in room ${room.name}`);
      this.events.emit({ type: 'peer.leave-failed', room, peer });
      return;
    }
    const peer = { ...connected, leftAt: this.instant() };
    const session = this.#keepPeer(peer);
    this.events.emit({ type: 'peer.left', room, session, peer, reason, message });
    if (this.connectedPeers(roomId).length === 0) this.#close(room, session);
  }

  /** A peer who was in a session of this room and left. */
  departedPeer(roomId: string, peerId: string): PeerRecord | undefined {
    return this.#sessions
      .values()
      .filter((session) => session.roomId === roomId)
      .map((session) => session.peers.get(peerId))
      .find((peer) => peer?.leftAt !== undefined);
  }

  /**
   * Changes a connected peer; throws if it is not connected. A role that the template lacks or that is full
   * (`maxPeerCount`) changes nothing and tells a failure. `requestedBy` is the peer who changed the role.
   */
  updatePeer(roomId: string, peerId: string, change: PeerChange, requestedBy?: string): PeerRecord {
    const room = this.room(roomId);
    const previous = this.#connected(room, peerId);
    const error = this.#roleRefusal(room, previous, change.role ?? previous.role);
    if (error !== undefined && change.role !== undefined) {
      const session = this.#sessionOf(previous);
      this.events.emit({
        type: 'role.change-failed',
        room,
        session,
        peer: previous,
        role: change.role,
        error,
      });
      return previous;
    }
    const peer = { ...previous, ...change };
    const session = this.#keepPeer(peer);
    this.events.emit({ type: 'peer.updated', room, session, peer, previous, requestedBy });
    return peer;
  }

  /** Mutes or unmutes the peer's tracks of this kind; throws if it has none. */
  setMute(roomId: string, peerId: string, kind: TrackKind, mute: boolean): PeerRecord {
    const room = this.room(roomId);
    const previous = this.#connected(room, peerId);
    const track = previous.tracks.values().find((candidate) => candidate.kind === kind);
    if (track === undefined) throw new Error(`${previous.name} publishes no ${kind}`);
    const changed = { ...track, mute };
    const peer = { ...previous, tracks: new Map(previous.tracks).set(track.id, changed) };
    const session = this.#keepPeer(peer);
    this.events.emit({ type: 'track.changed', room, session, peer, track: changed });
    return peer;
  }

  /** Ends the room's session, all its peers leave; `lock` disables the room. Without a session a failure is told. */
  endSession(roomId: string, { reason = '', lock = false, by }: Partial<RoomEnding> = {}): void {
    const session = this.activeSession(roomId);
    const room = lock ? this.updateRoom(roomId, { enabled: false }) : this.room(roomId);
    if (session === undefined) {
      this.events.emit({ type: 'room.end-failed', room, reason, lock, by });
      return;
    }
    this.events.emit({ type: 'room.ended', room, session, reason, lock, by });
    for (const peer of this.connectedPeers(roomId))
      this.leave(roomId, peer.id, 'server removed peer', reason);
  }

  /** Tells those who follow the world of a message; throws if the room has no session. */
  sendMessage(roomId: string, message: SentMessage): void {
    const session = this.activeSession(roomId);
    if (session === undefined) throw new Error(`room ${roomId} is idle`);
    this.events.emit({ type: 'message.sent', room: this.room(roomId), session, sent: message });
  }

  /** Forgets the timers of limited sessions and of jobs. */
  dispose(): void {
    this.jobs.dispose();
    this.sip.dispose();
    for (const cancel of this.#timeLimits.values()) cancel();
    this.#timeLimits.clear();
  }

  #roleRefusal(room: RoomRecord, peer: PeerRecord, role: string): string | undefined {
    if (role === peer.role) return undefined;
    const limit = this.template(room.templateId).roles.get(role)?.maxPeerCount;
    if (limit === undefined) return 'role not found';
    const taken = this.connectedPeers(room.id).filter((other) => other.role === role).length;
    return limit !== 0 && taken >= limit ? 'role limit reached' : undefined;
  }

  #connected(room: RoomRecord, peerId: string): PeerRecord {
    const peer = this.connectedPeer(room.id, peerId);
    if (peer === undefined) throw new RangeError(`peer ${peerId} is not in room ${room.name}`);
    return peer;
  }

  #sessionOf(peer: PeerRecord): SessionRecord {
    const session = this.#sessions.get(peer.sessionId);
    if (session === undefined) throw new RangeError(`no session ${peer.sessionId}`);
    return session;
  }

  #publish(kinds: readonly TrackKind[]): Map<string, TrackRecord> {
    // The camera and the microphone are one capture, the screen is another.
    const [capture, screen] = [this.ids.uuid(), this.ids.uuid()];
    const tracks = kinds.map((kind) => ({
      id: this.ids.uuid(),
      streamId: kind === 'screen' ? screen : capture,
      kind,
      mute: false,
      startedAt: this.instant(),
    }));
    return new Map(tracks.map((track) => [track.id, track]));
  }

  #keepPeer(peer: PeerRecord): SessionRecord {
    this.#peersBySession.get(peer.sessionId)?.set(peer.id, peer);
    return this.#keepSession({ ...this.#sessionOf(peer), updatedAt: this.instant() });
  }

  #keepSession(session: SessionRecord): SessionRecord {
    this.#sessions.set(session.id, session);
    return session;
  }

  #open(room: RoomRecord): SessionRecord {
    const peers = new Map<string, PeerRecord>();
    const now = this.instant();
    const id = this.ids.objectId();
    const session = { id, roomId: room.id, active: true, peers, createdAt: now, updatedAt: now };
    this.#peersBySession.set(id, peers);
    this.#activeByRoom.set(room.id, id);
    this.#keepSession(session);
    if (room.maxDurationSeconds !== undefined) {
      const end = (): void => this.endSession(room.id, { reason: 'max duration reached' });
      const leftMs = now.ms + room.maxDurationSeconds * 1000 - this.clock.now();
      this.#timeLimits.set(id, this.clock.schedule(end, Math.max(0, leftMs)));
    }
    this.events.emit({ type: 'session.opened', room, session });
    return session;
  }

  #close(room: RoomRecord, session: SessionRecord): void {
    this.#timeLimits.get(session.id)?.();
    this.#timeLimits.delete(session.id);
    this.#activeByRoom.delete(room.id);
    const closed = this.#keepSession({ ...session, active: false, updatedAt: this.instant() });
    this.events.emit({ type: 'session.closed', room, session: closed });
    this.#forgetOldest();
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
