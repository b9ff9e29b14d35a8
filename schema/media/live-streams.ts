// LiveStream: its fields, its lists and its queries. Source: the vendor's Live Streams API.
import { liveStreamNode } from '../../resolvers/media/live-stream-node.ts';
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
import { calls, pages, pagesOfRoom } from '../prices.ts';
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
  description: 'What the vendor records of a live stream.',
  fields: (t) => ({
    hlsVod: t.boolean({
      pure: true,
      description: 'Whether the live stream is kept for replay as HLS: a `ROOM_VOD` file.',
      resolve: (flags) => flags.hls_vod ?? false,
    }),
    singleFilePerLayer: t.boolean({
      pure: true,
      description:
        'Whether each quality (layer) of the live stream becomes a video file of its own, a `ROOM_COMPOSITE`.',
      resolve: (flags) => flags.single_file_per_layer ?? false,
    }),
  }),
});

builder.node(LiveStream, {
  description:
    'A room streamed over HLS to many viewers, who watch without joining the room. Each operation reads its current state. It stops by itself about 5 minutes after the last participant left, at its maximum duration of 4 hours (the template may set other times), or within about a minute after the session was ended.',
  interfaces: [MediaJob],
  access: { ...reads('live-streams'), room: (stream) => stream.room_id },
  id: { resolve: (stream) => stream.id },
  loadWithoutCache: (id, context) => liveStreamNode.loader(context).load(id),
  fields: (t) => ({
    playbackUrl: t.string({
      nullable: true,
      pure: true,
      description:
        'Address of the live stream for players (`.m3u8`); anyone who has this URL can watch. Null until the vendor has assigned one.',
      resolve: (stream) => textOrNull(stream.playback?.url),
    }),
    recording: t.expose('recording', {
      type: LiveStreamRecording,
      nullable: true,
      description: 'What the vendor records of the live stream; null if the vendor omits it.',
    }),
  }),
});

implementConnection(LiveStreamConnection, LiveStreamEdge, LiveStream, 'live streams');

builder.queryFields((t) => ({
  liveStream: t.field({
    type: LiveStream,
    nullable: true,
    access: { ...reads('live-streams'), roomOf: (_root, { id }) => ({ type: 'LiveStream', id }) },
    ...calls(1),
    description: 'One live stream, running or ended; null if it does not exist. Costs one REST call.',
    args: {
      id: t.arg.id({ required: true, description: 'Vendor id or global id of the live stream to read.' }),
    },
    resolve: (_root, { id }, context) => liveStreamById(id, context),
  }),
  liveStreams: t.field({
    type: LiveStreamConnection,
    nullable: true,
    access: { ...reads('live-streams'), room: (_root, { filter }) => filter?.roomId ?? null },
    ...pages,
    description: 'Live streams of all rooms, newest first. Costs one REST call for every 100 elements.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: MediaJobFilter,
        description: 'Conditions on the live streams; by default all of the workspace.',
      }),
    },
    resolve: (_root, args, context) => liveStreamsConnection(args, context),
  }),
}));

builder.objectField(Room, 'liveStreams', (t) =>
  t.field({
    type: LiveStreamConnection,
    nullable: true,
    access: reads('live-streams'),
    ...pagesOfRoom,
    description:
      'Live streams of this room, newest first. Costs one REST call per room for every 100 elements.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: MediaJobFilter,
        description: 'Conditions on the live streams of this room; `roomId` in it is ignored.',
      }),
    },
    resolve: (room, args, context) => liveStreamsOfRoom(room, args, context),
  }),
);

builder.objectField(Session, 'liveStreams', (t) =>
  t.field({
    type: LiveStreamConnection,
    nullable: true,
    access: reads('live-streams'),
    ...pagesOfRoom,
    description:
      'Live streams that began in this session, newest first. Costs one REST call per session for every 100 elements.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: MediaJobFilter,
        description: 'Conditions on the live streams of this session; `sessionId` in it is ignored.',
      }),
    },
    resolve: (session, args, context) => liveStreamsOfSession(session, args, context),
  }),
);
