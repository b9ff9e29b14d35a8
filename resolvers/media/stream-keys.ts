// Resolvers of stream keys. The secret itself is returned only once, by the mutation that creates the key. Source: the vendor's
// Stream Key API.
import * as rest from '../../src/rest/media/stream-keys.ts';
import type { StreamKeyResource } from '../../src/rest/media/stream-keys.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import { orNull, singleLoader } from '../loaders.ts';
import { outcomeOf } from '../outcomes.ts';
import { unlessDisabled } from '../rooms/disabled-rooms.ts';

/** The room whose stream key is created or disabled: its global or vendor id. */
export interface StreamKeyInput {
  readonly roomId: string;
}

/** A disabled stream key. The vendor returns a message only; the room is the one of the request. */
export interface DisabledStreamKey {
  readonly roomId: string;
  /** The vendor's words. */
  readonly message: string;
}

/** The active stream key of a room, by room id. */
const streamKeyLoader = singleLoader(async (roomId, { client, call, catalog }) => {
  const key = await orNull(rest.getStreamKey(client, roomId, call));
  return catalog.written.streamKeys.over(roomId, { key }).key;
});

/**
 * The active stream key of the room with this global or vendor id; null if the room has none, is disabled or does not exist. One
 * REST call.
 */
export function streamKeyOfRoomId(roomId: string, context: Context): Promise<StreamKeyResource | null> {
  return streamKeyOfRoom({ id: hmsIdOf('Room', 'roomId', roomId) }, context);
}

/** The active stream key of a room; null if the room has none or is disabled. One REST call for each room. */
export function streamKeyOfRoom(
  room: { readonly id: string; readonly enabled?: boolean | undefined },
  context: Context,
): Promise<StreamKeyResource | null> {
  return unlessDisabled(room, context, () => streamKeyLoader(context).load(room.id));
}

/**
 * Creates a stream key. One REST call. The vendor refuses it (400, `RefusedError`) while the room has an active one.
 */
export async function createStreamKey(input: StreamKeyInput, context: Context): Promise<StreamKeyResource> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  const key = await outcomeOf({
    missing: 'The room does not exist.',
    write: () => rest.createStreamKey(context.client, roomId, context.call),
    forget: () => streamKeyLoader(context).clear(roomId),
  });
  context.catalog.written.streamKeys.lay(roomId, { key });
  return key;
}

/** Disables the active stream key of a room. One REST call. Throws `NotFoundError` when the room has no active one. */
export async function disableStreamKey(input: StreamKeyInput, context: Context): Promise<DisabledStreamKey> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  const { message } = await outcomeOf({
    missing: 'The room does not exist or has no active stream key.',
    write: () => rest.disableStreamKey(context.client, roomId, context.call),
    forget: () => streamKeyLoader(context).clear(roomId),
  });
  context.catalog.written.streamKeys.lay(roomId, { key: null });
  return { roomId, message };
}
