// LiveStream: its fields, its lists and its root fields. Source: the vendor's Live Streams API.
import {
  liveStreamById,
  liveStreamsConnection,
  liveStreamsOfRoom,
  liveStreamsOfSession,
} from '../../resolvers/media/live-streams.ts';
import { textOrNull } from '../../resolvers/values.ts';
import type { LiveStreamRecordingFlags } from '../../src/openapi/types.ts';
import { reads } from '../access.ts';
import { forwardArgs } from '../args.ts';
import { builder } from '../builder.ts';
import { implementConnection } from '../connections.ts';
import { calls, pages } from '../prices.ts';
import {
  LiveStream,
  LiveStreamConnection,
  LiveStreamEdge,
  MediaJob,
  MediaJobFilter,
  Room,
  Session,
} from '../refs.ts';

const LiveStreamRecording = builder.objectRef<LiveStreamRecordingFlags>('LiveStreamRecording').implement({
  description: 'What is recorded of a live stream.',
  fields: (t) => ({
    hlsVod: t.boolean({
      description: 'Whether it can be played again as it was streamed: a `ROOM_VOD` file.',
      resolve: (flags) => flags.hls_vod ?? false,
    }),
    singleFilePerLayer: t.boolean({
      description: 'Whether each quality is a video file: a `ROOM_COMPOSITE` for each layer.',
      resolve: (flags) => flags.single_file_per_layer ?? false,
    }),
  }),
});

builder.node(LiveStream, {
  description:
    'A room streamed to many who only watch, over HLS. Read anew by each operation. Stops by itself some minutes after everyone left, soon after the room is ended, or at its longest duration.',
  interfaces: [MediaJob],
  authScopes: (stream) => ({ ...reads('live-streams'), room: stream.room_id }),
  id: { resolve: (stream) => stream.id },
  loadWithoutCache: (id, context) => liveStreamById(id, context),
  fields: (t) => ({
    playbackUrl: t.string({
      nullable: true,
      description: 'Where players find it (`.m3u8`); anyone who has this URL can watch.',
      resolve: (stream) => textOrNull(stream.playback?.url),
    }),
    recording: t.expose('recording', {
      type: LiveStreamRecording,
      nullable: true,
      description: "What is recorded of it; null where the vendor's answer leaves it out.",
    }),
  }),
});

implementConnection(LiveStreamConnection, LiveStreamEdge, LiveStream, 'live streams');

builder.queryFields((t) => ({
  liveStream: t.field({
    type: LiveStream,
    nullable: true,
    authScopes: reads('live-streams'),
    ...calls(1),
    description: 'One live stream, running or over; null when it does not exist.',
    args: { id: t.arg.id({ required: true, description: 'Vendor id or global id of the live stream.' }) },
    resolve: (_root, { id }, context) => liveStreamById(id, context),
  }),
  liveStreams: t.field({
    type: LiveStreamConnection,
    nullable: true,
    authScopes: (_root, { filter }) => ({ ...reads('live-streams'), room: filter?.roomId ?? null }),
    ...pages,
    description: 'Live streams of the workspace, newest first.',
    args: { ...forwardArgs, filter: t.arg({ type: MediaJobFilter, description: 'Which to keep.' }) },
    resolve: (_root, args, context) => liveStreamsConnection(args, context),
  }),
}));

builder.objectField(Room, 'liveStreams', (t) =>
  t.field({
    type: LiveStreamConnection,
    nullable: true,
    authScopes: reads('live-streams'),
    ...pages,
    description: 'Live streams of the room, newest first. At least one REST call a room.',
    args: {
      ...forwardArgs,
      filter: t.arg({ type: MediaJobFilter, description: 'Which to keep; `roomId` is always this room.' }),
    },
    resolve: (room, args, context) => liveStreamsOfRoom(room, args, context),
  }),
);

builder.objectField(Session, 'liveStreams', (t) =>
  t.field({
    type: LiveStreamConnection,
    nullable: true,
    authScopes: reads('live-streams'),
    ...pages,
    description: 'Live streams that began in the session, newest first. At least one REST call a session.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: MediaJobFilter,
        description: 'Which to keep; `sessionId` is always this session.',
      }),
    },
    resolve: (session, args, context) => liveStreamsOfSession(session, args, context),
  }),
);
