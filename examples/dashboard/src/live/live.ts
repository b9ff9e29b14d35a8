// All that is live on the page, for one login.
import type { Gateway } from '../gateway/gateway.ts';
import { createPlaces } from './places.ts';
import { createRoomFeed, type RoomState } from './room-feed.ts';
import { createSessionsFeed, type SessionsState } from './sessions-feed.ts';
import type { Store } from './store.ts';

/** Rooms watched at the same time: below the 50 operations of a socket, with some to spare. */
const MAX_WATCHED = 40;

export interface Live {
  readonly sessions: Store<SessionsState>;
  /** The feed of a room, the same for all who ask. */
  room(roomId: string): Store<RoomState>;
}

export function createLive({ client }: Gateway): Live {
  const places = createPlaces(MAX_WATCHED);
  const rooms = new Map<string, Store<RoomState>>();
  return {
    sessions: createSessionsFeed(client),
    room(roomId) {
      const feed = rooms.get(roomId) ?? createRoomFeed(client, roomId, places);
      rooms.set(roomId, feed);
      return feed;
    },
  };
}
