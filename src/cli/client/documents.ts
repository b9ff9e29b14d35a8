// The operations that the command sends to a gateway. `npm run codegen` types them.
import { graphql } from './generated/gql.ts';

/** The newest rooms, with the number of people in each. */
export const Rooms = graphql(/* GraphQL */ `
  query CommandRooms($first: Int!) {
    rooms(first: $first) {
      edges {
        node {
          hmsId
          name
          activeSession {
            startedAt
          }
          peers(first: 0) {
            totalCount
          }
        }
      }
    }
  }
`);

/** The rooms with a running session. */
export const LiveRooms = graphql(/* GraphQL */ `
  query CommandLiveRooms($first: Int!) {
    sessions(first: $first, filter: { active: true }) {
      edges {
        node {
          startedAt
          room {
            hmsId
            name
            peers(first: 0) {
              totalCount
            }
          }
        }
      }
    }
  }
`);

/** A room by its id. */
export const RoomById = graphql(/* GraphQL */ `
  query CommandRoomById($id: ID!) {
    room(id: $id) {
      hmsId
      name
    }
  }
`);

/** A room by its name. */
export const RoomByName = graphql(/* GraphQL */ `
  query CommandRoomByName($name: String!) {
    rooms(first: 1, filter: { name: $name }) {
      edges {
        node {
          hmsId
          name
        }
      }
    }
  }
`);

/** The roles that a room's peers can have. */
export const Roles = graphql(/* GraphQL */ `
  query CommandRoles($roomId: ID!) {
    room(id: $roomId) {
      template {
        roles {
          name
        }
      }
    }
  }
`);

/** The people in a room, and each change: a person joins or leaves, or their name, role or metadata changes. */
export const Peers = graphql(/* GraphQL */ `
  subscription CommandPeers($roomId: ID!, $after: String) {
    peerChanges(roomId: $roomId, after: $after) {
      __typename
      cursor
      at
      ... on PeersSnapshot {
        reason
        stale
        asOf
        session {
          id
          startedAt
        }
        peers {
          ...CommandPeer
        }
      }
      ... on PeerJoined {
        cause
        peer {
          ...CommandPeer
        }
      }
      ... on PeerUpdated {
        changed
        previous {
          name
          role
        }
        peer {
          ...CommandPeer
        }
      }
      ... on PeerLeft {
        cause
        leaveReason
        peer {
          ...CommandPeer
        }
      }
      ... on SessionStarted {
        session {
          id
          startedAt
        }
      }
      ... on SessionEnded {
        session {
          id
          startedAt
        }
      }
    }
  }

  fragment CommandPeer on Peer {
    id
    hmsId
    name
    role
    userId
    joinedAt
    metadata
  }
`);

/** Removes a peer from a room. */
export const RemovePeer = graphql(/* GraphQL */ `
  mutation CommandRemovePeer($roomId: ID!, $peerId: ID!) {
    removePeer(input: { roomId: $roomId, peerId: $peerId }) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);

/** Gives a peer another role. */
export const ChangeRole = graphql(/* GraphQL */ `
  mutation CommandChangeRole($roomId: ID!, $peerId: ID!, $role: String!) {
    updatePeer(input: { roomId: $roomId, peerId: $peerId, role: $role }) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);
