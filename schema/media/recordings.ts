// Recording: its fields, its lists and its root fields. Source: the vendor's Recordings API.
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
import { calls, pages } from '../prices.ts';
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
    'A room recorded as one picture with its sound, by a browser of the vendor. Read anew by each operation. Stops by itself some minutes after everyone left, soon after the room is ended, or at its longest duration. Recordings of single tracks and peers are no jobs: only their files show.',
  interfaces: [MediaJob],
  authScopes: (recording) => ({ ...reads('recordings'), room: recording.room_id }),
  id: { resolve: (recording) => recording.id },
  loadWithoutCache: (id, context) => recordingById(id, context),
});

implementConnection(RecordingConnection, RecordingEdge, Recording, 'recordings');

builder.queryFields((t) => ({
  recording: t.field({
    type: Recording,
    nullable: true,
    authScopes: reads('recordings'),
    ...calls(1),
    description: 'One recording, running or over; null when it does not exist.',
    args: { id: t.arg.id({ required: true, description: 'Vendor id or global id of the recording.' }) },
    resolve: (_root, { id }, context) => recordingById(id, context),
  }),
  recordings: t.field({
    type: RecordingConnection,
    nullable: true,
    authScopes: (_root, { filter }) => ({ ...reads('recordings'), room: filter?.roomId ?? null }),
    ...pages,
    description: 'Recordings of the workspace, newest first.',
    args: { ...forwardArgs, filter: t.arg({ type: MediaJobFilter, description: 'Which to keep.' }) },
    resolve: (_root, args, context) => recordingsConnection(args, context),
  }),
}));

builder.objectField(Room, 'recordings', (t) =>
  t.field({
    type: RecordingConnection,
    nullable: true,
    authScopes: reads('recordings'),
    ...pages,
    description: 'Recordings of the room, newest first. At least one REST call a room.',
    args: {
      ...forwardArgs,
      filter: t.arg({ type: MediaJobFilter, description: 'Which to keep; `roomId` is always this room.' }),
    },
    resolve: (room, args, context) => recordingsOfRoom(room, args, context),
  }),
);

builder.objectField(Session, 'recordings', (t) =>
  t.field({
    type: RecordingConnection,
    nullable: true,
    authScopes: reads('recordings'),
    ...pages,
    description: 'Recordings that began in the session, newest first. At least one REST call a session.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: MediaJobFilter,
        description: 'Which to keep; `sessionId` is always this session.',
      }),
    },
    resolve: (session, args, context) => recordingsOfSession(session, args, context),
  }),
);
