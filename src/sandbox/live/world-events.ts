// The events of the sandbox's world. Webhooks, analytics, polls, media jobs and tests listen to them.
import type {
  PeerRecord,
  RoomCodeRecord,
  RoomRecord,
  SessionRecord,
  TemplateRecord,
  TrackRecord,
} from '../records.ts';

/** A message sent over REST. The REST API has no way to read it back. */
export interface SentMessage {
  readonly message: string;
  readonly type: string | undefined;
  /** The receiver. Without `peerId` and `role` the message goes to every peer. */
  readonly peerId: string | undefined;
  readonly role: string | undefined;
}

/** How a room was ended, and by whom. */
export interface RoomEnding {
  readonly reason: string;
  /** Whether the room was also disabled. */
  readonly lock: boolean;
  /** The peer who ended it; undefined if it was ended over REST or by the room's maximum duration. */
  readonly by: PeerRecord | undefined;
}

interface InRoom {
  readonly room: RoomRecord;
  readonly session: SessionRecord;
}

interface OfPeer extends InRoom {
  readonly peer: PeerRecord;
}

/** A change of the world, with the records as they are after it. Emitted synchronously by the verb that changes. */
export type WorldEvent =
  | { readonly type: 'template.changed'; readonly template: TemplateRecord }
  | { readonly type: 'room.changed'; readonly room: RoomRecord }
  | { readonly type: 'code.changed'; readonly code: RoomCodeRecord }
  | ({ readonly type: 'session.opened' | 'session.closed' } & InRoom)
  | ({ readonly type: 'peer.joined' } & OfPeer)
  | ({ readonly type: 'peer.left'; readonly reason: string; readonly message: string | undefined } & OfPeer)
  /** A peer that had already left was told to leave. */
  | { readonly type: 'peer.leave-failed'; readonly room: RoomRecord; readonly peer: PeerRecord }
  | ({
      readonly type: 'peer.updated';
      readonly previous: PeerRecord;
      /** The peer who changed the role; undefined if it was changed over REST. */
      readonly requestedBy: string | undefined;
    } & OfPeer)
  | ({ readonly type: 'role.change-failed'; readonly role: string; readonly error: string } & OfPeer)
  | ({ readonly type: 'track.changed'; readonly track: TrackRecord } & OfPeer)
  | ({ readonly type: 'message.sent'; readonly sent: SentMessage } & InRoom)
  | ({ readonly type: 'room.ended' } & RoomEnding & InRoom)
  /** The room was idle: it had no session to end. */
  | ({ readonly type: 'room.end-failed'; readonly room: RoomRecord } & RoomEnding);
