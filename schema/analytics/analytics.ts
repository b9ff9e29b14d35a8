// AnalyticsEvent: the fields that all events in the vendor's analytics share, and the lists of them. Source: the vendor's
// Analytics API.
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
import { calls, onceForAll, pagesOfRoom } from '../prices.ts';
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
  'track.add.success': 'A peer began to publish an audio or video track.',
  'track.update.success': 'A peer muted or unmuted a track.',
  'track.remove.success': 'A peer stopped publishing a track.',
  'beam.recording.success': 'The file of a composite recording was uploaded.',
  'client.publish.failed': 'A client failed to publish a track.',
  'client.subscribe.failed': 'A client failed to receive a track.',
  'client.join.failed': 'A client failed to join the room.',
  'client.disconnected': 'A client lost its connection to the vendor.',
  'client.connect.failed': 'A client failed to connect to the vendor.',
};

/** `track.add.success` is `TRACK_ADD_SUCCESS` in the graph; the types of the values are those of the record above. */
const enumValues = Object.fromEntries(
  [
    ...Object.entries(typeDescriptions),
    [
      OTHER_EVENT,
      'A type of event that this version of the gateway does not know; filters refuse this value.',
    ] as const,
  ].map(([type, description]) => [
    type.toUpperCase().replaceAll('.', '_'),
    { value: type as AnalyticsEventTypeValue | typeof OTHER_EVENT, description },
  ]),
);

const AnalyticsEventType = builder.enumType('AnalyticsEventType', {
  description: 'Types of events that the vendor keeps in its analytics.',
  values: enumValues,
});

builder.interfaceType(AnalyticsEvent, {
  access: { ...reads('analytics'), room: (event) => event.data.room_id },
  description:
    'An event in a room, which the vendor keeps in its analytics for 30 days. A single event cannot be looked up by its id.',
  resolveType: familyOfEvent,
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's id of the analytics event: a UUID." }),
    type: t.field({
      type: AnalyticsEventType,
      description: 'Which type of analytics event this is.',
      resolve: typeOfEvent,
    }),
    at: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the analytics event happened; null if the vendor gives no valid time.',
      resolve: (event) => instantOrNull(event.timestamp),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      ...onceForAll(1),
      description:
        'The room in which the analytics event happened; null if it no longer exists. Usually answered from memory or in one REST call for many rooms.',
      resolve: (event, _args, context) => roomWithId(event.data.room_id, context),
    }),
    session: t.field({
      type: Session,
      nullable: true,
      ...calls(1),
      description: 'The session in which the analytics event happened; null if the event names no session.',
      resolve: sessionOfEvent,
    }),
    peerId: t.id({
      nullable: true,
      description:
        'Vendor id of the peer that caused the event: a UUID. For recordings this is the recorder, which joins as a peer. Null if the event omits it.',
      resolve: (event) => textOrNull(event.data.peer_id),
    }),
    peer: t.field({
      type: Peer,
      nullable: true,
      ...calls(1),
      description:
        'The peer that caused the event, from the record of the session; null for a recorder, and if the event names no session. Costs one REST call for each different session in the operation.',
      resolve: (event, _args, context) => peerOfEvent(event, context),
    }),
  }),
});

implementCountedConnection(AnalyticsEventConnection, AnalyticsEventEdge, AnalyticsEvent, 'analytics events');

builder.inputType(AnalyticsEventFilter, {
  description: 'Conditions on analytics events; an event must meet all of them.',
  fields: (t) => ({
    types: t.field({
      type: [AnalyticsEventType],
      description: 'Only analytics events of these types; `OTHER` is refused.',
    }),
    sessionId: t.id({ description: 'Only analytics events of this session: its vendor id or global id.' }),
    peerId: t.id({ description: 'Only analytics events of this peer: its vendor id or global id.' }),
    userId: t.string({ description: "Only analytics events of this user: the app's own id." }),
    beamId: t.id({
      description:
        'Only analytics events of this run of a recorder: its vendor id. Works only together with `types: [BEAM_RECORDING_SUCCESS]`; otherwise the vendor ignores it.',
    }),
    errorsOnly: t.boolean({
      description: 'Whether to keep only errors that clients reported; false by default.',
    }),
  }),
});

const eventsDescription =
  'from the last 30 days. The list is fixed when its first page is read: later pages do not contain newer events. Cursors expire after 24 hours.';

builder.objectField(Room, 'analyticsEvents', (t) =>
  t.field({
    type: AnalyticsEventConnection,
    nullable: true,
    access: reads('analytics'),
    ...pagesOfRoom,
    description: `Analytics events of this room ${eventsDescription} Costs one REST call per room for every 100 elements.`,
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: AnalyticsEventFilter,
        description: 'Conditions on the analytics events of this room; by default all of the last 30 days.',
      }),
    },
    resolve: (room, args, context) => analyticsEventsOfRoom(room, args, context),
  }),
);

builder.queryField('analyticsEvents', (t) =>
  t.field({
    type: AnalyticsEventConnection,
    nullable: true,
    access: { ...reads('analytics'), room: (_root, { roomId }) => roomId },
    ...pagesOfRoom,
    description: `Analytics events of one room ${eventsDescription} Costs one REST call for every 100 elements.`,
    args: {
      roomId: t.arg.id({
        required: true,
        description: 'Vendor id or global id of the room whose analytics events to list.',
      }),
      ...forwardArgs,
      filter: t.arg({
        type: AnalyticsEventFilter,
        description: 'Conditions on the analytics events; by default all of the room in the last 30 days.',
      }),
    },
    resolve: (_root, args, context) => analyticsEvents(args, context),
  }),
);
