// Cameras and microphones of a room's people, read when asked: polling does not see them, and each person costs a REST call.
import { useState } from 'react';
import { useClient } from 'urql';
import type { RoomTracksQuery } from '../../generated/graphql.ts';
import { RoomTracks } from '../documents.ts';
import { problemOf } from '../gateway/problem.ts';

type Peers = NonNullable<NonNullable<RoomTracksQuery['room']>['peers']>;
export type Track = NonNullable<Peers['edges'][number]['node']['tracks']>[number];

/** Tracks as they were at a time. */
export interface Tracks {
  /** When they were read, in milliseconds since the epoch; null: not yet. */
  readonly at: number | null;
  readonly isReading: boolean;
  readonly problem: string | null;
  readonly read: () => Promise<void>;
  /** The tracks of a peer; null: they were not read. */
  readonly of: (peerId: string) => readonly Track[] | null;
}

interface Known {
  readonly at: number;
  readonly byPeer: ReadonlyMap<string, readonly Track[] | null>;
}

export function useTracks(roomId: string): Tracks {
  const client = useClient();
  const [known, setKnown] = useState<Known | null>(null);
  const [isReading, setIsReading] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  return {
    at: known?.at ?? null,
    isReading,
    problem,
    async read() {
      setIsReading(true);
      const { data, error } = await client.query(RoomTracks, { roomId }).toPromise();
      setIsReading(false);
      setProblem(error === undefined ? null : problemOf(error).message);
      const edges = data?.room?.peers?.edges;
      if (edges === undefined) return;
      setKnown({ at: Date.now(), byPeer: new Map(edges.map(({ node }) => [node.hmsId, node.tracks])) });
    },
    of: (peerId) => known?.byPeer.get(peerId) ?? null,
  };
}
