// A room's events as seen through a filter. Pure: an updated peer says what it was, so nothing must be remembered.
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import type { PeerChange, PeerFilter, PeerUpdated } from '../changes.ts';

/** The event as the filter shows it: itself, another one, or null for nothing. A snapshot is never null. */
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
  const told = { cursor, at, roomId, peer, sessionId, cause: 'FILTER' } as const;
  const before = matches({ ...peer, ...change.previous }, filter);
  const now = matches(peer, filter);
  if (before && now) return change;
  if (now) return { kind: 'joined', ...told };
  return before ? { kind: 'left', ...told, leaveReason: null } : null;
}

function matches(peer: ActivePeerResource, filter: PeerFilter): boolean {
  return (
    (filter.role === undefined || peer.role === filter.role) &&
    (filter.userId === undefined || peer.user_id === filter.userId)
  );
}
