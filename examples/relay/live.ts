// The documents of this example. Only relay-compiler reads this file: it writes __generated__/, from which peers.ts imports. With
// Relay's plugin for Babel, SWC or Vite, the documents are written where they are used, and this file is not needed.
import { graphql } from 'relay-runtime';

export const roomPeers = () => graphql`
  query liveRoomQuery($roomId: ID!) {
    room(id: $roomId) {
      id
      peers(first: 500) @connection(key: "live_peers") {
        totalCount
        edges {
          node {
            id
            name
            role
          }
        }
      }
    }
  }
`;

// Where `__typename` is the only field outside of fragments, the compiler generates a union of the types of events.
export const peerChanges = () => graphql`
  subscription livePeersSubscription($roomId: ID!, $after: String) {
    peerChanges(roomId: $roomId, after: $after) {
      __typename
      ... on PeersSnapshot {
        cursor
        stale
        asOf
        session {
          id
        }
        peers {
          id
          name
          role
        }
      }
      ... on PeerJoined {
        cursor
        at
        peer {
          id
          name
          role
        }
      }
      ... on PeerUpdated {
        cursor
        at
        peer {
          id
          name
          role
        }
      }
      ... on PeerLeft {
        cursor
        at
        peer {
          id
        }
      }
      ... on SessionStarted {
        cursor
        at
        session {
          id
        }
      }
      ... on SessionEnded {
        cursor
        at
      }
    }
  }
`;

// What is deferred is a fragment, which Relay keeps apart from its parent: see `watchTracks`.
export const roomTracks = () => graphql`
  query liveTracksQuery($roomId: ID!) {
    room(id: $roomId) {
      id
      peers(first: 100) {
        edges {
          node {
            id
            name
            ...live_tracks @defer(label: "tracks")
          }
        }
      }
    }
  }
`;

export const tracks = () => graphql`
  fragment live_tracks on Peer {
    tracks {
      type
      muted
    }
  }
`;
