// RecordingAsset: its fields, its lists and its queries. Source: the vendor's Recording Assets API.
import { sessionOfMedia } from '../../resolvers/media/media-jobs.ts';
import { recordingAssetNode } from '../../resolvers/media/recording-asset-node.ts';
import {
  assetById,
  assetsConnection,
  assetsOfRoom,
  assetsOfSession,
  jobOfAsset,
  presignedUrlOfAsset,
  statusOfAsset,
  typeOfAsset,
} from '../../resolvers/media/recording-assets.ts';
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import { reads } from '../access.ts';
import { forwardArgs } from '../args.ts';
import { builder } from '../builder.ts';
import { implementConnection } from '../connections.ts';
import { calls, onceForAll, pages, pagesOfRoom } from '../prices.ts';
import {
  MediaJob,
  PresignedUrl,
  Recording,
  RecordingAsset,
  RecordingAssetConnection,
  RecordingAssetEdge,
  RecordingAssetFilter,
  RecordingAssetMetadata,
  Room,
  Session,
} from '../refs.ts';

const RecordingAssetType = builder.enumType('RecordingAssetType', {
  description: 'Kinds of files that recordings and live streams produce.',
  values: {
    ROOM_COMPOSITE: {
      value: 'room-composite',
      description: 'The whole call as one video, or as one audio file.',
    },
    ROOM_COMPOSITE_LEGACY: {
      value: 'room-composite-legacy',
      description: 'The whole call as one video, made by the media server: the older way of recording.',
    },
    ROOM_VOD: {
      value: 'room-vod',
      description: 'A live stream kept for replay: an HLS playlist with its segments.',
    },
    CHAT: { value: 'chat', description: 'The chat messages of the call, as CSV.' },
    TRANSCRIPT: {
      value: 'transcript',
      description: 'A transcript of the speech, as plain text, subtitles or JSON.',
    },
    SUMMARY: {
      value: 'summary',
      description: 'A summary of the speech, written by a language model, as JSON.',
    },
    TRACK: { value: 'track', description: 'One audio or video track of one peer.' },
    STREAM: { value: 'stream', description: 'The audio and video of one peer in one file.' },
    OTHER: {
      value: 'other',
      description:
        'A kind of file that this version of the gateway does not know; filters refuse this value.',
    },
  } as const,
});

const RecordingAssetStatus = builder.enumType('RecordingAssetStatus', {
  description: 'The state of a recording file.',
  values: {
    COMPLETED: { value: 'completed', description: 'The file is ready.' },
    FAILED: { value: 'failed', description: 'The vendor could not make the file.' },
    PROCESSING: {
      value: 'processing',
      description:
        'The vendor is still writing the file, as transcripts and summaries are at first; filters refuse this value.',
    },
    OTHER: {
      value: 'other',
      description:
        'A state of a file that this version of the gateway does not know; filters refuse this value.',
    },
  } as const,
});

builder.node(RecordingAsset, {
  description:
    'A file that a recording or a live stream produced: a video, a transcript, the chat. The vendor deletes files in its own storage after 15 days; files in your own storage stay.',
  access: { ...reads('recordings'), room: (asset) => asset.room_id },
  id: { resolve: (asset) => asset.id },
  loadWithoutCache: (id, context) => recordingAssetNode.loader(context).load(id),
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's id of the file: 24 hexadecimal digits." }),
    type: t.field({
      type: RecordingAssetType,
      pure: true,
      description: 'Which kind of file the recording or live stream produced.',
      resolve: (asset) => typeOfAsset(asset.type),
    }),
    status: t.field({
      type: RecordingAssetStatus,
      pure: true,
      description: 'Whether the file is ready, as this operation read it.',
      resolve: statusOfAsset,
    }),
    path: t.string({
      nullable: true,
      pure: true,
      description:
        'Storage path of the file, such as `s3://bucket/key`; `presignedUrl` gives a link to download it. Null if the vendor omits it.',
      resolve: (asset) => textOrNull(asset.path),
    }),
    sizeBytes: t.exposeFloat('size', {
      nullable: true,
      description:
        'Size of the file in whole bytes; a Float because files can be too large for an Int. Null if the vendor omits it.',
    }),
    durationSeconds: t.exposeFloat('duration', {
      nullable: true,
      description:
        'Length of the media in the file, in seconds; 0 for chat and legacy composites. Null if the vendor omits it.',
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: true,
      description: 'The time at which the file was made; null if the vendor omits it.',
      resolve: (asset) => instantOrNull(asset.created_at),
    }),
    thumbnailPaths: t.stringList({
      pure: true,
      description:
        'Storage paths of still pictures taken from the file; only for a `ROOM_VOD`, otherwise empty.',
      resolve: (asset) => asset.thumbnails ?? [],
    }),
    metadata: t.expose('metadata', {
      type: RecordingAssetMetadata,
      nullable: true,
      description: 'Facts about the content of the file; null if the vendor omits them.',
    }),
    presignedUrl: t.field({
      type: PresignedUrl,
      nullable: true,
      ...calls(1),
      description:
        'A temporary link to download the file. Costs one REST call for each file, so select it only where you need it.',
      args: {
        validForSeconds: t.arg.int({
          description:
            'Seconds until the link expires, at least 1; the default depends on the storage: 3 days, or 9 hours on Alibaba OSS.',
        }),
      },
      resolve: (asset, args, context) => presignedUrlOfAsset(asset, args, context),
    }),
    job: t.field({
      type: MediaJob,
      nullable: true,
      ...calls(3),
      description:
        'The recording, live stream or external stream that made the file; null for files of a single track or peer. Costs one REST call for each different job, up to 3 if the file does not say which kind of job made it.',
      resolve: (asset, _args, context) => jobOfAsset(asset, context),
    }),
    session: t.field({
      type: Session,
      nullable: true,
      ...calls(1),
      pure: true,
      description: 'The session that the file records; null if the vendor omits it.',
      resolve: (asset) => sessionOfMedia(asset),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      ...onceForAll(1),
      description:
        'The room that the file records; null if it no longer exists. Usually answered from memory or in one REST call for many rooms.',
      resolve: (asset, _args, context) => roomWithId(asset.room_id, context),
    }),
  }),
});

implementConnection(RecordingAssetConnection, RecordingAssetEdge, RecordingAsset, 'recording files');

builder.inputType(RecordingAssetFilter, {
  description: 'Conditions on recording files; a file must meet all of them.',
  fields: (t) => ({
    roomId: t.id({ description: 'Only files of this room: its vendor id or global id.' }),
    sessionId: t.id({ description: 'Only files of this session: its vendor id or global id.' }),
    status: t.field({
      type: RecordingAssetStatus,
      description: 'Only files in this state: `COMPLETED` or `FAILED`; other values are refused.',
    }),
    type: t.field({ type: RecordingAssetType, description: 'Only files of this kind; `OTHER` is refused.' }),
  }),
});

builder.queryFields((t) => ({
  recordingAsset: t.field({
    type: RecordingAsset,
    nullable: true,
    access: { ...reads('recordings'), roomOf: (_root, { id }) => ({ type: 'RecordingAsset', id }) },
    ...calls(1),
    description: 'One recording file; null if it does not exist. Costs one REST call.',
    args: {
      id: t.arg.id({ required: true, description: 'Vendor id or global id of the recording file to read.' }),
    },
    resolve: (_root, { id }, context) => assetById(id, context),
  }),
  recordingAssets: t.field({
    type: RecordingAssetConnection,
    nullable: true,
    access: { ...reads('recordings'), room: (_root, { filter }) => filter?.roomId ?? null },
    ...pages,
    description:
      'Files of recordings and live streams of all rooms, newest first. Costs one REST call for every 100 elements.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: RecordingAssetFilter,
        description: 'Conditions on the files; by default all of the workspace.',
      }),
    },
    resolve: (_root, args, context) => assetsConnection(args, context),
  }),
}));

builder.objectField(Room, 'recordingAssets', (t) =>
  t.field({
    type: RecordingAssetConnection,
    nullable: true,
    access: reads('recordings'),
    ...pagesOfRoom,
    description:
      'Files of recordings and live streams of this room, newest first. Costs one REST call per room for every 100 elements.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: RecordingAssetFilter,
        description: 'Conditions on the files of this room; `roomId` in it is ignored.',
      }),
    },
    resolve: (room, args, context) => assetsOfRoom(room, args, context),
  }),
);

builder.objectField(Session, 'recordingAssets', (t) =>
  t.field({
    type: RecordingAssetConnection,
    nullable: true,
    access: reads('recordings'),
    ...pagesOfRoom,
    description:
      'Files of recordings and live streams of this session, newest first. Costs one REST call per session for every 100 elements.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: RecordingAssetFilter,
        description: 'Conditions on the files of this session; `sessionId` in it is ignored.',
      }),
    },
    resolve: (session, args, context) => assetsOfSession(session, args, context),
  }),
);

builder.objectField(Recording, 'assetTypes', (t) =>
  t.field({
    type: [RecordingAssetType],
    nullable: true,
    pure: true,
    description:
      'The kinds of files that this recording produces, known before the files exist; null if the vendor omits them.',
    resolve: (recording) => recording.asset_types?.map(typeOfAsset),
  }),
);
