// How components read stores, the address and the time.
import { createContext, use, useSyncExternalStore } from 'react';
import { gatewayNow, seconds } from './live/now.ts';
import type { Connection } from './gateway/connection.ts';
import type { Live } from './live/live.ts';
import { createStore, type Store } from './live/store.ts';

/** The value of a store, now and whenever it changes. */
export function useStore<Value>(store: Store<Value>): Value {
  return useSyncExternalStore(store.watch, store.get);
}

/** The gateway's time in milliseconds since the epoch, at every `stepMs`; at least 1000. */
export function useNow(stepMs = 1000): number {
  return useSyncExternalStore(seconds.watch, () => Math.floor(gatewayNow() / stepMs) * stepMs);
}

/** The page's places: the list of rooms, or one room. They are in the fragment of the address, which the gateway never sees. */
export type Route = { readonly page: 'rooms' } | { readonly page: 'room'; readonly roomId: string };

function readRoute(): Route {
  const [, roomId] = /^#\/rooms\/(\w+)$/.exec(location.hash) ?? [];
  return roomId === undefined ? { page: 'rooms' } : { page: 'room', roomId };
}

/** The address of a room's page. */
export function linkTo(roomId: string): string {
  return `#/rooms/${roomId}`;
}

const route = createStore(readRoute(), () => {
  const read = () => route.set(readRoute());
  addEventListener('hashchange', read);
  return () => removeEventListener('hashchange', read);
});

export function useRoute(): Route {
  return useStore(route);
}

/** What all views share. */
export interface Shared {
  readonly live: Live;
  readonly connection: Store<Connection>;
}

/** Set by app.tsx. */
export const SharedContext = createContext<Shared | null>(null);

export function useShared(): Shared {
  const shared = use(SharedContext);
  if (shared === null) throw new Error('A view is outside of the app.');
  return shared;
}
