// Estimates the size of events in memory, in bytes, from the texts in them. These estimates limit the log, so they must not be
// much too small. For exact sizes each event would have to be written as JSON.
import type { ActivePeerResource, TrackResource } from '../../rest/peers/peers.ts';
import type { PeerChange, SessionChange, TrackChange } from '../changes.ts';

/** An event without its peers: its object, cursor and ids. */
const EVENT_BYTES = 350;
/** A peer without its texts. */
const PEER_BYTES = 150;
const SESSION_BYTES = 250;
/** A track without its texts. */
const TRACK_BYTES = 150;

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

/** The size of an event of the tracks in a room. Peers and tracks that it shares with other events count in each. */
export function trackChangeBytes(change: TrackChange): number {
  if (change.kind === 'snapshot') {
    return change.peers.reduce(
      (sum, { peer, tracks }) => sum + peerBytes(peer) + tracksBytes(tracks),
      EVENT_BYTES,
    );
  }
  const bytes = EVENT_BYTES + peerBytes(change.peer);
  return change.kind === 'tracks' ? bytes + tracksBytes(change.tracks) + tracksBytes(change.previous) : bytes;
}

function tracksBytes(tracks: readonly TrackResource[] | null): number {
  return (tracks ?? []).reduce(
    (sum, { id, stream_id: streamId, type, source, started_at: startedAt, description }) =>
      sum + TRACK_BYTES + textBytes(id, streamId, type, source, startedAt, description),
    0,
  );
}

function peerBytes({ id, name, role, metadata, user_id: userId }: ActivePeerResource): number {
  return PEER_BYTES + textBytes(id, name, role, metadata, userId);
}

/** Two bytes a character, as texts with characters beyond Latin-1 have. The REST API can leave out texts. */
function textBytes(...texts: readonly (string | null | undefined)[]): number {
  return texts.reduce((sum, text) => sum + 2 * (text?.length ?? 0), 0);
}
