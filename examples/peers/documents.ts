// The documents of the examples for Apollo Client and urql: a list of the peers of a room, and the events that update it. Both
// select the same fields of a peer, so that each event contains the fields that the list shows.
import { graphql } from '../generated/nodes/gql.ts';

export const RoomPeers = graphql(/* GraphQL */ `
  query RoomPeers($roomId: ID!) {
    room(id: $roomId) {
      id
      peers(first: 500) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          node {
            ...ListedPeer
          }
        }
      }
    }
  }
  fragment ListedPeer on Peer {
    id
    name
    role
  }
`);

export const PeerChanges = graphql(/* GraphQL */ `
  subscription PeerChanges($roomId: ID!, $after: String) {
    peerChanges(roomId: $roomId, after: $after) {
      __typename
      cursor
      at
      ... on PeersSnapshot {
        stale
        asOf
        session {
          id
        }
        peers {
          ...ListedPeer
        }
      }
      ... on PeerJoined {
        peer {
          ...ListedPeer
        }
      }
      ... on PeerUpdated {
        peer {
          ...ListedPeer
        }
      }
      ... on PeerLeft {
        peer {
          id
        }
      }
      ... on SessionStarted {
        session {
          id
        }
      }
    }
  }
`);
