// The 32 documented types of webhook and what each one means for the gateway. No other file has rules that depend on the type.
// Every webhook that names a room causes a poll of that room, whatever its type; the table has all other effects. Source: the
// vendor's webhook reference, as `WebhookEvent` of the OpenAPI document lists it.
import type { WebhookData, WebhookEvent as DocumentedWebhookEvent } from '../../openapi/types.ts';

/** The name of a documented type, such as `peer.join.success`. */
export type WebhookType = DocumentedWebhookEvent['type'];

/**
 * Types of one subject have the same keys in their `data`; each subject is one object type of the graph.
 * `OtherRoom`: the type is newer than this gateway.
 */
export type WebhookSubject =
  | 'Session'
  | 'Peer'
  | 'RoleChange'
  | 'RoomEnd'
  | 'Recording'
  | 'Stream'
  | 'Transcription'
  | 'Ingest'
  | 'OtherRoom';

/** The meaning of a type for the gateway. Rules that are left out do not apply to the type. */
export interface WebhookMeaning {
  readonly subject: WebhookSubject;
  /** A sentence that says what the vendor reports with this type. Clients see it as the type's description. */
  readonly reports: string;
  /** The running sessions of the workspace have changed: their next poll comes early, if clients watch them. */
  readonly checksSessions?: boolean;
  /**
   * Key of `data` whose time differs between two events of the type, so that a replay is recognized under another
   * delivery id. Left out of failures: they carry no time of their own, and one that repeats is a new event.
   */
  readonly momentKey?: keyof WebhookData;
  /** `data.reason` says why the peer left, which the REST API does not: PeerLeft events show it. */
  readonly saysWhyPeerLeft?: boolean;
  /** The room itself may have changed (ending it can lock it), so a cached copy of it must be dropped. */
  readonly changesRoom?: boolean;
}

/** The meaning of each documented type. A type missing here does not compile. */
export const webhookTypes: Readonly<Record<WebhookType, WebhookMeaning>> = {
  'session.open.success': {
    subject: 'Session',
    reports: 'A session began: the first peer joined the room.',
    checksSessions: true,
    momentKey: 'session_started_at',
  },
  'session.close.success': {
    subject: 'Session',
    reports: 'A session ended.',
    checksSessions: true,
    momentKey: 'session_stopped_at',
  },
  'peer.join.success': { subject: 'Peer', reports: 'A peer joined the room.', momentKey: 'joined_at' },
  'peer.join.failure': { subject: 'Peer', reports: 'A peer could not join; `errorMessage` says why.' },
  'peer.leave.success': {
    subject: 'Peer',
    reports: 'A peer left the room or was removed from it; `reason` says which.',
    momentKey: 'left_at',
    saysWhyPeerLeft: true,
  },
  'peer.leave.failure': {
    subject: 'Peer',
    reports: 'The vendor had no such peer to remove, as after a second leave. Harmless.',
  },
  'room.end.success': {
    subject: 'RoomEnd',
    reports: 'A participant, or your server, ended the session for everyone.',
    changesRoom: true,
  },
  'room.end.failure': { subject: 'RoomEnd', reports: 'A request to end the session for everyone failed.' },
  'role.change.success': {
    subject: 'RoleChange',
    reports: 'A peer got another role.',
    momentKey: 'role_changed_at',
  },
  'role.change.failure': {
    subject: 'RoleChange',
    reports: 'A peer could not be given another role; `errorMessage` says why.',
  },
  'track.recording.started.success': {
    subject: 'Recording',
    reports: 'The vendor began to record one track.',
  },
  'track.recording.success': { subject: 'Recording', reports: 'The recording of one track is ready.' },
  'track.recording.failure': { subject: 'Recording', reports: 'The recording of one track failed.' },
  'stream.recording.success': {
    subject: 'Recording',
    reports: 'The recording of one peer, audio and video in one file, is ready.',
  },
  'stream.recording.failure': {
    subject: 'Recording',
    reports: 'The recording of one peer, audio and video in one file, failed.',
  },
  'recording.success': {
    subject: 'Recording',
    reports: 'A legacy composite recording, made by the media server, is ready.',
  },
  'recording.failed': {
    subject: 'Recording',
    reports: 'A legacy composite recording, made by the media server, failed.',
  },
  'beam.started.success': {
    subject: 'Stream',
    reports: 'An external stream (RTMP) or a composite recording began.',
  },
  'beam.stopped.success': {
    subject: 'Stream',
    reports: 'An external stream (RTMP) or a composite recording stopped.',
  },
  'beam.recording.success': { subject: 'Recording', reports: 'The file of a composite recording is ready.' },
  'beam.failure': {
    subject: 'Stream',
    reports: 'An external stream (RTMP) or a composite recording failed.',
  },
  'hls.started.success': { subject: 'Stream', reports: 'A live stream (HLS) began.' },
  'hls.stopped.success': { subject: 'Stream', reports: 'A live stream (HLS) stopped.' },
  'hls.recording.success': {
    subject: 'Recording',
    reports: 'The recording of a live stream (HLS) is ready.',
  },
  'hls.failure': { subject: 'Stream', reports: 'A live stream (HLS) failed.' },
  'transcription.started.success': {
    subject: 'Transcription',
    reports: 'The vendor began to write a transcript of a recording.',
  },
  'transcription.success': { subject: 'Transcription', reports: 'The transcript of a recording is ready.' },
  'transcription.failure': {
    subject: 'Transcription',
    reports: 'The transcript of a recording failed; some of its files may exist all the same.',
  },
  'ingest.start.success': {
    subject: 'Ingest',
    reports: 'An encoder began to send video into the room over RTMP.',
  },
  'ingest.end.success': {
    subject: 'Ingest',
    reports: 'An encoder stopped, and the time in which it could reconnect is over.',
  },
  'ingest.start.failure': {
    subject: 'Ingest',
    reports: 'An encoder was refused, for example because its stream key is disabled.',
  },
  'ingest.failure': { subject: 'Ingest', reports: "An encoder's connection broke." },
};

/** Whether the vendor documented the type when this gateway was written. */
export function isDocumentedType(type: string): type is WebhookType {
  return Object.hasOwn(webhookTypes, type);
}

/** The meaning of any type. An undocumented type is a hint only; `session.*` also concerns the workspace. */
export function webhookMeaning(type: string): WebhookMeaning {
  if (isDocumentedType(type)) return webhookTypes[type];
  return {
    subject: 'OtherRoom',
    reports: 'A webhook of a type that this version of the gateway does not know.',
    checksSessions: type.startsWith('session.'),
  };
}
