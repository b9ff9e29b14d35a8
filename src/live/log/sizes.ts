// Estimated sizes of events in memory, in bytes, by the texts in them. They limit the log, so they must not be far too
// small. Exact sizes would need the JSON of each event.
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import type { PeerChange, SessionChange } from '../changes.ts';

/** An event without its peers: its object, cursor and ids. */
const EVENT_BYTES = 350;
/** A peer without its texts. */
const PEER_BYTES = 150;
const SESSION_BYTES = 250;

/** The size of an event of a room. Peers that it shares with other events count in each. */
export function peerChangeBytes(change: PeerChange): number {
  switch (change.kind) {
    case 'snapshot':
      return change.peers.reduce((sum, peer) => sum + peerBytes(peer), EVENT_BYTES);
    case 'updated': {
      const { name, role, metadata } = change.previous;
      return EVENT_BYTES + peerBytes(change.peer) + textBytes(name, role, metadata);
    }
    case 'joined':
    case 'left':
      return EVENT_BYTES + peerBytes(change.peer);
    default:
      return EVENT_BYTES + SESSION_BYTES;
  }
}

/** The size of an event of the workspace's sessions. */
export function sessionChangeBytes(change: SessionChange): number {
  return EVENT_BYTES + SESSION_BYTES * (change.kind === 'sessions' ? change.sessions.length : 1);
}

function peerBytes({ id, name, role, metadata, user_id: userId }: ActivePeerResource): number {
  return PEER_BYTES + textBytes(id, name, role, metadata, userId);
}

/** Two bytes a character, as texts with characters beyond Latin-1 have. The REST API can leave out texts. */
function textBytes(...texts: readonly (string | null | undefined)[]): number {
  return texts.reduce((sum, text) => sum + 2 * (text?.length ?? 0), 0);
}
