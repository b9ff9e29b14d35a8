// The parts of a recording file: facts about its content, and the link to download it. Source: the vendor's Recording Assets API.
import { layersOf } from '../../resolvers/media/recording-assets.ts';
import { textOrNull } from '../../resolvers/values.ts';
import { builder } from '../builder.ts';
import { TrackType, TranscriptFormat } from '../enums.ts';
import { PresignedUrl, RecordingAssetMetadata, Resolution } from '../refs.ts';

builder.objectType(RecordingAssetMetadata, {
  description:
    'Facts about the content of a recording file. Which ones are set depends on the kind of file; the others are null.',
  fields: (t) => ({
    resolution: t.expose('resolution', {
      type: Resolution,
      nullable: true,
      description: 'Size of the picture; only for composite recordings.',
    }),
    layer: t.string({
      nullable: true,
      pure: true,
      description:
        'Which picture quality of a live stream the file holds, `0` being the best; only for composites of live streams.',
      resolve: (metadata) => textOrNull(metadata.layer),
    }),
    layerCount: t.int({
      nullable: true,
      pure: true,
      description: 'Number of picture qualities in the file; only for a `ROOM_VOD`.',
      resolve: (metadata) => layersOf(metadata.num_layers),
    }),
    maxWidth: t.exposeInt('max_width', {
      nullable: true,
      description: 'Width of the best picture quality, in pixels; only for a `ROOM_VOD`.',
    }),
    maxHeight: t.exposeInt('max_height', {
      nullable: true,
      description: 'Height of the best picture quality, in pixels; only for a `ROOM_VOD`.',
    }),
    outputMode: t.field({
      type: TranscriptFormat,
      nullable: true,
      pure: true,
      description: 'Format of the file; only for transcripts and summaries.',
      resolve: (metadata) => TranscriptFormat.of(metadata.output_mode),
    }),
    trackId: t.exposeID('track_id', {
      nullable: true,
      description: 'Vendor id of the recorded track: a UUID; only for files of a single track.',
    }),
    trackType: t.field({
      type: TrackType,
      nullable: true,
      pure: true,
      description: 'Kind of the recorded track; only for files of a single track.',
      resolve: (metadata) => TrackType.of(metadata.track_type),
    }),
    streamId: t.exposeID('stream_id', {
      nullable: true,
      description:
        'Vendor id that the audio and video track of one capture share; only for files of a track or a stream.',
    }),
    streamType: t.string({
      nullable: true,
      pure: true,
      description:
        'Source of the recorded stream: `regular` (camera and microphone), `screen` or `audio`; only for files of a stream.',
      resolve: (metadata) => textOrNull(metadata.stream_type),
    }),
    peerId: t.exposeID('peer_id', {
      nullable: true,
      description: 'Vendor id of the recorded peer: a UUID; only for files of a track or a stream.',
    }),
    userId: t.string({
      nullable: true,
      pure: true,
      description: "The app's own id of the recorded user; only for files of a stream.",
      resolve: (metadata) => textOrNull(metadata.user_id),
    }),
  }),
});

builder.objectType(PresignedUrl, {
  description:
    'A temporary link to a recording file. Anyone who has the link can read the file until it expires.',
  fields: (t) => ({
    url: t.exposeString('url', {
      description:
        "Address to download the file from. For a `ROOM_VOD` it is a zip file or an HLS playlist; the playlist plays only if the file is in the vendor's storage.",
    }),
    validForSeconds: t.exposeInt('expiry', {
      nullable: true,
      description: 'Seconds from now until the link expires; null if the vendor omits it.',
    }),
  }),
});
