// Mutations of room codes. Source: the vendor's Room Codes API.
import * as rest from '../../src/rest/rooms/room-codes.ts';
import type { RoomCodeResource } from '../../src/rest/rooms/room-codes.ts';
import type { Context } from '../context.ts';
import { hmsIdOf, roomCodeOf } from '../ids.ts';
import { invalidInput, outcomeOf } from '../outcomes.ts';
import { codesOfRoomLoader } from './room-code-node.ts';

/** The codes that the vendor returned for the roles of a room. */
export interface RoomCodes {
  readonly roomId: string;
  readonly codes: readonly RoomCodeResource[];
}

const NO_ROOM = 'The room does not exist.';

/** Creates codes for all roles of a room: one REST call. @throws NotFoundError for an unknown room. */
export async function createRoomCodes(roomId: string, context: Context): Promise<RoomCodes> {
  const id = hmsIdOf('Room', 'roomId', roomId);
  const codes = await outcomeOf({
    missing: NO_ROOM,
    write: () => rest.createRoomCodes(context.client, id, context.call),
    forget: () => codesOfRoomLoader(context).clear(id),
  });
  context.catalog.written.roomCodes.lay(id, codes);
  return { roomId: id, codes };
}

/** Creates one more code for a role of a room: one REST call. @throws NotFoundError for an unknown room or role. */
export async function createRoomCode(
  { roomId, role }: { readonly roomId: string; readonly role: string },
  context: Context,
): Promise<RoomCodeResource> {
  const id = hmsIdOf('Room', 'roomId', roomId);
  if (role === '') throw invalidInput('role', 'must not be empty');
  const code = await outcomeOf({
    missing: 'The room does not exist or has no role of that name.',
    write: () => rest.createRoomCodeForRole(context.client, id, role, context.call),
    forget: () => codesOfRoomLoader(context).clear(id),
  });
  context.catalog.written.roomCodes.lay(id, [code]);
  return code;
}

/** Enables or disables a code, given itself or by its global id: one REST call. @throws NotFoundError for an unknown code. */
export async function setRoomCodeEnabled(
  code: string,
  enabled: boolean,
  context: Context,
): Promise<RoomCodeResource> {
  const known = roomCodeOf('code', code);
  const changed = await outcomeOf({
    missing: 'The room code does not exist.',
    write: () => rest.updateRoomCode(context.client, known, enabled, context.call),
  });
  codesOfRoomLoader(context).clear(changed.room_id);
  context.catalog.written.roomCodes.lay(changed.room_id, [changed]);
  return changed;
}
