// Everything that can happen in the sandbox's world, for those who follow it: webhooks, players, tests.
import type {
  PeerRecord,
  RoomCodeRecord,
  RoomRecord,
  SessionRecord,
  TemplateRecord,
  TrackRecord,
} from '../records.ts';

/** A message that came in over REST; nobody can read it back there. */
export interface SentMessage {
  readonly message: string;
  readonly type: string | undefined;
  /** Neither of the two: it went to everybody. */
  readonly peerId: string | undefined;
  readonly role: string | undefined;
}

/** Who ended a room and how. */
export interface RoomEnding {
  readonly reason: string;
  /** Whether the room was disabled too. */
  readonly lock: boolean;
  /** The peer who did it; undefined when it was done over REST or by the room's own limit. */
  readonly by: PeerRecord | undefined;
}

interface InRoom {
  readonly room: RoomRecord;
  readonly session: SessionRecord;
}

interface OfPeer extends InRoom {
  readonly peer: PeerRecord;
}

export type WorldEvent =
  | { readonly type: 'template.changed'; readonly template: TemplateRecord }
  | { readonly type: 'room.changed'; readonly room: RoomRecord }
  | { readonly type: 'code.changed'; readonly code: RoomCodeRecord }
  | ({ readonly type: 'session.opened' | 'session.closed' } & InRoom)
  | ({ readonly type: 'peer.joined' } & OfPeer)
  | ({ readonly type: 'peer.left'; readonly reason: string; readonly message: string | undefined } & OfPeer)
  /** Somebody left who was not there any more. */
  | { readonly type: 'peer.leave-failed'; readonly room: RoomRecord; readonly peer: PeerRecord }
  | ({
      readonly type: 'peer.updated';
      readonly previous: PeerRecord;
      /** The peer who changed the role; undefined when it was done over REST. */
      readonly requestedBy: string | undefined;
    } & OfPeer)
  | ({ readonly type: 'role.change-failed'; readonly role: string; readonly error: string } & OfPeer)
  | ({ readonly type: 'track.changed'; readonly track: TrackRecord } & OfPeer)
  | ({ readonly type: 'message.sent'; readonly sent: SentMessage } & InRoom)
  | ({ readonly type: 'room.ended' } & RoomEnding & InRoom)
  /** There was no session to end. */
  | ({ readonly type: 'room.end-failed'; readonly room: RoomRecord } & RoomEnding);
