// How recordings are started, paused and stopped.
import type { StoppedJobs } from '../../src/rest/media/jobs.ts';
import {
  pauseRecordings,
  resumeRecordings,
  startRecording,
  stopRecording,
  stopRecordings,
  type RecordingResource,
} from '../../src/rest/media/recordings.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import { forgetJob } from './media-jobs.ts';
import { outcomeOf } from '../outcomes.ts';
import { transcriptionBody, type TranscriptionInput } from './transcription.ts';
import { given } from '../values.ts';

/** Pixels. */
export interface ResolutionInput {
  readonly width: number;
  readonly height: number;
}

export interface StartRecordingInput {
  readonly roomId: string;
  readonly meetingUrl?: string | null | undefined;
  readonly destination?: string | null | undefined;
  readonly audioOnly?: boolean | null | undefined;
  readonly resolution?: ResolutionInput | null | undefined;
  readonly transcription?: TranscriptionInput | null | undefined;
}

interface OfRoom {
  readonly roomId: string;
}

const NONE_RUNS = 'The room does not exist or has no running recording.';

export async function startRecordingOf(
  input: StartRecordingInput,
  context: Context,
): Promise<RecordingResource> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  const { meetingUrl, destination, audioOnly, resolution, transcription } = input;
  const body = given({
    meeting_url: meetingUrl,
    destination,
    audio_only: audioOnly,
    resolution,
    transcription: transcription == null ? null : transcriptionBody(transcription),
  });
  return outcomeOf('The room does not exist or is not live.', () =>
    startRecording(context.client, roomId, body, context.call),
  );
}

export async function stopRecordingOf(
  input: { readonly id: string },
  context: Context,
): Promise<RecordingResource> {
  const id = hmsIdOf('Recording', 'id', input.id);
  return outcomeOf(
    'The recording does not exist or does not run.',
    () => stopRecording(context.client, id, context.call),
    () => forgetJob(id, context),
  );
}

export async function stopRecordingsOf(
  input: OfRoom,
  context: Context,
): Promise<StoppedJobs<RecordingResource>> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  const stopped = await outcomeOf(NONE_RUNS, () => stopRecordings(context.client, roomId, context.call));
  for (const { id } of stopped.jobs) forgetJob(id, context);
  return stopped;
}

export function pauseRecordingsOf(input: OfRoom, context: Context): Promise<RecordingResource> {
  return switchRecordings(pauseRecordings, input, context);
}

export function resumeRecordingsOf(input: OfRoom, context: Context): Promise<RecordingResource> {
  return switchRecordings(resumeRecordings, input, context);
}

async function switchRecordings(
  write: typeof pauseRecordings,
  input: OfRoom,
  context: Context,
): Promise<RecordingResource> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  const job = await outcomeOf(NONE_RUNS, () => write(context.client, roomId, context.call));
  forgetJob(job.id, context);
  return job;
}
