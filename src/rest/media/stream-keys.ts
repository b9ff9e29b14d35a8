// Stream keys: secrets with which an encoder sends into a room over RTMP. Source: the vendor's "Stream Key" pages.
import type { StreamKey, StreamKeyDisableResult } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import type { ListAnswer } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/** A stream key as received, with the secret itself. Of its keys `id` and `room_id` are checked to be there. */
export type StreamKeyResource = StreamKey;

const answerOf = answersWith({ StreamKey: ['id', 'room_id'] });
const listShape = answerOf<ListAnswer<StreamKeyResource>>('getStreamKey');
const createdShape = answerOf<StreamKeyResource>('createStreamKey');
const disabledShape = answerOf<StreamKeyDisableResult>('disableStreamKey');

const ROUTE = '/stream-keys/room/{room_id}';

/**
 * The active key of a room; null where the answer holds none.
 * @throws RestNotFoundError where there is none, or no such room; RestForbiddenError for a disabled room.
 */
export async function getStreamKey(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<StreamKeyResource | null> {
  const { data } = await client.get({ route: ROUTE, path: { room_id: roomId }, shape: listShape }, options);
  return data?.[0] ?? null;
}

/**
 * Makes a key for a room that has none.
 * @throws RestRefusedError where one is active; RestForbiddenError for a disabled room; RestNotFoundError.
 */
export function createStreamKey(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<StreamKeyResource> {
  return client.post({ route: ROUTE, path: { room_id: roomId }, shape: createdShape }, options);
}

/**
 * Disables the key of a room for good.
 * @throws RestNotFoundError where there is none, or no such room; RestForbiddenError for a disabled room.
 */
export function disableStreamKey(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<StreamKeyDisableResult> {
  return client.post({ route: `${ROUTE}/disable`, path: { room_id: roomId }, shape: disabledShape }, options);
}
