// The mutations that start, pause, resume and stop recordings. Source: the vendor's Recordings API.
import {
  pauseRecordings,
  resumeRecordings,
  startRecording,
  stopRecording,
  stopRecordings,
} from '../../resolvers/media/recording-mutations.ts';
import { ConflictError, InvalidInputError, NotFoundError, RefusedError } from '../../resolvers/outcomes.ts';
import type { StoppedJobs } from '../../src/rest/media/jobs.ts';
import type { RecordingResource } from '../../src/rest/media/recordings.ts';
import { writes } from '../access.ts';
import { builder } from '../builder.ts';
import { calls } from '../prices.ts';
import { Recording, ResolutionInput, TranscriptionInput } from '../refs.ts';

const StoppedRecordings = builder.objectRef<StoppedJobs<RecordingResource>>('StoppedRecordings').implement({
  description: 'The answer to stopping all recordings of a room.',
  fields: (t) => ({
    recordings: t.field({
      type: [Recording],
      description: 'The recordings that are stopping, with their status at this moment.',
      resolve: ({ jobs }) => [...jobs],
    }),
    error: t.exposeString('error', {
      nullable: true,
      description:
        "Why some of the recordings could not be stopped, in the vendor's words; null if all of them stop.",
    }),
  }),
});

builder.inputType(ResolutionInput, {
  description: 'Size of a picture to record or stream; without it the vendor uses 1280 by 720 pixels.',
  fields: (t) => ({
    width: t.int({ required: true, description: 'Requested width of the picture, in pixels.' }),
    height: t.int({ required: true, description: 'Requested height of the picture, in pixels.' }),
  }),
});

const StartRecordingInput = builder.inputType('StartRecordingInput', {
  description: 'Settings of a recording to start.',
  fields: (t) => ({
    roomId: t.id({
      required: true,
      description: 'Vendor id or global id of the room to record; it must be live.',
    }),
    meetingUrl: t.string({
      description:
        'Web page that the vendor opens in a browser and records; it must join the room by itself. Required when the vendor has no page of its own for the room, as with templates made over REST.',
    }),
    destination: t.string({
      description:
        "Name of the destination in the room's template whose settings the recording follows; required when the template has several for recordings.",
    }),
    audioOnly: t.boolean({ description: 'Whether to record one mixed audio file instead of a video.' }),
    resolution: t.field({
      type: ResolutionInput,
      description: 'Size of the recorded picture; 1280 by 720 pixels by default.',
    }),
    transcription: t.field({
      type: TranscriptionInput,
      description: 'How to transcribe the recording; by default it follows the template.',
    }),
  }),
});

const StopRecordingInput = builder.inputType('StopRecordingInput', {
  description: 'Which recording to stop.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Vendor id or global id of the recording to stop.' }),
  }),
});

const RoomRecordingsInput = builder.inputType('RoomRecordingsInput', {
  description: 'The room whose recordings stop, pause or resume.',
  fields: (t) => ({
    roomId: t.id({
      required: true,
      description: 'Vendor id or global id of the room whose recordings stop, pause or resume.',
    }),
  }),
});

builder.mutationFields((t) => ({
  startRecording: t.field({
    type: Recording,
    errors: { types: [NotFoundError, InvalidInputError, ConflictError, RefusedError] },
    access: { ...writes('recordings'), room: (_root, { input }) => input.roomId },
    ...calls(1),
    description:
      'Starts a composite recording of a room: one video of the whole call. The answer has the status `STARTING`; the recording runs some seconds later. Costs one REST call.',
    args: {
      input: t.arg({
        type: StartRecordingInput,
        required: true,
        description: 'The room to record and how to record it.',
      }),
    },
    resolve: (_root, { input }, context) => startRecording(input, context),
  }),
  stopRecording: t.field({
    type: Recording,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('recordings'), roomOf: (_root, { input }) => ({ type: 'Recording', id: input.id }) },
    ...calls(1),
    description: 'Stops one recording. Its files appear some seconds to minutes later. Costs one REST call.',
    args: {
      input: t.arg({ type: StopRecordingInput, required: true, description: 'The recording that stops.' }),
    },
    resolve: (_root, { input }, context) => stopRecording(input, context),
  }),
  stopRecordings: t.field({
    type: StoppedRecordings,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('recordings'), room: (_root, { input }) => input.roomId },
    ...calls(1),
    description:
      'Stops all running recordings of a room. Their files appear some seconds to minutes later. Costs one REST call.',
    args: {
      input: t.arg({
        type: RoomRecordingsInput,
        required: true,
        description: 'The room whose recordings stop.',
      }),
    },
    resolve: (_root, { input }, context) => stopRecordings(input, context),
  }),
  pauseRecordings: t.field({
    type: Recording,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('recordings'), room: (_root, { input }) => input.roomId },
    ...calls(1),
    description:
      'Pauses the recording of a room. The status stays `RUNNING`; no field shows a pause. Costs one REST call.',
    args: {
      input: t.arg({
        type: RoomRecordingsInput,
        required: true,
        description: 'The room whose recording pauses.',
      }),
    },
    resolve: (_root, { input }, context) => pauseRecordings(input, context),
  }),
  resumeRecordings: t.field({
    type: Recording,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('recordings'), room: (_root, { input }) => input.roomId },
    ...calls(1),
    description: 'Resumes the paused recording of a room. The status stays `RUNNING`. Costs one REST call.',
    args: {
      input: t.arg({
        type: RoomRecordingsInput,
        required: true,
        description: 'The room whose recording resumes.',
      }),
    },
    resolve: (_root, { input }, context) => resumeRecordings(input, context),
  }),
}));
