// Rooms. Source: the vendor's "Rooms" pages.
import type { RecordingInfo, Room, RoomCreateInput, RoomUpdateInput } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { checkedBody } from '../shapes/inputs.ts';
import type { ListAnswer, Page } from '../shapes/pages.ts';
import { pageOf } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/** A room as received. Of its keys only `id` and `name` are checked to be there. */
export type RoomResource = Room;
export type RecordingInfoResource = RecordingInfo;

/** Filters and place of a page. Times are RFC 3339 in UTC and inclusive. */
export interface RoomListParams {
  /** Absent: the vendor's default, which its documentation gives as true and its SDK as both. */
  readonly enabled?: boolean | undefined;
  readonly name?: string | undefined;
  readonly templateId?: string | undefined;
  readonly createdAfter?: string | undefined;
  readonly createdBefore?: string | undefined;
  /** 10 to 100. */
  readonly limit: number;
  readonly start?: string | undefined;
}

const answerOf = answersWith({ Room: ['id', 'name'] });
const listShape = answerOf<ListAnswer<RoomResource>>('listRooms');
const roomShape = answerOf<RoomResource>('getRoom');
const createdShape = answerOf<RoomResource>('createRoom');
const updatedShape = answerOf<RoomResource>('updateRoom');

/** A page of the workspace's rooms, newest first. */
export async function listRooms(
  client: RestClient,
  params: RoomListParams,
  options?: CallOptions,
): Promise<Page<RoomResource>> {
  const { enabled, name, templateId, createdAfter, createdBefore, limit, start } = params;
  const query = {
    enabled,
    after: createdAfter,
    before: createdBefore,
    name,
    template_id: templateId,
    limit,
    start,
  };
  return pageOf(await client.get({ route: '/rooms', query, shape: listShape }, options), limit);
}

/** @throws RestNotFoundError for a room that doesn't exist. */
export function getRoom(client: RestClient, roomId: string, options?: CallOptions): Promise<RoomResource> {
  return client.get({ route: '/rooms/{room_id}', path: { room_id: roomId }, shape: roomShape }, options);
}

/**
 * Creates a room, or overwrites the one of this name, which the answer does not tell apart.
 * @throws RestInputError before anything is sent; RestRefusedError, for an unknown template too.
 */
export async function createRoom(
  client: RestClient,
  input: RoomCreateInput,
  options?: CallOptions,
): Promise<RoomResource> {
  const body = checkedBody('createRoom', input);
  return client.post({ route: '/rooms', body, shape: createdShape }, options);
}

/**
 * Changes what `input` names. The answer may leave out what it does name otherwise, its template for example.
 * @throws RestInputError before anything is sent; RestNotFoundError for a room that doesn't exist.
 */
export async function updateRoom(
  client: RestClient,
  roomId: string,
  input: RoomUpdateInput,
  options?: CallOptions,
): Promise<RoomResource> {
  const body = checkedBody('updateRoom', input);
  return client.post(
    { route: '/rooms/{room_id}', path: { room_id: roomId }, body, shape: updatedShape },
    options,
  );
}
