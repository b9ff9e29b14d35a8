/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** One of several messages, and its receivers. */
export type MessageInput = {
  /** The text of the message. It cannot be read again: the REST API does not return messages. */
  message: string;
  /** The vendor id or global id of the peer who gets the message; not allowed together with `role`. */
  peerId?: string | number | null | undefined;
  /** The name of the role whose peers get the message. If neither `peerId` nor `role` is given, all peers in the room get it. */
  role?: string | null | undefined;
  /** The type of the message, a word that the app chooses, such as `chat`; clients receive it with the text. */
  type?: string | null | undefined;
};

/** The kinds of media that a role can be allowed to publish. */
export type PublishKind =
  /** The audio of a microphone. */
  | 'AUDIO'
  /** A kind of media that this version of the gateway does not know; inputs refuse this value. */
  | 'OTHER'
  /** The video of a shared screen. */
  | 'SCREEN'
  /** Videos in several qualities at the same time. */
  | 'SIMULCAST'
  /** The video of a camera. */
  | 'VIDEO';

/** The kinds of media that a track carries. */
export type TrackType =
  /** A track of sound, such as a microphone. */
  | 'AUDIO'
  /** A kind of track that this version of the gateway does not know; inputs refuse this value. */
  | 'OTHER'
  /** A track of pictures: a camera or a shared screen. */
  | 'VIDEO';

export type SessionAttendanceQueryVariables = Exact<{
  sessionId: string | number;
}>;


export type SessionAttendanceQuery = { session: { attendance: Array<{ userId: string | null, attendedSeconds: number, joinedAt: string | null, leftAt: string | null, peers: Array<{ name: string | null }> }> | null } | null };

export type CamerasSubscriptionVariables = Exact<{
  roomId: string | number;
  after?: string | null | undefined;
}>;


export type CamerasSubscription = { trackChanges:
    | { __typename: 'TracksAwaited', cursor: string, peer: { id: string, name: string | null, templateRole: { publishParams: { allowed: Array<PublishKind> } } | null } }
    | { __typename: 'TracksEnded', cursor: string, peer: { id: string } }
    | { __typename: 'TracksSnapshot', stale: boolean, cursor: string, peerTracks: Array<{ asOf: string | null, peer: { id: string, name: string | null, templateRole: { publishParams: { allowed: Array<PublishKind> } } | null }, tracks: Array<{ type: TrackType, source: string | null, muted: boolean }> | null }> }
    | { __typename: 'TracksUpdated', asOf: string | null, cursor: string, peer: { id: string, name: string | null, templateRole: { publishParams: { allowed: Array<PublishKind> } } | null }, tracks: Array<{ type: TrackType, source: string | null, muted: boolean }> }
   };

export type FilmedFragment = { id: string, name: string | null, templateRole: { publishParams: { allowed: Array<PublishKind> } } | null };

export type ShownFragment = { type: TrackType, source: string | null, muted: boolean };

export type NudgeMutationVariables = Exact<{
  roomId: string | number;
  messages: Array<MessageInput> | MessageInput;
}>;


export type NudgeMutation = { sendMessages: Array<
    | { __typename: 'Accepted' }
    | { __typename: 'InvalidInputError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', message: string }
   | null> | null };

export type LatestSessionQueryVariables = Exact<{
  active?: boolean | null | undefined;
}>;


export type LatestSessionQuery = { sessions: { edges: Array<{ node: { hmsId: string, active: boolean, room: { hmsId: string, name: string } | null } }> } | null };

export type ParticipantsQueryVariables = Exact<{
  roomId: string | number;
}>;


export type ParticipantsQuery = { room: { name: string, template: { roles: Array<{ name: string, maxPeerCount: number, permissions: { changeRole: boolean }, publishParams: { allowed: Array<PublishKind> } }> } | null, peers: { edges: Array<{ node: { id: string, name: string | null, role: string | null } }> } | null } | null };

export type AnnounceMutationVariables = Exact<{
  roomId: string | number;
  message: string;
}>;


export type AnnounceMutation = { sendMessage:
    | { __typename: 'Accepted' }
    | { __typename: 'InvalidInputError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', message: string }
   | null };

export type ChangeRoleMutationVariables = Exact<{
  roomId: string | number;
  peerId: string | number;
  role: string;
}>;


export type ChangeRoleMutation = { updatePeer:
    | { __typename: 'InvalidInputError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'Peer' }
    | { __typename: 'RefusedError', message: string }
   | null };

export type PeersOfUserQueryVariables = Exact<{
  roomId: string | number;
  userId: string;
}>;


export type PeersOfUserQuery = { room: { peers: { edges: Array<{ node: { id: string, name: string | null } }> } | null } | null };

export type WarnMutationVariables = Exact<{
  roomId: string | number;
  peerId: string | number;
  message: string;
}>;


export type WarnMutation = { sendMessage:
    | { __typename: 'Accepted' }
    | { __typename: 'InvalidInputError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', message: string }
   | null };

export type RemoveMutationVariables = Exact<{
  roomId: string | number;
  peerIds: Array<string | number> | string | number;
  reason?: string | null | undefined;
}>;


export type RemoveMutation = { removePeers: Array<
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', message: string }
    | { __typename: 'RemovedPeer' }
   | null> | null };

export type WatchSubscriptionVariables = Exact<{
  roomId: string | number;
  after?: string | null | undefined;
}>;


export type WatchSubscription = { peerChanges:
    | { __typename: 'PeerJoined', cursor: string, at: string, peer: { id: string, name: string | null, role: string | null, metadata: string | null } }
    | { __typename: 'PeerLeft', cursor: string, at: string, peer: { id: string } }
    | { __typename: 'PeerUpdated', cursor: string, at: string, peer: { id: string, name: string | null, role: string | null, metadata: string | null } }
    | { __typename: 'PeersSnapshot', stale: boolean, asOf: string | null, cursor: string, at: string, peers: Array<{ id: string, name: string | null, role: string | null, metadata: string | null }> }
    | { __typename: 'SessionEnded', cursor: string, at: string }
    | { __typename: 'SessionStarted', cursor: string, at: string }
   };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const FilmedFragmentDoc = new TypedDocumentString(`
    fragment Filmed on Peer {
  id
  name
  templateRole {
    publishParams {
      allowed
    }
  }
}
    `, {"fragmentName":"Filmed"}) as unknown as TypedDocumentString<FilmedFragment, unknown>;
export const ShownFragmentDoc = new TypedDocumentString(`
    fragment Shown on Track {
  type
  source
  muted
}
    `, {"fragmentName":"Shown"}) as unknown as TypedDocumentString<ShownFragment, unknown>;
export const SessionAttendanceDocument = new TypedDocumentString(`
    query SessionAttendance($sessionId: ID!) {
  session(id: $sessionId) {
    attendance {
      userId
      attendedSeconds
      joinedAt
      leftAt
      peers {
        name
      }
    }
  }
}
    `, {"hash":"sha256:007059765c90992e53d478a90cd8250bcb7f9f50e88a1bfaa20f099115359a0f"}) as unknown as TypedDocumentString<SessionAttendanceQuery, SessionAttendanceQueryVariables>;
export const CamerasDocument = new TypedDocumentString(`
    subscription Cameras($roomId: ID!, $after: String) {
  trackChanges(roomId: $roomId, after: $after) {
    __typename
    cursor
    ... on TracksSnapshot {
      stale
      peerTracks {
        asOf
        peer {
          ...Filmed
        }
        tracks {
          ...Shown
        }
      }
    }
    ... on TracksAwaited {
      peer {
        ...Filmed
      }
    }
    ... on TracksUpdated {
      asOf
      peer {
        ...Filmed
      }
      tracks {
        ...Shown
      }
    }
    ... on TracksEnded {
      peer {
        id
      }
    }
  }
}
    fragment Filmed on Peer {
  id
  name
  templateRole {
    publishParams {
      allowed
    }
  }
}
fragment Shown on Track {
  type
  source
  muted
}`, {"hash":"sha256:4abb1c50b4638e345822488e893714fe02cf57ddd373bb74239a79a7f67b3fdc"}) as unknown as TypedDocumentString<CamerasSubscription, CamerasSubscriptionVariables>;
export const NudgeDocument = new TypedDocumentString(`
    mutation Nudge($roomId: ID!, $messages: [MessageInput!]!) {
  sendMessages(input: { roomId: $roomId, messages: $messages }) {
    __typename
    ... on Error {
      message
    }
  }
}
    `, {"hash":"sha256:c40536ed13f84613384c27d0885bd8cceb1d6925e071a0fbdd0e7df40ac80bd9"}) as unknown as TypedDocumentString<NudgeMutation, NudgeMutationVariables>;
export const LatestSessionDocument = new TypedDocumentString(`
    query LatestSession($active: Boolean) {
  sessions(first: 1, filter: { active: $active }) {
    edges {
      node {
        hmsId
        active
        room {
          hmsId
          name
        }
      }
    }
  }
}
    `, {"hash":"sha256:7f868b309c251de49a071c465e03f4deae9a82dd6a235529b1c714ac561dccde"}) as unknown as TypedDocumentString<LatestSessionQuery, LatestSessionQueryVariables>;
export const ParticipantsDocument = new TypedDocumentString(`
    query Participants($roomId: ID!) {
  room(id: $roomId) {
    name
    template {
      roles {
        name
        maxPeerCount
        permissions {
          changeRole
        }
        publishParams {
          allowed
        }
      }
    }
    peers(first: 500) {
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
    `, {"hash":"sha256:b942796c1f039119a42d0f7be516e97121c1ad3e89f635ee56a29bc8f262e9b5"}) as unknown as TypedDocumentString<ParticipantsQuery, ParticipantsQueryVariables>;
export const AnnounceDocument = new TypedDocumentString(`
    mutation Announce($roomId: ID!, $message: String!) {
  sendMessage(input: { roomId: $roomId, message: $message, type: "chat" }) {
    __typename
    ... on Error {
      message
    }
  }
}
    `, {"hash":"sha256:8df0f13f9839c4f434efd8dffe0756048e8c173f107f8bdc53e3177525469cae"}) as unknown as TypedDocumentString<AnnounceMutation, AnnounceMutationVariables>;
export const ChangeRoleDocument = new TypedDocumentString(`
    mutation ChangeRole($roomId: ID!, $peerId: ID!, $role: String!) {
  updatePeer(input: { roomId: $roomId, peerId: $peerId, role: $role }) {
    __typename
    ... on Error {
      message
    }
  }
}
    `, {"hash":"sha256:f31989b5ccf0f310dfa9485a719cafd4b7b13b4372167215d9b485dc53568104"}) as unknown as TypedDocumentString<ChangeRoleMutation, ChangeRoleMutationVariables>;
export const PeersOfUserDocument = new TypedDocumentString(`
    query PeersOfUser($roomId: ID!, $userId: String!) {
  room(id: $roomId) {
    peers(filter: { userId: $userId }) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
}
    `, {"hash":"sha256:c3e853d0f78b00908951973db20435e0ae310fab620c8e01481820e00228af05"}) as unknown as TypedDocumentString<PeersOfUserQuery, PeersOfUserQueryVariables>;
export const WarnDocument = new TypedDocumentString(`
    mutation Warn($roomId: ID!, $peerId: ID!, $message: String!) {
  sendMessage(
    input: { roomId: $roomId, peerId: $peerId, message: $message, type: "chat" }
  ) {
    __typename
    ... on Error {
      message
    }
  }
}
    `, {"hash":"sha256:1cd3618597e14abc00a03e3fe2ec7865f60bfb55bf0689786a98ad56686fac58"}) as unknown as TypedDocumentString<WarnMutation, WarnMutationVariables>;
export const RemoveDocument = new TypedDocumentString(`
    mutation Remove($roomId: ID!, $peerIds: [ID!]!, $reason: String) {
  removePeers(input: { roomId: $roomId, peerIds: $peerIds, reason: $reason }) {
    __typename
    ... on Error {
      message
    }
  }
}
    `, {"hash":"sha256:0f4bbf1608617618f74e44a052387aadbfac4f4e7291429e2ef55b754cd82c9d"}) as unknown as TypedDocumentString<RemoveMutation, RemoveMutationVariables>;
export const WatchDocument = new TypedDocumentString(`
    subscription Watch($roomId: ID!, $after: String) {
  peerChanges(roomId: $roomId, after: $after) {
    __typename
    cursor
    at
    ... on PeersSnapshot {
      stale
      asOf
      peers {
        id
        name
        role
        metadata
      }
    }
    ... on PeerJoined {
      peer {
        id
        name
        role
        metadata
      }
    }
    ... on PeerUpdated {
      peer {
        id
        name
        role
        metadata
      }
    }
    ... on PeerLeft {
      peer {
        id
      }
    }
  }
}
    `, {"hash":"sha256:f4b78ba8425e559aa1a0e236a8164cccbc35fdad2c7c0c54b97c82461180db95"}) as unknown as TypedDocumentString<WatchSubscription, WatchSubscriptionVariables>;