// How a room's stream key is answered and changed. The key itself shows once: to whoever has just made it.
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import {
  createStreamKey,
  disableStreamKey,
  getStreamKey,
  type StreamKeyResource,
} from '../../src/rest/media/stream-keys.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import { resourceLoader } from '../loaders.ts';
import { outcomeOf } from '../outcomes.ts';

export interface StreamKeyInput {
  readonly roomId: string;
}

/** A room whose key was disabled. */
export interface DisabledStreamKey {
  readonly roomId: string;
  /** The vendor's words. */
  readonly message: string;
}

/** The active stream key of a room, by room id. */
const streamKeyLoader = resourceLoader(getStreamKey);

export function streamKeyOfRoomId(roomId: string, context: Context): Promise<StreamKeyResource | null> {
  return streamKeyLoader(context).load(hmsIdOf('Room', 'roomId', roomId));
}

export function streamKeyOfRoom(room: RoomResource, context: Context): Promise<StreamKeyResource | null> {
  return streamKeyLoader(context).load(room.id);
}

export async function createStreamKeyOf(input: StreamKeyInput, context: Context): Promise<StreamKeyResource> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  return outcomeOf(
    'The room does not exist.',
    () => createStreamKey(context.client, roomId, context.call),
    () => streamKeyLoader(context).clear(roomId),
  );
}

export async function disableStreamKeyOf(
  input: StreamKeyInput,
  context: Context,
): Promise<DisabledStreamKey> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  const { message } = await outcomeOf(
    'The room does not exist or has no active stream key.',
    () => disableStreamKey(context.client, roomId, context.call),
    () => streamKeyLoader(context).clear(roomId),
  );
  return { roomId, message };
}
