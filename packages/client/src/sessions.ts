// The running sessions of the workspace, or of the rooms that the caller may see: a pure function that adds an event of
// `sessionChanges` to them.
import {
  keyOf,
  type Consistent,
  type Identified,
  type SessionChange,
  type SessionOf,
  type SessionTurn,
} from './changes.ts';
import { replaced, withElement, without } from './ordered.ts';

/** Which sessions are running according to the received events. */
export interface SessionsState<Session = Identified> {
  /** The running sessions: by `startedAt` if it is selected, else in the order in which they appeared. */
  readonly sessions: readonly Session[];
  /** Whether the gateway cannot read the sessions now, so that the state may be out of date. */
  readonly stale: boolean;
  /** When the gateway last confirmed this state (RFC 3339); null if it has not yet. See `PeersState.asOf`. */
  readonly asOf: string | null;
  /** The position of the last event, for `after`; null before the first event. */
  readonly cursor: string | null;
}

/** The state of a subscription with events of the type `Change`. */
export type SessionsStateOf<Change> = SessionsState<SessionOf<Change>>;

/** The state before the first event. */
export const noSessions: SessionsState<never> = Object.freeze({
  sessions: Object.freeze([]),
  stale: false,
  asOf: null,
  cursor: null,
});

/**
 * Returns the state after one more event, by the same rules as `reducePeers`. If the gateway could not read the record of a
 * session, `session` of its event is null. A start then changes nothing; for an end the session is found by `room`, if that is
 * selected on the event and on the sessions.
 */
export function reduceSessions<Change extends SessionChange>(
  state: SessionsStateOf<Change>,
  change: Change & Consistent<Change>,
): SessionsStateOf<Change> {
  // The document selects the same fields in each event as in the snapshot: see SessionOf.
  return added(state, change) as SessionsStateOf<Change>;
}

function added(state: SessionsState, change: SessionChange): SessionsState {
  const { cursor } = change;
  if (change.__typename === 'SessionsSnapshot') {
    const { stale, asOf = null } = change;
    return { sessions: replaced(state.sessions, change.sessions, 'startedAt'), stale, asOf, cursor };
  }
  if (state.cursor === null) return state;
  const next = { ...state, cursor, asOf: change.at ?? state.asOf };
  const { session } = change;
  switch (change.__typename) {
    case 'SessionStarted':
      return session == null
        ? next
        : { ...next, sessions: withElement(state.sessions, session, 'startedAt') };
    case 'SessionEnded':
      return { ...next, sessions: without(state.sessions, endedBy(change)) };
    default:
      return { ...state, cursor };
  }
}

function endedBy({ session, room }: SessionTurn): (one: Identified) => boolean {
  if (session != null) return (one) => keyOf(one) === keyOf(session);
  if (room == null) return () => false;
  return (one) => {
    const { room: its } = one as { readonly room?: Identified | null }; // the document may select it
    return its != null && keyOf(its) === keyOf(room);
  };
}
