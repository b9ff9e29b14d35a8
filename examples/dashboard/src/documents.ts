// Every operation of the page, typed by codegen. A room costs the gateway no REST call per visitor: all share its polls. What
// does cost calls (a session's record, recordings, files) is asked once, or when the visitor presses a button. Cameras and microphones
// cost the gateway a call a person, so a room is watched for them only when the visitor asks.
import { graphql } from '../generated/gql.ts';

graphql(/* GraphQL */ `
  fragment LivePeer on Peer {
    id
    hmsId
    name
    role
    userId
    metadataJson
    joinedAt
  }
  fragment LiveSession on Session {
    id
    hmsId
    startedAt
  }
`);

/** What happens in one room. `after` is the cursor of the last event that was seen. */
export const WatchRoom = graphql(/* GraphQL */ `
  subscription WatchRoom($roomId: ID!, $after: String) {
    peerChanges(roomId: $roomId, after: $after) {
      __typename
      cursor
      at
      ... on PeersSnapshot {
        reason
        stale
        asOf
        session {
          ...LiveSession
        }
        peers {
          ...LivePeer
        }
      }
      ... on PeerJoined {
        cause
        peer {
          ...LivePeer
        }
      }
      ... on PeerLeft {
        cause
        leaveReason
        peer {
          ...LivePeer
        }
      }
      ... on PeerUpdated {
        changed
        previous {
          name
          role
        }
        peer {
          ...LivePeer
        }
      }
      ... on SessionStarted {
        session {
          ...LiveSession
        }
      }
      ... on SessionEnded {
        session {
          ...LiveSession
        }
      }
    }
  }
`);

/** Which rooms of the workspace go live and end. */
export const WatchSessions = graphql(/* GraphQL */ `
  subscription WatchSessions($after: String) {
    sessionChanges(after: $after) {
      __typename
      cursor
      at
      ... on SessionsSnapshot {
        reason
        stale
        asOf
        sessions {
          ...LiveSession
          room {
            hmsId
            name
            description
          }
        }
      }
      ... on SessionStarted {
        session {
          ...LiveSession
          room {
            hmsId
            name
            description
          }
        }
      }
      ... on SessionEnded {
        room {
          hmsId
        }
        session {
          ...LiveSession
        }
      }
    }
  }
`);

/** Who has joined and left a session so far: the last of them. One REST call. */
export const SessionRecord = graphql(/* GraphQL */ `
  query SessionRecord($sessionId: ID!, $last: Int!) {
    session(id: $sessionId) {
      peers(last: $last) {
        edges {
          node {
            hmsId
            name
            role
            joinedAt
            leftAt
          }
        }
      }
    }
  }
`);

/** What a room's page shows beside its people. The recordings cost one REST call. */
export const RoomDetails = graphql(/* GraphQL */ `
  query RoomDetails($roomId: ID!) {
    room(id: $roomId) {
      hmsId
      name
      description
      enabled
      template {
        name
        roles {
          name
        }
      }
      recordings(first: 5) {
        edges {
          node {
            hmsId
            status
            startedAt
            durationSeconds
          }
        }
      }
    }
  }
`);

/** The rooms that were created last, live or not. One REST call. */
export const NewestRooms = graphql(/* GraphQL */ `
  query NewestRooms($first: Int!) {
    rooms(first: $first) {
      edges {
        node {
          hmsId
          name
          description
        }
      }
    }
  }
`);

/** Finds a room by its name. One REST call. */
export const RoomByName = graphql(/* GraphQL */ `
  query RoomByName($name: String!) {
    rooms(first: 1, filter: { name: $name }) {
      edges {
        node {
          hmsId
        }
      }
    }
  }
`);

/** The name alone, which a participant may read too. */
export const RoomName = graphql(/* GraphQL */ `
  query RoomName($roomId: ID!) {
    room(id: $roomId) {
      name
    }
  }
`);

/** Whose cameras and microphones go on and off. The gateway reads one person after another, for all visitors together. */
export const WatchTracks = graphql(/* GraphQL */ `
  subscription WatchTracks($roomId: ID!, $after: String) {
    trackChanges(roomId: $roomId, after: $after) {
      __typename
      cursor
      ... on TracksSnapshot {
        stale
        peerTracks {
          asOf
          peer {
            hmsId
          }
          tracks {
            ...ShownTrack
          }
        }
      }
      ... on TracksAwaited {
        peer {
          hmsId
        }
      }
      ... on TracksUpdated {
        asOf
        peer {
          hmsId
        }
        tracks {
          ...ShownTrack
        }
      }
      ... on TracksEnded {
        peer {
          hmsId
        }
      }
    }
  }
  fragment ShownTrack on Track {
    type
    source
    muted
  }
`);

/** The files of a recording with links to download them. Some REST calls. */
export const RecordingFiles = graphql(/* GraphQL */ `
  query RecordingFiles($recordingId: ID!) {
    recording(id: $recordingId) {
      assets {
        hmsId
        type
        sizeBytes
        presignedUrl {
          url
        }
      }
    }
  }
`);

export const SendMessage = graphql(/* GraphQL */ `
  mutation SendMessage($input: SendMessageInput!) {
    result: sendMessage(input: $input) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);

export const ChangeRole = graphql(/* GraphQL */ `
  mutation ChangeRole($input: UpdatePeerInput!) {
    result: updatePeer(input: $input) {
      __typename
      ... on Peer {
        role
      }
      ... on Error {
        message
      }
    }
  }
`);

export const RemovePeer = graphql(/* GraphQL */ `
  mutation RemovePeer($input: RemovePeerInput!) {
    result: removePeer(input: $input) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);

/**
 * Whether this login may act on people: lists of nothing to do change nothing and cost no REST call, but are refused where the
 * login lacks the scope.
 */
export const MayAct = graphql(/* GraphQL */ `
  mutation MayAct($roomId: ID!) {
    sendMessages(input: { roomId: $roomId, messages: [] }) {
      __typename
    }
    removePeers(input: { roomId: $roomId, peerIds: [] }) {
      __typename
    }
  }
`);

/** The same for a participant, who may send no messages by the gateway but may have a role that removes people. */
export const MayRemove = graphql(/* GraphQL */ `
  mutation MayRemove($roomId: ID!) {
    removePeers(input: { roomId: $roomId, peerIds: [] }) {
      __typename
    }
  }
`);
