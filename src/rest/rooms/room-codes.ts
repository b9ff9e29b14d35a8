// Room codes: short codes that let people join a room in one role. Source: the vendor's "Room codes" pages.
import type { RoomCode } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { checkedBody } from '../shapes/inputs.ts';
import type { ListAnswer, Page } from '../shapes/pages.ts';
import { pageOf } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/** A room code as received; `code` is its identifier. Essential keys: `code`, `room_id`, `role`. */
export type RoomCodeResource = RoomCode;

/** Filters and place of a page. */
export interface RoomCodeListParams {
  readonly roomId: string;
  /** Only the codes of this role, by name. Absent: all roles. */
  readonly role?: string | undefined;
  /** Only enabled (true) or disabled (false) codes. Absent: both. */
  readonly enabled?: boolean | undefined;
  /** Most codes of the page. The documentation gives no bounds. */
  readonly limit: number;
  /** The `last` of the page before; absent: the first page. */
  readonly start?: string | undefined;
}

const answerOf = answersWith({
  RoomCode: ['code', 'room_id', 'role'],
  RoomCodeCreateResult: ['data'],
  exchangeRoomCode: ['token'],
});
const listShape = answerOf<ListAnswer<RoomCodeResource>>('listRoomCodes');
const createdShape = answerOf<{ readonly data: readonly RoomCodeResource[] }>('createRoomCodes');
const createdForRoleShape = answerOf<RoomCodeResource>('createRoomCodeForRole');
const updatedShape = answerOf<RoomCodeResource>('updateRoomCode');
const exchangedShape = answerOf<{ readonly token: string }>('exchangeRoomCode');

/**
 * Lists a room's codes, enabled and disabled ones. A room has at most 100.
 * @throws RestForbiddenError for a disabled room.
 */
export async function listRoomCodes(
  client: RestClient,
  params: RoomCodeListParams,
  options?: CallOptions,
): Promise<Page<RoomCodeResource>> {
  const { roomId, role, enabled, limit, start } = params;
  const answer = await client.get(
    {
      route: '/room-codes/room/{room_id}',
      path: { room_id: roomId },
      query: { role, enabled, limit, start },
      shape: listShape,
    },
    options,
  );
  return pageOf(answer, limit);
}

/**
 * Creates a code for every role of a room and disables the codes of deleted roles. The vendor does not document whether
 * existing codes are returned again or replaced.
 * @throws RestForbiddenError for a disabled room; RestNotFoundError for an unknown room.
 */
export async function createRoomCodes(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<readonly RoomCodeResource[]> {
  const path = { room_id: roomId };
  const answer = await client.post(
    { route: '/room-codes/room/{room_id}', path, shape: createdShape },
    options,
  );
  return answer.data;
}

/** Creates another code for one role. Throws as `createRoomCodes`; RestNotFoundError also for an unknown role. */
export function createRoomCodeForRole(
  client: RestClient,
  roomId: string,
  role: string,
  options?: CallOptions,
): Promise<RoomCodeResource> {
  const path = { room_id: roomId, role };
  return client.post(
    { route: '/room-codes/room/{room_id}/role/{role}', path, shape: createdForRoleShape },
    options,
  );
}

/**
 * Enables or disables a code.
 * @throws RestForbiddenError if its role or room was deleted or disabled; RestNotFoundError for an unknown code.
 */
export async function updateRoomCode(
  client: RestClient,
  code: string,
  enabled: boolean,
  options?: CallOptions,
): Promise<RoomCodeResource> {
  const body = checkedBody('updateRoomCode', { code, enabled });
  return client.post({ route: '/room-codes/code', body, shape: updatedShape }, options);
}

/**
 * Exchanges a code for the auth token with which its holder joins the room. Another host (`HMS_AUTH_URL`) serves this
 * route without authentication: `client` must be the client of that host.
 * @param userId the `user_id` of the token; undefined: the request names none
 * @throws RestNotFoundError for an unknown code.
 */
export async function exchangeRoomCode(
  client: RestClient,
  code: string,
  userId: string | undefined,
  options?: CallOptions,
): Promise<string> {
  const body = checkedBody('exchangeRoomCode', userId === undefined ? { code } : { code, user_id: userId });
  const { token } = await client.post(
    { route: '/token', body, shape: exchangedShape, bearer: null },
    options,
  );
  return token;
}
