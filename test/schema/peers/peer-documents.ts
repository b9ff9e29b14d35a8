// The mutations of live rooms that the tests run. Each selects every expected error.
import { graphql } from '../../generated/gql.ts';

export const updatePeer = graphql(`
  mutation UpdatePeer($input: UpdatePeerInput!) {
    result: updatePeer(input: $input) {
      __typename
      ...PeerAsChanged
      ...Failure
    }
  }
  fragment PeerAsChanged on Peer {
    hmsId
    name
    role
    metadata
    connected
  }
`);

export const updatePeers = graphql(`
  mutation UpdatePeers($input: UpdatePeersInput!) {
    results: updatePeers(input: $input) {
      __typename
      ...PeerAsChanged
      ...Failure
    }
  }
`);

export const removePeer = graphql(`
  mutation RemovePeer($input: RemovePeerInput!) {
    result: removePeer(input: $input) {
      __typename
      ...AsRemoved
      ...Failure
    }
  }
  fragment AsRemoved on RemovedPeer {
    peerId
    hmsId
    said: message
    room {
      hmsId
      enabled
      peerCount
    }
  }
`);

/** Two mutations of one operation, each answering with the room. */
export const removeTwo = graphql(`
  mutation RemoveTwo($first: RemovePeerInput!, $second: RemovePeerInput!) {
    first: removePeer(input: $first) {
      ...AsRemoved
    }
    second: removePeer(input: $second) {
      ...AsRemoved
    }
  }
`);

export const removePeers = graphql(`
  mutation RemovePeers($input: RemovePeersInput!) {
    results: removePeers(input: $input) {
      __typename
      ...AsRemoved
      ...Failure
    }
  }
`);

export const removePeersByRole = graphql(`
  mutation RemovePeersByRole($input: RemovePeersByRoleInput!) {
    result: removePeersByRole(input: $input) {
      __typename
      ...AsAccepted
      ...Failure
    }
  }
  fragment AsAccepted on Accepted {
    said: message
    room {
      hmsId
      enabled
      peerCount
    }
  }
`);

export const sendMessage = graphql(`
  mutation SendMessage($input: SendMessageInput!) {
    result: sendMessage(input: $input) {
      __typename
      ... on Accepted {
        said: message
      }
      ...Failure
    }
  }
`);

export const sendMessages = graphql(`
  mutation SendMessages($input: SendMessagesInput!) {
    results: sendMessages(input: $input) {
      __typename
      ... on Accepted {
        said: message
      }
      ...Failure
    }
  }
`);

export const endRoom = graphql(`
  mutation EndRoom($input: EndRoomInput!) {
    result: endRoom(input: $input) {
      __typename
      ...AsAccepted
      ...Failure
    }
  }
`);
