// External streams: a room composed by the vendor and sent to other platforms over RTMP. Their targets hold secrets.
// Source: the vendor's "External Streams" pages.
import type { ExternalStream, ExternalStreamStartRequest } from '../../openapi/types.ts';
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

/** An external stream as received. `id`, `room_id` and the key `rtmp_urls` are checked to be there. */
export type ExternalStreamResource = ExternalStream;

/** How to start one. The generated type would want the one to five targets as tuples; the check counts them. */
export type ExternalStreamStart = Omit<ExternalStreamStartRequest, 'rtmp_urls'> & {
  readonly rtmp_urls: readonly string[];
};

// `rtmp_urls` tells an external stream from other jobs where only a job's id was known.
const answerOf = answersWith({ ExternalStream: ['id', 'room_id', 'rtmp_urls?'], ...jobEssentials });
const listShape = answerOf<ListAnswer<ExternalStreamResource>>('listExternalStreams');
const streamShape = answerOf<ExternalStreamResource>('getExternalStream');
const stopShape = answerOf<StopAnswer<ExternalStreamResource>>('stopExternalStreamsForRoom');

/** A page of external streams, newest first. */
export function listExternalStreams(
  client: RestClient,
  params: JobListParams,
  options?: CallOptions,
): Promise<Page<ExternalStreamResource>> {
  return jobsPage(client, '/external-streams', listShape, params, options);
}

/** With its files. @throws RestNotFoundError for an external stream that doesn't exist. */
export function getExternalStream(
  client: RestClient,
  streamId: string,
  options?: CallOptions,
): Promise<ExternalStreamResource> {
  const path = { stream_id: streamId };
  return client.get({ route: '/external-streams/{stream_id}', path, shape: streamShape }, options);
}

/**
 * Answers the external stream while it starts.
 * @throws RestInputError before anything is sent; RestNotFoundError for a room that doesn't exist.
 */
export async function startExternalStream(
  client: RestClient,
  roomId: string,
  input: ExternalStreamStart,
  options?: CallOptions,
): Promise<ExternalStreamResource> {
  const body = checkedBody('startExternalStream', input);
  const path = { room_id: roomId };
  return client.post(
    { route: '/external-streams/room/{room_id}/start', path, body, shape: streamShape },
    options,
  );
}

/** @throws RestNotFoundError for an external stream that doesn't exist or doesn't run. */
export function stopExternalStream(
  client: RestClient,
  streamId: string,
  options?: CallOptions,
): Promise<ExternalStreamResource> {
  const path = { stream_id: streamId };
  return client.post({ route: '/external-streams/{stream_id}/stop', path, shape: streamShape }, options);
}

/** Stops all external streams of a room. @throws RestNotFoundError where none runs. */
export function stopExternalStreams(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<Stopped<ExternalStreamResource>> {
  return stopJobs(client, '/external-streams/room/{room_id}/stop', roomId, stopShape, options);
}
