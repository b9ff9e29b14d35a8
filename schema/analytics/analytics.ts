// What happened in a room by the vendor's analytics, and where it is asked for. Source: the vendor's Analytics API.
import {
  analyticsEvents,
  analyticsEventsOfRoom,
  familyOfEvent,
  OTHER_EVENT,
  peerOfEvent,
  sessionOfEvent,
  typeOfEvent,
  type AnalyticsEventType as AnalyticsEventTypeValue,
} from '../../resolvers/analytics/analytics.ts';
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import { reads } from '../access.ts';
import { forwardArgs } from '../args.ts';
import { builder } from '../builder.ts';
import { implementCountedConnection } from '../connections.ts';
import { pages } from '../prices.ts';
import {
  AnalyticsEvent,
  AnalyticsEventConnection,
  AnalyticsEventEdge,
  AnalyticsEventFilter,
  Peer,
  Room,
  Session,
} from '../refs.ts';

const typeDescriptions: Readonly<Record<AnalyticsEventTypeValue, string>> = {
  'track.add.success': 'A peer began to publish a track.',
  'track.update.success': 'A track was muted or unmuted.',
  'track.remove.success': 'A peer ceased to publish a track.',
  'beam.recording.success': 'A recording by a browser is ready.',
  'client.publish.failed': 'A client could not publish.',
  'client.subscribe.failed': 'A client could not receive.',
  'client.join.failed': 'A client could not join.',
  'client.disconnected': 'A client lost its connection.',
  'client.connect.failed': 'A client could not reach the vendor.',
};

/** `track.add.success` is `TRACK_ADD_SUCCESS` in the graph; the types of the values are those of the record above. */
const enumValues = Object.fromEntries(
  [
    ...Object.entries(typeDescriptions),
    [OTHER_EVENT, 'One that the vendor has added since; cannot be asked for by name.'] as const,
  ].map(([type, description]) => [
    type.toUpperCase().replaceAll('.', '_'),
    { value: type as AnalyticsEventTypeValue | typeof OTHER_EVENT, description },
  ]),
);

const AnalyticsEventType = builder.enumType('AnalyticsEventType', {
  description: 'What an analytics event reports.',
  values: enumValues,
});

builder.interfaceType(AnalyticsEvent, {
  authScopes: (event) => ({ ...reads('analytics'), room: event.data.room_id }),
  description:
    'Something that happened in a room, as the vendor has it in its analytics of the last 30 days. Not to be fetched again by an id.',
  resolveType: familyOfEvent,
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's own id of the event: a UUID." }),
    type: t.field({ type: AnalyticsEventType, description: 'What it reports.', resolve: typeOfEvent }),
    at: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it happened.',
      resolve: (event) => instantOrNull(event.timestamp),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      description: 'The room in which it happened.',
      resolve: (event, _args, context) => roomWithId(event.data.room_id, context),
    }),
    session: t.field({
      type: Session,
      nullable: true,
      description: 'The session in which it happened; null where the event names none.',
      resolve: sessionOfEvent,
    }),
    peerId: t.id({
      nullable: true,
      description: "Vendor id of the peer: a UUID; of a recording, the recorder's.",
      resolve: (event) => textOrNull(event.data.peer_id),
    }),
    peer: t.field({
      type: Peer,
      nullable: true,
      description:
        'The peer as its session recorded it; null for a recorder, and where the event names no session. One REST call for each different session of the operation.',
      resolve: (event, _args, context) => peerOfEvent(event, context),
    }),
  }),
});

implementCountedConnection(AnalyticsEventConnection, AnalyticsEventEdge, AnalyticsEvent, 'analytics events');

builder.inputType(AnalyticsEventFilter, {
  description: 'Which events a list keeps; all conditions must hold.',
  fields: (t) => ({
    types: t.field({ type: [AnalyticsEventType], description: 'Only events of these types.' }),
    sessionId: t.id({ description: 'Only of this session: its vendor id or global id.' }),
    peerId: t.id({ description: 'Only of this peer: its vendor id or global id.' }),
    userId: t.string({ description: "Only of this person, by the app's own id." }),
    beamId: t.string({ description: 'Only of this run of a recorder; serves with its type only.' }),
    errorsOnly: t.boolean({ description: 'Only failures of clients.' }),
  }),
});

const eventsDescription =
  'What happened, by the analytics of the last 30 days. A list is a snapshot: what happens later is not in it. Its cursors are good for 24 hours.';

builder.objectField(Room, 'analyticsEvents', (t) =>
  t.field({
    type: AnalyticsEventConnection,
    nullable: true,
    authScopes: reads('analytics'),
    ...pages,
    description: `${eventsDescription} One REST call a room, for every 100.`,
    args: {
      ...forwardArgs,
      filter: t.arg({ type: AnalyticsEventFilter, description: 'Which events to keep.' }),
    },
    resolve: (room, args, context) => analyticsEventsOfRoom(room, args, context),
  }),
);

builder.queryField('analyticsEvents', (t) =>
  t.field({
    type: AnalyticsEventConnection,
    nullable: true,
    authScopes: (_root, { roomId }) => ({ ...reads('analytics'), room: roomId }),
    ...pages,
    description: eventsDescription,
    args: {
      roomId: t.arg.id({ required: true, description: 'Vendor id or global id of the room.' }),
      ...forwardArgs,
      filter: t.arg({ type: AnalyticsEventFilter, description: 'Which events to keep.' }),
    },
    resolve: (_root, args, context) => analyticsEvents(args, context),
  }),
);
