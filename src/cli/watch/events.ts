// Describes each event of a watched room in one sentence. Names are made safe for a terminal.
import type { CommandPeersSubscription } from '../client/generated/graphql.ts';
import { harmless } from '../text.ts';

/** An event of the subscription. */
export type RoomEvent = CommandPeersSubscription['peerChanges'];

/** A peer as the subscription selects it. */
export type WatchedPeer = Extract<RoomEvent, { __typename: 'PeerJoined' }>['peer'];

/** A sentence about a snapshot has at most this number of names. */
const MAX_NAMES = 20;

/** The name of a peer; of one without a name, its id. */
export function nameOf({ name, hmsId }: Pick<WatchedPeer, 'name' | 'hmsId'>): string {
  return harmless(name == null || name.trim() === '' ? hmsId : name);
}

/** What an event tells, without its time; null for an event of a type that this version does not know. */
export function sentenceOf(event: RoomEvent): string | null {
  switch (event.__typename) {
    case 'PeersSnapshot':
      return snapshotSentence(event);
    case 'PeerJoined':
      return `${nameOf(event.peer)} joined as ${harmless(event.peer.role ?? 'unknown')}`;
    case 'PeerLeft': {
      const reason = event.leaveReason == null ? '' : ` (${harmless(event.leaveReason)})`;
      return `${nameOf(event.peer)} left${reason}`;
    }
    case 'PeerUpdated':
      return `${nameOf(event.peer)}: ${updatesOf(event).join(', ')}`;
    case 'SessionStarted':
      return 'the room went live';
    case 'SessionEnded':
      return 'the session ended';
    default:
      return null;
  }
}

function snapshotSentence({
  peers,
  stale,
  reason,
}: Extract<RoomEvent, { __typename: 'PeersSnapshot' }>): string {
  const names = peers.slice(0, MAX_NAMES).map(nameOf).join(', ');
  const more = peers.length > MAX_NAMES ? ` and ${peers.length - MAX_NAMES} more` : '';
  const who = peers.length === 0 ? '' : `: ${names}${more}`;
  const count = `${peers.length} ${peers.length === 1 ? 'person' : 'people'} in the room${who}`;
  if (stale) return `the gateway cannot read the room; last known: ${count}`;
  return reason === 'STALENESS' ? `the gateway reads the room again: ${count}` : count;
}

function updatesOf({ changed, peer, previous }: Extract<RoomEvent, { __typename: 'PeerUpdated' }>): string[] {
  return changed.map((what) => {
    if (what === 'NAME') return `name was ${harmless(previous.name ?? '')}`;
    if (what === 'ROLE') return `role ${harmless(previous.role ?? '')} → ${harmless(peer.role ?? '')}`;
    return 'metadata changed';
  });
}
