// The subscription to one room, and the state folded from its events. When the room leaves the screen the subscription ends and the
// state is kept; when the room comes back, a new subscription resumes by the cursor.
import type { Client } from 'urql';
import { SessionRecord, WatchRoom } from '../documents.ts';
import { problemAt, problemOf, type Problem } from '../gateway/problem.ts';
import { follow } from './follow.ts';
import { learnClock } from './now.ts';
import type { Places } from './places.ts';
import { MAX_STAYS, nothingKnown, withEvent, withRecord, type RoomState } from './room-state.ts';
import { createStore, type Store } from './store.ts';
import type { RoomEvent } from './timeline.ts';

/** How long a room is watched on after the last look at it, so that a visitor who scrolls or goes back costs nothing. */
const LINGER_MS = 3000;

/**
 * Makes the feed of a room. It subscribes while it is watched and has one of the `places`; `changed` is called at each
 * change of its state.
 */
export function createRoomFeed(
  client: Client,
  roomId: string,
  places: Places,
  changed: () => void,
): Store<RoomState> {
  let recordedSession: string | null = null;
  let lingering: ReturnType<typeof setTimeout> | undefined;
  let stop: (() => void) | undefined;
  const store = createStore(nothingKnown, () => {
    clearTimeout(lingering);
    stop ??= begin();
    return () => {
      lingering = setTimeout(() => {
        stop?.();
        stop = undefined;
        change({ isWatched: false, isWaiting: false });
      }, LINGER_MS);
    };
  });
  const set = (state: RoomState) => {
    store.set(state);
    changed();
  };
  const change = (changes: Partial<RoomState>) => set({ ...store.get(), ...changes });

  function begin(): () => void {
    change({ isWaiting: true });
    return places.take(() => {
      change({ isWaiting: false, isWatched: true });
      return follow(() => client.subscription(WatchRoom, { roomId, after: store.get().now.cursor }), {
        event: ({ peerChanges }, error) => take(peerChanges, problemAt(error, 'peerChanges.session')),
        problem: (problem) => change({ problem }),
      });
    });
  }

  function take(event: RoomEvent, hidden: Problem | null): void {
    learnClock(event.at);
    set(withEvent(store.get(), event, hidden));
    const session = store.get().now.session?.hmsId ?? null;
    if (session === null || session === recordedSession) return;
    recordedSession = session;
    // Whoever saw the session begin needs no record of it.
    if (event.__typename === 'PeersSnapshot') void readRecord(session, Date.parse(event.at));
  }

  async function readRecord(sessionId: string, until: number): Promise<void> {
    const { data, error } = await client.query(SessionRecord, { sessionId, last: MAX_STAYS }).toPromise();
    const stays = data?.session?.peers?.edges.map(({ node }) => node);
    if (recordedSession !== sessionId) return;
    if (stays !== undefined) set(withRecord(store.get(), stays, until));
    // A login may be allowed to see the people but not the record: then the chart begins now.
    else if (error !== undefined) change({ hidden: problemOf(error) });
  }
  return store;
}
