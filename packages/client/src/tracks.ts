// The tracks that each peer of one room publishes: a pure function that adds an event of `trackChanges` to the state.
import { keyOf, type Identified } from './changes.ts';

/** What each event has. */
interface Stamped {
  /** The position of the event, for `after`. */
  readonly cursor: string;
}

/** The tracks of one peer, as the last look of the gateway showed them. */
export interface PeerTracks<Peer = Identified, Track = object> {
  readonly peer: Peer;
  /** Null: the gateway has not looked at the peer yet. */
  readonly tracks: readonly Track[] | null;
  /** When that look was sent (RFC 3339); null: the gateway has not looked yet. Undefined if the document does not select it. */
  readonly asOf?: string | null | undefined;
}

/** An event of `trackChanges`, as far as this package reads it. */
export type TrackChange =
  | (Stamped & {
      readonly __typename: 'TracksSnapshot';
      readonly stale: boolean;
      readonly peerTracks: readonly PeerTracks[];
    })
  | (Stamped & { readonly __typename: 'TracksAwaited' | 'TracksEnded'; readonly peer: Identified })
  | (Stamped & {
      readonly __typename: 'TracksUpdated';
      readonly peer: Identified;
      readonly tracks: readonly object[];
      readonly asOf?: string | null | undefined;
    });

/** Who publishes what in a room, as far as the received events tell. */
export interface TracksState<Tracks = PeerTracks> {
  /** The peers whose role may publish, in the order in which they appeared. */
  readonly peerTracks: readonly Tracks[];
  /** Whether the gateway cannot read the room or its tracks now, so that the state may be out of date. */
  readonly stale: boolean;
  /** The position of the last event, for `after`; null before the first event. */
  readonly cursor: string | null;
}

/** The peer with its tracks as a document selects them in the snapshot. */
type TracksOf<Change> = Change extends {
  readonly __typename: 'TracksSnapshot';
  readonly peerTracks: readonly (infer Tracks)[];
}
  ? Tracks
  : never;

/** The state of a subscription whose document gives events of the type `Change`. */
export type TracksStateOf<Change> = TracksState<TracksOf<Change>>;

/** The state before the first event. */
export const noTracks: TracksState<never> = Object.freeze({
  peerTracks: Object.freeze([]),
  stale: false,
  cursor: null,
});

/**
 * The state after one more event; the rules are those of `reducePeers`. Select on each event what the snapshot selects of a peer
 * and its tracks.
 */
export function reduceTracks<Change extends TrackChange>(
  state: TracksStateOf<Change>,
  change: Change,
): TracksStateOf<Change> {
  // The document selects in each event what it selects in the snapshot.
  return added(state, change) as TracksStateOf<Change>;
}

function added(state: TracksState, change: TrackChange): TracksState {
  const { cursor } = change;
  if (change.__typename === 'TracksSnapshot') {
    return { peerTracks: change.peerTracks, stale: change.stale, cursor };
  }
  if (state.cursor === null) return state;
  switch (change.__typename) {
    case 'TracksAwaited':
      return { ...state, cursor, peerTracks: placed(state, { peer: change.peer, tracks: null, asOf: null }) };
    case 'TracksUpdated': {
      const { peer, tracks, asOf } = change;
      return { ...state, cursor, peerTracks: placed(state, { peer, tracks, asOf }) };
    }
    case 'TracksEnded': {
      const key = keyOf(change.peer);
      return { ...state, cursor, peerTracks: state.peerTracks.filter(({ peer }) => keyOf(peer) !== key) };
    }
    default:
      return { ...state, cursor };
  }
}

/** The list with these tracks in the place of the peer's former ones, or at the end. */
function placed({ peerTracks }: TracksState, tracks: PeerTracks): readonly PeerTracks[] {
  const key = keyOf(tracks.peer);
  const at = peerTracks.findIndex(({ peer }) => keyOf(peer) === key);
  return at === -1 ? [...peerTracks, tracks] : peerTracks.with(at, tracks);
}
