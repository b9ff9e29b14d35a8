/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment LivePeer on Peer {\n    id\n    hmsId\n    name\n    role\n    userId\n    metadataJson\n    joinedAt\n  }\n  fragment LiveSession on Session {\n    id\n    hmsId\n    startedAt\n  }\n": typeof types.LivePeerFragmentDoc,
    "\n  subscription WatchRoom($roomId: ID!, $after: String) {\n    peerChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        reason\n        stale\n        asOf\n        session {\n          ...LiveSession\n        }\n        peers {\n          ...LivePeer\n        }\n      }\n      ... on PeerJoined {\n        cause\n        peer {\n          ...LivePeer\n        }\n      }\n      ... on PeerLeft {\n        cause\n        leaveReason\n        peer {\n          ...LivePeer\n        }\n      }\n      ... on PeerUpdated {\n        changed\n        previous {\n          name\n          role\n        }\n        peer {\n          ...LivePeer\n        }\n      }\n      ... on SessionStarted {\n        session {\n          ...LiveSession\n        }\n      }\n      ... on SessionEnded {\n        session {\n          ...LiveSession\n        }\n      }\n    }\n  }\n": typeof types.WatchRoomDocument,
    "\n  subscription WatchSessions($after: String) {\n    sessionChanges(after: $after) {\n      __typename\n      cursor\n      at\n      ... on SessionsSnapshot {\n        reason\n        stale\n        asOf\n        sessions {\n          ...LiveSession\n          room {\n            hmsId\n            name\n            description\n          }\n        }\n      }\n      ... on SessionStarted {\n        session {\n          ...LiveSession\n          room {\n            hmsId\n            name\n            description\n          }\n        }\n      }\n      ... on SessionEnded {\n        room {\n          hmsId\n        }\n        session {\n          ...LiveSession\n        }\n      }\n    }\n  }\n": typeof types.WatchSessionsDocument,
    "\n  query SessionRecord($sessionId: ID!, $last: Int!) {\n    session(id: $sessionId) {\n      peers(last: $last) {\n        edges {\n          node {\n            hmsId\n            name\n            role\n            joinedAt\n            leftAt\n          }\n        }\n      }\n    }\n  }\n": typeof types.SessionRecordDocument,
    "\n  query RoomDetails($roomId: ID!) {\n    room(id: $roomId) {\n      hmsId\n      name\n      description\n      enabled\n      template {\n        name\n        roles {\n          name\n        }\n      }\n      recordings(first: 5) {\n        edges {\n          node {\n            hmsId\n            status\n            startedAt\n            durationSeconds\n          }\n        }\n      }\n    }\n  }\n": typeof types.RoomDetailsDocument,
    "\n  query NewestRooms($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          hmsId\n          name\n          description\n        }\n      }\n    }\n  }\n": typeof types.NewestRoomsDocument,
    "\n  query RoomByName($name: String!) {\n    rooms(first: 1, filter: { name: $name }) {\n      edges {\n        node {\n          hmsId\n        }\n      }\n    }\n  }\n": typeof types.RoomByNameDocument,
    "\n  query RoomName($roomId: ID!) {\n    room(id: $roomId) {\n      name\n    }\n  }\n": typeof types.RoomNameDocument,
    "\n  subscription WatchTracks($roomId: ID!, $after: String) {\n    trackChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on TracksSnapshot {\n        stale\n        peerTracks {\n          asOf\n          peer {\n            hmsId\n          }\n          tracks {\n            ...ShownTrack\n          }\n        }\n      }\n      ... on TracksAwaited {\n        peer {\n          hmsId\n        }\n      }\n      ... on TracksUpdated {\n        asOf\n        peer {\n          hmsId\n        }\n        tracks {\n          ...ShownTrack\n        }\n      }\n      ... on TracksEnded {\n        peer {\n          hmsId\n        }\n      }\n    }\n  }\n  fragment ShownTrack on Track {\n    type\n    source\n    muted\n  }\n": typeof types.WatchTracksDocument,
    "\n  query RecordingFiles($recordingId: ID!) {\n    recording(id: $recordingId) {\n      assets {\n        hmsId\n        type\n        sizeBytes\n        presignedUrl {\n          url\n        }\n      }\n    }\n  }\n": typeof types.RecordingFilesDocument,
    "\n  mutation SendMessage($input: SendMessageInput!) {\n    result: sendMessage(input: $input) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.SendMessageDocument,
    "\n  mutation ChangeRole($input: UpdatePeerInput!) {\n    result: updatePeer(input: $input) {\n      __typename\n      ... on Peer {\n        role\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.ChangeRoleDocument,
    "\n  mutation RemovePeer($input: RemovePeerInput!) {\n    result: removePeer(input: $input) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.RemovePeerDocument,
    "\n  mutation MayAct($roomId: ID!) {\n    sendMessages(input: { roomId: $roomId, messages: [] }) {\n      __typename\n    }\n    removePeers(input: { roomId: $roomId, peerIds: [] }) {\n      __typename\n    }\n  }\n": typeof types.MayActDocument,
    "\n  mutation MayRemove($roomId: ID!) {\n    removePeers(input: { roomId: $roomId, peerIds: [] }) {\n      __typename\n    }\n  }\n": typeof types.MayRemoveDocument,
};
const documents: Documents = {
    "\n  fragment LivePeer on Peer {\n    id\n    hmsId\n    name\n    role\n    userId\n    metadataJson\n    joinedAt\n  }\n  fragment LiveSession on Session {\n    id\n    hmsId\n    startedAt\n  }\n": types.LivePeerFragmentDoc,
    "\n  subscription WatchRoom($roomId: ID!, $after: String) {\n    peerChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        reason\n        stale\n        asOf\n        session {\n          ...LiveSession\n        }\n        peers {\n          ...LivePeer\n        }\n      }\n      ... on PeerJoined {\n        cause\n        peer {\n          ...LivePeer\n        }\n      }\n      ... on PeerLeft {\n        cause\n        leaveReason\n        peer {\n          ...LivePeer\n        }\n      }\n      ... on PeerUpdated {\n        changed\n        previous {\n          name\n          role\n        }\n        peer {\n          ...LivePeer\n        }\n      }\n      ... on SessionStarted {\n        session {\n          ...LiveSession\n        }\n      }\n      ... on SessionEnded {\n        session {\n          ...LiveSession\n        }\n      }\n    }\n  }\n": types.WatchRoomDocument,
    "\n  subscription WatchSessions($after: String) {\n    sessionChanges(after: $after) {\n      __typename\n      cursor\n      at\n      ... on SessionsSnapshot {\n        reason\n        stale\n        asOf\n        sessions {\n          ...LiveSession\n          room {\n            hmsId\n            name\n            description\n          }\n        }\n      }\n      ... on SessionStarted {\n        session {\n          ...LiveSession\n          room {\n            hmsId\n            name\n            description\n          }\n        }\n      }\n      ... on SessionEnded {\n        room {\n          hmsId\n        }\n        session {\n          ...LiveSession\n        }\n      }\n    }\n  }\n": types.WatchSessionsDocument,
    "\n  query SessionRecord($sessionId: ID!, $last: Int!) {\n    session(id: $sessionId) {\n      peers(last: $last) {\n        edges {\n          node {\n            hmsId\n            name\n            role\n            joinedAt\n            leftAt\n          }\n        }\n      }\n    }\n  }\n": types.SessionRecordDocument,
    "\n  query RoomDetails($roomId: ID!) {\n    room(id: $roomId) {\n      hmsId\n      name\n      description\n      enabled\n      template {\n        name\n        roles {\n          name\n        }\n      }\n      recordings(first: 5) {\n        edges {\n          node {\n            hmsId\n            status\n            startedAt\n            durationSeconds\n          }\n        }\n      }\n    }\n  }\n": types.RoomDetailsDocument,
    "\n  query NewestRooms($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          hmsId\n          name\n          description\n        }\n      }\n    }\n  }\n": types.NewestRoomsDocument,
    "\n  query RoomByName($name: String!) {\n    rooms(first: 1, filter: { name: $name }) {\n      edges {\n        node {\n          hmsId\n        }\n      }\n    }\n  }\n": types.RoomByNameDocument,
    "\n  query RoomName($roomId: ID!) {\n    room(id: $roomId) {\n      name\n    }\n  }\n": types.RoomNameDocument,
    "\n  subscription WatchTracks($roomId: ID!, $after: String) {\n    trackChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on TracksSnapshot {\n        stale\n        peerTracks {\n          asOf\n          peer {\n            hmsId\n          }\n          tracks {\n            ...ShownTrack\n          }\n        }\n      }\n      ... on TracksAwaited {\n        peer {\n          hmsId\n        }\n      }\n      ... on TracksUpdated {\n        asOf\n        peer {\n          hmsId\n        }\n        tracks {\n          ...ShownTrack\n        }\n      }\n      ... on TracksEnded {\n        peer {\n          hmsId\n        }\n      }\n    }\n  }\n  fragment ShownTrack on Track {\n    type\n    source\n    muted\n  }\n": types.WatchTracksDocument,
    "\n  query RecordingFiles($recordingId: ID!) {\n    recording(id: $recordingId) {\n      assets {\n        hmsId\n        type\n        sizeBytes\n        presignedUrl {\n          url\n        }\n      }\n    }\n  }\n": types.RecordingFilesDocument,
    "\n  mutation SendMessage($input: SendMessageInput!) {\n    result: sendMessage(input: $input) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.SendMessageDocument,
    "\n  mutation ChangeRole($input: UpdatePeerInput!) {\n    result: updatePeer(input: $input) {\n      __typename\n      ... on Peer {\n        role\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.ChangeRoleDocument,
    "\n  mutation RemovePeer($input: RemovePeerInput!) {\n    result: removePeer(input: $input) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.RemovePeerDocument,
    "\n  mutation MayAct($roomId: ID!) {\n    sendMessages(input: { roomId: $roomId, messages: [] }) {\n      __typename\n    }\n    removePeers(input: { roomId: $roomId, peerIds: [] }) {\n      __typename\n    }\n  }\n": types.MayActDocument,
    "\n  mutation MayRemove($roomId: ID!) {\n    removePeers(input: { roomId: $roomId, peerIds: [] }) {\n      __typename\n    }\n  }\n": types.MayRemoveDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment LivePeer on Peer {\n    id\n    hmsId\n    name\n    role\n    userId\n    metadataJson\n    joinedAt\n  }\n  fragment LiveSession on Session {\n    id\n    hmsId\n    startedAt\n  }\n"): (typeof documents)["\n  fragment LivePeer on Peer {\n    id\n    hmsId\n    name\n    role\n    userId\n    metadataJson\n    joinedAt\n  }\n  fragment LiveSession on Session {\n    id\n    hmsId\n    startedAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WatchRoom($roomId: ID!, $after: String) {\n    peerChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        reason\n        stale\n        asOf\n        session {\n          ...LiveSession\n        }\n        peers {\n          ...LivePeer\n        }\n      }\n      ... on PeerJoined {\n        cause\n        peer {\n          ...LivePeer\n        }\n      }\n      ... on PeerLeft {\n        cause\n        leaveReason\n        peer {\n          ...LivePeer\n        }\n      }\n      ... on PeerUpdated {\n        changed\n        previous {\n          name\n          role\n        }\n        peer {\n          ...LivePeer\n        }\n      }\n      ... on SessionStarted {\n        session {\n          ...LiveSession\n        }\n      }\n      ... on SessionEnded {\n        session {\n          ...LiveSession\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription WatchRoom($roomId: ID!, $after: String) {\n    peerChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        reason\n        stale\n        asOf\n        session {\n          ...LiveSession\n        }\n        peers {\n          ...LivePeer\n        }\n      }\n      ... on PeerJoined {\n        cause\n        peer {\n          ...LivePeer\n        }\n      }\n      ... on PeerLeft {\n        cause\n        leaveReason\n        peer {\n          ...LivePeer\n        }\n      }\n      ... on PeerUpdated {\n        changed\n        previous {\n          name\n          role\n        }\n        peer {\n          ...LivePeer\n        }\n      }\n      ... on SessionStarted {\n        session {\n          ...LiveSession\n        }\n      }\n      ... on SessionEnded {\n        session {\n          ...LiveSession\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WatchSessions($after: String) {\n    sessionChanges(after: $after) {\n      __typename\n      cursor\n      at\n      ... on SessionsSnapshot {\n        reason\n        stale\n        asOf\n        sessions {\n          ...LiveSession\n          room {\n            hmsId\n            name\n            description\n          }\n        }\n      }\n      ... on SessionStarted {\n        session {\n          ...LiveSession\n          room {\n            hmsId\n            name\n            description\n          }\n        }\n      }\n      ... on SessionEnded {\n        room {\n          hmsId\n        }\n        session {\n          ...LiveSession\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription WatchSessions($after: String) {\n    sessionChanges(after: $after) {\n      __typename\n      cursor\n      at\n      ... on SessionsSnapshot {\n        reason\n        stale\n        asOf\n        sessions {\n          ...LiveSession\n          room {\n            hmsId\n            name\n            description\n          }\n        }\n      }\n      ... on SessionStarted {\n        session {\n          ...LiveSession\n          room {\n            hmsId\n            name\n            description\n          }\n        }\n      }\n      ... on SessionEnded {\n        room {\n          hmsId\n        }\n        session {\n          ...LiveSession\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SessionRecord($sessionId: ID!, $last: Int!) {\n    session(id: $sessionId) {\n      peers(last: $last) {\n        edges {\n          node {\n            hmsId\n            name\n            role\n            joinedAt\n            leftAt\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query SessionRecord($sessionId: ID!, $last: Int!) {\n    session(id: $sessionId) {\n      peers(last: $last) {\n        edges {\n          node {\n            hmsId\n            name\n            role\n            joinedAt\n            leftAt\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RoomDetails($roomId: ID!) {\n    room(id: $roomId) {\n      hmsId\n      name\n      description\n      enabled\n      template {\n        name\n        roles {\n          name\n        }\n      }\n      recordings(first: 5) {\n        edges {\n          node {\n            hmsId\n            status\n            startedAt\n            durationSeconds\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query RoomDetails($roomId: ID!) {\n    room(id: $roomId) {\n      hmsId\n      name\n      description\n      enabled\n      template {\n        name\n        roles {\n          name\n        }\n      }\n      recordings(first: 5) {\n        edges {\n          node {\n            hmsId\n            status\n            startedAt\n            durationSeconds\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NewestRooms($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          hmsId\n          name\n          description\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query NewestRooms($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          hmsId\n          name\n          description\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RoomByName($name: String!) {\n    rooms(first: 1, filter: { name: $name }) {\n      edges {\n        node {\n          hmsId\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query RoomByName($name: String!) {\n    rooms(first: 1, filter: { name: $name }) {\n      edges {\n        node {\n          hmsId\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RoomName($roomId: ID!) {\n    room(id: $roomId) {\n      name\n    }\n  }\n"): (typeof documents)["\n  query RoomName($roomId: ID!) {\n    room(id: $roomId) {\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WatchTracks($roomId: ID!, $after: String) {\n    trackChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on TracksSnapshot {\n        stale\n        peerTracks {\n          asOf\n          peer {\n            hmsId\n          }\n          tracks {\n            ...ShownTrack\n          }\n        }\n      }\n      ... on TracksAwaited {\n        peer {\n          hmsId\n        }\n      }\n      ... on TracksUpdated {\n        asOf\n        peer {\n          hmsId\n        }\n        tracks {\n          ...ShownTrack\n        }\n      }\n      ... on TracksEnded {\n        peer {\n          hmsId\n        }\n      }\n    }\n  }\n  fragment ShownTrack on Track {\n    type\n    source\n    muted\n  }\n"): (typeof documents)["\n  subscription WatchTracks($roomId: ID!, $after: String) {\n    trackChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on TracksSnapshot {\n        stale\n        peerTracks {\n          asOf\n          peer {\n            hmsId\n          }\n          tracks {\n            ...ShownTrack\n          }\n        }\n      }\n      ... on TracksAwaited {\n        peer {\n          hmsId\n        }\n      }\n      ... on TracksUpdated {\n        asOf\n        peer {\n          hmsId\n        }\n        tracks {\n          ...ShownTrack\n        }\n      }\n      ... on TracksEnded {\n        peer {\n          hmsId\n        }\n      }\n    }\n  }\n  fragment ShownTrack on Track {\n    type\n    source\n    muted\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RecordingFiles($recordingId: ID!) {\n    recording(id: $recordingId) {\n      assets {\n        hmsId\n        type\n        sizeBytes\n        presignedUrl {\n          url\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query RecordingFiles($recordingId: ID!) {\n    recording(id: $recordingId) {\n      assets {\n        hmsId\n        type\n        sizeBytes\n        presignedUrl {\n          url\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendMessage($input: SendMessageInput!) {\n    result: sendMessage(input: $input) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SendMessage($input: SendMessageInput!) {\n    result: sendMessage(input: $input) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeRole($input: UpdatePeerInput!) {\n    result: updatePeer(input: $input) {\n      __typename\n      ... on Peer {\n        role\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeRole($input: UpdatePeerInput!) {\n    result: updatePeer(input: $input) {\n      __typename\n      ... on Peer {\n        role\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemovePeer($input: RemovePeerInput!) {\n    result: removePeer(input: $input) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RemovePeer($input: RemovePeerInput!) {\n    result: removePeer(input: $input) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MayAct($roomId: ID!) {\n    sendMessages(input: { roomId: $roomId, messages: [] }) {\n      __typename\n    }\n    removePeers(input: { roomId: $roomId, peerIds: [] }) {\n      __typename\n    }\n  }\n"): (typeof documents)["\n  mutation MayAct($roomId: ID!) {\n    sendMessages(input: { roomId: $roomId, messages: [] }) {\n      __typename\n    }\n    removePeers(input: { roomId: $roomId, peerIds: [] }) {\n      __typename\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MayRemove($roomId: ID!) {\n    removePeers(input: { roomId: $roomId, peerIds: [] }) {\n      __typename\n    }\n  }\n"): (typeof documents)["\n  mutation MayRemove($roomId: ID!) {\n    removePeers(input: { roomId: $roomId, peerIds: [] }) {\n      __typename\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;