// All that is live on the page, for one login.
import type { Gateway } from '../gateway/gateway.ts';
import { createPlaces } from './places.ts';
import { createRoomFeed } from './room-feed.ts';
import type { RoomState } from './room-state.ts';
import { createSessionsFeed, type SessionsState } from './sessions-feed.ts';
import { createStore, type Store } from './store.ts';

/** Rooms watched at the same time: below the 50 operations of a socket, with some to spare. */
const MAX_WATCHED = 40;

export interface Live {
  readonly sessions: Store<SessionsState>;
  /** The feed of a room, the same for all who ask. */
  room(roomId: string): Store<RoomState>;
  /** How often the state of a room has changed, for what is counted over all of them without watching each. */
  readonly changes: Store<number>;
}

export function createLive({ client }: Gateway): Live {
  const places = createPlaces(MAX_WATCHED);
  const rooms = new Map<string, Store<RoomState>>();
  const changes = createStore(0);
  const changed = () => changes.set(changes.get() + 1);
  return {
    changes,
    sessions: createSessionsFeed(client),
    room(roomId) {
      const feed = rooms.get(roomId) ?? createRoomFeed(client, roomId, places, changed);
      rooms.set(roomId, feed);
      return feed;
    },
  };
}
