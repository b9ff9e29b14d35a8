// How a room's join codes are answered.
import type { RoomCodeResource } from '../../src/rest/rooms/room-codes.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import type { Context } from '../context.ts';
import { splitPair } from '../local-ids.ts';
import { codesOfRoomLoader } from './room-code-node.ts';
import { roomNode } from './room-node.ts';

export interface RoomCodesArgs {
  readonly role?: string | null | undefined;
  readonly enabled?: boolean | null | undefined;
}

export async function codesOfRoom(
  room: RoomResource,
  { role, enabled }: RoomCodesArgs,
  context: Context,
): Promise<readonly RoomCodeResource[]> {
  const codes = await codesOfRoomLoader(context).load(room.id);
  return codes.filter(
    (code) => (role == null || code.role === role) && (enabled == null || code.enabled === enabled),
  );
}

/** Refetches a code by the local id of its Node: room id and code. There is no endpoint for a single code. */
export async function roomCodeByNodeId(localId: string, context: Context): Promise<RoomCodeResource | null> {
  const [roomId, wanted] = splitPair(localId);
  if ((await roomNode.loader(context).load(roomId)) === null) return null;
  const codes = await codesOfRoomLoader(context).load(roomId);
  return codes.find(({ code }) => code === wanted) ?? null;
}
