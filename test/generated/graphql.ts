/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Why a peer came or went. */
export type ChangeCause =
  /** It is in the room still, and began or ceased to match the subscription's filter. */
  | 'FILTER'
  /** It joined or left the room. */
  | 'ROOM';

/** Which jobs a list keeps; all conditions must hold. */
export type MediaJobFilter = {
  /** Only those of this room: its vendor id or global id. */
  roomId?: string | number | null | undefined;
  /** Only those of this session: its vendor id or global id. */
  sessionId?: string | number | null | undefined;
  /** Only those that are this far. */
  status?: MediaJobStatus | null | undefined;
};

/** How far a job is. A pause is no state: nothing tells of it. */
export type MediaJobStatus =
  /** Is over, its files are there. */
  | 'COMPLETED'
  /** Is over, something went wrong; webhooks alone say what. */
  | 'FAILED'
  /** A state that this gateway does not know yet; cannot be filtered by. */
  | 'OTHER'
  /** Has stopped; its files are being made. */
  | 'POST_PROCESSING'
  /** Streams or records. */
  | 'RUNNING'
  /** Was asked for and will run in a moment. */
  | 'STARTING'
  /** Was told to stop. */
  | 'STOPPING';

/** What of a peer can change while it is connected. */
export type PeerAspect =
  /** What the app has written about it. */
  | 'METADATA'
  /** The name shown to others. */
  | 'NAME'
  /** The role. */
  | 'ROLE';

/** Which peers to keep; all conditions must hold. */
export type PeerFilter = {
  /** Only peers that have the role of this name. */
  role?: string | null | undefined;
  /** Only peers that joined with this id of the app's. */
  userId?: string | null | undefined;
};

/** Which files a list keeps; all conditions must hold. */
export type RecordingAssetFilter = {
  /** Only those of this room: its vendor id or global id. */
  roomId?: string | number | null | undefined;
  /** Only those of this session: its vendor id or global id. */
  sessionId?: string | number | null | undefined;
  /** Only `COMPLETED` or `FAILED` ones. */
  status?: RecordingAssetStatus | null | undefined;
  /** Only those of this kind. */
  type?: RecordingAssetType | null | undefined;
};

/** Whether a file is there. */
export type RecordingAssetStatus =
  /** It is there. */
  | 'COMPLETED'
  /** It could not be made. */
  | 'FAILED'
  /** A state that this gateway does not know yet; cannot be filtered by. */
  | 'OTHER'
  /** It is being written, as transcripts are for a while; cannot be filtered by. */
  | 'PROCESSING';

/** What kind of file it is. */
export type RecordingAssetType =
  /** The messages of the room, as CSV. */
  | 'CHAT'
  /** Something that this gateway does not know yet; cannot be filtered by. */
  | 'OTHER'
  /** The room as one video, or as sound only. */
  | 'ROOM_COMPOSITE'
  /** The room as one video, made by the media server. */
  | 'ROOM_COMPOSITE_LEGACY'
  /** A live stream to be played again. */
  | 'ROOM_VOD'
  /** Sound and picture of one peer. */
  | 'STREAM'
  /** What it was about, as JSON. */
  | 'SUMMARY'
  /** One track of one peer. */
  | 'TRACK'
  /** What was said, as text, subtitles or JSON. */
  | 'TRANSCRIPT';

/** Why the whole state is told instead of a change. */
export type SnapshotReason =
  /** The changes behind `after` are no longer kept, or the gateway was restarted since. */
  | 'CURSOR_TOO_OLD'
  /** The subscriber reads too slowly; its backlog is folded into this. */
  | 'SLOW_CONSUMER'
  /** The gateway lost sight of the room, or sees it again: see `stale`. */
  | 'STALENESS'
  /** The subscription began. */
  | 'SUBSCRIBED';

export type FollowPeersSubscriptionVariables = Exact<{
  roomId: string | number;
  filter?: PeerFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type FollowPeersSubscription = { peerChanges:
    | { __typename: 'PeerJoined', cause: ChangeCause, cursor: string, at: string, peer: { hmsId: string, name: string | null, role: string | null, metadata: string | null, connected: boolean } }
    | { __typename: 'PeerLeft', cause: ChangeCause, leaveReason: string | null, cursor: string, at: string, peer: { hmsId: string, name: string | null, role: string | null, metadata: string | null, connected: boolean } }
    | { __typename: 'PeerUpdated', changed: Array<PeerAspect>, cursor: string, at: string, previous: { name: string | null, role: string | null, metadata: string | null }, peer: { hmsId: string, name: string | null, role: string | null, metadata: string | null, connected: boolean } }
    | { __typename: 'PeersSnapshot', reason: SnapshotReason, stale: boolean, asOf: string | null, cursor: string, at: string, peers: Array<{ hmsId: string, name: string | null, role: string | null, metadata: string | null, connected: boolean }>, session: { hmsId: string } | null }
    | { __typename: 'SessionEnded', cursor: string, at: string, session: { hmsId: string } | null }
    | { __typename: 'SessionStarted', cursor: string, at: string, session: { hmsId: string } | null }
   };

export type FollowedPeerFragment = { hmsId: string, name: string | null, role: string | null, metadata: string | null, connected: boolean };

export type FollowSessionsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type FollowSessionsSubscription = { sessionChanges:
    | { __typename: 'SessionEnded', cursor: string, session: { hmsId: string } | null }
    | { __typename: 'SessionStarted', cursor: string, session: { hmsId: string } | null }
    | { __typename: 'SessionsSnapshot', reason: SnapshotReason, stale: boolean, cursor: string, sessions: Array<{ hmsId: string, room: { hmsId: string } | null }> }
   };

export type WalkRoomsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WalkRoomsQuery = { list: { edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type WalkedPageFragment = { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null };

export type WalkSessionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WalkSessionsQuery = { list: { edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type WalkTemplatesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WalkTemplatesQuery = { list: { edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type WalkPeersOfRoomQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type WalkPeersOfRoomQuery = { owner: { peers: { totalCount: number, edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null } | null };

export type WalkedPeersFragment = { totalCount: number, edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } };

export type WalkPeersOfSessionQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type WalkPeersOfSessionQuery = { owner: { peers: { totalCount: number, edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } } | null };

export type WalkLiveStreamsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WalkLiveStreamsQuery = { list: { edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type WalkRecordingsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WalkRecordingsQuery = { list: { edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type WalkExternalStreamsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WalkExternalStreamsQuery = { list: { edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type WalkRecordingAssetsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WalkRecordingAssetsQuery = { list: { edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type FilteredMediaQueryVariables = Exact<{
  jobs?: MediaJobFilter | null | undefined;
  assets?: RecordingAssetFilter | null | undefined;
}>;


export type FilteredMediaQuery = { liveStreams: { edges: Array<{ node: { hmsId: string } }> } | null, recordings: { edges: Array<{ node: { hmsId: string } }> } | null, externalStreams: { edges: Array<{ node: { hmsId: string } }> } | null, recordingAssets: { edges: Array<{ node: { hmsId: string, type: RecordingAssetType } }> } | null };

export type MediaOfOwnersQueryVariables = Exact<{
  roomId: string | number;
  sessionId: string | number;
  jobs?: MediaJobFilter | null | undefined;
  assets?: RecordingAssetFilter | null | undefined;
}>;


export type MediaOfOwnersQuery = { room: { liveStreams: { edges: Array<{ node: { hmsId: string } }> } | null, recordings: { edges: Array<{ node: { hmsId: string } }> } | null, externalStreams: { edges: Array<{ node: { hmsId: string } }> } | null, recordingAssets: { edges: Array<{ node: { hmsId: string } }> } | null } | null, session: { liveStreams: { edges: Array<{ node: { hmsId: string } }> } | null, recordings: { edges: Array<{ node: { hmsId: string } }> } | null, externalStreams: { edges: Array<{ node: { hmsId: string } }> } | null, recordingAssets: { edges: Array<{ node: { hmsId: string } }> } | null } | null };

export type OneOfEachQueryVariables = Exact<{
  roomId: string | number;
}>;


export type OneOfEachQuery = { room: { __typename: 'Room', id: string, name: string, template: { __typename: 'Template', id: string, name: string, roles: Array<{ __typename: 'Role', id: string, name: string }> } | null, activeSession: { __typename: 'Session', id: string, hmsId: string } | null, peers: { edges: Array<{ node: { __typename: 'Peer', id: string, connected: boolean, peerName: string | null } }> } | null, sessions: { edges: Array<{ node: { peers: { edges: Array<{ node: { __typename: 'Peer', id: string, connected: boolean, peerName: string | null } }> } } }> } | null, roomCodes: Array<{ __typename: 'RoomCode', id: string, code: string }> | null } | null };

export type RefetchQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type RefetchQuery = { nodes: Array<
    | { __typename: 'ExternalStream', id: string }
    | { __typename: 'LiveStream', id: string }
    | { __typename: 'Peer', connected: boolean, id: string, peerName: string | null }
    | { __typename: 'Recording', id: string }
    | { __typename: 'RecordingAsset', id: string }
    | { __typename: 'Role', name: string, id: string }
    | { __typename: 'Room', name: string, id: string }
    | { __typename: 'RoomCode', code: string, id: string }
    | { __typename: 'Session', hmsId: string, id: string }
    | { __typename: 'Template', name: string, id: string }
   | null> };

export type RefetchOneQueryVariables = Exact<{
  id: string | number;
}>;


export type RefetchOneQuery = { node:
    | { __typename: 'ExternalStream', id: string }
    | { __typename: 'LiveStream', id: string }
    | { __typename: 'Peer', id: string }
    | { __typename: 'Recording', id: string }
    | { __typename: 'RecordingAsset', id: string }
    | { __typename: 'Role', id: string }
    | { __typename: 'Room', id: string }
    | { __typename: 'RoomCode', id: string }
    | { __typename: 'Session', id: string }
    | { __typename: 'Template', id: string }
   | null };

export type OnePeerQueryVariables = Exact<{
  roomId: string | number;
  id: string | number;
}>;


export type OnePeerQuery = { peer: { id: string, hmsId: string, connected: boolean, leftAt: string | null, metadata: string | null, tracks: Array<{ hmsId: string }> | null, session: { hmsId: string } | null, room: { hmsId: string } | null } | null };

export type RoomsWithRolesQueryVariables = Exact<{ [key: string]: never; }>;


export type RoomsWithRolesQuery = { rooms: { edges: Array<{ node: { name: string, template: { name: string, roles: Array<{ name: string }> } | null } }> } | null };

export type RoomsWithPeopleQueryVariables = Exact<{ [key: string]: never; }>;


export type RoomsWithPeopleQuery = { rooms: { edges: Array<{ node: { activeSession: { peers: { edges: Array<{ node: { name: string | null, role: string | null } }> } } | null } }> } | null };

export type RoomNamesQueryVariables = Exact<{
  first: number;
}>;


export type RoomNamesQuery = { rooms: { edges: Array<{ node: { name: string } }> } | null };

export type RoomNamesAndMoreQueryVariables = Exact<{
  first: number;
}>;


export type RoomNamesAndMoreQuery = { rooms: { edges: Array<{ node: { name: string } }>, pageInfo: { hasNextPage: boolean } } | null };

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
export const FollowedPeerFragmentDoc = new TypedDocumentString(`
    fragment FollowedPeer on Peer {
  hmsId
  name
  role
  metadata
  connected
}
    `, {"fragmentName":"FollowedPeer"}) as unknown as TypedDocumentString<FollowedPeerFragment, unknown>;
export const WalkedPageFragmentDoc = new TypedDocumentString(`
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}
    `, {"fragmentName":"WalkedPage"}) as unknown as TypedDocumentString<WalkedPageFragment, unknown>;
export const WalkedPeersFragmentDoc = new TypedDocumentString(`
    fragment WalkedPeers on PeerConnection {
  totalCount
  edges {
    cursor
    node {
      hmsId
    }
  }
  pageInfo {
    ...WalkedPage
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`, {"fragmentName":"WalkedPeers"}) as unknown as TypedDocumentString<WalkedPeersFragment, unknown>;
export const FollowPeersDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<FollowPeersSubscription, FollowPeersSubscriptionVariables>;
export const FollowSessionsDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<FollowSessionsSubscription, FollowSessionsSubscriptionVariables>;
export const WalkRoomsDocument = new TypedDocumentString(`
    query WalkRooms($first: Int, $after: String) {
  list: rooms(first: $first, after: $after) {
    edges {
      cursor
      node {
        hmsId
      }
    }
    pageInfo {
      ...WalkedPage
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<WalkRoomsQuery, WalkRoomsQueryVariables>;
export const WalkSessionsDocument = new TypedDocumentString(`
    query WalkSessions($first: Int, $after: String) {
  list: sessions(first: $first, after: $after) {
    edges {
      cursor
      node {
        hmsId
      }
    }
    pageInfo {
      ...WalkedPage
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<WalkSessionsQuery, WalkSessionsQueryVariables>;
export const WalkTemplatesDocument = new TypedDocumentString(`
    query WalkTemplates($first: Int, $after: String) {
  list: templates(first: $first, after: $after) {
    edges {
      cursor
      node {
        hmsId
      }
    }
    pageInfo {
      ...WalkedPage
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<WalkTemplatesQuery, WalkTemplatesQueryVariables>;
export const WalkPeersOfRoomDocument = new TypedDocumentString(`
    query WalkPeersOfRoom($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  owner: room(id: $id) {
    peers(first: $first, after: $after, last: $last, before: $before) {
      ...WalkedPeers
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}
fragment WalkedPeers on PeerConnection {
  totalCount
  edges {
    cursor
    node {
      hmsId
    }
  }
  pageInfo {
    ...WalkedPage
  }
}`) as unknown as TypedDocumentString<WalkPeersOfRoomQuery, WalkPeersOfRoomQueryVariables>;
export const WalkPeersOfSessionDocument = new TypedDocumentString(`
    query WalkPeersOfSession($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  owner: session(id: $id) {
    peers(first: $first, after: $after, last: $last, before: $before) {
      ...WalkedPeers
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}
fragment WalkedPeers on PeerConnection {
  totalCount
  edges {
    cursor
    node {
      hmsId
    }
  }
  pageInfo {
    ...WalkedPage
  }
}`) as unknown as TypedDocumentString<WalkPeersOfSessionQuery, WalkPeersOfSessionQueryVariables>;
export const WalkLiveStreamsDocument = new TypedDocumentString(`
    query WalkLiveStreams($first: Int, $after: String) {
  list: liveStreams(first: $first, after: $after) {
    edges {
      cursor
      node {
        hmsId
      }
    }
    pageInfo {
      ...WalkedPage
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<WalkLiveStreamsQuery, WalkLiveStreamsQueryVariables>;
export const WalkRecordingsDocument = new TypedDocumentString(`
    query WalkRecordings($first: Int, $after: String) {
  list: recordings(first: $first, after: $after) {
    edges {
      cursor
      node {
        hmsId
      }
    }
    pageInfo {
      ...WalkedPage
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<WalkRecordingsQuery, WalkRecordingsQueryVariables>;
export const WalkExternalStreamsDocument = new TypedDocumentString(`
    query WalkExternalStreams($first: Int, $after: String) {
  list: externalStreams(first: $first, after: $after) {
    edges {
      cursor
      node {
        hmsId
      }
    }
    pageInfo {
      ...WalkedPage
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<WalkExternalStreamsQuery, WalkExternalStreamsQueryVariables>;
export const WalkRecordingAssetsDocument = new TypedDocumentString(`
    query WalkRecordingAssets($first: Int, $after: String) {
  list: recordingAssets(first: $first, after: $after) {
    edges {
      cursor
      node {
        hmsId
      }
    }
    pageInfo {
      ...WalkedPage
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<WalkRecordingAssetsQuery, WalkRecordingAssetsQueryVariables>;
export const FilteredMediaDocument = new TypedDocumentString(`
    query FilteredMedia($jobs: MediaJobFilter, $assets: RecordingAssetFilter) {
  liveStreams(filter: $jobs) {
    edges {
      node {
        hmsId
      }
    }
  }
  recordings(filter: $jobs) {
    edges {
      node {
        hmsId
      }
    }
  }
  externalStreams(filter: $jobs) {
    edges {
      node {
        hmsId
      }
    }
  }
  recordingAssets(filter: $assets) {
    edges {
      node {
        hmsId
        type
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FilteredMediaQuery, FilteredMediaQueryVariables>;
export const MediaOfOwnersDocument = new TypedDocumentString(`
    query MediaOfOwners($roomId: ID!, $sessionId: ID!, $jobs: MediaJobFilter, $assets: RecordingAssetFilter) {
  room(id: $roomId) {
    liveStreams(filter: $jobs) {
      edges {
        node {
          hmsId
        }
      }
    }
    recordings(filter: $jobs) {
      edges {
        node {
          hmsId
        }
      }
    }
    externalStreams(filter: $jobs) {
      edges {
        node {
          hmsId
        }
      }
    }
    recordingAssets(filter: $assets) {
      edges {
        node {
          hmsId
        }
      }
    }
  }
  session(id: $sessionId) {
    liveStreams(filter: $jobs) {
      edges {
        node {
          hmsId
        }
      }
    }
    recordings(filter: $jobs) {
      edges {
        node {
          hmsId
        }
      }
    }
    externalStreams(filter: $jobs) {
      edges {
        node {
          hmsId
        }
      }
    }
    recordingAssets(filter: $assets) {
      edges {
        node {
          hmsId
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MediaOfOwnersQuery, MediaOfOwnersQueryVariables>;
export const OneOfEachDocument = new TypedDocumentString(`
    query OneOfEach($roomId: ID!) {
  room(id: $roomId) {
    __typename
    id
    name
    template {
      __typename
      id
      name
      roles {
        __typename
        id
        name
      }
    }
    activeSession {
      __typename
      id
      hmsId
    }
    peers(first: 1) {
      edges {
        node {
          __typename
          id
          peerName: name
          connected
        }
      }
    }
    sessions(filter: { active: false }) {
      edges {
        node {
          peers {
            edges {
              node {
                __typename
                id
                peerName: name
                connected
              }
            }
          }
        }
      }
    }
    roomCodes {
      __typename
      id
      code
    }
  }
}
    `) as unknown as TypedDocumentString<OneOfEachQuery, OneOfEachQueryVariables>;
export const RefetchDocument = new TypedDocumentString(`
    query Refetch($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on Room {
      name
    }
    ... on Template {
      name
    }
    ... on Role {
      name
    }
    ... on Session {
      hmsId
    }
    ... on RoomCode {
      code
    }
    ... on Peer {
      peerName: name
      connected
    }
  }
}
    `) as unknown as TypedDocumentString<RefetchQuery, RefetchQueryVariables>;
export const RefetchOneDocument = new TypedDocumentString(`
    query RefetchOne($id: ID!) {
  node(id: $id) {
    __typename
    id
  }
}
    `) as unknown as TypedDocumentString<RefetchOneQuery, RefetchOneQueryVariables>;
export const OnePeerDocument = new TypedDocumentString(`
    query OnePeer($roomId: ID!, $id: ID!) {
  peer(roomId: $roomId, id: $id) {
    id
    hmsId
    connected
    leftAt
    metadata
    tracks {
      hmsId
    }
    session {
      hmsId
    }
    room {
      hmsId
    }
  }
}
    `) as unknown as TypedDocumentString<OnePeerQuery, OnePeerQueryVariables>;
export const RoomsWithRolesDocument = new TypedDocumentString(`
    query RoomsWithRoles {
  rooms(first: 20) {
    edges {
      node {
        name
        template {
          name
          roles {
            name
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RoomsWithRolesQuery, RoomsWithRolesQueryVariables>;
export const RoomsWithPeopleDocument = new TypedDocumentString(`
    query RoomsWithPeople {
  rooms(first: 50) {
    edges {
      node {
        activeSession {
          peers {
            edges {
              node {
                name
                role
              }
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RoomsWithPeopleQuery, RoomsWithPeopleQueryVariables>;
export const RoomNamesDocument = new TypedDocumentString(`
    query RoomNames($first: Int!) {
  rooms(first: $first) {
    edges {
      node {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RoomNamesQuery, RoomNamesQueryVariables>;
export const RoomNamesAndMoreDocument = new TypedDocumentString(`
    query RoomNamesAndMore($first: Int!) {
  rooms(first: $first) {
    edges {
      node {
        name
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
    `) as unknown as TypedDocumentString<RoomNamesAndMoreQuery, RoomNamesAndMoreQueryVariables>;