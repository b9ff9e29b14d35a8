// Input types for a template's destinations, with the same field names as TemplateDestinations answers. Source: the
// vendor's Policy (templates) API.
import { builder } from '../builder.ts';
import { TranscriptFormat, TranscriptionMode } from '../enums.ts';
import { endFields, presignDuration, sizeFields, SummaryInput, type InputFields } from '../inputs.ts';
import {
  HlsDestinationInput,
  RtmpDestinationInput,
  TemplateDestinationsInput,
  ThumbnailsInput,
  TranscriptionDestinationInput,
  UpdateTemplateDestinationsInput,
} from '../refs.ts';
import { PlaylistType } from './template-enums.ts';

const destinationName = (t: InputFields, nouns: string) =>
  t.string({
    required: true,
    description: `The name of the destination, unique among the template's ${nouns}.`,
  });

builder.inputType(RtmpDestinationInput, {
  description: 'An external stream (RTMP), for example to YouTube, that rooms of the template can start.',
  fields: (t) => ({
    name: destinationName(t, 'external streams'),
    rtmpUrls: t.stringList({
      description:
        'The URLs to which the stream is sent, at most 3. They contain stream keys, so no field ever shows them.',
    }),
    recordingEnabled: t.boolean({ description: 'Whether the external stream is recorded while it runs.' }),
    ...sizeFields(t, "the external stream's picture"),
    ...endFields(t, 'the external stream'),
  }),
});

const VideoLayerInput = builder.inputType('VideoLayerInput', {
  description: 'One quality of a live stream to send or record.',
  fields: (t) => ({
    width: t.int({
      description:
        "The layer's width in pixels, an even number: 192 to 1,920 if it is the longer side, 144 to 1,080 if the shorter.",
    }),
    height: t.int({
      description:
        "The layer's height in pixels, an even number: 192 to 1,920 if it is the longer side, 144 to 1,080 if the shorter.",
    }),
    videoBitrateKbps: t.int({ description: "The bitrate of the layer's video, in kbit/s." }),
    audioBitrateKbps: t.int({ description: "The bitrate of the layer's audio, in kbit/s." }),
  }),
});

const HlsRecordingInput = builder.inputType('HlsRecordingInput', {
  description: 'Settings for the recording of a live stream.',
  fields: (t) => ({
    hlsVod: t.boolean({
      description: 'Whether the recorded live stream can be replayed as HLS (video on demand).',
    }),
    singleFilePerLayer: t.boolean({
      description: 'Whether the recording has a separate file for each layer.',
    }),
    enableZipUpload: t.boolean({
      description:
        'Whether the recording is uploaded as a zip file. The vendor refuses this if you have no bucket of your own.',
    }),
    layers: t.field({
      type: [VideoLayerInput],
      description: "Which of the destination's `layers` to record; by default all.",
    }),
    thumbnails: t.field({
      type: ThumbnailsInput,
      description: 'The still pictures to take from the recorded live stream.',
    }),
    presignDurationSeconds: presignDuration(t, "the live stream's recording"),
  }),
});

builder.inputType(HlsDestinationInput, {
  description: 'A live stream (HLS) that rooms of the template can start.',
  fields: (t) => ({
    name: destinationName(t, 'live streams'),
    layers: t.field({
      type: [VideoLayerInput],
      description: 'The layers (qualities) of the live stream, best first.',
    }),
    playlistType: t.field({ type: PlaylistType, description: 'How far back viewers can rewind.' }),
    numPlaylistSegments: t.int({
      description: 'The number of segments in a `LIVE` playlist, each 2 s long: 3 to 150.',
    }),
    videoFrameRate: t.int({ description: "The frame rate of the live stream's video, in frames a second." }),
    enableMetadataInsertion: t.boolean({
      description: 'Whether timed metadata can be inserted into the live stream.',
    }),
    enableStaticUrl: t.boolean({
      description: 'Whether each live stream of this destination has the same URL.',
    }),
    recording: t.field({ type: HlsRecordingInput, description: 'Settings for recording the live stream.' }),
    ...endFields(t, 'the live stream'),
  }),
});

const TranslationLanguageInput = builder.inputType('TranslationLanguageInput', {
  description: 'A role of the template and the language into which to translate its captions.',
  fields: (t) => ({
    role: t.string({
      required: true,
      description: 'The name of the role that gets translated captions.',
    }),
    language: t.string({
      required: true,
      description: 'The code of the language to translate into, such as `es`.',
    }),
  }),
});

builder.inputType(TranscriptionDestinationInput, {
  description: 'A transcription of speech in rooms of the template.',
  fields: (t) => ({
    name: destinationName(t, 'transcriptions'),
    role: t.string({
      description:
        'The name of a role: speech of the roles to which this role subscribes is transcribed. Required for a new transcription.',
    }),
    modes: t.field({ type: [TranscriptionMode], description: 'What the transcription is used for.' }),
    outputModes: t.field({
      type: [TranscriptFormat],
      description: 'The formats of the transcript files to write; used in the `RECORDED` mode only.',
    }),
    customVocabulary: t.stringList({
      description: 'Words outside its dictionary, such as names, that the transcription should recognize.',
    }),
    summary: t.field({
      type: SummaryInput,
      description: 'Settings for a summary; used in the `RECORDED` mode only.',
    }),
    translationEnabled: t.boolean({
      description: 'Whether to translate captions; used in the `CAPTION` mode only.',
    }),
    translationLanguages: t.field({
      type: [TranslationLanguageInput],
      description: 'The languages into which captions are translated, at most one for each role.',
    }),
  }),
});

/** The three lists of destinations: of `createTemplate` and its like, and of `updateTemplateDestinations`. */
const destinationsFields = (t: InputFields, purpose: string) => ({
  rtmp: t.field({ type: [RtmpDestinationInput], description: `The external streams (RTMP) ${purpose}.` }),
  hls: t.field({ type: [HlsDestinationInput], description: `The live streams (HLS) ${purpose}.` }),
  transcriptions: t.field({
    type: [TranscriptionDestinationInput],
    description: `The transcriptions ${purpose}.`,
  }),
});

builder.inputType(TemplateDestinationsInput, {
  description: 'The external streams, live streams and transcriptions that rooms of a template can start.',
  fields: (t) => destinationsFields(t, 'for rooms of the template'),
});

builder.inputType(UpdateTemplateDestinationsInput, {
  description:
    'The destinations of a template to add, change or remove, identified by their names. Fields that are omitted or null keep their values.',
  fields: (t) => ({
    templateId: t.id({
      required: true,
      description: 'The vendor id or global id of the template whose destinations change.',
    }),
    ...destinationsFields(t, 'to add or change'),
    removeRtmp: t.stringList({
      description: 'The names of the external streams to remove from the template.',
    }),
    removeHls: t.stringList({ description: 'The names of the live streams to remove from the template.' }),
    removeTranscriptions: t.stringList({
      description: 'The names of the transcriptions to remove from the template.',
    }),
  }),
});
