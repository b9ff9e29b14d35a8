// Resolvers of the layouts of a room's roles.
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import type { LayoutResource, LayoutThemeResource } from '../../src/rest/templates/layouts.ts';
import type { Context } from '../context.ts';
import { splitPair } from '../local-ids.ts';
import { unlessDisabled } from '../rooms/disabled-rooms.ts';
import { layoutLoader, type LayoutKey } from './layout-node.ts';
import { roleOfRoom } from './templates.ts';

/** A layout, with the room that it was found by. */
export interface RoomLayout extends LayoutKey {
  readonly resource: LayoutResource;
}

/** The layout of a role of the room. No call is made for a role that the room's template does not have. */
export function layoutOfRoom(room: RoomResource, role: string, context: Context): Promise<RoomLayout | null> {
  return unlessDisabled(room, context, () => findLayout({ roomId: room.id, role }, context));
}

/** Refetches a layout by the local id of its Node: room id and role name. */
export function layoutByNodeId(localId: string, context: Context): Promise<RoomLayout | null> {
  const [roomId, role] = splitPair(localId);
  return findLayout({ roomId, role }, context);
}

async function findLayout(key: LayoutKey, context: Context): Promise<RoomLayout | null> {
  if ((await roleOfRoom(key.roomId, key.role, context)) === null) return null;
  const resource = await layoutLoader(context).load(key);
  return resource === null ? null : { ...key, resource };
}

/** The vendor may add kinds of themes. */
export function appearanceOf({ theme_type: type }: LayoutThemeResource): 'DARK' | 'LIGHT' | 'OTHER' {
  if (type === 'THEME_TYPE_DARK') return 'DARK';
  return type === 'THEME_TYPE_LIGHT' ? 'LIGHT' : 'OTHER';
}
