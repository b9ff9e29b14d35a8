// The subscriptions that the tests over sockets use.
import { graphql } from '../generated/gql.ts';
import type { FollowPeersSubscription } from '../generated/graphql.ts';

/** Everything that an event of `peerChanges` has, except fields that cost a REST call. */
export const followPeers = graphql(`
  subscription FollowPeers($roomId: ID!, $filter: PeerFilter, $after: String) {
    peerChanges(roomId: $roomId, filter: $filter, after: $after) {
      __typename
      cursor
      at
      ... on PeersSnapshot {
        reason
        stale
        asOf
        peers {
          ...FollowedPeer
        }
        session {
          hmsId
        }
      }
      ... on PeerJoined {
        cause
        peer {
          ...FollowedPeer
        }
      }
      ... on PeerLeft {
        cause
        leaveReason
        peer {
          ...FollowedPeer
        }
      }
      ... on PeerUpdated {
        changed
        previous {
          name
          role
          metadata
        }
        peer {
          ...FollowedPeer
        }
      }
      ... on SessionStarted {
        session {
          hmsId
        }
      }
      ... on SessionEnded {
        session {
          hmsId
        }
      }
    }
  }
  fragment FollowedPeer on Peer {
    hmsId
    name
    role
    metadata
    connected
  }
`);

export type PeerChange = FollowPeersSubscription['peerChanges'];

/** The sessions of the workspace. */
export const followSessions = graphql(`
  subscription FollowSessions($after: String) {
    sessionChanges(after: $after) {
      __typename
      cursor
      ... on SessionsSnapshot {
        reason
        stale
        sessions {
          hmsId
          room {
            hmsId
          }
        }
      }
      ... on SessionStarted {
        session {
          hmsId
        }
      }
      ... on SessionEnded {
        session {
          hmsId
        }
      }
    }
  }
`);

/** A change in a few words: `PeerJoined Ada`, `PeersSnapshot SUBSCRIBED Ada, Grace`. */
export function inShort(change: PeerChange): string {
  switch (change.__typename) {
    case 'PeersSnapshot': {
      const names = change.peers.map(({ name }) => name).join(', ');
      return `PeersSnapshot ${change.reason}${change.stale ? ' stale' : ''} [${names}]`;
    }
    case 'PeerJoined':
      return `PeerJoined ${change.peer.name} ${change.cause}`;
    case 'PeerLeft':
      return `PeerLeft ${change.peer.name} ${change.cause}`;
    case 'PeerUpdated':
      return `PeerUpdated ${change.peer.name} ${change.changed.join()}`;
    default:
      return change.__typename;
  }
}
