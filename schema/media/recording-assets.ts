// RecordingAsset: its fields, its lists and its root fields. Source: the vendor's Recording Assets API.
import { sessionOfMedia } from '../../resolvers/media/media-jobs.ts';
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
import { calls, pages } from '../prices.ts';
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
  description: 'What kind of file it is.',
  values: {
    ROOM_COMPOSITE: { value: 'room-composite', description: 'The room as one video, or as sound only.' },
    ROOM_COMPOSITE_LEGACY: {
      value: 'room-composite-legacy',
      description: 'The room as one video, made by the media server.',
    },
    ROOM_VOD: { value: 'room-vod', description: 'A live stream to be played again.' },
    CHAT: { value: 'chat', description: 'The messages of the room, as CSV.' },
    TRANSCRIPT: { value: 'transcript', description: 'What was said, as text, subtitles or JSON.' },
    SUMMARY: { value: 'summary', description: 'What it was about, as JSON.' },
    TRACK: { value: 'track', description: 'One track of one peer.' },
    STREAM: { value: 'stream', description: 'Sound and picture of one peer.' },
    OTHER: {
      value: 'other',
      description: 'Something that this gateway does not know yet; cannot be filtered by.',
    },
  } as const,
});

const RecordingAssetStatus = builder.enumType('RecordingAssetStatus', {
  description: 'Whether a file is there.',
  values: {
    COMPLETED: { value: 'completed', description: 'It is there.' },
    FAILED: { value: 'failed', description: 'It could not be made.' },
    PROCESSING: {
      value: 'processing',
      description: 'It is being written, as transcripts are for a while; cannot be filtered by.',
    },
    OTHER: {
      value: 'other',
      description: 'A state that this gateway does not know yet; cannot be filtered by.',
    },
  } as const,
});

builder.node(RecordingAsset, {
  description:
    'A file that a recording or a stream left. The vendor deletes what lies in its own storage after 15 days.',
  authScopes: (asset) => ({ ...reads('recordings'), room: asset.room_id }),
  id: { resolve: (asset) => asset.id },
  loadWithoutCache: (id, context) => assetById(id, context),
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's own id: 24 hexadecimal digits." }),
    type: t.field({
      type: RecordingAssetType,
      description: 'What kind of file it is.',
      resolve: (asset) => typeOfAsset(asset.type),
    }),
    status: t.field({
      type: RecordingAssetStatus,
      description: 'Whether it is there.',
      resolve: statusOfAsset,
    }),
    path: t.string({
      nullable: true,
      description: 'Where it is stored, such as `s3://bucket/key`: no link; null when unset.',
      resolve: (asset) => textOrNull(asset.path),
    }),
    size: t.exposeFloat('size', {
      nullable: true,
      description: 'Whole bytes; a Float because files outgrow an Int.',
    }),
    duration: t.exposeFloat('duration', {
      nullable: true,
      description: 'Seconds of media; 0 for chat and legacy composites.',
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was made.',
      resolve: (asset) => instantOrNull(asset.created_at),
    }),
    thumbnails: t.stringList({
      description: 'Where pictures of it are stored; of a `ROOM_VOD` only, else empty.',
      resolve: (asset) => asset.thumbnails ?? [],
    }),
    metadata: t.expose('metadata', {
      type: RecordingAssetMetadata,
      nullable: true,
      description: "What is known of its content; null where the vendor's answer leaves it out.",
    }),
    presignedUrl: t.field({
      type: PresignedUrl,
      nullable: true,
      description: 'A link to download it. One REST call a file: ask for it where it is needed only.',
      args: {
        seconds: t.arg.int({
          description:
            "For how many seconds it shall be good, at least 1; without it as long as the storage's default: 3 days, 9 hours on Alibaba OSS.",
        }),
      },
      resolve: (asset, args, context) => presignedUrlOfAsset(asset, args, context),
    }),
    job: t.field({
      type: MediaJob,
      nullable: true,
      description:
        'What made it; null for files of single tracks and peers, which no job made. One REST call a job, up to 3 where the file does not tell the kind of its job.',
      resolve: (asset, _args, context) => jobOfAsset(asset, context),
    }),
    session: t.field({
      type: Session,
      nullable: true,
      description: 'The session that it is of; null where the vendor leaves it out.',
      resolve: (asset) => sessionOfMedia(asset),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      description: 'The room that it is of.',
      resolve: (asset, _args, context) => roomWithId(asset.room_id, context),
    }),
  }),
});

implementConnection(RecordingAssetConnection, RecordingAssetEdge, RecordingAsset, 'files');

builder.inputType(RecordingAssetFilter, {
  description: 'Which files a list keeps; all conditions must hold.',
  fields: (t) => ({
    roomId: t.id({ description: 'Only those of this room: its vendor id or global id.' }),
    sessionId: t.id({ description: 'Only those of this session: its vendor id or global id.' }),
    status: t.field({ type: RecordingAssetStatus, description: 'Only `COMPLETED` or `FAILED` ones.' }),
    type: t.field({ type: RecordingAssetType, description: 'Only those of this kind.' }),
  }),
});

builder.queryFields((t) => ({
  recordingAsset: t.field({
    type: RecordingAsset,
    nullable: true,
    authScopes: reads('recordings'),
    ...calls(1),
    description: 'One file; null when it does not exist.',
    args: { id: t.arg.id({ required: true, description: 'Vendor id or global id of the file.' }) },
    resolve: (_root, { id }, context) => assetById(id, context),
  }),
  recordingAssets: t.field({
    type: RecordingAssetConnection,
    nullable: true,
    authScopes: (_root, { filter }) => ({ ...reads('recordings'), room: filter?.roomId ?? null }),
    ...pages,
    description: 'Files of recordings and streams in the workspace, newest first.',
    args: { ...forwardArgs, filter: t.arg({ type: RecordingAssetFilter, description: 'Which to keep.' }) },
    resolve: (_root, args, context) => assetsConnection(args, context),
  }),
}));

builder.objectField(Room, 'recordingAssets', (t) =>
  t.field({
    type: RecordingAssetConnection,
    nullable: true,
    authScopes: reads('recordings'),
    ...pages,
    description: 'Files of recordings and streams of the room, newest first. At least one REST call a room.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: RecordingAssetFilter,
        description: 'Which to keep; `roomId` is always this room.',
      }),
    },
    resolve: (room, args, context) => assetsOfRoom(room, args, context),
  }),
);

builder.objectField(Session, 'recordingAssets', (t) =>
  t.field({
    type: RecordingAssetConnection,
    nullable: true,
    authScopes: reads('recordings'),
    ...pages,
    description:
      'Files of recordings and streams of the session, newest first. At least one REST call a session.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: RecordingAssetFilter,
        description: 'Which to keep; `sessionId` is always this session.',
      }),
    },
    resolve: (session, args, context) => assetsOfSession(session, args, context),
  }),
);

builder.objectField(Recording, 'assetTypes', (t) =>
  t.field({
    type: [RecordingAssetType],
    nullable: true,
    description: "Kinds of files that it makes; null where the vendor's answer leaves them out.",
    resolve: (recording) => recording.asset_types?.map(typeOfAsset),
  }),
);
