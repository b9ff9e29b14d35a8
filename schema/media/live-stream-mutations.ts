// Starting, telling, pausing and stopping live streams. Source: the vendor's Live Streams API.
import {
  pauseRecordingOf,
  resumeRecordingOf,
  sendTimedMetadataOf,
  startLiveStreamOf,
  stopLiveStreamOf,
  stopLiveStreamsOf,
} from '../../resolvers/media/live-stream-mutations.ts';
import type { StoppedJobs } from '../../src/rest/media/jobs.ts';
import type { LiveStreamResource } from '../../src/rest/media/live-streams.ts';
import { writes } from '../access.ts';
import { builder } from '../builder.ts';
import { calls } from '../prices.ts';
import { LiveStream, LiveStreamTranscriptionInput } from '../refs.ts';

const StoppedLiveStreams = builder
  .objectRef<StoppedJobs<LiveStreamResource>>('StoppedLiveStreams')
  .implement({
    description: 'The live streams of a room that were told to stop.',
    fields: (t) => ({
      liveStreams: t.field({
        type: [LiveStream],
        description: 'Those that stop.',
        resolve: ({ jobs }) => [...jobs],
      }),
      error: t.exposeString('error', {
        nullable: true,
        description: "What went wrong with some of them, in the vendor's words; null when nothing did.",
      }),
    }),
  });

const LiveStreamRecordingInput = builder.inputType('LiveStreamRecordingInput', {
  description: "What is recorded of a live stream. What is left out follows the template's settings.",
  fields: (t) => ({
    hlsVod: t.boolean({ description: 'Whether it can be played again as it was streamed.' }),
    singleFilePerLayer: t.boolean({ description: 'Whether each quality becomes a video file.' }),
  }),
});

const StartLiveStreamInput = builder.inputType('StartLiveStreamInput', {
  description: 'The live stream to start.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Vendor id or global id of the room.' }),
    meetingUrl: t.string({
      description:
        'Page that joins the room at one click, which is what viewers see. The vendor wants it where its own page is not set up, as in templates made over REST.',
    }),
    destination: t.string({
      description: "Name of the template's destination; needed where it has several.",
    }),
    recording: t.field({ type: LiveStreamRecordingInput, description: 'What is recorded of it.' }),
    transcription: t.field({ type: LiveStreamTranscriptionInput, description: 'How it is transcribed.' }),
  }),
});

const LiveStreamInput = builder.inputType('LiveStreamInput', {
  description: 'Which live stream.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Vendor id or global id of the live stream.' }),
  }),
});

const StopLiveStreamsInput = builder.inputType('StopLiveStreamsInput', {
  description: 'Whose live streams.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Vendor id or global id of the room.' }),
  }),
});

const TimedMetadataInput = builder.inputType('SendTimedMetadataInput', {
  description: 'What to tell the players of a live stream.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Vendor id or global id of the live stream.' }),
    payload: t.string({ required: true, description: 'The text, at most 100 characters.' }),
    duration: t.int({ required: true, description: 'For how many seconds it holds.' }),
  }),
});

builder.mutationFields((t) => ({
  startLiveStream: t.field({
    type: LiveStream,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('live-streams'), room: input.roomId }),
    ...calls(1),
    description: 'Starts a live stream of a room; it runs some seconds later.',
    args: { input: t.arg({ type: StartLiveStreamInput, required: true, description: 'The live stream.' }) },
    resolve: (_root, { input }, context) => startLiveStreamOf(input, context),
  }),
  stopLiveStream: t.field({
    type: LiveStream,
    errors: {},
    authScopes: (_root, { input }) => ({
      ...writes('live-streams'),
      roomOf: { type: 'LiveStream', id: input.id },
    }),
    ...calls(1),
    description: 'Stops a live stream. Its files come afterwards.',
    args: { input: t.arg({ type: LiveStreamInput, required: true, description: 'The live stream.' }) },
    resolve: (_root, { input }, context) => stopLiveStreamOf(input.id, context),
  }),
  stopLiveStreams: t.field({
    type: StoppedLiveStreams,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('live-streams'), room: input.roomId }),
    ...calls(1),
    description: 'Stops all live streams of a room.',
    args: { input: t.arg({ type: StopLiveStreamsInput, required: true, description: 'The room.' }) },
    resolve: (_root, { input }, context) => stopLiveStreamsOf(input, context),
  }),
  sendTimedMetadata: t.field({
    type: LiveStream,
    errors: {},
    authScopes: (_root, { input }) => ({
      ...writes('live-streams'),
      roomOf: { type: 'LiveStream', id: input.id },
    }),
    ...calls(1),
    description: 'Tells all players of a live stream something, in time with the picture.',
    args: { input: t.arg({ type: TimedMetadataInput, required: true, description: 'What to tell.' }) },
    resolve: (_root, { input }, context) => sendTimedMetadataOf(input, context),
  }),
  pauseLiveStreamRecording: t.field({
    type: LiveStream,
    errors: {},
    authScopes: (_root, { input }) => ({
      ...writes('live-streams'),
      roomOf: { type: 'LiveStream', id: input.id },
    }),
    ...calls(1),
    description: 'Stops recording a live stream, which goes on. Nothing in the answer tells of it.',
    args: { input: t.arg({ type: LiveStreamInput, required: true, description: 'The live stream.' }) },
    resolve: (_root, { input }, context) => pauseRecordingOf(input.id, context),
  }),
  resumeLiveStreamRecording: t.field({
    type: LiveStream,
    errors: {},
    authScopes: (_root, { input }) => ({
      ...writes('live-streams'),
      roomOf: { type: 'LiveStream', id: input.id },
    }),
    ...calls(1),
    description: 'Goes on recording a live stream. Nothing in the answer tells of it.',
    args: { input: t.arg({ type: LiveStreamInput, required: true, description: 'The live stream.' }) },
    resolve: (_root, { input }, context) => resumeRecordingOf(input.id, context),
  }),
}));
