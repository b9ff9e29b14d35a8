// Lists of peers in the order of joining, as connections. The sorted list of a room's connected peers is stored with the array of
// resources from which it was made. So it can be reused: an answer that equals the last one is the same array
// (src/rest/client/last-answers.ts), and so is the snapshot of a watched room between two polls. This is correct because a list
// depends only on the array, the room's id and the session's id, which are all compared, and because no code modifies an array or
// a peer. A list is freed together with its array.
import { Derived } from '../../src/derived.ts';
import type { ActivePeerResource } from '../../src/rest/peers/peers.ts';
import { cursorsOf, type CountedConnection } from '../connection.ts';
import { edgesInOrder, wholePage, type ListOrder } from '../connections/whole-list.ts';
import { compareInstants, secondRank, sortableInstant } from '../values.ts';
import { connectedPeer, type PeerView } from './peer-views.ts';

/** By joining time, then by id. It does not change, so a cursor stays valid after its peer has left. */
export const joinOrder: ListOrder<PeerView> = {
  cursors: cursorsOf('peers', /^[^/]+\/\S+$/),
  keyOf: ({ joinedAt, id }) => `${sortableInstant(joinedAt ?? '')}/${id}`,
  compare(one, other) {
    const byTime = compareInstants(one.joinedAt ?? '', other.joinedAt ?? '');
    if (byTime !== 0) return byTime;
    return one.id < other.id ? -1 : 1;
  },
  rankOf: ({ joinedAt }) => secondRank(joinedAt ?? ''),
};

interface KeptList {
  readonly roomId: string;
  readonly sessionId: string | null;
  readonly page: CountedConnection<PeerView>;
}

const keptLists = new Derived<readonly ActivePeerResource[], KeptList>();

/** The page of all connected peers of a room, in the order of joining. The same array and ids give the same page and views. */
export function connectedPeers(
  roomId: string,
  peers: readonly ActivePeerResource[],
  sessionId: string | null,
): CountedConnection<PeerView> {
  const kept = keptLists.get(peers);
  if (kept?.roomId === roomId && kept.sessionId === sessionId) return kept.page;
  const edges = edgesInOrder(
    peers.map((live) => connectedPeer(roomId, live, sessionId)),
    joinOrder,
  );
  const page = wholePage(edges, true);
  keptLists.keep(peers, { roomId, sessionId, page });
  return page;
}
