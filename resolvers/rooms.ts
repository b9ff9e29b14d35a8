// How rooms are answered: by id, as a list, and as what other types point at.
import type { RecordingInfoResource, RoomListParams, RoomResource } from '../src/rest/rooms.ts';
import { listRooms } from '../src/rest/rooms.ts';
import { connectionOverPages, hexCursorsOf, type Connection, type ForwardArgs } from './connection.ts';
import type { Context } from './context.ts';
import { hmsIdOf } from './ids.ts';

/** Which rooms a list keeps. Times are inclusive. */
export interface RoomFilter {
  readonly enabled?: boolean | null | undefined;
  readonly name?: string | null | undefined;
  readonly templateId?: string | null | undefined;
  readonly createdAfter?: string | null | undefined;
  readonly createdBefore?: string | null | undefined;
}

const cursors = hexCursorsOf('rooms');

export function roomById(id: string, context: Context): Promise<RoomResource | null> {
  return context.loaders.room.load(hmsIdOf('Room', 'id', id));
}

export async function roomsConnection(
  args: ForwardArgs & { readonly filter?: RoomFilter | null | undefined },
  context: Context,
): Promise<Connection<RoomResource>> {
  const filter = roomListParams(args.filter ?? {});
  return connectionOverPages(args, cursors, async (page) => {
    const rooms = await listRooms(context.client, { ...filter, ...page }, context.call);
    for (const room of rooms.items) context.catalog.remember('room', room);
    return rooms;
  });
}

function roomListParams(filter: RoomFilter): Omit<RoomListParams, 'limit' | 'start'> {
  return {
    ...(filter.enabled == null ? {} : { enabled: filter.enabled }),
    ...(filter.name == null ? {} : { name: filter.name }),
    ...(filter.templateId == null
      ? {}
      : { templateId: hmsIdOf('Template', 'filter.templateId', filter.templateId) }),
    ...(filter.createdAfter == null ? {} : { createdAfter: filter.createdAfter }),
    ...(filter.createdBefore == null ? {} : { createdBefore: filter.createdBefore }),
  };
}

/** The room that another resource names by its id. */
export function roomWithId(roomId: string, context: Context): Promise<RoomResource | null> {
  return context.loaders.room.load(roomId);
}

/** A room's own recording settings. Answers name them `recording_info` or `recording`, by endpoint. */
export function recordingOfRoom(room: RoomResource): RecordingInfoResource | null {
  return room.recording_info ?? room.recording ?? null;
}
