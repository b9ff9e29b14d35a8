// The state of the whole sandbox: the workspace, the state of each family, and the actions in live rooms that tests, routes and
// simulated people use. Actions are synchronous, and each change emits an event (world-events.ts).
import { Analytics } from '../analytics/analytics.ts';
import { Jobs } from '../media/jobs.ts';
import { peerFrom, type Newcomer } from '../peers/newcomers.ts';
import { PollRuns } from '../polls/poll-runs.ts';
import { Polls } from '../polls/polls.ts';
import type { PeerRecord, RoomRecord, TrackKind } from '../records.ts';
import { RoomCodes } from '../rooms/room-codes.ts';
import { Rooms } from '../rooms/rooms.ts';
import { Sessions } from '../sessions/sessions.ts';
import { Sip } from '../telephony/sip.ts';
import { Templates } from '../templates/templates.ts';
import { DeliveryLog } from '../webhooks/delivery-log.ts';
import { Workspace } from '../workspace.ts';
import type { RoomEnding, SentMessage } from './world-events.ts';

/** The changes of a connected peer that the REST API allows; a missing key changes nothing. */
export interface PeerUpdate {
  readonly name?: string;
  readonly role?: string;
  readonly metadata?: string;
}

/** All state of a sandbox. The seed decides every id; verbs throw a RangeError for an unknown room or peer. */
export class World extends Workspace {
  readonly templates = new Templates(this);
  readonly rooms = new Rooms(this, this.templates);
  readonly roomCodes = new RoomCodes(this);
  readonly sessions = new Sessions(this, (roomId) =>
    this.endSession(roomId, { reason: 'max duration reached' }),
  );
  /** Live streams, recordings and external streams. */
  readonly jobs = new Jobs(this);
  readonly polls = new Polls(this);
  readonly pollRuns = new PollRuns(this, this.polls);
  readonly analytics = new Analytics(this);
  readonly deliveries = new DeliveryLog();
  readonly sip = new Sip(this.seed, this.clock);

  /** A peer joins, which opens a session if the room is idle. Throws if the room is disabled or lacks the role. */
  join(roomId: string, newcomer: Newcomer): PeerRecord {
    const room = this.rooms.get(roomId);
    const { roles } = this.templates.get(room.templateId);
    if (!room.enabled) throw new Error(`room ${room.name} is disabled`);
    if (!roles.has(newcomer.role)) {
      throw new Error(`unknown role ${newcomer.role}; the roles are ${[...roles.keys()].join(', ')}`);
    }
    const { id: sessionId } = this.sessions.active(roomId) ?? this.sessions.open(room);
    const peer = peerFrom(newcomer, sessionId, this);
    const session = this.sessions.putPeer(peer);
    this.events.emit({ type: 'peer.joined', room, session, peer });
    return peer;
  }

  /**
   * A peer leaves; the last one to leave ends the session. For a peer who has left already only `peer.leave-failed`
   * is emitted. `reason` is one of the vendor's (default `client request`); `message` is the remover's text.
   */
  leave(roomId: string, peerId: string, reason = 'client request', message?: string): void {
    const room = this.rooms.get(roomId);
    const connected = this.sessions.connectedPeer(roomId, peerId);
    if (connected === undefined) {
      const peer = this.sessions.departedPeer(roomId, peerId);
      if (peer === undefined) throw new RangeError(`peer ${peerId} was never in room ${room.name}`);
      this.events.emit({ type: 'peer.leave-failed', room, peer });
      return;
    }
    const peer = { ...connected, leftAt: this.instant() };
    const session = this.sessions.putPeer(peer);
    this.events.emit({ type: 'peer.left', room, session, peer, reason, message });
    if (this.sessions.connectedPeers(roomId).length === 0) this.sessions.close(room, session);
  }

  /**
   * Changes a connected peer; throws if it is not connected. A role that the template lacks or that is full
   * (`maxPeerCount`) changes nothing and emits `role.change-failed`. `requestedBy` is the peer who changed the role.
   */
  updatePeer(roomId: string, peerId: string, change: PeerUpdate, requestedBy?: string): PeerRecord {
    const room = this.rooms.get(roomId);
    const previous = this.#connected(room, peerId);
    const { role = previous.role } = change;
    const error = this.#roleRefusal(room, previous, role);
    if (error !== undefined) {
      const session = this.sessions.ofPeer(previous);
      this.events.emit({ type: 'role.change-failed', room, session, peer: previous, role, error });
      return previous;
    }
    const peer = { ...previous, ...change };
    const session = this.sessions.putPeer(peer);
    this.events.emit({ type: 'peer.updated', room, session, peer, previous, requestedBy });
    return peer;
  }

  /** Mutes or unmutes the peer's track of this kind; throws if it has none. */
  setMute(roomId: string, peerId: string, kind: TrackKind, mute: boolean): PeerRecord {
    const room = this.rooms.get(roomId);
    const previous = this.#connected(room, peerId);
    const track = previous.tracks.values().find((candidate) => candidate.kind === kind);
    if (track === undefined) throw new Error(`${previous.name} publishes no ${kind}`);
    const changed = { ...track, mute };
    const peer = { ...previous, tracks: new Map(previous.tracks).set(track.id, changed) };
    const session = this.sessions.putPeer(peer);
    this.events.emit({ type: 'track.changed', room, session, peer, track: changed });
    return peer;
  }

  /** Ends the room's session: all its peers leave. `lock` disables the room. If the room is idle, `room.end-failed` is
   * emitted. */
  endSession(roomId: string, { reason = '', lock = false, by }: Partial<RoomEnding> = {}): void {
    const session = this.sessions.active(roomId);
    const room = lock ? this.rooms.update(roomId, { enabled: false }) : this.rooms.get(roomId);
    if (session === undefined) {
      this.events.emit({ type: 'room.end-failed', room, reason, lock, by });
      return;
    }
    this.events.emit({ type: 'room.ended', room, session, reason, lock, by });
    for (const peer of this.sessions.connectedPeers(roomId))
      this.leave(roomId, peer.id, 'server removed peer', reason);
  }

  /** Emits `message.sent`, the only trace of a message; throws if the room is idle. */
  sendMessage(roomId: string, message: SentMessage): void {
    const session = this.sessions.active(roomId);
    if (session === undefined) throw new Error(`room ${roomId} is idle`);
    this.events.emit({ type: 'message.sent', room: this.rooms.get(roomId), session, sent: message });
  }

  /** Cancels all timers: those of jobs, of calls that ring and of maximum durations. */
  dispose(): void {
    this.jobs.dispose();
    this.sip.dispose();
    this.sessions.dispose();
  }

  #roleRefusal(room: RoomRecord, peer: PeerRecord, role: string): string | undefined {
    if (role === peer.role) return undefined;
    const limit = this.templates.get(room.templateId).roles.get(role)?.maxPeerCount;
    if (limit === undefined) return 'role not found';
    const taken = this.sessions.connectedPeers(room.id).filter((other) => other.role === role).length;
    return limit !== 0 && taken >= limit ? 'role limit reached' : undefined;
  }

  #connected(room: RoomRecord, peerId: string): PeerRecord {
    const peer = this.sessions.connectedPeer(room.id, peerId);
    if (peer === undefined) throw new RangeError(`peer ${peerId} is not in room ${room.name}`);
    return peer;
  }
}
