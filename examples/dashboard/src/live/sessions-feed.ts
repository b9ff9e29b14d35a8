// The rooms that are live in the workspace, and those that ended while the page was open.
import { noSessions, reduceSessions, type SessionsStateOf } from '@hms-gateway/client';
import type { Client } from 'urql';
import type { WatchSessionsSubscription } from '../../generated/graphql.ts';
import { WatchSessions } from '../documents.ts';
import { problemOf, type Problem } from '../gateway/problem.ts';
import { follow } from './follow.ts';
import { learnClock } from './now.ts';
import { createStore, type Store } from './store.ts';

type SessionEvent = WatchSessionsSubscription['sessionChanges'];
type LiveSessions = SessionsStateOf<SessionEvent>;
export type LiveSession = LiveSessions['sessions'][number];

/** A session that ended while the page was open. */
export interface Ended {
  readonly session: LiveSession;
  /** RFC 3339. */
  readonly at: string;
}

export interface SessionsState {
  /** Whether a snapshot has arrived; before that nothing is known. */
  readonly isKnown: boolean;
  readonly now: LiveSessions;
  /** The newest first. */
  readonly ended: readonly Ended[];
  readonly problem: Problem | null;
  /** Why sessions lack their room; null: none does. */
  readonly hidden: Problem | null;
}

const MAX_ENDED = 8;

/** Makes the feed, which subscribes while it is watched. */
export function createSessionsFeed(client: Client): Store<SessionsState> {
  const nothingKnown: SessionsState = {
    isKnown: false,
    now: noSessions,
    ended: [],
    problem: null,
    hidden: null,
  };
  const store = createStore(nothingKnown, subscribe);

  function subscribe(): () => void {
    return follow(() => client.subscription(WatchSessions, { after: store.get().now.cursor }), {
      event: ({ sessionChanges }, error) =>
        take(sessionChanges, error === undefined ? null : problemOf(error)),
      problem: (problem) => store.set({ ...store.get(), problem }),
    });
  }

  function take(event: SessionEvent, hidden: Problem | null): void {
    learnClock(event.at);
    const { now: before, ended, hidden: hiddenBefore } = store.get();
    const now = reduceSessions(before, event);
    const running = new Set(now.sessions.map(({ id }) => id));
    const over = before.sessions
      .filter(({ id }) => !running.has(id))
      .map((session) => ({ session, at: event.at }));
    const all = [...over, ...ended].slice(0, MAX_ENDED);
    const isAll = event.__typename === 'SessionsSnapshot';
    store.set({
      isKnown: true,
      now,
      ended: all,
      problem: null,
      hidden: hidden ?? (isAll ? null : hiddenBefore),
    });
  }
  return store;
}
