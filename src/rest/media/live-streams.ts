// Live streams (HLS): a room composed by the vendor and played by many. Source: the vendor's "Live Streams" pages.
import type { LiveStream, LiveStreamStartRequest, TimedMetadataRequest } from '../../openapi/types.ts';
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

/** A live stream as received. `id`, `room_id` and the key `playback` are checked to be there. */
export type LiveStreamResource = LiveStream;

// `playback` tells a live stream from other jobs where only a job's id was known.
const answerOf = answersWith({ LiveStream: ['id', 'room_id', 'playback?'], ...jobEssentials });
const listShape = answerOf<ListAnswer<LiveStreamResource>>('listLiveStreams');
const streamShape = answerOf<LiveStreamResource>('getLiveStream');
const stopShape = answerOf<StopAnswer<LiveStreamResource>>('stopLiveStreamsForRoom');

/** A page of live streams, newest first, without the files that they left. */
export function listLiveStreams(
  client: RestClient,
  params: JobListParams,
  options?: CallOptions,
): Promise<Page<LiveStreamResource>> {
  return jobsPage(client, '/live-streams', listShape, params, options);
}

/** With its files. @throws RestNotFoundError for a live stream that doesn't exist. */
export function getLiveStream(
  client: RestClient,
  streamId: string,
  options?: CallOptions,
): Promise<LiveStreamResource> {
  const path = { stream_id: streamId };
  return client.get({ route: '/live-streams/{stream_id}', path, shape: streamShape }, options);
}

/**
 * Answers the live stream while it starts.
 * @throws RestInputError before anything is sent; RestNotFoundError for a room that doesn't exist.
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

/** Stops all live streams of a room. @throws RestNotFoundError where none runs. */
export function stopLiveStreams(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<Stopped<LiveStreamResource>> {
  return stopJobs(client, '/live-streams/room/{room_id}/stop', roomId, stopShape, options);
}

/** @throws RestNotFoundError for a live stream that doesn't exist or doesn't run. */
export function stopLiveStream(
  client: RestClient,
  streamId: string,
  options?: CallOptions,
): Promise<LiveStreamResource> {
  return act(client, 'stop', streamId, options);
}

/** Stops recording while the live stream goes on; no answer shows it. Throws as `stopLiveStream`. */
export function pauseLiveStreamRecording(
  client: RestClient,
  streamId: string,
  options?: CallOptions,
): Promise<LiveStreamResource> {
  return act(client, 'pause-recording', streamId, options);
}

/** Throws as `stopLiveStream`. */
export function resumeLiveStreamRecording(
  client: RestClient,
  streamId: string,
  options?: CallOptions,
): Promise<LiveStreamResource> {
  return act(client, 'resume-recording', streamId, options);
}

/** Tells the players of a live stream. @throws RestInputError before anything is sent; else as `stopLiveStream`. */
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

function act(
  client: RestClient,
  verb: 'stop' | 'pause-recording' | 'resume-recording',
  streamId: string,
  options: CallOptions | undefined,
): Promise<LiveStreamResource> {
  const path = { stream_id: streamId };
  return client.post({ route: `/live-streams/{stream_id}/${verb}`, path, shape: streamShape }, options);
}
