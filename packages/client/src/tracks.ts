// The tracks that each peer of one room publishes: a pure function that adds an event of `trackChanges` to the state.
import { keyOf, type Identified } from './changes.ts';

/** The fields of each event of `trackChanges`. */
interface Stamped {
  /** The position of the event, for `after`. */
  readonly cursor: string;
}

/** The tracks of one peer, as the gateway last read them. */
export interface PeerTracks<Peer = Identified, Track = object> {
  readonly peer: Peer;
  /** Null if the gateway has not read them yet. */
  readonly tracks: readonly Track[] | null;
  /**
   * When the gateway sent the request for them (RFC 3339); null if it has not yet, undefined if the document does not select it.
   */
  readonly asOf?: string | null | undefined;
}

/** An event of `trackChanges`, with the fields that this package reads. */
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

/** Who publishes what in a room according to the received events. */
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

/** The state of a subscription with events of the type `Change`. */
export type TracksStateOf<Change> = TracksState<TracksOf<Change>>;

/** The state before the first event. */
export const noTracks: TracksState<never> = Object.freeze({
  peerTracks: Object.freeze([]),
  stale: false,
  cursor: null,
});

/**
 * Returns the state after one more event, by the same rules as `reducePeers`. Select the same fields of peers and tracks on each
 * event as on the snapshot.
 */
export function reduceTracks<Change extends TrackChange>(
  state: TracksStateOf<Change>,
  change: Change,
): TracksStateOf<Change> {
  // The document selects the same fields in each event as in the snapshot.
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

/** The list with these tracks instead of the peer's previous ones, or appended if it had none. */
function placed({ peerTracks }: TracksState, tracks: PeerTracks): readonly PeerTracks[] {
  const key = keyOf(tracks.peer);
  const at = peerTracks.findIndex(({ peer }) => keyOf(peer) === key);
  return at === -1 ? [...peerTracks, tracks] : peerTracks.with(at, tracks);
}
