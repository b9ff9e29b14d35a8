// One room as it is watched: its people by the reducer of the client package, and what the page remembers beside them, the
// number of people over time and the timeline. While nobody looks at the room its state stays; then it goes on by its cursor.
import { noPeers, reducePeers, type PeersStateOf } from '@hms-gateway/client';
import type { Client } from 'urql';
import { SessionRecord, WatchRoom } from '../documents.ts';
import type { Problem } from '../gateway/problem.ts';
import { follow } from './follow.ts';
import { learnClock } from './now.ts';
import type { Places } from './places.ts';
import { stepsOf, withStep, type Step } from './series.ts';
import { createStore, type Store } from './store.ts';
import { entriesOf, entriesOfRecord, withEntries, type Entry, type RoomEvent } from './timeline.ts';

export interface RoomState {
  /** Whether a snapshot has arrived; before that nothing is known. */
  readonly isKnown: boolean;
  /** Whether it is one of the rooms that are watched at the same time, or waits until it may be. */
  readonly isWaiting: boolean;
  readonly now: PeersStateOf<RoomEvent>;
  readonly steps: readonly Step[];
  /** The newest first. */
  readonly entries: readonly Entry[];
  readonly problem: Problem | null;
}

const nothingKnown: RoomState = {
  isKnown: false,
  isWaiting: false,
  now: noPeers,
  steps: [],
  entries: [],
  problem: null,
};

/** How long a room is watched on after the last look at it, so that a visitor who scrolls or goes back costs nothing. */
const LINGER_MS = 3000;

/** Makes the feed of a room. It subscribes while it is watched and has one of the `places`. */
export function createRoomFeed(client: Client, roomId: string, places: Places): Store<RoomState> {
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
      }, LINGER_MS);
    };
  });
  const change = (changes: Partial<RoomState>) => store.set({ ...store.get(), ...changes });

  function begin(): () => void {
    change({ isWaiting: true });
    return places.take(() => {
      change({ isWaiting: false });
      return subscribe();
    });
  }

  function subscribe(): () => void {
    return follow(() => client.subscription(WatchRoom, { roomId, after: store.get().now.cursor }), {
      event: ({ peerChanges }) => take(peerChanges),
      problem: (problem) => change({ problem }),
    });
  }

  function take(event: RoomEvent): void {
    learnClock(event.at);
    const before = store.get();
    const now = reducePeers(before.now, event);
    const isNew = event.__typename === 'SessionStarted';
    const steps = withStep(isNew ? [] : before.steps, { at: Date.parse(event.at), count: now.peers.length });
    const entries = withEntries(before.entries, entriesOf(event, before.now.peers, !before.isKnown));
    store.set({ ...before, isKnown: true, now, steps, entries, problem: null });
    const session = now.session?.hmsId ?? null;
    if (session === null || session === recordedSession) return;
    recordedSession = session;
    // Whoever saw the session begin knows all of it.
    if (event.__typename === 'PeersSnapshot') void readRecord(session, Date.parse(event.at));
  }

  async function readRecord(sessionId: string, until: number): Promise<void> {
    const { data } = await client.query(SessionRecord, { sessionId }).toPromise();
    const stays = data?.session?.peers?.edges.map(({ node }) => node);
    // A login may be allowed to see the people but not the session: then the chart begins now.
    if (stays === undefined || recordedSession !== sessionId) return;
    const { steps, entries } = store.get();
    const later = steps.filter(({ at }) => at >= until);
    change({
      steps: later.reduce(withStep, stepsOf(stays, until)),
      entries: [...entries, ...entriesOfRecord(stays, until)],
    });
  }
  return store;
}
