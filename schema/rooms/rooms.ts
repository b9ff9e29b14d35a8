// Room: its fields, its list and its root fields. Source: the vendor's Rooms API.
import { peerCountOfRoom, peersOfRoom } from '../../resolvers/peers/peers.ts';
import { codesOfRoom } from '../../resolvers/rooms/room-codes.ts';
import { recordingOfRoom, roomById, roomsConnection } from '../../resolvers/rooms/rooms.ts';
import { activeSessionOfRoom, sessionsOfRoom } from '../../resolvers/sessions/sessions.ts';
import { templateOfRoom } from '../../resolvers/templates/templates.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import type { RecordingInfoResource } from '../../src/rest/rooms/rooms.ts';
import { reads } from '../access.ts';
import { bothWaysArgs, forwardArgs } from '../args.ts';
import { builder } from '../builder.ts';
import { implementConnection } from '../connections.ts';
import { batched, calls, listOf, pages, wholeList } from '../prices.ts';
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
  description: "A room's own recording settings, which replace the template's altogether.",
  fields: (t) => ({
    enabled: t.boolean({
      description: 'Whether the media server records each session of the room.',
      resolve: (recording) => recording.enabled ?? false,
    }),
    storage: t.field({
      type: StorageLocation,
      nullable: true,
      description:
        "Where recordings are put; null: the vendor's own storage. Its credentials are never shown.",
      resolve: (recording) => recording.upload_info,
    }),
  }),
});

builder.node(Room, {
  description:
    'A permanent place to meet, made from a template. People who are in it at the same time share a session. A room cannot be deleted, only disabled. May be up to 5 s old, a few seconds more while it is read anew.',
  authScopes: (room) => ({ ...reads('rooms'), room: room.id }),
  id: { resolve: (room) => room.id },
  loadWithoutCache: (id, context) => roomById(id, context),
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's own id: 24 hexadecimal digits." }),
    name: t.exposeString('name', {
      description: 'Unique in the workspace without regard to case; a UUID where none was given.',
    }),
    description: t.string({
      nullable: true,
      description: 'Free text about the room; null when empty.',
      resolve: (room) => textOrNull(room.description),
    }),
    enabled: t.boolean({
      description: 'Whether people may join. A session that runs goes on when its room is disabled.',
      resolve: (room) => room.enabled ?? true,
    }),
    customerId: t.string({
      nullable: true,
      description: 'Id of the account at the vendor.',
      resolve: (room) => textOrNull(room.customer_id),
    }),
    appId: t.string({
      nullable: true,
      description: "Id of the workspace; null where the vendor's answer leaves it out, as lists do.",
      resolve: (room) => textOrNull(room.app_id),
    }),
    region: t.string({
      nullable: true,
      description:
        "Where its media servers are: `eu`, `in`, `us`, or `auto` for the template's; null when unset.",
      resolve: (room) => textOrNull(room.region),
    }),
    largeRoom: t.boolean({
      description: 'Whether it is made for more than 2,500 peers.',
      resolve: (room) => room.large_room ?? false,
    }),
    size: t.int({
      nullable: true,
      description: 'The most peers at a time, up to 20,000; null when no limit of its own is set.',
      resolve: (room) => room.size,
    }),
    maxDurationSeconds: t.int({
      nullable: true,
      description: 'A session is ended after this many seconds, 120 to 43,200; null when unset.',
      resolve: (room) => room.max_duration_seconds,
    }),
    recording: t.field({
      type: RoomRecording,
      nullable: true,
      description: "Its own recording settings; null when they are the template's.",
      resolve: (room) => recordingOfRoom(room),
    }),
    webhookUrl: t.string({
      nullable: true,
      description:
        "Where the vendor sends this room's events instead of the workspace's URL; null when unset. The headers sent with them are never shown.",
      resolve: (room) => textOrNull(room.webhook?.url),
    }),
    pollIds: t.stringList({
      description:
        "Vendor ids of the polls linked to the room; empty where the vendor's answer leaves them out.",
      resolve: (room) => room.polls ?? [],
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the room was created.',
      resolve: (room) => instantOrNull(room.created_at),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        "When its settings last changed; null where the vendor's answer does not tell, as lists do.",
      resolve: (room) => instantOrNull(room.updated_at),
    }),
    template: t.field({
      type: Template,
      nullable: true,
      authScopes: reads('templates'),
      ...batched,
      description:
        'The template that gives the room its roles and settings; null where the vendor leaves it out, as for some disabled rooms.',
      resolve: (room, _args, context) => templateOfRoom(room, context),
    }),
    activeSession: t.field({
      type: Session,
      nullable: true,
      authScopes: reads('sessions'),
      ...batched,
      description: 'The session that runs in the room now; null when nobody is there.',
      resolve: (room, _args, context) => activeSessionOfRoom(room, context),
    }),
    peers: t.field({
      type: PeerConnection,
      nullable: true,
      authScopes: reads('peers'),
      ...wholeList,
      description:
        'Who is connected now, in the order of joining; empty when the room is not live. One REST call a room.',
      args: { ...bothWaysArgs, filter: t.arg({ type: PeerFilter, description: 'Which peers to keep.' }) },
      resolve: (room, args, context) => peersOfRoom(room, args, context),
    }),
    peerCount: t.int({
      nullable: true,
      authScopes: reads('peers'),
      ...calls(1),
      description:
        'How many peers are connected now; 0 when the room is not live. One REST call a room, with less to read than `peers`.',
      resolve: (room, _args, context) => peerCountOfRoom(room, context),
    }),
    sessions: t.field({
      type: SessionConnection,
      nullable: true,
      authScopes: reads('sessions'),
      ...pages,
      description: 'Running and past sessions of the room, newest first.',
      args: {
        ...forwardArgs,
        filter: t.arg({
          type: SessionFilter,
          description: 'Which sessions to keep; `roomId` is always this room.',
        }),
      },
      resolve: (room, args, context) => sessionsOfRoom(room, args, context),
    }),
    roomCodes: t.field({
      type: [RoomCode],
      nullable: true,
      authScopes: reads('room-codes'),
      ...listOf(10),
      description:
        'Short codes with which people join, at most 100. The vendor refuses to list the codes of a disabled room. One REST call a room.',
      args: {
        role: t.arg.string({ description: 'Only codes of the role with this name.' }),
        enabled: t.arg.boolean({ description: 'Only codes that work (true) or do not (false).' }),
      },
      resolve: (room, args, context) => codesOfRoom(room, args, context),
    }),
  }),
});

implementConnection(RoomConnection, RoomEdge, Room, 'rooms');

builder.inputType(RoomFilter, {
  description: 'Which rooms a list keeps; all conditions must hold.',
  fields: (t) => ({
    enabled: t.boolean({
      description:
        'Only enabled (true) or disabled (false) rooms. Without it the vendor decides, which may leave out disabled ones.',
    }),
    name: t.string({ description: 'Only the room of this name.' }),
    templateId: t.id({ description: 'Only rooms made from this template: its vendor id or global id.' }),
    createdAfter: t.field({ type: 'DateTime', description: 'Created at or after this instant.' }),
    createdBefore: t.field({ type: 'DateTime', description: 'Created at or before this instant.' }),
  }),
});

builder.queryFields((t) => ({
  room: t.field({
    type: Room,
    nullable: true,
    authScopes: (_root, { id }) => ({ ...reads('rooms'), room: id }),
    ...batched,
    description: 'One room; null when it does not exist.',
    args: { id: t.arg.id({ required: true, description: 'Vendor id or global id of the room.' }) },
    resolve: (_root, { id }, context) => roomById(id, context),
  }),
  rooms: t.field({
    type: RoomConnection,
    nullable: true,
    authScopes: reads('rooms'),
    ...pages,
    description: 'Rooms of the workspace, newest first.',
    args: { ...forwardArgs, filter: t.arg({ type: RoomFilter, description: 'Which rooms to keep.' }) },
    resolve: (_root, args, context) => roomsConnection(args, context),
  }),
}));
