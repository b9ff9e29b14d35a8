// Recording: its lists and its queries; its fields are those of MediaJob. Source: the vendor's Recordings API.
import { recordingNode } from '../../resolvers/media/recording-node.ts';
import {
  recordingById,
  recordingsConnection,
  recordingsOfRoom,
  recordingsOfSession,
} from '../../resolvers/media/recordings.ts';
import { reads } from '../access.ts';
import { forwardArgs } from '../args.ts';
import { builder } from '../builder.ts';
import { implementConnection } from '../connections.ts';
import { calls, pages, pagesOfRoom } from '../prices.ts';
import {
  Recording,
  RecordingConnection,
  RecordingEdge,
  MediaJob,
  MediaJobFilter,
  Room,
  Session,
} from '../refs.ts';

builder.node(Recording, {
  description:
    'A composite recording: a browser of the vendor joins the room and records the whole call as one video. Each operation reads its current state. It stops by itself about 5 minutes after the last participant left, at its maximum duration of 4 hours (the template may set other times), or within about a minute after the session was ended. Recordings of single tracks or peers never appear here; read their files as `RecordingAsset`.',
  interfaces: [MediaJob],
  access: { ...reads('recordings'), room: (recording) => recording.room_id },
  id: { resolve: (recording) => recording.id },
  loadWithoutCache: (id, context) => recordingNode.loader(context).load(id),
});

implementConnection(RecordingConnection, RecordingEdge, Recording, 'recordings');

builder.queryFields((t) => ({
  recording: t.field({
    type: Recording,
    nullable: true,
    access: { ...reads('recordings'), roomOf: (_root, { id }) => ({ type: 'Recording', id }) },
    ...calls(1),
    description: 'One recording, running or ended; null if it does not exist. Costs one REST call.',
    args: {
      id: t.arg.id({ required: true, description: 'Vendor id or global id of the recording to read.' }),
    },
    resolve: (_root, { id }, context) => recordingById(id, context),
  }),
  recordings: t.field({
    type: RecordingConnection,
    nullable: true,
    access: { ...reads('recordings'), room: (_root, { filter }) => filter?.roomId ?? null },
    ...pages,
    description: 'Recordings of all rooms, newest first. Costs one REST call for every 100 elements.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: MediaJobFilter,
        description: 'Conditions on the recordings; by default all of the workspace.',
      }),
    },
    resolve: (_root, args, context) => recordingsConnection(args, context),
  }),
}));

builder.objectField(Room, 'recordings', (t) =>
  t.field({
    type: RecordingConnection,
    nullable: true,
    access: reads('recordings'),
    ...pagesOfRoom,
    description:
      'Recordings of this room, newest first. Costs one REST call per room for every 100 elements.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: MediaJobFilter,
        description: 'Conditions on the recordings of this room; `roomId` in it is ignored.',
      }),
    },
    resolve: (room, args, context) => recordingsOfRoom(room, args, context),
  }),
);

builder.objectField(Session, 'recordings', (t) =>
  t.field({
    type: RecordingConnection,
    nullable: true,
    access: reads('recordings'),
    ...pagesOfRoom,
    description:
      'Recordings that began in this session, newest first. Costs one REST call per session for every 100 elements.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: MediaJobFilter,
        description: 'Conditions on the recordings of this session; `sessionId` in it is ignored.',
      }),
    },
    resolve: (session, args, context) => recordingsOfSession(session, args, context),
  }),
);
