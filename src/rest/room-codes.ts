// Room codes: short codes that let people join a room in one role. Source: the vendor's "Room codes" pages.
import type { RoomCode } from '../openapi/types.ts';
import type { CallOptions, RestClient } from './client.ts';
import type { ListAnswer, Page } from './pages.ts';
import { pageOf } from './pages.ts';
import { answerOf } from './shapes.ts';

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

const listShape = answerOf<ListAnswer<RoomCodeResource>>('listRoomCodes');

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
