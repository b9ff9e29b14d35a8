// ExternalStream: its fields, its lists and its queries. Source: the vendor's External Streams API.
import { externalStreamNode } from '../../resolvers/media/external-stream-node.ts';
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
import { calls, pages, pagesOfRoom } from '../prices.ts';
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
    'A room streamed to other platforms, such as YouTube, over RTMP. Each operation reads its current state. It stops by itself about 5 minutes after the last participant left, at its maximum duration of 4 hours (the template may set other times), or within about a minute after the session was ended.',
  interfaces: [MediaJob],
  access: { ...reads('external-streams'), room: (stream) => stream.room_id },
  id: { resolve: (stream) => stream.id },
  loadWithoutCache: (id, context) => externalStreamNode.loader(context).load(id),
  fields: (t) => ({
    targetHosts: t.stringList({
      pure: true,
      description:
        'Host names that the room is streamed to. No field shows the full URLs, because they contain stream keys.',
      resolve: (stream) => targetHostsOf(stream),
    }),
    recorded: t.boolean({
      pure: true,
      description: 'Whether the vendor records the external stream too.',
      resolve: (stream) => stream.recording ?? false,
    }),
    resolution: t.expose('resolution', {
      type: Resolution,
      nullable: true,
      description: 'Size of the streamed picture; null if the vendor omits it.',
    }),
  }),
});

implementConnection(ExternalStreamConnection, ExternalStreamEdge, ExternalStream, 'external streams');

builder.queryFields((t) => ({
  externalStream: t.field({
    type: ExternalStream,
    nullable: true,
    access: { ...reads('external-streams'), roomOf: (_root, { id }) => ({ type: 'ExternalStream', id }) },
    ...calls(1),
    description: 'One external stream, running or ended; null if it does not exist. Costs one REST call.',
    args: {
      id: t.arg.id({ required: true, description: 'Vendor id or global id of the external stream to read.' }),
    },
    resolve: (_root, { id }, context) => externalStreamById(id, context),
  }),
  externalStreams: t.field({
    type: ExternalStreamConnection,
    nullable: true,
    access: { ...reads('external-streams'), room: (_root, { filter }) => filter?.roomId ?? null },
    ...pages,
    description: 'External streams of all rooms, newest first. Costs one REST call for every 100 elements.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: MediaJobFilter,
        description: 'Conditions on the external streams; by default all of the workspace.',
      }),
    },
    resolve: (_root, args, context) => externalStreamsConnection(args, context),
  }),
}));

builder.objectField(Room, 'externalStreams', (t) =>
  t.field({
    type: ExternalStreamConnection,
    nullable: true,
    access: reads('external-streams'),
    ...pagesOfRoom,
    description:
      'External streams of this room, newest first. Costs one REST call per room for every 100 elements.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: MediaJobFilter,
        description: 'Conditions on the external streams of this room; `roomId` in it is ignored.',
      }),
    },
    resolve: (room, args, context) => externalStreamsOfRoom(room, args, context),
  }),
);

builder.objectField(Session, 'externalStreams', (t) =>
  t.field({
    type: ExternalStreamConnection,
    nullable: true,
    access: reads('external-streams'),
    ...pagesOfRoom,
    description:
      'External streams that began in this session, newest first. Costs one REST call per session for every 100 elements.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: MediaJobFilter,
        description: 'Conditions on the external streams of this session; `sessionId` in it is ignored.',
      }),
    },
    resolve: (session, args, context) => externalStreamsOfSession(session, args, context),
  }),
);
