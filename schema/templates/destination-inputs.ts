// What callers give of a template's destinations: the counterpart of TemplateDestinations' fields.
import { builder } from '../builder.ts';
import {
  HlsDestinationInput,
  RtmpDestinationInput,
  TemplateDestinationsInput,
  ThumbnailsInput,
  TranscriptionDestinationInput,
  UpdateTemplateDestinationsInput,
} from '../refs.ts';

type InputFields = PothosSchemaTypes.InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>;

const width = (t: InputFields) => t.int({ description: 'Pixels.' });
const height = width;
const maxDuration = (t: InputFields) => t.int({ description: 'End it after this many seconds.' });
const autoStopTimeout = (t: InputFields) =>
  t.int({
    description: 'How long it goes on after the last peer has left; the vendor does not document the unit.',
  });
const presignDuration = (t: InputFields) =>
  t.int({ description: 'Seconds for which links to its files are good.' });
const destinationName = (t: InputFields) =>
  t.string({ required: true, description: 'Its name, unique among those of its kind.' });

builder.inputType(RtmpDestinationInput, {
  description: 'An external stream (RTMP).',
  fields: (t) => ({
    name: destinationName(t),
    rtmpUrls: t.stringList({
      description: 'Where it goes, at most 3 URLs; they hold stream keys and are never shown again.',
    }),
    recordingEnabled: t.boolean({ description: 'Whether the stream is recorded as well.' }),
    width: width(t),
    height: height(t),
    maxDuration: maxDuration(t),
    autoStopTimeout: autoStopTimeout(t),
  }),
});

const VideoLayerInput = builder.inputType('VideoLayerInput', {
  description: 'One quality of a live stream.',
  fields: (t) => ({
    width: width(t),
    height: height(t),
    videoBitrate: t.int({ description: 'kbit/s.' }),
    audioBitrate: t.int({ description: 'kbit/s.' }),
  }),
});

const HlsRecordingInput = builder.inputType('HlsRecordingInput', {
  description: 'How a live stream is recorded.',
  fields: (t) => ({
    hlsVod: t.boolean({ description: 'Whether it can be replayed as HLS.' }),
    singleFilePerLayer: t.boolean({ description: 'Whether each quality becomes a file of its own.' }),
    enableZipUpload: t.boolean({
      description: "Whether it is put into the customer's own storage as a zip file.",
    }),
    layers: t.field({
      type: [VideoLayerInput],
      description: "Which of the stream's qualities are recorded.",
    }),
    thumbnails: t.field({ type: ThumbnailsInput, description: 'Pictures taken from it.' }),
    presignDuration: presignDuration(t),
  }),
});

const PlaylistType = builder.enumType('PlaylistType', {
  description: 'How a live stream can be seen.',
  values: {
    EVENT: { value: 'event', description: 'It can be rewound to its beginning.' },
    LIVE: { value: 'live', description: 'Only its last segments can be seen.' },
  } as const,
});

builder.inputType(HlsDestinationInput, {
  description: 'A live stream (HLS).',
  fields: (t) => ({
    name: destinationName(t),
    layers: t.field({ type: [VideoLayerInput], description: 'Its qualities, best first.' }),
    playlistType: t.field({ type: PlaylistType, description: 'How it can be seen.' }),
    numPlaylistSegments: t.int({ description: 'Segments of 2 s in a live playlist, 3 to 150.' }),
    videoFrameRate: t.int({ description: 'Frames a second.' }),
    enableMetadataInsertion: t.boolean({ description: 'Whether timed metadata can be put into it.' }),
    enableStaticUrl: t.boolean({ description: 'Whether its URL stays the same from stream to stream.' }),
    recording: t.field({ type: HlsRecordingInput, description: 'How it is recorded.' }),
    maxDuration: maxDuration(t),
    autoStopTimeout: autoStopTimeout(t),
  }),
});

const TranscriptionMode = builder.enumType('TranscriptionMode', {
  description: 'What a transcription is made for.',
  values: {
    RECORDED: { value: 'recorded', description: 'Files, once a recording has ended.' },
    LIVE: { value: 'live', description: 'Live streams.' },
    CAPTION: { value: 'caption', description: 'Captions in the room.' },
  } as const,
});

const TranscriptionOutput = builder.enumType('TranscriptionOutput', {
  description: 'Files that a transcription is written to.',
  values: {
    TXT: { value: 'txt', description: 'Plain text.' },
    SRT: { value: 'srt', description: 'Subtitles.' },
    JSON: { value: 'json', description: 'JSON.' },
  } as const,
});

const SummaryFormat = builder.enumType('SummaryFormat', {
  description: 'How a part of a summary is written.',
  values: {
    BULLETS: { value: 'bullets', description: 'A list.' },
    PARAGRAPH: { value: 'paragraph', description: 'Running text.' },
  } as const,
});

const SummarySectionInput = builder.inputType('TemplateSummarySectionInput', {
  description: 'A part of a summary.',
  fields: (t) => ({
    title: t.string({ required: true, description: 'Its heading, up to 100 characters.' }),
    format: t.field({ type: SummaryFormat, required: true, description: 'How it is written.' }),
  }),
});

const SummaryInput = builder.inputType('TemplateSummaryInput', {
  description: 'How a recorded transcription is summed up.',
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether a summary is written.' }),
    context: t.string({ description: 'What the meeting is about, up to 300 characters.' }),
    temperature: t.float({ description: 'How freely it is written, 0.1 to 1.' }),
    sections: t.field({ type: [SummarySectionInput], description: 'Its parts, at most 6.' }),
  }),
});

const TranslationLanguageInput = builder.inputType('TranslationLanguageInput', {
  description: 'The language into which captions are translated for a role.',
  fields: (t) => ({
    role: t.string({ required: true, description: 'Name of the role.' }),
    language: t.string({ required: true, description: 'Code of the language, such as `es`.' }),
  }),
});

builder.inputType(TranscriptionDestinationInput, {
  description: 'A transcription of what is said.',
  fields: (t) => ({
    name: destinationName(t),
    role: t.string({
      description: 'Name of a role: whoever it hears is written down. Needed for a new one.',
    }),
    modes: t.field({ type: [TranscriptionMode], description: 'What it is made for.' }),
    outputModes: t.field({ type: [TranscriptionOutput], description: 'Files of the recorded mode.' }),
    customVocabulary: t.stringList({ description: 'Words that the transcription should know.' }),
    summary: t.field({ type: SummaryInput, description: 'How it is summed up.' }),
    translationEnabled: t.boolean({ description: 'Whether captions are translated.' }),
    translationLanguages: t.field({
      type: [TranslationLanguageInput],
      description: 'Into which language captions are translated, by role.',
    }),
  }),
});

/** Destinations stand in an input of their own and in that of their mutation. */
const destinationsFields = (t: InputFields) => ({
  rtmp: t.field({ type: [RtmpDestinationInput], description: 'External streams (RTMP).' }),
  hls: t.field({ type: [HlsDestinationInput], description: 'Live streams (HLS).' }),
  transcriptions: t.field({ type: [TranscriptionDestinationInput], description: 'Transcriptions.' }),
});

builder.inputType(TemplateDestinationsInput, {
  description: 'Where the rooms of a template can be streamed and transcribed to.',
  fields: destinationsFields,
});

builder.inputType(UpdateTemplateDestinationsInput, {
  description:
    'Destinations to add, to change by their names, or to remove. What is left out or null stays as it is.',
  fields: (t) => ({
    templateId: t.id({ required: true, description: 'Vendor id or global id of the template.' }),
    ...destinationsFields(t),
    removeRtmp: t.stringList({ description: 'Names of the external streams to remove.' }),
    removeHls: t.stringList({ description: 'Names of the live streams to remove.' }),
    removeTranscriptions: t.stringList({ description: 'Names of the transcriptions to remove.' }),
  }),
});
