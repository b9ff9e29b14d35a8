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
  description: "The vendor's webhook that a room event repeats.",
  values: enumValues,
});

builder.interfaceType(RoomEvent, {
  description:
    'A webhook that the vendor sent about a room. The vendor promises neither the order of webhooks nor that each of them arrives; for a complete account of who is in the room, subscribe to `peerChanges`.',
  resolveType: eventName,
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's own id of the webhook: a UUID." }),
    type: t.field({ type: RoomEventType, description: 'Which webhook the vendor sent.', resolve: eventType }),
    at: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When the vendor sent the webhook, in whole seconds; null when the webhook has no valid time.',
      resolve: instantOf,
    }),
    room: t.field({
      type: Room,
      nullable: true,
      ...batched,
      description:
        'The room that the webhook is about; null when it names none or the room does not exist. Usually answered from memory, else by one REST call.',
      resolve: (event, _args, context) => roomOfEvent(event, context),
    }),
    session: t.field({
      type: Session,
      nullable: true,
      ...calls(1),
      description:
        'The session that the webhook is about; null when it names none, as when a peer could not join.',
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
      'Webhooks about one room, as the vendor sends them. They arrive only if the workspace (or the room) sends its webhooks to this gateway. A subscriber that reads too slowly loses the oldest ones. An unknown room is refused with `NOT_FOUND`. Receiving an event costs no REST call.',
    args: {
      roomId: t.arg.id({ required: true, description: 'Vendor id or global id of the room.' }),
      types: t.arg({
        type: [RoomEventType],
        description: 'Which webhooks to receive; by default all of them, unknown types included.',
      }),
    },
    subscribe: (_root, args, context) => roomEvents(args, context),
    resolve: (event) => event,
  }),
);
