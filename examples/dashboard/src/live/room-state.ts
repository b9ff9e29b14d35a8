// What the page knows of one room, as pure functions: its people by the reducer of the client package, and what the page
// remembers beside them, the number of people over time and the timeline.
import { noPeers, reducePeers, type PeersStateOf } from '@hms-gateway/client';
import type { SessionRecordQuery } from '../../generated/graphql.ts';
import type { Problem } from '../gateway/problem.ts';
import { stepsOf, withStep, type Step } from './series.ts';
import { entriesOf, entriesOfRecord, withEntries, type Entry, type RoomEvent } from './timeline.ts';

export interface RoomState {
  /** Whether a snapshot has arrived; before that nothing is known. */
  readonly isKnown: boolean;
  /** Whether it is one of the rooms that are watched at the same time, or waits until it may be. */
  readonly isWaiting: boolean;
  /** Whether events arrive now; otherwise the state is what it was at the last look. */
  readonly isWatched: boolean;
  readonly now: PeersStateOf<RoomEvent>;
  readonly steps: readonly Step[];
  /** Whether the steps reach back to the beginning of the session. */
  readonly isWhole: boolean;
  /** The newest first. */
  readonly entries: readonly Entry[];
  readonly problem: Problem | null;
  /**
   * Why this login does not see the session, or only its record: then it is not known since when the room is live, or who was
   * there before. Null: nothing is hidden.
   */
  readonly hidden: Problem | null;
}

export const nothingKnown: RoomState = {
  isKnown: false,
  isWaiting: false,
  isWatched: false,
  now: noPeers,
  steps: [],
  isWhole: false,
  entries: [],
  problem: null,
  hidden: null,
};

/** The state after one more event. `hidden`: why the event lacks the session. */
export function withEvent(before: RoomState, event: RoomEvent, hidden: Problem | null): RoomState {
  const now = reducePeers(before.now, event);
  const isNew = event.__typename === 'SessionStarted';
  const entries = entriesOf(event, before.now.peers, !before.isKnown);
  // Without a record, the joining of those who are there is what is known of the time before.
  const earlier =
    !before.isKnown && hidden !== null ? entriesOfRecord(staysOf(now), Date.parse(event.at)) : [];
  return {
    ...before,
    isKnown: true,
    now,
    steps: withStep(isNew ? [] : before.steps, { at: Date.parse(event.at), count: now.peers.length }),
    // Whoever saw the session begin knows all of it.
    isWhole: isNew || before.isWhole,
    entries: withEntries([...before.entries, ...earlier], entries),
    problem: null,
    hidden: hiddenAfter(before, now, event, hidden),
  };
}

function hiddenAfter(
  before: RoomState,
  { session }: PeersStateOf<RoomEvent>,
  event: RoomEvent,
  hidden: Problem | null,
): Problem | null {
  if (event.__typename === 'SessionEnded') return null;
  if (hidden !== null) return hidden;
  const tellsSession = event.__typename === 'PeersSnapshot' || event.__typename === 'SessionStarted';
  // The record of the same session stays closed.
  const isSame = session !== null && session.id === before.now.session?.id;
  return isSame || !tellsSession ? before.hidden : null;
}

function staysOf({ peers }: PeersStateOf<RoomEvent>) {
  return peers.map(({ hmsId, name, joinedAt }) => ({ hmsId, name, joinedAt, leftAt: null }));
}

type SessionPeers = NonNullable<NonNullable<SessionRecordQuery['session']>['peers']>;
type RecordedStay = SessionPeers['edges'][number]['node'];

/** How many stays of a session's record are read: the last ones. */
export const MAX_STAYS = 500;

/** The state with what the session's record tells of the time before `until`, when the room was first seen. */
export function withRecord(state: RoomState, stays: readonly RecordedStay[], until: number): RoomState {
  const later = state.steps.filter(({ at }) => at >= until);
  return {
    ...state,
    steps: later.reduce(withStep, stepsOf(stays, until, later[0]?.count ?? 0)),
    isWhole: stays.length < MAX_STAYS,
    entries: [...state.entries, ...entriesOfRecord(stays, until)],
  };
}
