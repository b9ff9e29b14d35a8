// Where the rooms of a template can be streamed, recorded and transcribed to. The vendor keeps each kind as a map by
// name; the graph has lists. URLs of RTMP destinations hold stream keys and are no fields of the graph.
import { byName } from '../../resolvers/templates/templates.ts';
import { textOrNull } from '../../resolvers/values.ts';
import type {
  BrowserRecordingDestination as BrowserRecordingResource,
  HlsDestination as HlsResource,
  RtmpDestination as RtmpResource,
  TranscriptionDestination as TranscriptionResource,
  VideoLayer as VideoLayerResource,
} from '../../src/openapi/types.ts';
import { builder } from '../builder.ts';
import { TemplateDestinations, Thumbnails } from '../refs.ts';

const width = { nullable: true, description: 'Pixels; null when not given.' } as const;
const height = width;
const maxDuration = {
  nullable: true,
  description: 'Ended after this many seconds; null when not given.',
} as const;
const autoStopTimeout = {
  nullable: true,
  description:
    'How long it goes on after the last peer has left, in the unit of the vendor, which does not document it; null when not given.',
} as const;
const presignDuration = {
  nullable: true,
  description: 'Seconds for which links to its files are good; null when not given.',
} as const;

const RtmpDestination = builder.objectRef<RtmpResource>('RtmpDestination').implement({
  description: 'An external stream (RTMP). Its URLs hold stream keys and are never shown.',
  fields: (t) => ({
    name: t.exposeString('name', {
      nullable: true,
      description: 'Its name, unique among those of its kind.',
    }),
    width: t.exposeInt('width', width),
    height: t.exposeInt('height', height),
    maxDuration: t.exposeInt('maxDuration', maxDuration),
    autoStopTimeout: t.exposeInt('autoStopTimeout', autoStopTimeout),
    recordingEnabled: t.boolean({
      description: 'Whether the stream is recorded as well.',
      resolve: (destination) => destination.recordingEnabled ?? false,
    }),
  }),
});

const VideoLayer = builder.objectRef<VideoLayerResource>('VideoLayer').implement({
  description: 'One quality of a live stream.',
  fields: (t) => ({
    width: t.exposeInt('width', width),
    height: t.exposeInt('height', height),
    videoBitrate: t.exposeInt('videoBitrate', {
      nullable: true,
      description: 'kbit/s; null when not given.',
    }),
    audioBitrate: t.exposeInt('audioBitrate', {
      nullable: true,
      description: 'kbit/s; null when not given.',
    }),
  }),
});

const HlsRecording = builder.objectRef<NonNullable<HlsResource['recording']>>('HlsRecording').implement({
  description: 'How a live stream is recorded.',
  fields: (t) => ({
    hlsVod: t.boolean({
      description: 'Whether it can be replayed as HLS.',
      resolve: (recording) => recording.hlsVod ?? false,
    }),
    singleFilePerLayer: t.boolean({
      description: 'Whether each quality becomes a file of its own.',
      resolve: (recording) => recording.singleFilePerLayer ?? false,
    }),
    enableZipUpload: t.boolean({
      description: "Whether it is put into the customer's own storage as a zip file.",
      resolve: (recording) => recording.enableZipUpload ?? false,
    }),
    layers: t.field({
      type: [VideoLayer],
      description: "Which of the stream's qualities are recorded; empty: all.",
      resolve: (recording) => recording.layers ?? [],
    }),
    thumbnails: t.expose('thumbnails', {
      type: Thumbnails,
      nullable: true,
      description: 'Pictures taken from it; null when not given.',
    }),
    presignDuration: t.exposeInt('presignDuration', presignDuration),
  }),
});

const HlsDestination = builder.objectRef<HlsResource>('HlsDestination').implement({
  description: 'A live stream (HLS).',
  fields: (t) => ({
    name: t.exposeString('name', {
      nullable: true,
      description: 'Its name, unique among those of its kind.',
    }),
    role: t.string({
      nullable: true,
      description: 'Name of the role with which the stream is composed; null when not given.',
      resolve: (destination) => textOrNull(destination.role),
    }),
    maxDuration: t.exposeInt('maxDuration', maxDuration),
    autoStopTimeout: t.exposeInt('autoStopTimeout', autoStopTimeout),
    layers: t.field({
      type: [VideoLayer],
      description: 'Its qualities, best first.',
      resolve: (destination) => destination.layers ?? [],
    }),
    playlistType: t.string({
      nullable: true,
      description: '`event` (can be rewound) or `live`; null when not given.',
      resolve: (destination) => textOrNull(destination.playlistType),
    }),
    numPlaylistSegments: t.exposeInt('numPlaylistSegments', {
      nullable: true,
      description: 'Segments of 2 s in a live playlist, 3 to 150; null when not given.',
    }),
    videoFrameRate: t.exposeInt('videoFrameRate', {
      nullable: true,
      description: 'Frames a second; null when not given.',
    }),
    enableMetadataInsertion: t.boolean({
      description: 'Whether timed metadata can be put into it.',
      resolve: (destination) => destination.enableMetadataInsertion ?? false,
    }),
    enableStaticUrl: t.boolean({
      description: 'Whether its URL stays the same from stream to stream.',
      resolve: (destination) => destination.enableStaticUrl ?? false,
    }),
    recording: t.expose('recording', {
      type: HlsRecording,
      nullable: true,
      description: 'How it is recorded; null when not given.',
    }),
  }),
});

const BrowserRecordingDestination = builder
  .objectRef<BrowserRecordingResource>('BrowserRecordingDestination')
  .implement({
    description: 'A recording by a browser that joins the room; the older form of `recordingConfigs`.',
    fields: (t) => ({
      name: t.exposeString('name', {
        nullable: true,
        description: 'Its name, unique among those of its kind.',
      }),
      role: t.exposeString('role', {
        nullable: true,
        description: 'Name of the role with which the browser joins.',
      }),
      width: t.exposeInt('width', width),
      height: t.exposeInt('height', height),
      maxDuration: t.exposeInt('maxDuration', maxDuration),
      autoStopTimeout: t.exposeInt('autoStopTimeout', autoStopTimeout),
      presignDuration: t.exposeInt('presignDuration', presignDuration),
      autoStart: t.boolean({
        description: 'Whether it begins with the first peer.',
        resolve: (destination) => destination.autoStart ?? false,
      }),
      thumbnails: t.expose('thumbnails', {
        type: Thumbnails,
        nullable: true,
        description: 'Pictures taken from it; null when not given.',
      }),
    }),
  });

type SummaryResource = NonNullable<TranscriptionResource['summary']>;

const SummarySection = builder
  .objectRef<NonNullable<SummaryResource['sections']>[number]>('TranscriptionSummarySection')
  .implement({
    description: 'A part of a summary.',
    fields: (t) => ({
      title: t.exposeString('title', { nullable: true, description: 'Its heading, up to 100 characters.' }),
      format: t.exposeString('format', { nullable: true, description: '`bullets` or `paragraph`.' }),
    }),
  });

const TranscriptionSummary = builder.objectRef<SummaryResource>('TranscriptionSummary').implement({
  description: 'How a recorded transcription is summed up.',
  fields: (t) => ({
    enabled: t.boolean({
      description: 'Whether a summary is written.',
      resolve: (summary) => summary.enabled ?? false,
    }),
    context: t.string({
      nullable: true,
      description: 'What the meeting is about, up to 300 characters; null when not given.',
      resolve: (summary) => textOrNull(summary.context),
    }),
    temperature: t.exposeFloat('temperature', {
      nullable: true,
      description: 'How freely it is written, 0.1 to 1; null when not given.',
    }),
    sections: t.field({
      type: [SummarySection],
      description: 'Its parts, at most 6.',
      resolve: (summary) => summary.sections ?? [],
    }),
  }),
});

const TranslationLanguage = builder
  .objectRef<{ readonly role: string; readonly language: string }>('TranslationLanguage')
  .implement({
    description: 'The language into which captions are translated for a role.',
    fields: (t) => ({
      role: t.exposeString('role', { description: 'Name of the role.' }),
      language: t.exposeString('language', { description: 'Code of the language, such as `es`.' }),
    }),
  });

const TranscriptionDestination = builder
  .objectRef<TranscriptionResource>('TranscriptionDestination')
  .implement({
    description: 'A transcription of what is said.',
    fields: (t) => ({
      name: t.exposeString('name', {
        nullable: true,
        description: 'Its name, unique among those of its kind.',
      }),
      role: t.exposeString('role', {
        nullable: true,
        description: 'Name of a role: whoever it hears is written down.',
      }),
      modes: t.stringList({
        description: 'Of `recorded`, `live`, `caption`.',
        resolve: (destination) => destination.modes ?? [],
      }),
      outputModes: t.stringList({
        description: 'Files of the recorded mode: of `txt`, `srt`, `json`.',
        resolve: (destination) => destination.outputModes ?? [],
      }),
      customVocabulary: t.stringList({
        description: 'Words that the transcription should know.',
        resolve: (destination) => destination.customVocabulary ?? [],
      }),
      summary: t.expose('summary', {
        type: TranscriptionSummary,
        nullable: true,
        description: 'How it is summed up; null when not given.',
      }),
      translationEnabled: t.boolean({
        description: 'Whether captions are translated.',
        resolve: (destination) => destination.translation?.enabled ?? false,
      }),
      translationLanguages: t.field({
        type: [TranslationLanguage],
        description: 'Into which language captions are translated, by role.',
        resolve: ({ translation }) =>
          Object.entries(translation?.roleLanguages ?? {}).map(([role, language]) => ({ role, language })),
      }),
    }),
  });

builder.objectType(TemplateDestinations, {
  description:
    'Where the rooms of a template can be streamed, recorded and transcribed to; each kind by name.',
  fields: (t) => ({
    rtmp: t.field({
      type: [RtmpDestination],
      description: 'External streams (RTMP).',
      resolve: (destinations) => byName(destinations.rtmpDestinations),
    }),
    hls: t.field({
      type: [HlsDestination],
      description: 'Live streams (HLS).',
      resolve: (destinations) => byName(destinations.hlsDestinations),
    }),
    transcriptions: t.field({
      type: [TranscriptionDestination],
      description: 'Transcriptions.',
      resolve: (destinations) => byName(destinations.transcriptions),
    }),
    browserRecordings: t.field({
      type: [BrowserRecordingDestination],
      description: 'Recordings by a browser; the older form of `recordingConfigs`.',
      resolve: (destinations) => byName(destinations.browserRecordings),
    }),
  }),
});
