// Rooms as the graph returns them: by id, as a list, and as the room that another object names. Source: the vendor's
// Rooms API.
import type { RecordingInfoResource, RoomListParams, RoomResource } from '../../src/rest/rooms/rooms.ts';
import { listRooms } from '../../src/rest/rooms/rooms.ts';
import {
  connectionOverPages,
  cursorsOf,
  DEFAULT_FIRST,
  idCursorsOf,
  type Connection,
  type ForwardArgs,
} from '../connection.ts';
import { connectionOverAll } from '../connections/whole-list.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import type { MaybePromise } from '../loaders.ts';
import { instantOrNull } from '../values.ts';
import { roomNode } from './room-node.ts';

/** Conditions on the rooms of a list, all of which must hold. A null or missing condition is ignored; times are inclusive. */
export interface RoomFilter {
  readonly enabled?: boolean | null | undefined;
  readonly name?: string | null | undefined;
  readonly templateId?: string | null | undefined;
  readonly createdAfter?: string | null | undefined;
  readonly createdBefore?: string | null | undefined;
}

const cursors = idCursorsOf('rooms');

/**
 * The room with a vendor id or global id, from memory or through the operation's loader; null if it does not exist.
 * @throws GraphQLError `BAD_USER_INPUT` if `id` has neither form.
 */
export function roomById(id: string, context: Context): MaybePromise<RoomResource | null> {
  return roomNode.find(hmsIdOf('Room', 'id', id), context);
}

/** A page of the workspace's rooms, newest first; for a caller who is bound to rooms, a page of these. */
export async function roomsConnection(
  args: ForwardArgs & { readonly filter?: RoomFilter | null | undefined },
  context: Context,
): Promise<Connection<RoomResource>> {
  const filter = roomListParams(args.filter ?? {});
  const { rooms: ownRooms } = context.caller;
  if (ownRooms !== null) return roomsAmong(ownRooms, args, filter, context);
  return connectionOverPages(args, cursors, async (page) => {
    const rooms = await listRooms(context.client, { ...filter, ...page }, context.call);
    return { ...rooms, items: rooms.items.map((room) => context.catalog.rememberRoom(room)) };
  });
}

/** For a caller who is bound to rooms. The REST API cannot list rooms by ids, so they are loaded and filtered here. */
async function roomsAmong(
  ids: ReadonlySet<string>,
  { first, after }: ForwardArgs,
  filter: RoomFilterParams,
  context: Context,
): Promise<Connection<RoomResource>> {
  const loaded = await roomNode.loader(context).loadMany([...ids]);
  const rooms: RoomResource[] = [];
  for (const room of loaded) {
    if (room instanceof Error) throw room;
    if (room !== null && isKept(room, filter)) rooms.push(room);
  }
  return connectionOverAll(rooms, { first: first ?? DEFAULT_FIRST, after }, placeCursors, newestFirstKey);
}

const placeCursors = cursorsOf('rooms', /^\d{16}\/[^/\s]{1,200}$/);

function createdMs(room: RoomResource): number {
  return Date.parse(instantOrNull(room.created_at) ?? '') || 0;
}

/** A key whose alphabetical order is the order of the vendor's list: newest first, then by id. */
function newestFirstKey(room: RoomResource): string {
  return `${String(Number.MAX_SAFE_INTEGER - createdMs(room)).padStart(16, '0')}/${room.id}`;
}

function isKept(room: RoomResource, filter: RoomFilterParams): boolean {
  const { enabled, name, templateId, createdAfter, createdBefore } = filter;
  const created = createdMs(room);
  return (
    (enabled === undefined || (room.enabled ?? true) === enabled) &&
    (name === undefined || room.name.toLowerCase() === name.toLowerCase()) &&
    (templateId === undefined || room.template_id === templateId) &&
    (createdAfter === undefined || created >= Date.parse(createdAfter)) &&
    (createdBefore === undefined || created <= Date.parse(createdBefore))
  );
}

type RoomFilterParams = Omit<RoomListParams, 'limit' | 'start'>;

function roomListParams(filter: RoomFilter): RoomFilterParams {
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

/** The room that another resource names by its vendor id; null if it does not exist. */
export function roomWithId(roomId: string, context: Context): MaybePromise<RoomResource | null> {
  return roomNode.find(roomId, context);
}

/** A room's own recording settings, null if it has none. The vendor's key is `recording_info` or `recording`, by endpoint. */
export function recordingOfRoom(room: RoomResource): RecordingInfoResource | null {
  return room.recording_info ?? room.recording ?? null;
}
