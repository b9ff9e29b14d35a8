// What is known of the content of a file, and the link to it. Source: the vendor's Recording Assets API.
import { layersOf } from '../../resolvers/media/recording-assets.ts';
import { textOrNull } from '../../resolvers/values.ts';
import { builder } from '../builder.ts';
import { PresignedUrl, RecordingAssetMetadata, Resolution } from '../refs.ts';

builder.objectType(RecordingAssetMetadata, {
  description: 'What is known of the content of a file, by its kind; all else is null.',
  fields: (t) => ({
    resolution: t.expose('resolution', {
      type: Resolution,
      nullable: true,
      description: 'Size of the picture of a composite.',
    }),
    layer: t.string({
      nullable: true,
      description: 'Which quality of a live stream a composite holds: `0` is the best.',
      resolve: (metadata) => textOrNull(metadata.layer),
    }),
    layers: t.int({
      nullable: true,
      description: 'How many qualities a `ROOM_VOD` holds.',
      resolve: (metadata) => layersOf(metadata.num_layers),
    }),
    maxWidth: t.exposeInt('max_width', { nullable: true, description: 'Pixels, of a `ROOM_VOD`.' }),
    maxHeight: t.exposeInt('max_height', { nullable: true, description: 'Pixels, of a `ROOM_VOD`.' }),
    outputMode: t.string({
      nullable: true,
      description: 'Form of a transcript or summary: `txt`, `srt` or `json`.',
      resolve: (metadata) => textOrNull(metadata.output_mode),
    }),
    trackId: t.exposeID('track_id', { nullable: true, description: 'Vendor id of the track: a UUID.' }),
    trackType: t.string({
      nullable: true,
      description: '`video` or `audio`, of a track.',
      resolve: (metadata) => textOrNull(metadata.track_type),
    }),
    streamId: t.exposeID('stream_id', {
      nullable: true,
      description: 'Shared by the tracks of one capture, of a track or a stream.',
    }),
    streamType: t.string({
      nullable: true,
      description: '`regular`, `screen` or `audio`, of a stream.',
      resolve: (metadata) => textOrNull(metadata.stream_type),
    }),
    peerId: t.exposeID('peer_id', {
      nullable: true,
      description: 'Vendor id of the peer, of a track or a stream: a UUID.',
    }),
    userId: t.string({
      nullable: true,
      description: "The app's own id of the person, of a stream.",
      resolve: (metadata) => textOrNull(metadata.user_id),
    }),
  }),
});

builder.objectType(PresignedUrl, {
  description: 'A link to a file. Whoever has it can read the file while it is good.',
  fields: (t) => ({
    url: t.exposeString('url', {
      description:
        'The link. Of a `ROOM_VOD` it is a zip, or a playlist, which plays only from the storage of the vendor.',
    }),
    seconds: t.exposeInt('expiry', {
      nullable: true,
      description: 'For how many seconds from now it is good.',
    }),
  }),
});
