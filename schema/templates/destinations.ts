// A template's destinations: the streams, recordings and transcriptions that its rooms can start. The vendor keeps each
// kind as a map by name; the graph has lists. The URLs of RTMP destinations contain stream keys, so they are not fields.
import { byName } from '../../resolvers/templates/templates.ts';
import { textOrNull } from '../../resolvers/values.ts';
import type {
  BrowserRecordingDestination as BrowserRecordingResource,
  HlsDestination as HlsResource,
  RtmpDestination as RtmpResource,
  VideoLayer as VideoLayerResource,
} from '../../src/openapi/types.ts';
import { builder } from '../builder.ts';
import { TemplateDestinations, Thumbnails } from '../refs.ts';
import { PlaylistType } from './template-enums.ts';
import { TranscriptionDestination } from './transcription-destinations.ts';

/** Options of the fields `width` and `height`; `noun` is the picture, as in "the recorded picture". */
const widthOf = (noun: string) => ({
  nullable: true as const,
  description: `The width of ${noun}, in pixels; null if not set.`,
});
const heightOf = (noun: string) => ({
  nullable: true as const,
  description: `The height of ${noun}, in pixels; null if not set.`,
});
const maxDurationOf = (noun: string) => ({
  nullable: true as const,
  description: `Maximum duration of ${noun}, in seconds; null if no limit is set.`,
});
const autoStopTimeoutOf = (noun: string) => ({
  nullable: true as const,
  description: `How many seconds ${noun} continues after the last peer has left; null if not set.`,
});
const presignDurationOf = (noun: string) => ({
  nullable: true as const,
  description: `How many seconds links to the files of ${noun} stay valid; null if not set.`,
});
const nameOf = (nouns: string) => ({
  nullable: true as const,
  description: `The name of the destination, unique among the template's ${nouns}; null if the vendor omits it.`,
});

const RtmpDestination = builder.objectRef<RtmpResource>('RtmpDestination').implement({
  description:
    'An external stream (RTMP) that rooms of the template can start. Its URLs contain stream keys and are never shown.',
  fields: (t) => ({
    name: t.exposeString('name', nameOf('external streams')),
    width: t.exposeInt('width', widthOf('the external stream')),
    height: t.exposeInt('height', heightOf('the external stream')),
    maxDurationSeconds: t.exposeInt('maxDuration', maxDurationOf('the external stream')),
    autoStopTimeoutSeconds: t.exposeInt('autoStopTimeout', autoStopTimeoutOf('the external stream')),
    recordingEnabled: t.boolean({
      pure: true,
      description: 'Whether an external stream is recorded while it runs; false if not set.',
      resolve: (destination) => destination.recordingEnabled ?? false,
    }),
  }),
});

const VideoLayer = builder.objectRef<VideoLayerResource>('VideoLayer').implement({
  description: 'One quality of a live stream that is sent or recorded.',
  fields: (t) => ({
    width: t.exposeInt('width', widthOf('the layer')),
    height: t.exposeInt('height', heightOf('the layer')),
    videoBitrateKbps: t.exposeInt('videoBitrate', {
      nullable: true,
      description: "The bitrate of the layer's video, in kbit/s; null if not set.",
    }),
    audioBitrateKbps: t.exposeInt('audioBitrate', {
      nullable: true,
      description: "The bitrate of the layer's audio, in kbit/s; null if not set.",
    }),
  }),
});

const HlsRecording = builder.objectRef<NonNullable<HlsResource['recording']>>('HlsRecording').implement({
  description: 'How a live stream is recorded.',
  fields: (t) => ({
    hlsVod: t.boolean({
      pure: true,
      description: 'Whether the recorded live stream can be replayed as HLS; false if not set.',
      resolve: (recording) => recording.hlsVod ?? false,
    }),
    singleFilePerLayer: t.boolean({
      pure: true,
      description: 'Whether the recording has a separate file for each layer; false if not set.',
      resolve: (recording) => recording.singleFilePerLayer ?? false,
    }),
    enableZipUpload: t.boolean({
      pure: true,
      description: 'Whether the recording is uploaded as a zip file to your own bucket; false if not set.',
      resolve: (recording) => recording.enableZipUpload ?? false,
    }),
    layers: t.field({
      type: [VideoLayer],
      pure: true,
      description: "Which of the destination's `layers` are recorded; empty if all are.",
      resolve: (recording) => recording.layers ?? [],
    }),
    thumbnails: t.expose('thumbnails', {
      type: Thumbnails,
      nullable: true,
      description: 'The settings for still pictures from the recorded live stream; null if not set.',
    }),
    presignDurationSeconds: t.exposeInt('presignDuration', presignDurationOf("the live stream's recording")),
  }),
});

const HlsDestination = builder.objectRef<HlsResource>('HlsDestination').implement({
  description: 'A live stream (HLS) that rooms of the template can start: its settings.',
  fields: (t) => ({
    name: t.exposeString('name', nameOf('live streams')),
    role: t.string({
      nullable: true,
      pure: true,
      description:
        'The name of the role that the vendor joins the room with to compose the live stream; null if not set.',
      resolve: (destination) => textOrNull(destination.role),
    }),
    maxDurationSeconds: t.exposeInt('maxDuration', maxDurationOf('the live stream')),
    autoStopTimeoutSeconds: t.exposeInt('autoStopTimeout', autoStopTimeoutOf('the live stream')),
    layers: t.field({
      type: [VideoLayer],
      pure: true,
      description: 'The layers (qualities) of the live stream, best first; empty if not set.',
      resolve: (destination) => destination.layers ?? [],
    }),
    playlistType: t.field({
      type: PlaylistType,
      nullable: true,
      pure: true,
      description: 'How far back viewers can rewind; null if not set.',
      resolve: (destination) => PlaylistType.of(destination.playlistType),
    }),
    numPlaylistSegments: t.exposeInt('numPlaylistSegments', {
      nullable: true,
      description: 'The number of segments in a `LIVE` playlist, each 2 s long: 3 to 150; null if not set.',
    }),
    videoFrameRate: t.exposeInt('videoFrameRate', {
      nullable: true,
      description: "The frame rate of the live stream's video, in frames a second; null if not set.",
    }),
    enableMetadataInsertion: t.boolean({
      pure: true,
      description: 'Whether timed metadata can be inserted into the live stream; false if not set.',
      resolve: (destination) => destination.enableMetadataInsertion ?? false,
    }),
    enableStaticUrl: t.boolean({
      pure: true,
      description: 'Whether all live streams of this destination have the same URL; false if not set.',
      resolve: (destination) => destination.enableStaticUrl ?? false,
    }),
    recording: t.expose('recording', {
      type: HlsRecording,
      nullable: true,
      description: 'How the live stream is recorded; null if not set.',
    }),
  }),
});

const BrowserRecordingDestination = builder
  .objectRef<BrowserRecordingResource>('BrowserRecordingDestination')
  .implement({
    description:
      "A recording by a browser that joins the room: the vendor's older form, replaced by `Template.recordingConfigs`.",
    fields: (t) => ({
      name: t.exposeString('name', nameOf('browser recordings')),
      role: t.exposeString('role', {
        nullable: true,
        description:
          'The name of the role that the browser joins the room with; null if the vendor omits it.',
      }),
      width: t.exposeInt('width', widthOf('the browser recording')),
      height: t.exposeInt('height', heightOf('the browser recording')),
      maxDurationSeconds: t.exposeInt('maxDuration', maxDurationOf('the browser recording')),
      autoStopTimeoutSeconds: t.exposeInt('autoStopTimeout', autoStopTimeoutOf('the browser recording')),
      presignDurationSeconds: t.exposeInt('presignDuration', presignDurationOf('the browser recording')),
      autoStart: t.boolean({
        pure: true,
        description:
          'Whether the browser recording starts automatically when the first peer joins; false if not set.',
        resolve: (destination) => destination.autoStart ?? false,
      }),
      thumbnails: t.expose('thumbnails', {
        type: Thumbnails,
        nullable: true,
        description: 'The settings for still pictures from the browser recording; null if not set.',
      }),
    }),
  });

builder.objectType(TemplateDestinations, {
  description:
    'The streams, recordings and transcriptions that rooms of a template can start. Each list is sorted by name.',
  fields: (t) => ({
    rtmp: t.field({
      type: [RtmpDestination],
      pure: true,
      description: 'The external streams (RTMP) of the template.',
      resolve: (destinations) => byName(destinations.rtmpDestinations),
    }),
    hls: t.field({
      type: [HlsDestination],
      pure: true,
      description: 'The live streams (HLS) of the template.',
      resolve: (destinations) => byName(destinations.hlsDestinations),
    }),
    transcriptions: t.field({
      type: [TranscriptionDestination],
      pure: true,
      description: 'The transcriptions of the template.',
      resolve: (destinations) => byName(destinations.transcriptions),
    }),
    browserRecordings: t.field({
      type: [BrowserRecordingDestination],
      pure: true,
      description:
        "The browser recordings of the template: the vendor's older form, replaced by `recordingConfigs`.",
      resolve: (destinations) => byName(destinations.browserRecordings),
    }),
  }),
});
