// Turns an event of a room into the event that a subscriber with a filter gets. Pure: an update holds the previous
// values, so nothing has to be remembered for each subscriber.
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import { mapKey } from '../../map-key.ts';
import type { PeerChange, PeerFilter, PeerUpdated } from '../changes.ts';
import type { NamedFilter } from '../log/view.ts';

/** The filter of a subscription to a channel; null if it leaves nothing out. */
export function eventFilter(filter: PeerFilter | undefined): NamedFilter<PeerChange> | null {
  const { role, userId } = filter ?? {};
  if (filter === undefined || (role === undefined && userId === undefined)) return null;
  const key = mapKey(JSON.stringify([role ?? null, userId ?? null]));
  return { key, filter: (change) => filterChange(change, filter) };
}

/**
 * The event through the filter; null when it concerns no matching peer. An update by which a peer begins or ceases to
 * match becomes `joined` or `left` with the cause FILTER. Events of sessions pass; a snapshot is never null.
 */
export function filterChange(change: PeerChange, filter: PeerFilter): PeerChange | null {
  switch (change.kind) {
    case 'snapshot':
      return { ...change, peers: change.peers.filter((peer) => matches(peer, filter)) };
    case 'joined':
    case 'left':
      return matches(change.peer, filter) ? change : null;
    case 'updated':
      return filterUpdate(change, filter);
    default:
      return change;
  }
}

function filterUpdate(change: PeerUpdated, filter: PeerFilter): PeerChange | null {
  const { cursor, at, roomId, peer, sessionId } = change;
  const crossing = { cursor, at, roomId, peer, sessionId, cause: 'FILTER' } as const;
  const matchedBefore = matches({ ...peer, ...change.previous }, filter);
  const matchesNow = matches(peer, filter);
  if (matchedBefore && matchesNow) return change;
  if (matchesNow) return { kind: 'joined', ...crossing };
  return matchedBefore ? { kind: 'left', ...crossing, leaveReason: null, departure: null } : null;
}

function matches(peer: ActivePeerResource, filter: PeerFilter): boolean {
  return (
    (filter.role === undefined || peer.role === filter.role) &&
    (filter.userId === undefined || peer.user_id === filter.userId)
  );
}
