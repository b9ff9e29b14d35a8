// Room codes: short codes that let people join a room in one role. Source: the vendor's "Room codes" pages.
import type { RoomCode } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { checkedBody } from '../shapes/inputs.ts';
import type { ListAnswer, Page } from '../shapes/pages.ts';
import { pageOf } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/** A room code as received. Its `code` is its identifier; `code`, `room_id` and `role` are checked to be there. */
export type RoomCodeResource = RoomCode;

export interface RoomCodeListParams {
  readonly roomId: string;
  /** A role's name. */
  readonly role?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly limit: number;
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
 * A page of a room's codes, disabled ones included unless filtered; there are at most 100 a room.
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
 * Makes a code for every role of a room, and disables those of roles that are gone. Whether codes that exist are
 * answered again or replaced is not documented.
 * @throws RestForbiddenError for a disabled room, RestNotFoundError for one that doesn't exist.
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

/** Makes one more code for a role. Throws as `createRoomCodes`, and RestNotFoundError for an unknown role. */
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
 * Makes a code work or not.
 * @throws RestForbiddenError when its role or room is gone, RestNotFoundError for an unknown code.
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
 * The token with which whoever has a code joins its room. Served by another host, without authentication: `client` is
 * one for that host.
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
