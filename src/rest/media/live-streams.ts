// Live streams (HLS): the vendor composes a room into one picture that a large audience can play.
// Source: the vendor's "Live Streams" pages.
import type { LiveStream, LiveStreamStartRequest, TimedMetadataRequest } from '../../openapi/types.ts';
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

/** A live stream as received. Essential keys: `id`, `room_id`, and `playback`, which may be null. */
export type LiveStreamResource = LiveStream;

// `playback` distinguishes a live stream from other jobs when the kind of the job with an id is unknown.
const answerOf = answersWith({ LiveStream: ['id', 'room_id', 'playback?'], ...jobEssentials });
const listShape = answerOf<ListAnswer<LiveStreamResource>>('listLiveStreams');
const streamShape = answerOf<LiveStreamResource>('getLiveStream');
const stopShape = answerOf<StopAnswer<LiveStreamResource>>('stopLiveStreamsForRoom');

/** Lists live streams, newest first, without their recorded files. */
export function listLiveStreams(
  client: RestClient,
  params: JobListParams,
  options?: CallOptions,
): Promise<Page<LiveStreamResource>> {
  return jobsPage(client, '/live-streams', listShape, params, options);
}

/** Reads one live stream with its recorded files. @throws RestNotFoundError for an unknown live stream. */
export function getLiveStream(
  client: RestClient,
  streamId: string,
  options?: CallOptions,
): Promise<LiveStreamResource> {
  const path = { stream_id: streamId };
  return client.get({ route: '/live-streams/{stream_id}', path, shape: streamShape }, options);
}

/**
 * Starts a live stream. The answer arrives while the stream is still starting.
 * @throws RestInputError before anything is sent; RestNotFoundError for an unknown room.
 */
export async function startLiveStream(
  client: RestClient,
  roomId: string,
  input: LiveStreamStartRequest,
  options?: CallOptions,
): Promise<LiveStreamResource> {
  const body = checkedBody('startLiveStream', input);
  const path = { room_id: roomId };
  return client.post(
    { route: '/live-streams/room/{room_id}/start', path, body, shape: streamShape },
    options,
  );
}

/** Stops all live streams of a room. @throws RestNotFoundError if the room is unknown or none is running. */
export function stopLiveStreams(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<StoppedJobs<LiveStreamResource>> {
  return stopJobs(client, '/live-streams/room/{room_id}/stop', roomId, stopShape, options);
}

/** Stops one live stream. @throws RestNotFoundError if it is unknown or not running. */
export function stopLiveStream(
  client: RestClient,
  streamId: string,
  options?: CallOptions,
): Promise<LiveStreamResource> {
  return postToStream(client, 'stop', streamId, options);
}

/**
 * Pauses the recording of a live stream; the stream continues. No answer shows the pause. Throws as `stopLiveStream`.
 */
export function pauseLiveStreamRecording(
  client: RestClient,
  streamId: string,
  options?: CallOptions,
): Promise<LiveStreamResource> {
  return postToStream(client, 'pause-recording', streamId, options);
}

/** Resumes the recording of a live stream. Throws as `stopLiveStream`. */
export function resumeLiveStreamRecording(
  client: RestClient,
  streamId: string,
  options?: CallOptions,
): Promise<LiveStreamResource> {
  return postToStream(client, 'resume-recording', streamId, options);
}

/**
 * Sends timed metadata to the players of a live stream.
 * @throws RestInputError before anything is sent; else as `stopLiveStream`.
 */
export async function sendTimedMetadata(
  client: RestClient,
  streamId: string,
  input: TimedMetadataRequest,
  options?: CallOptions,
): Promise<LiveStreamResource> {
  const body = checkedBody('sendLiveStreamTimedMetadata', input);
  const path = { stream_id: streamId };
  return client.post(
    { route: '/live-streams/{stream_id}/timed-metadata', path, body, shape: streamShape },
    options,
  );
}

function postToStream(
  client: RestClient,
  verb: 'stop' | 'pause-recording' | 'resume-recording',
  streamId: string,
  options: CallOptions | undefined,
): Promise<LiveStreamResource> {
  const path = { stream_id: streamId };
  return client.post({ route: `/live-streams/{stream_id}/${verb}`, path, shape: streamShape }, options);
}
