// Composite recordings: the vendor composes a room into one picture and stores it in files.
// Source: the vendor's "Recordings" pages.
import type { Recording, RecordingStartRequest } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { checkedBody } from '../shapes/inputs.ts';
import {
  jobEssentials,
  jobsPage,
  stopJobs,
  type JobListParams,
  type StopAnswer,
  type StoppedJobs,
} from './jobs.ts';
import type { ListAnswer, Page } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/** A recording as received. Essential keys: `id`, `room_id`. */
export type RecordingResource = Recording;

const answerOf = answersWith({ Recording: ['id', 'room_id'], ...jobEssentials });
const listShape = answerOf<ListAnswer<RecordingResource>>('listRecordings');
const recordingShape = answerOf<RecordingResource>('getRecording');
const stopShape = answerOf<StopAnswer<RecordingResource>>('stopRecordingsForRoom');

/** Lists recordings, newest first, without their files. */
export function listRecordings(
  client: RestClient,
  params: JobListParams,
  options?: CallOptions,
): Promise<Page<RecordingResource>> {
  return jobsPage(client, '/recordings', listShape, params, options);
}

/** Reads one recording with its files. @throws RestNotFoundError for an unknown recording. */
export function getRecording(
  client: RestClient,
  recordingId: string,
  options?: CallOptions,
): Promise<RecordingResource> {
  const path = { recording_id: recordingId };
  return client.get({ route: '/recordings/{recording_id}', path, shape: recordingShape }, options);
}

/**
 * Starts a recording. The answer arrives while the recording is still starting.
 * @throws RestInputError before anything is sent; RestNotFoundError for an unknown room.
 */
export async function startRecording(
  client: RestClient,
  roomId: string,
  input: RecordingStartRequest,
  options?: CallOptions,
): Promise<RecordingResource> {
  const body = checkedBody('startRecording', input);
  const path = { room_id: roomId };
  return client.post(
    { route: '/recordings/room/{room_id}/start', path, body, shape: recordingShape },
    options,
  );
}

/** Stops one recording. @throws RestNotFoundError if it is unknown or not running. */
export function stopRecording(
  client: RestClient,
  recordingId: string,
  options?: CallOptions,
): Promise<RecordingResource> {
  const path = { recording_id: recordingId };
  return client.post({ route: '/recordings/{recording_id}/stop', path, shape: recordingShape }, options);
}

/** Stops all recordings of a room. @throws RestNotFoundError if the room is unknown or none is running. */
export function stopRecordings(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<StoppedJobs<RecordingResource>> {
  return stopJobs(client, '/recordings/room/{room_id}/stop', roomId, stopShape, options);
}

/** Pauses the recordings of a room. No answer shows the pause. @throws RestNotFoundError if none is running. */
export function pauseRecordings(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<RecordingResource> {
  const path = { room_id: roomId };
  return client.post({ route: '/recordings/room/{room_id}/pause', path, shape: recordingShape }, options);
}

/** Resumes the paused recordings of a room. @throws RestNotFoundError if none is running. */
export function resumeRecordings(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<RecordingResource> {
  const path = { room_id: roomId };
  return client.post({ route: '/recordings/room/{room_id}/resume', path, shape: recordingShape }, options);
}
