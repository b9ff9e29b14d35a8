// Composite recordings: a room composed by the vendor into files. Source: the vendor's "Recordings" pages.
import type { Recording, RecordingStartRequest } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { checkedBody } from '../shapes/inputs.ts';
import {
  jobEssentials,
  jobsPage,
  stopJobs,
  type JobListParams,
  type StopAnswer,
  type Stopped,
} from './jobs.ts';
import type { ListAnswer, Page } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/** A recording as received. Of its keys `id` and `room_id` are checked to be there. */
export type RecordingResource = Recording;

const answerOf = answersWith({ Recording: ['id', 'room_id'], ...jobEssentials });
const listShape = answerOf<ListAnswer<RecordingResource>>('listRecordings');
const recordingShape = answerOf<RecordingResource>('getRecording');
const stopShape = answerOf<StopAnswer<RecordingResource>>('stopRecordingsForRoom');

/** A page of recordings, newest first, without the files that they left. */
export function listRecordings(
  client: RestClient,
  params: JobListParams,
  options?: CallOptions,
): Promise<Page<RecordingResource>> {
  return jobsPage(client, '/recordings', listShape, params, options);
}

/** With its files. @throws RestNotFoundError for a recording that doesn't exist. */
export function getRecording(
  client: RestClient,
  recordingId: string,
  options?: CallOptions,
): Promise<RecordingResource> {
  const path = { recording_id: recordingId };
  return client.get({ route: '/recordings/{recording_id}', path, shape: recordingShape }, options);
}

/**
 * Answers the recording while it starts.
 * @throws RestInputError before anything is sent; RestNotFoundError for a room that doesn't exist.
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

/** @throws RestNotFoundError for a recording that doesn't exist or doesn't run. */
export function stopRecording(
  client: RestClient,
  recordingId: string,
  options?: CallOptions,
): Promise<RecordingResource> {
  const path = { recording_id: recordingId };
  return client.post({ route: '/recordings/{recording_id}/stop', path, shape: recordingShape }, options);
}

/** Stops all recordings of a room. @throws RestNotFoundError where none runs. */
export function stopRecordings(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<Stopped<RecordingResource>> {
  return stopJobs(client, '/recordings/room/{room_id}/stop', roomId, stopShape, options);
}

/** Pauses what a room records; no answer shows it. @throws RestNotFoundError where none runs. */
export function pauseRecordings(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<RecordingResource> {
  const path = { room_id: roomId };
  return client.post({ route: '/recordings/room/{room_id}/pause', path, shape: recordingShape }, options);
}

/** @throws RestNotFoundError where none runs. */
export function resumeRecordings(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<RecordingResource> {
  const path = { room_id: roomId };
  return client.post({ route: '/recordings/room/{room_id}/resume', path, shape: recordingShape }, options);
}
