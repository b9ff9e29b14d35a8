// The state of one room: a pure function that adds an event of `peerChanges` to it. It needs no clock and no client, so it
// fits `useReducer`, `scan`, a handler of urql's `useSubscription`, or a plain loop.
import {
  keyOf,
  type Consistent,
  type Identified,
  type PeerChange,
  type PeerOf,
  type SessionOf,
} from './changes.ts';
import { replaced, withElement, without } from './ordered.ts';

/** Who is in a room according to the received events. */
export interface PeersState<Peer = Identified, Session = Identified> {
  /**
   * The peers who are in the room and match the subscription's filter: by `joinedAt` if it is selected, else in the order in
   * which they appeared.
   */
  readonly peers: readonly Peer[];
  /** The running session; null if the room is not live, if `session` is not selected, or if the gateway could not read it. */
  readonly session: Session | null;
  /** Whether the room has a running session. If the document does not select `session`: whether a peer was seen. */
  readonly live: boolean;
  /** Whether the gateway cannot read the room now, so that the state may be out of date. */
  readonly stale: boolean;
  /**
   * When the gateway last confirmed this state (RFC 3339). Null if nothing is known about the room, because no snapshot has
   * arrived or the gateway has not read the room yet. It does not change while nothing happens in the room; an event updates it
   * if `at` is selected.
   */
  readonly asOf: string | null;
  /** The position of the last event, for `after`; null before the first event. */
  readonly cursor: string | null;
}

/** The state of a subscription with events of the type `Change`. */
export type PeersStateOf<Change> = PeersState<PeerOf<Change>, SessionOf<Change>>;

/** The state before the first event. */
export const noPeers: PeersState<never, never> = Object.freeze({
  peers: Object.freeze([]),
  session: null,
  live: false,
  stale: false,
  asOf: null,
  cursor: null,
});

/**
 * Returns the state after one more event. Pass the events in the order in which the gateway sent them; an event that is passed
 * twice changes nothing. Changes before the first snapshot are ignored: a client that shares an older subscription gets no
 * snapshot. An event of a type that this version does not know changes only the cursor. Objects that did not change stay
 * identical.
 */
export function reducePeers<Change extends PeerChange>(
  state: PeersStateOf<Change>,
  change: Change & Consistent<Change>,
): PeersStateOf<Change> {
  // The document selects the same fields in each event as in the snapshot: see PeerOf and SessionOf.
  return added(state, change) as PeersStateOf<Change>;
}

function added(state: PeersState, change: PeerChange): PeersState {
  const { cursor } = change;
  if (change.__typename === 'PeersSnapshot') {
    const { stale, asOf = null, session = null } = change;
    const peers = replaced(state.peers, change.peers, 'joinedAt');
    return { peers, session, live: session !== null || peers.length > 0, stale, asOf, cursor };
  }
  if (state.cursor === null) return state;
  const next = { ...state, cursor, asOf: change.at ?? state.asOf };
  switch (change.__typename) {
    case 'PeerJoined':
    case 'PeerUpdated':
      return { ...next, live: true, peers: withElement(state.peers, change.peer, 'joinedAt') };
    case 'PeerLeft': {
      // With `cause: FILTER` the peer is still in the room, but no longer in this list.
      const key = keyOf(change.peer);
      return { ...next, peers: without(state.peers, (peer) => keyOf(peer) === key) };
    }
    case 'SessionStarted':
      return { ...next, live: true, session: change.session ?? null };
    case 'SessionEnded':
      return { ...next, live: false, session: null, peers: [] };
    default:
      return { ...state, cursor };
  }
}
