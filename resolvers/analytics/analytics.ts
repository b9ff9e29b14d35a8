// How analytics events are answered: one room's, in a snapshot.
import {
  listAnalyticsEvents,
  type AnalyticsEventResource,
  type ErrorEventResource,
  type RecordingEventResource,
  type TrackEventResource,
} from '../../src/rest/analytics/analytics.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import type { CountedConnection, ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { badUserInput } from '../errors.ts';
import { hmsIdOf, peerIdOf } from '../ids.ts';
import { peerInSession, type PeerView } from '../peers/peers.ts';
import type { SessionView } from '../sessions/sessions.ts';
import { connectionOverSnapshot, snapshotCursorsOf } from '../snapshot-connection.ts';
import { textOrNull } from '../values.ts';

/** The documented kinds of events. */
export type AnalyticsEventType = AnalyticsEventResource['type'];

/** Which events a list keeps. */
export interface AnalyticsEventFilter {
  readonly types?: readonly (AnalyticsEventType | typeof OTHER_EVENT)[] | null | undefined;
  readonly sessionId?: string | null | undefined;
  readonly peerId?: string | null | undefined;
  readonly userId?: string | null | undefined;
  readonly beamId?: string | null | undefined;
  readonly errorsOnly?: boolean | null | undefined;
}

type EventsArgs = ForwardArgs & { readonly filter?: AnalyticsEventFilter | null | undefined };

/** Stands for a kind that the vendor has added since. */
export const OTHER_EVENT = 'OTHER';

type Family =
  | 'AnalyticsTrackEvent'
  | 'AnalyticsRecordingEvent'
  | 'AnalyticsErrorEvent'
  | 'AnalyticsOtherEvent';

const families: Readonly<Record<AnalyticsEventType, Family>> = {
  'track.add.success': 'AnalyticsTrackEvent',
  'track.update.success': 'AnalyticsTrackEvent',
  'track.remove.success': 'AnalyticsTrackEvent',
  'beam.recording.success': 'AnalyticsRecordingEvent',
  'client.publish.failed': 'AnalyticsErrorEvent',
  'client.subscribe.failed': 'AnalyticsErrorEvent',
  'client.join.failed': 'AnalyticsErrorEvent',
  'client.disconnected': 'AnalyticsErrorEvent',
  'client.connect.failed': 'AnalyticsErrorEvent',
};

const cursors = snapshotCursorsOf('analyticsEvents');

/** The type of the graph that has the facts of an event. */
export function familyOfEvent({ type }: AnalyticsEventResource): Family {
  return Object.hasOwn(families, type) ? families[type] : 'AnalyticsOtherEvent';
}

export function typeOfEvent({ type }: AnalyticsEventResource): AnalyticsEventType | typeof OTHER_EVENT {
  return Object.hasOwn(families, type) ? type : OTHER_EVENT;
}

export async function analyticsEvents(
  args: EventsArgs & { readonly roomId: string },
  context: Context,
): Promise<CountedConnection<AnalyticsEventResource>> {
  const roomId = hmsIdOf('Room', 'roomId', args.roomId);
  const { types, sessionId, peerId, userId, beamId, errorsOnly } = args.filter ?? {};
  if (types?.includes(OTHER_EVENT)) throw badUserInput('`OTHER` is no type that can be asked for.');
  const filter = {
    roomId,
    types: types ?? undefined,
    sessionId: sessionId == null ? undefined : hmsIdOf('Session', 'filter.sessionId', sessionId),
    peerId: peerId == null ? undefined : peerIdOf('filter.peerId', peerId, roomId),
    userId: userId ?? undefined,
    beamId: beamId ?? undefined,
    error: errorsOnly ?? undefined,
  };
  return connectionOverSnapshot(args, cursors, (page) =>
    listAnalyticsEvents(context.client, { ...filter, ...page }, context.call),
  );
}

export function analyticsEventsOfRoom(
  room: RoomResource,
  args: EventsArgs,
  context: Context,
): Promise<CountedConnection<AnalyticsEventResource>> {
  return analyticsEvents({ ...args, roomId: room.id }, context);
}

/** The session in which it happened, as far as the event tells of it. */
export function sessionOfEvent({ data }: AnalyticsEventResource): SessionView | null {
  const id = textOrNull(data.session_id);
  return id === null ? null : { id, room_id: data.room_id };
}

export function peerOfEvent({ data }: AnalyticsEventResource, context: Context): Promise<PeerView | null> {
  return peerInSession(data.session_id, data.peer_id, context);
}

// What is a type of the graph has the data of its kind: `familyOfEvent` decides by the event's name.

export function trackOf(event: AnalyticsEventResource): TrackEventResource['data'] {
  return event.data as TrackEventResource['data'];
}

export function recordingOf(event: AnalyticsEventResource): RecordingEventResource['data'] {
  return event.data as RecordingEventResource['data'];
}

export function failureOf(event: AnalyticsEventResource): ErrorEventResource['data'] {
  return event.data as ErrorEventResource['data'];
}
