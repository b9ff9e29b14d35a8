// The Node `Room`.
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import { plannedLoader } from '../loaders.ts';
import { hexNode } from '../node.ts';

export const roomNode = hexNode(
  plannedLoader<RoomResource>((ids, { catalog, call }) => catalog.rooms(ids, call)),
);
