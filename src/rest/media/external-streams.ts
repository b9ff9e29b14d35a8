// External streams: the vendor composes a room into one picture and sends it to other platforms over RTMP. The target
// URLs (`rtmp_urls`) contain stream keys, which are secrets.
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
  type StoppedJobs,
} from './jobs.ts';
import type { ListAnswer, Page } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/** An external stream as received. Essential keys: `id`, `room_id`, and `rtmp_urls`, which may be null. */
export type ExternalStreamResource = ExternalStream;

/**
 * The body that starts an external stream. Its one to five targets are an array here, not the tuples of the generated
 * type.
 */
export type ExternalStreamStart = Omit<ExternalStreamStartRequest, 'rtmp_urls'> & {
  readonly rtmp_urls: readonly string[];
};

// `rtmp_urls` distinguishes an external stream from other jobs when the kind of the job with an id is unknown.
const answerOf = answersWith({ ExternalStream: ['id', 'room_id', 'rtmp_urls?'], ...jobEssentials });
const listShape = answerOf<ListAnswer<ExternalStreamResource>>('listExternalStreams');
const streamShape = answerOf<ExternalStreamResource>('getExternalStream');
const stopShape = answerOf<StopAnswer<ExternalStreamResource>>('stopExternalStreamsForRoom');

/** Lists external streams, newest first. */
export function listExternalStreams(
  client: RestClient,
  params: JobListParams,
  options?: CallOptions,
): Promise<Page<ExternalStreamResource>> {
  return jobsPage(client, '/external-streams', listShape, params, options);
}

/** Reads one external stream with its recorded files. @throws RestNotFoundError for an unknown external stream. */
export function getExternalStream(
  client: RestClient,
  streamId: string,
  options?: CallOptions,
): Promise<ExternalStreamResource> {
  const path = { stream_id: streamId };
  return client.get({ route: '/external-streams/{stream_id}', path, shape: streamShape }, options);
}

/**
 * Starts an external stream. The answer arrives while the stream is still starting.
 * @throws RestInputError before anything is sent; RestNotFoundError for an unknown room.
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

/** Stops one external stream. @throws RestNotFoundError if it is unknown or not running. */
export function stopExternalStream(
  client: RestClient,
  streamId: string,
  options?: CallOptions,
): Promise<ExternalStreamResource> {
  const path = { stream_id: streamId };
  return client.post({ route: '/external-streams/{stream_id}/stop', path, shape: streamShape }, options);
}

/** Stops all external streams of a room. @throws RestNotFoundError if the room is unknown or none is running. */
export function stopExternalStreams(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<StoppedJobs<ExternalStreamResource>> {
  return stopJobs(client, '/external-streams/room/{room_id}/stop', roomId, stopShape, options);
}
