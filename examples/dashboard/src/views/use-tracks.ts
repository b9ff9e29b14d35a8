// Cameras and microphones of a room's people, watched when asked: the gateway reads one person after another, with a REST call for each.
import { noTracks, reduceTracks, type TracksStateOf } from '@hms-gateway/client';
import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import type { WatchTracksSubscription } from '../../generated/graphql.ts';
import { WatchTracks } from '../documents.ts';
import { follow } from '../live/follow.ts';

type State = TracksStateOf<WatchTracksSubscription['trackChanges']>;
type PeerTracks = State['peerTracks'][number];
export type Track = NonNullable<PeerTracks['tracks']>[number];

/** The tracks of a room's people as the gateway last saw them. */
export interface Tracks {
  readonly isWatching: boolean;
  /** The number of people whose tracks the gateway has not read yet. */
  readonly awaited: number;
  /** Whether the REST API does not answer, so that tracks may be out of date. */
  readonly stale: boolean;
  readonly problem: string | null;
  readonly setWatching: (isWatching: boolean) => void;
  /** The tracks of a peer; null: they are not watched, or the gateway has not read them. */
  readonly of: (peerId: string) => readonly Track[] | null;
}

export function useTracks(roomId: string): Tracks {
  const client = useClient();
  const [isWatching, setWatching] = useState(false);
  const [state, setState] = useState<State>(noTracks);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!isWatching) return undefined;
    let now: State = noTracks;
    const stop = follow(() => client.subscription(WatchTracks, { roomId, after: now.cursor }), {
      event({ trackChanges }) {
        now = reduceTracks(now, trackChanges);
        setProblem(null);
        setState(now);
      },
      problem: ({ message }) => setProblem(message),
    });
    return () => {
      stop();
      setState(noTracks);
      setProblem(null);
    };
  }, [client, roomId, isWatching]);
  const byPeer = new Map(state.peerTracks.map(({ peer, tracks }) => [peer.hmsId, tracks]));
  return {
    isWatching,
    awaited: state.peerTracks.filter(({ tracks }) => tracks === null).length,
    stale: state.stale,
    problem,
    setWatching,
    of: (peerId) => byPeer.get(peerId) ?? null,
  };
}
