// Resolvers of analytics events: the events of one room, listed as a snapshot. Source: the vendor's Analytics API.
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
import { encodeGlobalId, hexIdOf, hmsIdOf, peerIdOf } from '../ids.ts';
import { peerInSession } from '../peers/peers.ts';
import { type PeerView } from '../peers/peer-views.ts';
import type { SessionView } from '../sessions/sessions.ts';
import { connectionOverSnapshot, snapshotCursorsOf } from '../connections/snapshot-connection.ts';
import { textOrNull } from '../values.ts';

/** The documented types of events, such as `track.add.success`. */
export type AnalyticsEventType = AnalyticsEventResource['type'];

/** Conditions on a list of events; an event must meet all of them. Ids are global ids or vendor ids. */
export interface AnalyticsEventFilter {
  readonly types?: readonly (AnalyticsEventType | typeof OTHER_EVENT)[] | null | undefined;
  readonly sessionId?: string | null | undefined;
  readonly peerId?: string | null | undefined;
  readonly userId?: string | null | undefined;
  readonly beamId?: string | null | undefined;
  readonly errorsOnly?: boolean | null | undefined;
}

type EventsArgs = ForwardArgs & { readonly filter?: AnalyticsEventFilter | null | undefined };

/** The enum value for a type of event that the vendor added after this gateway was written. */
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

/** The graph's type for an event. */
export function familyOfEvent({ type }: AnalyticsEventResource): Family {
  return Object.hasOwn(families, type) ? families[type] : 'AnalyticsOtherEvent';
}

/** The documented type of an event, else `OTHER`. */
export function typeOfEvent({ type }: AnalyticsEventResource): AnalyticsEventType | typeof OTHER_EVENT {
  return Object.hasOwn(families, type) ? type : OTHER_EVENT;
}

/**
 * The events of a room from the last 30 days: one REST call for every 100. The vendor keeps the list as a snapshot,
 * whose cursors expire after 24 hours. Throws `BAD_USER_INPUT` for the type `OTHER` and for invalid ids.
 */
export async function analyticsEvents(
  args: EventsArgs & { readonly roomId: string },
  context: Context,
): Promise<CountedConnection<AnalyticsEventResource>> {
  const roomId = hmsIdOf('Room', 'roomId', args.roomId);
  const { types, sessionId, peerId, userId, beamId, errorsOnly } = args.filter ?? {};
  if (types?.includes(OTHER_EVENT))
    throw badUserInput('`filter.types` cannot contain OTHER: the vendor knows no such type.');
  const filter = {
    roomId,
    types: types ?? undefined,
    sessionId: sessionId == null ? undefined : hmsIdOf('Session', 'filter.sessionId', sessionId),
    peerId: peerId == null ? undefined : peerIdOf('filter.peerId', peerId, roomId),
    userId: userId ?? undefined,
    beamId: beamId == null ? undefined : hexIdOf('run of a recorder', 'filter.beamId', beamId),
    error: errorsOnly ?? undefined,
  };
  return connectionOverSnapshot(args, cursors, (page) =>
    listAnalyticsEvents(context.client, { ...filter, ...page }, context.call),
  );
}

/** The events of a room that was read already. */
export function analyticsEventsOfRoom(
  room: RoomResource,
  args: EventsArgs,
  context: Context,
): Promise<CountedConnection<AnalyticsEventResource>> {
  return analyticsEvents({ ...args, roomId: encodeGlobalId('Room', room.id) }, context);
}

/**
 * The session of an event, without a REST call: its record is read when a field needs it. Null when the event names
 * none.
 */
export function sessionOfEvent({ data }: AnalyticsEventResource): SessionView | null {
  const id = textOrNull(data.session_id);
  return id === null ? null : { id, room_id: data.room_id };
}

/**
 * The peer of an event, from the record of its session; null without a session and for a recorder. One REST call a
 * session.
 */
export function peerOfEvent({ data }: AnalyticsEventResource, context: Context): Promise<PeerView | null> {
  return peerInSession(data.session_id, data.peer_id, context);
}

/** The data of an event of a track. The cast is safe: `familyOfEvent` gave the event its type by its name. */
export function trackOf(event: AnalyticsEventResource): TrackEventResource['data'] {
  return event.data as TrackEventResource['data'];
}

/** The data of an event of a recording. The cast is safe for the same reason as in `trackOf`. */
export function recordingOf(event: AnalyticsEventResource): RecordingEventResource['data'] {
  return event.data as RecordingEventResource['data'];
}

/** The data of an error that a client reported. The cast is safe for the same reason as in `trackOf`. */
export function failureOf(event: AnalyticsEventResource): ErrorEventResource['data'] {
  return event.data as ErrorEventResource['data'];
}
