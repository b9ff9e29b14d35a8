// The endpoint functions of rooms. A room is created once and used for many sessions; it cannot be deleted.
// Source: the vendor's "Rooms" pages.
import type { RecordingInfo, Room, RoomCreateInput, RoomUpdateInput } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { checkedBody } from '../shapes/inputs.ts';
import type { ListAnswer, Page } from '../shapes/pages.ts';
import { pageOf } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/** A room as received. Essential keys: `id`, `name`. */
export type RoomResource = Room;
/** A room's own recording settings as received; they replace those of its template as a whole. */
export type RecordingInfoResource = RecordingInfo;

/** Filters and place of a page. Times are RFC 3339 in UTC and inclusive. */
export interface RoomListParams {
  /**
   * Only enabled (true) or disabled (false) rooms. Absent: only enabled ones by the documentation, both by the
   * vendor's SDK.
   */
  readonly enabled?: boolean | undefined;
  /** Only the room of this name. */
  readonly name?: string | undefined;
  readonly templateId?: string | undefined;
  readonly createdAfter?: string | undefined;
  readonly createdBefore?: string | undefined;
  /** Most rooms of the page, 10 to 100. */
  readonly limit: number;
  /** The `last` of the page before; absent: the first page. */
  readonly start?: string | undefined;
}

const answerOf = answersWith({ Room: ['id', 'name'] });
const listShape = answerOf<ListAnswer<RoomResource>>('listRooms');
const roomShape = answerOf<RoomResource>('getRoom');
const createdShape = answerOf<RoomResource>('createRoom');
const updatedShape = answerOf<RoomResource>('updateRoom');

/** Lists the rooms of the workspace, newest first. */
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

/** Reads one room. @throws RestNotFoundError for an unknown room. */
export function getRoom(client: RestClient, roomId: string, options?: CallOptions): Promise<RoomResource> {
  return client.get({ route: '/rooms/{room_id}', path: { room_id: roomId }, shape: roomShape }, options);
}

/**
 * Creates a room. If a room of this name exists, the vendor overwrites it instead; the answers to both are alike.
 * @throws RestInputError before anything is sent; RestRefusedError, also for an unknown template.
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
 * Changes the keys that `input` has. The answer may lack keys that `getRoom` returns, such as the template.
 * @throws RestInputError before anything is sent; RestNotFoundError for an unknown room.
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
