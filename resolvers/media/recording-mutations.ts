// Resolvers of the mutations that start, pause, resume and stop recordings. After a write,
// the operation drops its cached copy of the changed job. Source: the vendor's Recordings API.
import type { StoppedJobs } from '../../src/rest/media/jobs.ts';
import * as rest from '../../src/rest/media/recordings.ts';
import type { RecordingResource } from '../../src/rest/media/recordings.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import { forgetJob } from './media-jobs.ts';
import { outcomeOf } from '../outcomes.ts';
import { layJob } from './written-jobs.ts';
import { transcriptionBody, type TranscriptionInput } from './transcription.ts';
import { withoutNullish } from '../values.ts';

/** Size of a picture, in pixels. The vendor requires both sides. */
export interface ResolutionInput {
  readonly width: number;
  readonly height: number;
}

/** The input of `startRecording`. Omitted and null fields are not sent, so that the template's settings apply. */
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

/** Starts a composite recording. One REST call. Throws `NotFoundError` when the room does not exist or is not live. */
export async function startRecording(
  input: StartRecordingInput,
  context: Context,
): Promise<RecordingResource> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  const { meetingUrl, destination, audioOnly, resolution, transcription } = input;
  const body = withoutNullish({
    meeting_url: meetingUrl,
    destination,
    audio_only: audioOnly,
    resolution,
    transcription: transcription == null ? null : transcriptionBody(transcription),
  });
  const started = await outcomeOf({
    missing: 'The room does not exist or is not live.',
    write: () => rest.startRecording(context.client, roomId, body, context.call),
  });
  return layJob(context.catalog.written.recordings, started);
}

/** Stops one recording. One REST call. Throws `NotFoundError` when it does not exist or does not run. */
export async function stopRecording(
  input: { readonly id: string },
  context: Context,
): Promise<RecordingResource> {
  const id = hmsIdOf('Recording', 'id', input.id);
  const stopped = await outcomeOf({
    missing: 'The recording does not exist or does not run.',
    write: () => rest.stopRecording(context.client, id, context.call),
    forget: () => forgetJob(id, context),
  });
  return layJob(context.catalog.written.recordings, stopped);
}

/**
 * Stops all recordings of a room. One REST call. Throws `NotFoundError` when the room does not exist or none of its
 * recordings runs.
 */
export async function stopRecordings(
  input: OfRoom,
  context: Context,
): Promise<StoppedJobs<RecordingResource>> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  const stopped = await outcomeOf({
    missing: NONE_RUNS,
    write: () => rest.stopRecordings(context.client, roomId, context.call),
  });
  for (const job of stopped.jobs) {
    forgetJob(job.id, context);
    layJob(context.catalog.written.recordings, job);
  }
  return stopped;
}

/** Pauses the recording of a room. The answer shows no pause: its status stays `running`. One REST call. */
export function pauseRecordings(input: OfRoom, context: Context): Promise<RecordingResource> {
  return switchRecordings(rest.pauseRecordings, input, context);
}

/** Resumes the paused recording of a room. The answer shows no change of status. One REST call. */
export function resumeRecordings(input: OfRoom, context: Context): Promise<RecordingResource> {
  return switchRecordings(rest.resumeRecordings, input, context);
}

async function switchRecordings(
  write: typeof rest.pauseRecordings,
  input: OfRoom,
  context: Context,
): Promise<RecordingResource> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  const job = await outcomeOf({
    missing: NONE_RUNS,
    write: () => write(context.client, roomId, context.call),
  });
  forgetJob(job.id, context);
  return job;
}
