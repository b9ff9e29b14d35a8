// Room: its fields, its list and its root fields. Fields of sessions, peers and codes call the resolvers of those
// families. Source: the vendor's Rooms API.
import { countedPeersOfRoom, peerCountOfRoom, peersOfRoom } from '../../resolvers/peers/peers.ts';
import { codesOfRoom } from '../../resolvers/rooms/room-codes.ts';
import { roomNode } from '../../resolvers/rooms/room-node.ts';
import { recordingOfRoom, roomById, roomsConnection } from '../../resolvers/rooms/rooms.ts';
import { activeSessionOfRoom, sessionsOfRoom } from '../../resolvers/sessions/sessions.ts';
import { templateOfRoom } from '../../resolvers/templates/templates.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import type { RecordingInfoResource } from '../../src/rest/rooms/rooms.ts';
import { reads } from '../access.ts';
import { bothWaysArgs, forwardArgs } from '../args.ts';
import { builder } from '../builder.ts';
import { Region } from '../enums.ts';
import { implementConnection } from '../connections.ts';
import { selectsOnly } from './selection.ts';
import { batched, calls, listOf, pages, pagesOfRoom, wholeList } from '../prices.ts';
import {
  PeerConnection,
  PeerFilter,
  Room,
  RoomCode,
  RoomConnection,
  RoomEdge,
  RoomFilter,
  Session,
  SessionConnection,
  SessionFilter,
  StorageLocation,
  Template,
} from '../refs.ts';

const RoomRecording = builder.objectRef<RecordingInfoResource>('RoomRecording').implement({
  description: "A room's own recording settings. They replace all recording settings of the template.",
  fields: (t) => ({
    enabled: t.boolean({
      pure: true,
      description: 'Whether the vendor records each session of the room; false if the vendor omits it.',
      resolve: (recording) => recording.enabled ?? false,
    }),
    storage: t.field({
      type: StorageLocation,
      nullable: true,
      pure: true,
      description: "The bucket for recordings of the room; null if they are in the vendor's storage.",
      resolve: (recording) => recording.upload_info,
    }),
  }),
});

builder.node(Room, {
  description:
    'A permanent place to meet, created from a template. The people who are in it at the same time are in one session. A room can be disabled but not deleted. The gateway keeps rooms in memory for up to 30 s. A room older than 5 s is returned from memory and then read again in the background. A change made through the gateway shows at once.',
  access: { ...reads('rooms'), room: (room) => room.id },
  isKept: true,
  id: { resolve: (room) => room.id },
  loadWithoutCache: (id, context) => roomNode.loader(context).load(id),
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's id of the room: 24 hexadecimal digits." }),
    name: t.exposeString('name', {
      description:
        'The name of the room, unique in the workspace; upper and lower case count as equal. A UUID if the room was created without a name.',
    }),
    description: t.string({
      nullable: true,
      pure: true,
      description: 'Free text about the room; null if empty.',
      resolve: (room) => textOrNull(room.description),
    }),
    enabled: t.boolean({
      pure: true,
      description: 'Whether people may join the room. Disabling a room does not end its running session.',
      resolve: (room) => room.enabled ?? true,
    }),
    customerId: t.id({
      nullable: true,
      pure: true,
      description: 'The id of the account at the vendor that owns the room; null if the vendor omits it.',
      resolve: (room) => textOrNull(room.customer_id),
    }),
    appId: t.id({
      nullable: true,
      pure: true,
      description:
        'The id of the workspace that the room belongs to; null if the vendor omits it, as lists do.',
      resolve: (room) => textOrNull(room.app_id),
    }),
    region: t.field({
      type: Region,
      nullable: true,
      pure: true,
      description: "The region of the room's media servers; null if not set.",
      resolve: (room) => Region.of(room.region),
    }),
    largeRoom: t.boolean({
      pure: true,
      description: 'Whether the room may have more than 2,500 peers at a time; false if the vendor omits it.',
      resolve: (room) => room.large_room ?? false,
    }),
    size: t.int({
      nullable: true,
      pure: true,
      description:
        'Maximum number of peers in the room at a time, up to 20,000; null if the room has no limit of its own.',
      resolve: (room) => room.size,
    }),
    maxDurationSeconds: t.int({
      nullable: true,
      pure: true,
      description:
        'Maximum duration of a session of the room, in seconds, 120 to 43,200; the vendor then ends it. Null if not set.',
      resolve: (room) => room.max_duration_seconds,
    }),
    recording: t.field({
      type: RoomRecording,
      nullable: true,
      pure: true,
      description: "The room's own recording settings; null if those of the template apply.",
      resolve: (room) => recordingOfRoom(room),
    }),
    webhookUrl: t.string({
      nullable: true,
      pure: true,
      description:
        "The URL to which the vendor sends this room's webhooks instead of the workspace's URL; null if not set. The HTTP headers that it sends with them are never shown.",
      resolve: (room) => textOrNull(room.webhook?.url),
    }),
    pollIds: t.idList({
      pure: true,
      description: 'The vendor ids of the polls linked to the room; empty if the vendor omits them.',
      resolve: (room) => room.polls ?? [],
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: true,
      description: 'The time at which the room was created; null if the vendor omits it.',
      resolve: (room) => instantOrNull(room.created_at),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: true,
      description:
        "The time at which the room's settings last changed; null if the vendor omits it, as lists do.",
      resolve: (room) => instantOrNull(room.updated_at),
    }),
    template: t.field({
      type: Template,
      nullable: true,
      access: reads('templates'),
      ...batched,
      description:
        'The template that gives the room its roles and settings; null if the vendor omits it, as for some disabled rooms. For several rooms the templates are looked up together.',
      resolve: (room, _args, context) => templateOfRoom(room, context),
    }),
    activeSession: t.field({
      type: Session,
      nullable: true,
      access: reads('sessions'),
      ...batched,
      description:
        'The session that runs in the room now; null if the room is not live. For several rooms the gateway needs fewer REST calls than one for each.',
      resolve: (room, _args, context) => activeSessionOfRoom(room, context),
    }),
    peers: t.field({
      type: PeerConnection,
      nullable: true,
      access: reads('peers'),
      ...wholeList,
      description:
        'The peers who are connected now, in the order of joining; empty if the room is not live. Costs one REST call for each room, and no call while a subscription watches the room. In a room with more than 100 peers, pages with `after` may be up to 5 s old: the gateway does not read all peers again for each page.',
      args: {
        ...bothWaysArgs,
        filter: t.arg({
          type: PeerFilter,
          description: 'Conditions on the connected peers; by default all are listed.',
        }),
      },
      resolve: (room, args, context, info) =>
        selectsOnly(info, ['totalCount'])
          ? countedPeersOfRoom(room, args, context)
          : peersOfRoom(room, args, context),
    }),
    peerCount: t.int({
      nullable: true,
      access: reads('peers'),
      ...calls(1),
      description:
        'Number of peers who are connected now; 0 if the room is not live, null if the vendor omits it. Costs one REST call for each room, with a smaller answer than `peers`, and no call while a subscription watches the room.',
      resolve: (room, _args, context) => peerCountOfRoom(room, context),
    }),
    sessions: t.field({
      type: SessionConnection,
      nullable: true,
      access: reads('sessions'),
      ...pagesOfRoom,
      description:
        'The running and ended sessions of the room, newest first. Costs one REST call per room for every 100 elements.',
      args: {
        ...forwardArgs,
        filter: t.arg({
          type: SessionFilter,
          description: 'Conditions on the sessions of the room; its `roomId` is ignored.',
        }),
      },
      resolve: (room, args, context) => sessionsOfRoom(room, args, context),
    }),
    roomCodes: t.field({
      type: [RoomCode],
      nullable: true,
      access: reads('room-codes'),
      ...listOf(10, 2),
      description:
        'The short codes by which people join the room, at most 100. Null for a disabled room, because the vendor does not list its codes. Costs one REST call for each room.',
      args: {
        role: t.arg.string({ description: 'Only codes for the role with this name.' }),
        enabled: t.arg.boolean({
          description: 'Only enabled (true) or only disabled (false) codes; by default both.',
        }),
      },
      resolve: (room, args, context) => codesOfRoom(room, args, context),
    }),
  }),
});

implementConnection(RoomConnection, RoomEdge, Room, 'rooms');

builder.inputType(RoomFilter, {
  description: 'Conditions on the rooms of a list; a room must meet all that are given.',
  fields: (t) => ({
    enabled: t.boolean({
      description:
        'Only enabled (true) or only disabled (false) rooms. By default the vendor decides, and may leave out disabled rooms.',
    }),
    name: t.string({ description: 'Only the room with this name; upper and lower case count as equal.' }),
    templateId: t.id({ description: 'Only rooms made from the template with this vendor id or global id.' }),
    createdAfter: t.field({ type: 'DateTime', description: 'Only rooms created at this time or later.' }),
    createdBefore: t.field({
      type: 'DateTime',
      description: 'Only rooms created at this time or earlier.',
    }),
  }),
});

builder.queryFields((t) => ({
  room: t.field({
    type: Room,
    nullable: true,
    access: { ...reads('rooms'), room: (_root, { id }) => id },
    ...batched,
    description:
      'Looks up one room; null if it does not exist. Costs one REST call, unless the room is in memory; look-ups in the same operation share calls.',
    args: {
      id: t.arg.id({ required: true, description: 'The vendor id or global id of the room to look up.' }),
    },
    resolve: (_root, { id }, context) => roomById(id, context),
  }),
  rooms: t.field({
    type: RoomConnection,
    nullable: true,
    access: reads('rooms'),
    ...pages,
    description:
      'The rooms of the workspace, newest first. A caller whose access is limited to some rooms gets only these. Costs one REST call for every 100 elements.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: RoomFilter,
        description:
          'Conditions on the rooms to list; by default all, but the vendor may leave out disabled rooms.',
      }),
    },
    resolve: (_root, args, context) => roomsConnection(args, context),
  }),
}));
