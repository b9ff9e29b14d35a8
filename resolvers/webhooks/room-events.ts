// The vendor's webhooks as the graph has them: 32 documented types in families that carry the same facts.
import type { WebhookEvent, WebhookEventType } from '../../src/live/webhooks/webhooks.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import type { Context } from '../context.ts';
import type { SessionView } from '../sessions/sessions.ts';
import { instantOrNull, textOrNull } from '../values.ts';

/** The graph's types for the families of events. */
export type RoomEventFamily =
  | 'SessionEvent'
  | 'PeerEvent'
  | 'RoleChangeEvent'
  | 'RoomEndEvent'
  | 'RecordingEvent'
  | 'StreamEvent'
  | 'TranscriptionEvent'
  | 'IngestEvent'
  | 'OtherRoomEvent';

/** Stands for a type that the vendor has added since. */
export const OTHER_EVENT = 'OTHER';

const families: Readonly<Record<WebhookEventType, RoomEventFamily>> = {
  'session.open.success': 'SessionEvent',
  'session.close.success': 'SessionEvent',
  'peer.join.success': 'PeerEvent',
  'peer.join.failure': 'PeerEvent',
  'peer.leave.success': 'PeerEvent',
  'peer.leave.failure': 'PeerEvent',
  'room.end.success': 'RoomEndEvent',
  'room.end.failure': 'RoomEndEvent',
  'role.change.success': 'RoleChangeEvent',
  'role.change.failure': 'RoleChangeEvent',
  'track.recording.started.success': 'RecordingEvent',
  'track.recording.success': 'RecordingEvent',
  'track.recording.failure': 'RecordingEvent',
  'stream.recording.success': 'RecordingEvent',
  'stream.recording.failure': 'RecordingEvent',
  'recording.success': 'RecordingEvent',
  'recording.failed': 'RecordingEvent',
  'beam.recording.success': 'RecordingEvent',
  'hls.recording.success': 'RecordingEvent',
  'beam.started.success': 'StreamEvent',
  'beam.stopped.success': 'StreamEvent',
  'beam.failure': 'StreamEvent',
  'hls.started.success': 'StreamEvent',
  'hls.stopped.success': 'StreamEvent',
  'hls.failure': 'StreamEvent',
  'transcription.started.success': 'TranscriptionEvent',
  'transcription.success': 'TranscriptionEvent',
  'transcription.failure': 'TranscriptionEvent',
  'ingest.start.success': 'IngestEvent',
  'ingest.end.success': 'IngestEvent',
  'ingest.start.failure': 'IngestEvent',
  'ingest.failure': 'IngestEvent',
};

export function isKnownEventType(type: string): type is WebhookEventType {
  return Object.hasOwn(families, type);
}

export function familyOf({ type }: WebhookEvent): RoomEventFamily {
  return isKnownEventType(type) ? families[type] : 'OtherRoomEvent';
}

export function typeOf({ type }: WebhookEvent): WebhookEventType | typeof OTHER_EVENT {
  return isKnownEventType(type) ? type : OTHER_EVENT;
}

/** A text of an event's data; null when empty, missing, or no text. */
export function textIn({ data }: WebhookEvent, key: string): string | null {
  const value = data[key];
  return typeof value === 'string' ? textOrNull(value) : null;
}

export function instantIn(event: WebhookEvent, key: string): string | null {
  return instantOrNull(textIn(event, key));
}

export function booleanIn({ data }: WebhookEvent, key: string): boolean | null {
  const value = data[key];
  return typeof value === 'boolean' ? value : null;
}

/** Sizes and durations are numbers in the vendor's samples and texts in its tables. */
export function numberIn({ data }: WebhookEvent, key: string): number | null {
  const value = data[key];
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** The same, without a fraction. */
export function wholeNumberIn(event: WebhookEvent, key: string): number | null {
  const number = numberIn(event, key);
  return number === null ? null : Math.floor(number);
}

export async function roomOfEvent(event: WebhookEvent, context: Context): Promise<RoomResource | null> {
  const roomId = textIn(event, 'room_id');
  return roomId === null ? null : context.loaders.room.load(roomId);
}

/** The session that an event names, as far as the event tells of it. */
export function sessionOfEvent(event: WebhookEvent): SessionView | null {
  const id = textIn(event, 'session_id');
  const roomId = textIn(event, 'room_id');
  return id === null || roomId === null ? null : { id, room_id: roomId };
}
