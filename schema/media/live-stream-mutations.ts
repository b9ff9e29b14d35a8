// The mutations of live streams (HLS): start, stop, timed metadata, pause and resume of the recording. Source: the vendor's Live
// Streams API.
import {
  pauseLiveStreamRecording,
  resumeLiveStreamRecording,
  sendTimedMetadata,
  startLiveStream,
  stopLiveStream,
  stopLiveStreams,
} from '../../resolvers/media/live-stream-mutations.ts';
import { ConflictError, InvalidInputError, NotFoundError, RefusedError } from '../../resolvers/outcomes.ts';
import type { StoppedJobs } from '../../src/rest/media/jobs.ts';
import type { LiveStreamResource } from '../../src/rest/media/live-streams.ts';
import { writes } from '../access.ts';
import { builder } from '../builder.ts';
import { calls } from '../prices.ts';
import { LiveStream, LiveStreamTranscriptionInput } from '../refs.ts';

const StoppedLiveStreams = builder
  .objectRef<StoppedJobs<LiveStreamResource>>('StoppedLiveStreams')
  .implement({
    description: 'The answer to stopping all live streams of a room.',
    fields: (t) => ({
      liveStreams: t.field({
        type: [LiveStream],
        description: 'The live streams that are stopping, with their status at this moment.',
        resolve: ({ jobs }) => [...jobs],
      }),
      error: t.exposeString('error', {
        nullable: true,
        description:
          "Why some of the live streams could not be stopped, in the vendor's words; null if all of them stop.",
      }),
    }),
  });

const LiveStreamRecordingInput = builder.inputType('LiveStreamRecordingInput', {
  description: "What to record of a live stream. Omitted fields follow the template's settings.",
  fields: (t) => ({
    hlsVod: t.boolean({
      description: 'Whether to keep the live stream for replay as HLS: a `ROOM_VOD` file.',
    }),
    singleFilePerLayer: t.boolean({
      description: 'Whether to make one video file for each quality (layer) of the live stream.',
    }),
  }),
});

const StartLiveStreamInput = builder.inputType('StartLiveStreamInput', {
  description: 'Settings of a live stream to start.',
  fields: (t) => ({
    roomId: t.id({
      required: true,
      description: 'Vendor id or global id of the room to stream live; it must be live.',
    }),
    meetingUrl: t.string({
      description:
        'Web page that the vendor opens in a browser and shows to the viewers; it must join the room by itself. Required when the vendor has no page of its own for the room, as with templates made over REST.',
    }),
    destination: t.string({
      description:
        "Name of the HLS destination in the room's template; required when the template has several.",
    }),
    recording: t.field({
      type: LiveStreamRecordingInput,
      description: 'What to record of the live stream; by default it follows the template.',
    }),
    transcription: t.field({
      type: LiveStreamTranscriptionInput,
      description: 'How to transcribe the live stream; by default it follows the template.',
    }),
  }),
});

const LiveStreamInput = builder.inputType('LiveStreamInput', {
  description: 'Which live stream to change.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Vendor id or global id of the live stream to change.' }),
  }),
});

const StopLiveStreamsInput = builder.inputType('StopLiveStreamsInput', {
  description: "Which room's live streams to stop.",
  fields: (t) => ({
    roomId: t.id({
      required: true,
      description: 'Vendor id or global id of the room whose live streams stop.',
    }),
  }),
});

const TimedMetadataInput = builder.inputType('SendTimedMetadataInput', {
  description: 'A text for the players of a live stream.',
  fields: (t) => ({
    id: t.id({
      required: true,
      description: 'Vendor id or global id of the live stream whose players get the text.',
    }),
    payload: t.string({ required: true, description: 'The text for the players, at most 100 characters.' }),
    durationSeconds: t.int({ required: true, description: 'For how many seconds the text is valid.' }),
  }),
});

builder.mutationFields((t) => ({
  startLiveStream: t.field({
    type: LiveStream,
    errors: { types: [NotFoundError, InvalidInputError, ConflictError, RefusedError] },
    access: { ...writes('live-streams'), room: (_root, { input }) => input.roomId },
    ...calls(1),
    description:
      'Starts streaming a room live over HLS. The answer has the status `STARTING`; the live stream runs some seconds later. Costs one REST call.',
    args: {
      input: t.arg({
        type: StartLiveStreamInput,
        required: true,
        description: 'The room to stream live and how to stream it.',
      }),
    },
    resolve: (_root, { input }, context) => startLiveStream(input, context),
  }),
  stopLiveStream: t.field({
    type: LiveStream,
    errors: { types: [NotFoundError, RefusedError] },
    access: {
      ...writes('live-streams'),
      roomOf: (_root, { input }) => ({ type: 'LiveStream', id: input.id }),
    },
    ...calls(1),
    description:
      'Stops one live stream. Its recorded files appear some seconds to minutes later. Costs one REST call.',
    args: {
      input: t.arg({ type: LiveStreamInput, required: true, description: 'The live stream that stops.' }),
    },
    resolve: (_root, { input }, context) => stopLiveStream(input.id, context),
  }),
  stopLiveStreams: t.field({
    type: StoppedLiveStreams,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('live-streams'), room: (_root, { input }) => input.roomId },
    ...calls(1),
    description: 'Stops all running live streams of a room. Costs one REST call.',
    args: {
      input: t.arg({
        type: StopLiveStreamsInput,
        required: true,
        description: 'The room whose live streams stop.',
      }),
    },
    resolve: (_root, { input }, context) => stopLiveStreams(input, context),
  }),
  sendTimedMetadata: t.field({
    type: LiveStream,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: {
      ...writes('live-streams'),
      roomOf: (_root, { input }) => ({ type: 'LiveStream', id: input.id }),
    },
    ...calls(1),
    description:
      'Sends a text to all players of a live stream, in sync with the picture. Costs one REST call.',
    args: {
      input: t.arg({
        type: TimedMetadataInput,
        required: true,
        description: 'The live stream, the text and for how long the text is valid.',
      }),
    },
    resolve: (_root, { input }, context) => sendTimedMetadata(input, context),
  }),
  pauseLiveStreamRecording: t.field({
    type: LiveStream,
    errors: { types: [NotFoundError, RefusedError] },
    access: {
      ...writes('live-streams'),
      roomOf: (_root, { input }) => ({ type: 'LiveStream', id: input.id }),
    },
    ...calls(1),
    description:
      'Pauses the recording of a live stream, while the live stream itself continues. The status stays `RUNNING`; no field shows a pause. Costs one REST call.',
    args: {
      input: t.arg({
        type: LiveStreamInput,
        required: true,
        description: 'The live stream whose recording pauses.',
      }),
    },
    resolve: (_root, { input }, context) => pauseLiveStreamRecording(input.id, context),
  }),
  resumeLiveStreamRecording: t.field({
    type: LiveStream,
    errors: { types: [NotFoundError, RefusedError] },
    access: {
      ...writes('live-streams'),
      roomOf: (_root, { input }) => ({ type: 'LiveStream', id: input.id }),
    },
    ...calls(1),
    description:
      'Resumes the paused recording of a live stream. The status stays `RUNNING`. Costs one REST call.',
    args: {
      input: t.arg({
        type: LiveStreamInput,
        required: true,
        description: 'The live stream whose recording resumes.',
      }),
    },
    resolve: (_root, { input }, context) => resumeLiveStreamRecording(input.id, context),
  }),
}));
