// The records of the families that refer to each other: templates, rooms, codes, sessions, peers, tracks.
// A change replaces a record and never mutates it: an event or a test keeps the state it has seen (but see `peers`
// of a session). The routes convert records to the JSON of the REST API.
import type {
  RecordingConfig,
  RecordingInfo,
  Region,
  RoomWebhook,
  TemplateDestinations,
  TemplatePlugins,
  TemplateRole,
  TemplateSettings,
} from '../openapi/types.ts';
import type { Instant } from './instant.ts';

/** A template with all defaults filled in. */
export interface TemplateRecord {
  readonly id: string;
  readonly name: string;
  /** By role name. */
  readonly roles: ReadonlyMap<string, TemplateRole>;
  readonly settings: TemplateSettings;
  readonly destinations: TemplateDestinations;
  readonly plugins: TemplatePlugins | undefined;
  readonly recordings: readonly RecordingConfig[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A room. Names are unique regardless of case. */
export interface RoomRecord {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly description: string;
  readonly templateId: string;
  readonly region: Region;
  /** Undefined: the template's settings apply. */
  readonly recordingInfo: RecordingInfo | undefined;
  readonly largeRoom: boolean;
  /** The maximum of simultaneous peers. The sandbox stores it but does not enforce it. */
  readonly size: number | undefined;
  /** A session is ended after this time. Undefined: no limit. */
  readonly maxDurationSeconds: number | undefined;
  /** Ids of the polls linked to the room. */
  readonly polls: readonly string[] | undefined;
  /** Receives the room's events instead of the workspace's webhook. */
  readonly webhook: RoomWebhook | undefined;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A code that admits to one room with one role. */
export interface RoomCodeRecord {
  readonly code: string;
  readonly roomId: string;
  readonly role: string;
  readonly enabled: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A session: from the first peer's join to the last peer's leave. A room has at most one active session. */
export interface SessionRecord {
  readonly id: string;
  readonly roomId: string;
  readonly active: boolean;
  /** Every peer who joined, by peer id. The one mutable part: the map grows while the session is active. */
  readonly peers: ReadonlyMap<string, PeerRecord>;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A peer: one join of one person. A second join of the same person is another peer with the same `userId`. */
export interface PeerRecord {
  readonly id: string;
  readonly sessionId: string;
  readonly name: string;
  readonly role: string;
  readonly userId: string;
  /** Opaque to the vendor; apps often store JSON. */
  readonly metadata: string;
  /** `sip`: a telephone. */
  readonly type: 'regular' | 'sip';
  readonly joinedAt: Instant;
  /** Undefined while connected. */
  readonly leftAt: Instant | undefined;
  /** By track id. */
  readonly tracks: ReadonlyMap<string, TrackRecord>;
}

/** The source of a track: microphone, camera or screen. */
export type TrackKind = 'audio' | 'video' | 'screen';

/** A published track. It stays in the record of its peer after the peer has left. */
export interface TrackRecord {
  readonly id: string;
  readonly streamId: string;
  readonly kind: TrackKind;
  readonly mute: boolean;
  readonly startedAt: Instant;
}
