// Starting, pausing and stopping recordings. Source: the vendor's Recordings API.
import {
  pauseRecordingsOf,
  resumeRecordingsOf,
  startRecordingOf,
  stopRecordingOf,
  stopRecordingsOf,
} from '../../resolvers/media/recording-mutations.ts';
import type { StoppedJobs } from '../../src/rest/media/jobs.ts';
import type { RecordingResource } from '../../src/rest/media/recordings.ts';
import { writes } from '../access.ts';
import { builder } from '../builder.ts';
import { calls } from '../prices.ts';
import { Recording, ResolutionInput, TranscriptionInput } from '../refs.ts';

const StoppedRecordings = builder.objectRef<StoppedJobs<RecordingResource>>('StoppedRecordings').implement({
  description: 'The recordings of a room that were told to stop.',
  fields: (t) => ({
    recordings: t.field({
      type: [Recording],
      description: 'Those that stop.',
      resolve: ({ jobs }) => [...jobs],
    }),
    error: t.exposeString('error', {
      nullable: true,
      description: "What went wrong with some of them, in the vendor's words; null when nothing did.",
    }),
  }),
});

builder.inputType(ResolutionInput, {
  description: 'Size of a picture; 1280 by 720 where none is given.',
  fields: (t) => ({
    width: t.int({ required: true, description: 'Pixels.' }),
    height: t.int({ required: true, description: 'Pixels.' }),
  }),
});

const StartRecordingInput = builder.inputType('StartRecordingInput', {
  description: 'The recording to start.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Vendor id or global id of the room.' }),
    meetingUrl: t.string({
      description:
        'Page that joins the room at one click, which is what is recorded. The vendor wants it where its own page is not set up, as in templates made over REST.',
    }),
    destination: t.string({
      description: "Name of the template's destination; needed where it has several.",
    }),
    audioOnly: t.boolean({ description: 'Whether only the sound is recorded.' }),
    resolution: t.field({ type: ResolutionInput, description: 'Size of the picture.' }),
    transcription: t.field({ type: TranscriptionInput, description: 'How it is transcribed.' }),
  }),
});

const StopRecordingInput = builder.inputType('StopRecordingInput', {
  description: 'Which recording.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Vendor id or global id of the recording.' }),
  }),
});

const RoomRecordingsInput = builder.inputType('RoomRecordingsInput', {
  description: 'Whose recordings.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Vendor id or global id of the room.' }),
  }),
});

builder.mutationFields((t) => ({
  startRecording: t.field({
    type: Recording,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('recordings'), room: input.roomId }),
    ...calls(1),
    description: 'Starts a composite recording of a room; it runs some seconds later.',
    args: { input: t.arg({ type: StartRecordingInput, required: true, description: 'The recording.' }) },
    resolve: (_root, { input }, context) => startRecordingOf(input, context),
  }),
  stopRecording: t.field({
    type: Recording,
    errors: {},
    authScopes: (_root, { input }) => ({
      ...writes('recordings'),
      roomOf: { type: 'Recording', id: input.id },
    }),
    ...calls(1),
    description: 'Stops a recording. Its files come afterwards.',
    args: { input: t.arg({ type: StopRecordingInput, required: true, description: 'The recording.' }) },
    resolve: (_root, { input }, context) => stopRecordingOf(input, context),
  }),
  stopRecordings: t.field({
    type: StoppedRecordings,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('recordings'), room: input.roomId }),
    ...calls(1),
    description: 'Stops all recordings of a room.',
    args: { input: t.arg({ type: RoomRecordingsInput, required: true, description: 'The room.' }) },
    resolve: (_root, { input }, context) => stopRecordingsOf(input, context),
  }),
  pauseRecordings: t.field({
    type: Recording,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('recordings'), room: input.roomId }),
    ...calls(1),
    description: 'Pauses what a room records. Nothing in the answer tells of it.',
    args: { input: t.arg({ type: RoomRecordingsInput, required: true, description: 'The room.' }) },
    resolve: (_root, { input }, context) => pauseRecordingsOf(input, context),
  }),
  resumeRecordings: t.field({
    type: Recording,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('recordings'), room: input.roomId }),
    ...calls(1),
    description: 'Goes on with what a room records. Nothing in the answer tells of it.',
    args: { input: t.arg({ type: RoomRecordingsInput, required: true, description: 'The room.' }) },
    resolve: (_root, { input }, context) => resumeRecordingsOf(input, context),
  }),
}));
