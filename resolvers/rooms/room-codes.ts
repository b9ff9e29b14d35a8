// A room's join codes as the graph returns them. Source: the vendor's Room Codes API.
import type { RoomCodeResource } from '../../src/rest/rooms/room-codes.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import type { Context } from '../context.ts';
import { splitPair } from '../local-ids.ts';
import { codesOfRoomLoader } from './room-code-node.ts';
import { unlessDisabled } from './disabled-rooms.ts';
import { roomNode } from './room-node.ts';

/** Conditions on the codes of a room. A null or missing condition is ignored. */
export interface RoomCodesArgs {
  /** The name of the role that people join with by the code. */
  readonly role?: string | null | undefined;
  readonly enabled?: boolean | null | undefined;
}

/**
 * The codes of a room that meet the conditions: one REST call for each room and operation, at most 100 codes. Null for a
 * disabled room, whose codes the vendor does not list.
 */
export async function codesOfRoom(
  room: RoomResource,
  { role, enabled }: RoomCodesArgs,
  context: Context,
): Promise<readonly RoomCodeResource[] | null> {
  const codes = await unlessDisabled(room, context, () => codesOfRoomLoader(context).load(room.id));
  return codes === null
    ? null
    : codes.filter(
        (code) => (role == null || code.role === role) && (enabled == null || code.enabled === enabled),
      );
}

/** Fetches a code by the local id of its Node (room id and code) from the room's list: no endpoint returns one code. */
export async function roomCodeByNodeId(localId: string, context: Context): Promise<RoomCodeResource | null> {
  const [roomId, wanted] = splitPair(localId);
  const room = await roomNode.loader(context).load(roomId);
  if (room === null) return null;
  const codes = await unlessDisabled(room, context, () => codesOfRoomLoader(context).load(roomId));
  return codes?.find(({ code }) => code === wanted) ?? null;
}
