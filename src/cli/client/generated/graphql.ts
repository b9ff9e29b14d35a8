/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Why a subscriber got a `PeerJoined` or `PeerLeft` event. */
export type ChangeCause =
  /** The peer is still in the room, but started or stopped matching the filter of the subscription. */
  | 'FILTER'
  /** The peer joined or left the room. */
  | 'ROOM';

/** The values of a peer that can change while it is connected. */
export type PeerAspect =
  /** The text that the app stores for the peer, `Peer.metadata`. */
  | 'METADATA'
  /** The name that the room shows for the peer, `Peer.name`. */
  | 'NAME'
  /** The role of the peer, `Peer.role`. */
  | 'ROLE';

/** Why a subscriber gets a snapshot of the whole state. */
export type SnapshotReason =
  /** One poll found so many changes that this snapshot is smaller than their events. It replaces the events, however fast the subscriber reads. */
  | 'BURST'
  /** The gateway no longer has the changes that follow `after`: they are too old, or the gateway was restarted. */
  | 'CURSOR_TOO_OLD'
  /** The subscriber reads too slowly. This snapshot replaces the changes that it has not read yet. */
  | 'SLOW_CONSUMER'
  /** The REST API has stopped answering the polls, or answers again: see `stale`. */
  | 'STALENESS'
  /** The subscription began without `after`. */
  | 'SUBSCRIBED';

export type CommandRoomsQueryVariables = Exact<{
  first: number;
}>;


export type CommandRoomsQuery = { rooms: { edges: Array<{ node: { hmsId: string, name: string, activeSession: { startedAt: string | null } | null, peers: { totalCount: number } | null } }> } | null };

export type CommandLiveRoomsQueryVariables = Exact<{
  first: number;
}>;


export type CommandLiveRoomsQuery = { sessions: { edges: Array<{ node: { startedAt: string | null, room: { hmsId: string, name: string, peers: { totalCount: number } | null } | null } }> } | null };

export type CommandRoomByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type CommandRoomByIdQuery = { room: { hmsId: string, name: string } | null };

export type CommandRoomByNameQueryVariables = Exact<{
  name: string;
}>;


export type CommandRoomByNameQuery = { rooms: { edges: Array<{ node: { hmsId: string, name: string } }> } | null };

export type CommandRolesQueryVariables = Exact<{
  roomId: string | number;
}>;


export type CommandRolesQuery = { room: { template: { roles: Array<{ name: string }> } | null } | null };

export type CommandPeersSubscriptionVariables = Exact<{
  roomId: string | number;
  after?: string | null | undefined;
}>;


export type CommandPeersSubscription = { peerChanges:
    | { __typename: 'PeerJoined', cause: ChangeCause, cursor: string, at: string, peer: { id: string, hmsId: string, name: string | null, role: string | null, userId: string | null, joinedAt: string | null, metadata: string | null } }
    | { __typename: 'PeerLeft', cause: ChangeCause, leaveReason: string | null, cursor: string, at: string, peer: { id: string, hmsId: string, name: string | null, role: string | null, userId: string | null, joinedAt: string | null, metadata: string | null } }
    | { __typename: 'PeerUpdated', changed: Array<PeerAspect>, cursor: string, at: string, previous: { name: string | null, role: string | null }, peer: { id: string, hmsId: string, name: string | null, role: string | null, userId: string | null, joinedAt: string | null, metadata: string | null } }
    | { __typename: 'PeersSnapshot', reason: SnapshotReason, stale: boolean, asOf: string | null, cursor: string, at: string, session: { id: string, startedAt: string | null } | null, peers: Array<{ id: string, hmsId: string, name: string | null, role: string | null, userId: string | null, joinedAt: string | null, metadata: string | null }> }
    | { __typename: 'SessionEnded', cursor: string, at: string, session: { id: string, startedAt: string | null } | null }
    | { __typename: 'SessionStarted', cursor: string, at: string, session: { id: string, startedAt: string | null } | null }
   };

export type CommandPeerFragment = { id: string, hmsId: string, name: string | null, role: string | null, userId: string | null, joinedAt: string | null, metadata: string | null };

export type CommandRemovePeerMutationVariables = Exact<{
  roomId: string | number;
  peerId: string | number;
}>;


export type CommandRemovePeerMutation = { removePeer:
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', message: string }
    | { __typename: 'RemovedPeer' }
   | null };

export type CommandChangeRoleMutationVariables = Exact<{
  roomId: string | number;
  peerId: string | number;
  role: string;
}>;


export type CommandChangeRoleMutation = { updatePeer:
    | { __typename: 'InvalidInputError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'Peer' }
    | { __typename: 'RefusedError', message: string }
   | null };

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
export const CommandPeerFragmentDoc = new TypedDocumentString(`
    fragment CommandPeer on Peer {
  id
  hmsId
  name
  role
  userId
  joinedAt
  metadata
}
    `, {"fragmentName":"CommandPeer"}) as unknown as TypedDocumentString<CommandPeerFragment, unknown>;
export const CommandRoomsDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<CommandRoomsQuery, CommandRoomsQueryVariables>;
export const CommandLiveRoomsDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<CommandLiveRoomsQuery, CommandLiveRoomsQueryVariables>;
export const CommandRoomByIdDocument = new TypedDocumentString(`
    query CommandRoomById($id: ID!) {
  room(id: $id) {
    hmsId
    name
  }
}
    `) as unknown as TypedDocumentString<CommandRoomByIdQuery, CommandRoomByIdQueryVariables>;
export const CommandRoomByNameDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<CommandRoomByNameQuery, CommandRoomByNameQueryVariables>;
export const CommandRolesDocument = new TypedDocumentString(`
    query CommandRoles($roomId: ID!) {
  room(id: $roomId) {
    template {
      roles {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CommandRolesQuery, CommandRolesQueryVariables>;
export const CommandPeersDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<CommandPeersSubscription, CommandPeersSubscriptionVariables>;
export const CommandRemovePeerDocument = new TypedDocumentString(`
    mutation CommandRemovePeer($roomId: ID!, $peerId: ID!) {
  removePeer(input: { roomId: $roomId, peerId: $peerId }) {
    __typename
    ... on Error {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CommandRemovePeerMutation, CommandRemovePeerMutationVariables>;
export const CommandChangeRoleDocument = new TypedDocumentString(`
    mutation CommandChangeRole($roomId: ID!, $peerId: ID!, $role: String!) {
  updatePeer(input: { roomId: $roomId, peerId: $peerId, role: $role }) {
    __typename
    ... on Error {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CommandChangeRoleMutation, CommandChangeRoleMutationVariables>;