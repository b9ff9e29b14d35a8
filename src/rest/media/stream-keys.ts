// Stream keys: secrets with which an encoder sends video into a room over RTMP. A room has at most one active key.
// Source: the vendor's "Stream Key" pages.
import type { StreamKey, StreamKeyDisableResult } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import type { ListAnswer } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/** A stream key as received, including the secret. Essential keys: `id`, `room_id`. */
export type StreamKeyResource = StreamKey;

const answerOf = answersWith({ StreamKey: ['id', 'room_id'], StreamKeyDisableResult: ['message'] });
const listShape = answerOf<ListAnswer<StreamKeyResource>>('getStreamKey');
const createdShape = answerOf<StreamKeyResource>('createStreamKey');
const disabledShape = answerOf<StreamKeyDisableResult>('disableStreamKey');

const ROUTE = '/stream-keys/room/{room_id}';

/**
 * Reads the active key of a room; null if the answer is an empty list.
 * @throws RestNotFoundError if the room is unknown or has no active key; RestForbiddenError for a disabled room.
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
 * Creates the key of a room.
 * @throws RestRefusedError if a key is active; RestForbiddenError for a disabled room;
 * RestNotFoundError for an unknown room.
 */
export function createStreamKey(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<StreamKeyResource> {
  return client.post({ route: ROUTE, path: { room_id: roomId }, shape: createdShape }, options);
}

/**
 * Disables the active key of a room. A disabled key cannot be enabled again; create a new one instead.
 * @throws RestNotFoundError if the room is unknown or has no active key; RestForbiddenError for a disabled room.
 */
export function disableStreamKey(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<StreamKeyDisableResult> {
  return client.post({ route: `${ROUTE}/disable`, path: { room_id: roomId }, shape: disabledShape }, options);
}
