/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** One of several messages, and its receivers. */
export type MessageInput = {
  /** The text of the message. The REST API cannot read sent messages. */
  message: string;
  /** The vendor id or global id of the only peer to get the message; not together with `role`. */
  peerId?: string | number | null | undefined;
  /** The name of the role whose peers get the message; without `peerId` and `role` all peers of the room get it. */
  role?: string | null | undefined;
  /** The type of the message, a word that the app chooses, such as `chat`; clients receive it with the text. */
  type?: string | null | undefined;
};

/** The kinds of media that a track carries. */
export type TrackType =
  /** A track of sound, such as a microphone. */
  | 'AUDIO'
  /** A kind of track that the vendor has added since this version of the gateway. */
  | 'OTHER'
  /** A track of pictures: a camera or a shared screen. */
  | 'VIDEO';

export type SessionAttendanceQueryVariables = Exact<{
  sessionId: string | number;
}>;


export type SessionAttendanceQuery = { session: { attendance: Array<{ userId: string | null, seconds: number, joinedAt: string | null, leftAt: string | null, peers: Array<{ name: string | null }> }> | null } | null };

export type CamerasQueryVariables = Exact<{
  roomId: string | number;
  after?: string | null | undefined;
}>;


export type CamerasQuery = { room: { peers: { edges: Array<{ node: { id: string, name: string | null, tracks: Array<{ type: TrackType, source: string | null, muted: boolean }> | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type NudgeMutationVariables = Exact<{
  roomId: string | number;
  messages: Array<MessageInput> | MessageInput;
}>;


export type NudgeMutation = { sendMessages: Array<
    | { __typename: 'Accepted' }
    | { __typename: 'ConflictError' }
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'RefusedError' }
   | null> | null };

export type ParticipantsQueryVariables = Exact<{
  roomId: string | number;
}>;


export type ParticipantsQuery = { room: { name: string, peers: { edges: Array<{ node: { id: string, name: string | null, role: string | null } }> } | null } | null };

export type AnnounceMutationVariables = Exact<{
  roomId: string | number;
  message: string;
}>;


export type AnnounceMutation = { sendMessage:
    | { message: string }
    | { message: string }
    | { message: string }
    | { message: string }
    | Record<PropertyKey, never>
   | null };

export type ChangeRoleMutationVariables = Exact<{
  roomId: string | number;
  peerId: string | number;
  role: string;
}>;


export type ChangeRoleMutation = { updatePeer:
    | { message: string }
    | { message: string }
    | { message: string }
    | { message: string }
    | Record<PropertyKey, never>
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
    | { __typename: 'ConflictError' }
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'RefusedError' }
   | null };

export type RemoveMutationVariables = Exact<{
  roomId: string | number;
  peerIds: Array<string | number> | string | number;
  reason?: string | null | undefined;
}>;


export type RemoveMutation = { removePeers: Array<
    | { __typename: 'Accepted' }
    | { __typename: 'ConflictError' }
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'RefusedError' }
   | null> | null };

export type WatchSubscriptionVariables = Exact<{
  roomId: string | number;
}>;


export type WatchSubscription = { peerChanges:
    | { __typename: 'PeerJoined', at: string, peer: { id: string, name: string | null, role: string | null, metadata: string | null } }
    | { __typename: 'PeerLeft', leaveReason: string | null, at: string, peer: { id: string, name: string | null, role: string | null, metadata: string | null } }
    | { __typename: 'PeerUpdated', at: string, peer: { id: string, name: string | null, role: string | null, metadata: string | null } }
    | { __typename: 'PeersSnapshot', stale: boolean, at: string, peers: Array<{ id: string, name: string | null, role: string | null, metadata: string | null }> }
    | { __typename: 'SessionEnded', at: string }
    | { __typename: 'SessionStarted', at: string }
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

export const SessionAttendanceDocument = new TypedDocumentString(`
    query SessionAttendance($sessionId: ID!) {
  session(id: $sessionId) {
    attendance {
      userId
      seconds
      joinedAt
      leftAt
      peers {
        name
      }
    }
  }
}
    `, {"hash":"sha256:cac42ea628a21524a5eab2d03dc7b6a0094de1ac30682d64d05e105391d5f04c"}) as unknown as TypedDocumentString<SessionAttendanceQuery, SessionAttendanceQueryVariables>;
export const CamerasDocument = new TypedDocumentString(`
    query Cameras($roomId: ID!, $after: String) {
  room(id: $roomId) {
    peers(first: 100, after: $after) {
      edges {
        node {
          id
          name
          tracks {
            type
            source
            muted
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `, {"hash":"sha256:3314eea9f6706bae932b9f01efb3d5f9c2e8233fe369a63282a0f9b01a9cfd0c"}) as unknown as TypedDocumentString<CamerasQuery, CamerasQueryVariables>;
export const NudgeDocument = new TypedDocumentString(`
    mutation Nudge($roomId: ID!, $messages: [MessageInput!]!) {
  sendMessages(input: { roomId: $roomId, messages: $messages }) {
    __typename
  }
}
    `, {"hash":"sha256:19362db5156acc65696972520d3a84b2f89ab06b59de80585530478766e783db"}) as unknown as TypedDocumentString<NudgeMutation, NudgeMutationVariables>;
export const ParticipantsDocument = new TypedDocumentString(`
    query Participants($roomId: ID!) {
  room(id: $roomId) {
    name
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
    `, {"hash":"sha256:a5d698dc948c6665b8924ad5535a8c640a4a065adc1d8cd0641e3f68895c24fb"}) as unknown as TypedDocumentString<ParticipantsQuery, ParticipantsQueryVariables>;
export const AnnounceDocument = new TypedDocumentString(`
    mutation Announce($roomId: ID!, $message: String!) {
  sendMessage(input: { roomId: $roomId, message: $message, type: "chat" }) {
    ... on Error {
      message
    }
  }
}
    `, {"hash":"sha256:27ef7a1de1a8be1b0caa6bbdd2f8971975f63c64f53dceea697d05adabad2e2b"}) as unknown as TypedDocumentString<AnnounceMutation, AnnounceMutationVariables>;
export const ChangeRoleDocument = new TypedDocumentString(`
    mutation ChangeRole($roomId: ID!, $peerId: ID!, $role: String!) {
  updatePeer(input: { roomId: $roomId, peerId: $peerId, role: $role }) {
    ... on Error {
      message
    }
  }
}
    `, {"hash":"sha256:787e9ae57b937036d03a68c4519078d564ef58857ce1dc3bb766d889c8e961de"}) as unknown as TypedDocumentString<ChangeRoleMutation, ChangeRoleMutationVariables>;
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
  }
}
    `, {"hash":"sha256:4b8055a3e1cbc9a1fb0820e68129a047b3a132436e99c9bd54d22b58025b954c"}) as unknown as TypedDocumentString<WarnMutation, WarnMutationVariables>;
export const RemoveDocument = new TypedDocumentString(`
    mutation Remove($roomId: ID!, $peerIds: [ID!]!, $reason: String) {
  removePeers(input: { roomId: $roomId, peerIds: $peerIds, reason: $reason }) {
    __typename
  }
}
    `, {"hash":"sha256:5de88ce1a0638c610382383cd881bca765021bc759343745f9ad95004a4e0ab5"}) as unknown as TypedDocumentString<RemoveMutation, RemoveMutationVariables>;
export const WatchDocument = new TypedDocumentString(`
    subscription Watch($roomId: ID!) {
  peerChanges(roomId: $roomId) {
    __typename
    at
    ... on PeersSnapshot {
      stale
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
      leaveReason
      peer {
        id
        name
        role
        metadata
      }
    }
  }
}
    `, {"hash":"sha256:63fa44cec5151bde731abad19d66fa5e794d70ca2aa9ea6e949424bfcb24dfff"}) as unknown as TypedDocumentString<WatchSubscription, WatchSubscriptionVariables>;