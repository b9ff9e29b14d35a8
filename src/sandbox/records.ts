// What the sandbox holds, one interface a noun. Records are replaced and never changed, so that a test or an event
// keeps the state it saw. How they look over REST is the routes' business.
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

export interface RoomRecord {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly description: string;
  readonly templateId: string;
  readonly region: Region;
  /** Undefined: as the template says. */
  readonly recordingInfo: RecordingInfo | undefined;
  readonly largeRoom: boolean;
  readonly size: number | undefined;
  readonly maxDurationSeconds: number | undefined;
  readonly polls: readonly string[] | undefined;
  readonly webhook: RoomWebhook | undefined;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface RoomCodeRecord {
  readonly code: string;
  readonly roomId: string;
  readonly role: string;
  readonly enabled: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface SessionRecord {
  readonly id: string;
  readonly roomId: string;
  readonly active: boolean;
  /** Everyone who ever joined, by peer id; it goes on changing while the session runs. */
  readonly peers: ReadonlyMap<string, PeerRecord>;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface PeerRecord {
  readonly id: string;
  readonly sessionId: string;
  readonly name: string;
  readonly role: string;
  readonly userId: string;
  readonly metadata: string;
  readonly type: 'regular' | 'sip';
  readonly joinedAt: Instant;
  /** Undefined while connected. */
  readonly leftAt: Instant | undefined;
  /** By track id. */
  readonly tracks: ReadonlyMap<string, TrackRecord>;
}

/** What a peer may publish: its microphone, its camera, its screen. */
export type TrackKind = 'audio' | 'video' | 'screen';

export interface TrackRecord {
  readonly id: string;
  readonly streamId: string;
  readonly kind: TrackKind;
  readonly mute: boolean;
  readonly startedAt: Instant;
}
