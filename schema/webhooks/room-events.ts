// RoomEvent: the vendor's webhooks as a subscription. They contain facts that polling cannot show (why a peer left, who changed a
// role), and report on streams and recordings. There are no fields for download links and for stream URLs with keys. Source: the
// vendor's webhook pages.
import { roomEvents } from '../../resolvers/live/live.ts';
import {
  eventName,
  eventType,
  eventTypes,
  instantOf,
  OTHER_EVENT,
  roomOfEvent,
  sessionOfEvent,
} from '../../resolvers/webhooks/room-events.ts';
import { reads } from '../access.ts';
import { builder } from '../builder.ts';
import { batched, calls } from '../prices.ts';
import { Room, RoomEvent, Session } from '../refs.ts';

/** `session.open.success` is `SESSION_OPEN_SUCCESS` in the graph. */
const enumValues = Object.fromEntries(
  [
    ...eventTypes,
    [
      OTHER_EVENT,
      'A webhook that this version of the gateway does not know; `types` refuses this value.',
    ] as const,
  ].map(([type, description]) => [type.toUpperCase().replaceAll('.', '_'), { value: type, description }]),
);

const RoomEventType = builder.enumType('RoomEventType', {
  description: "The types of the vendor's webhooks about rooms.",
  values: enumValues,
});

builder.interfaceType(RoomEvent, {
  description:
    'A webhook that the vendor sent about a room. The vendor guarantees neither the order of webhooks nor that each of them arrives. To know at any time who is in the room, subscribe to `peerChanges`.',
  resolveType: eventName,
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's id of the webhook: a UUID." }),
    type: t.field({ type: RoomEventType, description: 'Which webhook the vendor sent.', resolve: eventType }),
    at: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the vendor sent the webhook, without fractions of a second; null if the webhook has no valid time.',
      resolve: instantOf,
    }),
    room: t.field({
      type: Room,
      nullable: true,
      ...batched,
      description:
        'The room that the webhook is about; null if it names none or the room does not exist. Usually answered from memory, else by one REST call.',
      resolve: (event, _args, context) => roomOfEvent(event, context),
    }),
    session: t.field({
      type: Session,
      nullable: true,
      ...calls(1),
      description:
        'The session that the webhook is about; null if it names none, for example because a peer could not join.',
      resolve: (event) => sessionOfEvent(event),
    }),
  }),
});

/** A type of the graph for each family. */

builder.subscriptionField('roomEvents', (t) =>
  t.field({
    type: RoomEvent,
    access: { ...reads('webhooks'), room: (_root, { roomId }) => roomId },
    description:
      "The vendor's webhooks about one room. They arrive only if webhooks of the workspace, or of the room, are sent to this gateway. A subscriber that reads too slowly loses the oldest ones. A room that does not exist is refused with `NOT_FOUND`. Events cost no REST call.",
    args: {
      roomId: t.arg.id({
        required: true,
        description: 'Vendor id or global id of the room whose webhooks to receive.',
      }),
      types: t.arg({
        type: [RoomEventType],
        description: 'Which webhooks to receive; by default all, including unknown types.',
      }),
    },
    subscribe: (_root, args, context) => roomEvents(args, context),
    resolve: (event) => event,
  }),
);
