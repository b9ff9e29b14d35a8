// ExternalStream: its fields, its lists and its root fields. Source: the vendor's External Streams API.
import {
  externalStreamById,
  externalStreamsConnection,
  externalStreamsOfRoom,
  externalStreamsOfSession,
  targetHostsOf,
} from '../../resolvers/media/external-streams.ts';
import { reads } from '../access.ts';
import { forwardArgs } from '../args.ts';
import { builder } from '../builder.ts';
import { implementConnection } from '../connections.ts';
import { calls, pages } from '../prices.ts';
import {
  ExternalStream,
  ExternalStreamConnection,
  ExternalStreamEdge,
  MediaJob,
  MediaJobFilter,
  Resolution,
  Room,
  Session,
} from '../refs.ts';

builder.node(ExternalStream, {
  description:
    'A room streamed to other platforms over RTMP. Read anew by each operation. Stops by itself some minutes after everyone left, soon after the room is ended, or at its longest duration.',
  interfaces: [MediaJob],
  authScopes: (stream) => ({ ...reads('external-streams'), room: stream.room_id }),
  id: { resolve: (stream) => stream.id },
  loadWithoutCache: (id, context) => externalStreamById(id, context),
  fields: (t) => ({
    targetHosts: t.stringList({
      description: 'Hosts that it is sent to. The URLs themselves hold stream keys and are never shown.',
      resolve: (stream) => targetHostsOf(stream),
    }),
    recorded: t.boolean({
      description: 'Whether it is recorded as well.',
      resolve: (stream) => stream.recording ?? false,
    }),
    resolution: t.expose('resolution', {
      type: Resolution,
      nullable: true,
      description: "Size of the picture; null where the vendor's answer leaves it out.",
    }),
  }),
});

implementConnection(ExternalStreamConnection, ExternalStreamEdge, ExternalStream, 'external streams');

builder.queryFields((t) => ({
  externalStream: t.field({
    type: ExternalStream,
    nullable: true,
    authScopes: reads('external-streams'),
    ...calls(1),
    description: 'One external stream, running or over; null when it does not exist.',
    args: { id: t.arg.id({ required: true, description: 'Vendor id or global id of the external stream.' }) },
    resolve: (_root, { id }, context) => externalStreamById(id, context),
  }),
  externalStreams: t.field({
    type: ExternalStreamConnection,
    nullable: true,
    authScopes: (_root, { filter }) => ({ ...reads('external-streams'), room: filter?.roomId ?? null }),
    ...pages,
    description: 'External streams of the workspace, newest first.',
    args: { ...forwardArgs, filter: t.arg({ type: MediaJobFilter, description: 'Which to keep.' }) },
    resolve: (_root, args, context) => externalStreamsConnection(args, context),
  }),
}));

builder.objectField(Room, 'externalStreams', (t) =>
  t.field({
    type: ExternalStreamConnection,
    nullable: true,
    authScopes: reads('external-streams'),
    ...pages,
    description: 'External streams of the room, newest first. At least one REST call a room.',
    args: {
      ...forwardArgs,
      filter: t.arg({ type: MediaJobFilter, description: 'Which to keep; `roomId` is always this room.' }),
    },
    resolve: (room, args, context) => externalStreamsOfRoom(room, args, context),
  }),
);

builder.objectField(Session, 'externalStreams', (t) =>
  t.field({
    type: ExternalStreamConnection,
    nullable: true,
    authScopes: reads('external-streams'),
    ...pages,
    description:
      'External streams that began in the session, newest first. At least one REST call a session.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: MediaJobFilter,
        description: 'Which to keep; `sessionId` is always this session.',
      }),
    },
    resolve: (session, args, context) => externalStreamsOfSession(session, args, context),
  }),
);
