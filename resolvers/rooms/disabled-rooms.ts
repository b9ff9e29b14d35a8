// Reads that the vendor refuses (403) for a disabled room. A disabled room is not an error, so the result is null.
import { RestForbiddenError } from '../../src/rest/errors.ts';
import { getRoom } from '../../src/rest/rooms/rooms.ts';
import type { Context } from '../context.ts';

/**
 * The result of `read`; null, without a REST call, for a disabled room. If the vendor refuses, the room, which may have
 * been disabled since it was cached, is read again: one more REST call.
 */
export async function unlessDisabled<T>(
  room: { readonly id: string; readonly enabled?: boolean | undefined },
  context: Context,
  read: () => Promise<T>,
): Promise<T | null> {
  if (room.enabled === false) return null;
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof RestForbiddenError)) throw error;
    const { enabled } = await getRoom(context.client, room.id, context.call);
    if (enabled ?? true) throw error;
    return null;
  }
}
