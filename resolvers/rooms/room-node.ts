// The Node `Room`.
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import { plannedLoader } from '../loaders.ts';
import { hexNode } from '../node.ts';

/** The Node `Room` with its loader, which reads rooms through the catalog: from memory, or batched REST calls. */
export const roomNode = hexNode(
  plannedLoader<RoomResource>((ids, { catalog, call }) => catalog.rooms(ids, call)),
  (id, { catalog, call }) => catalog.knownRoom(id, call.onStale),
);
