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
    "\n  query RoomPeers($roomId: ID!) {\n    room(id: $roomId) {\n      id\n      peers(first: 500) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          cursor\n          node {\n            ...ListedPeer\n          }\n        }\n      }\n    }\n  }\n  fragment ListedPeer on Peer {\n    id\n    name\n    role\n  }\n": typeof types.RoomPeersDocument,
    "\n  subscription PeerChanges($roomId: ID!, $after: String) {\n    peerChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        stale\n        asOf\n        session {\n          id\n        }\n        peers {\n          ...ListedPeer\n        }\n      }\n      ... on PeerJoined {\n        peer {\n          ...ListedPeer\n        }\n      }\n      ... on PeerUpdated {\n        peer {\n          ...ListedPeer\n        }\n      }\n      ... on PeerLeft {\n        peer {\n          id\n        }\n      }\n      ... on SessionStarted {\n        session {\n          id\n        }\n      }\n    }\n  }\n": typeof types.PeerChangesDocument,
    "\n  query RoomTracks($roomId: ID!) {\n    room(id: $roomId) {\n      id\n      peers(first: 100) {\n        edges {\n          node {\n            id\n            name\n            ... @defer(label: \"tracks\") {\n              tracks {\n                type\n                muted\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.RoomTracksDocument,
};
const documents: Documents = {
    "\n  query RoomPeers($roomId: ID!) {\n    room(id: $roomId) {\n      id\n      peers(first: 500) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          cursor\n          node {\n            ...ListedPeer\n          }\n        }\n      }\n    }\n  }\n  fragment ListedPeer on Peer {\n    id\n    name\n    role\n  }\n": types.RoomPeersDocument,
    "\n  subscription PeerChanges($roomId: ID!, $after: String) {\n    peerChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        stale\n        asOf\n        session {\n          id\n        }\n        peers {\n          ...ListedPeer\n        }\n      }\n      ... on PeerJoined {\n        peer {\n          ...ListedPeer\n        }\n      }\n      ... on PeerUpdated {\n        peer {\n          ...ListedPeer\n        }\n      }\n      ... on PeerLeft {\n        peer {\n          id\n        }\n      }\n      ... on SessionStarted {\n        session {\n          id\n        }\n      }\n    }\n  }\n": types.PeerChangesDocument,
    "\n  query RoomTracks($roomId: ID!) {\n    room(id: $roomId) {\n      id\n      peers(first: 100) {\n        edges {\n          node {\n            id\n            name\n            ... @defer(label: \"tracks\") {\n              tracks {\n                type\n                muted\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": types.RoomTracksDocument,
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
export function graphql(source: "\n  query RoomPeers($roomId: ID!) {\n    room(id: $roomId) {\n      id\n      peers(first: 500) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          cursor\n          node {\n            ...ListedPeer\n          }\n        }\n      }\n    }\n  }\n  fragment ListedPeer on Peer {\n    id\n    name\n    role\n  }\n"): (typeof documents)["\n  query RoomPeers($roomId: ID!) {\n    room(id: $roomId) {\n      id\n      peers(first: 500) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          cursor\n          node {\n            ...ListedPeer\n          }\n        }\n      }\n    }\n  }\n  fragment ListedPeer on Peer {\n    id\n    name\n    role\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription PeerChanges($roomId: ID!, $after: String) {\n    peerChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        stale\n        asOf\n        session {\n          id\n        }\n        peers {\n          ...ListedPeer\n        }\n      }\n      ... on PeerJoined {\n        peer {\n          ...ListedPeer\n        }\n      }\n      ... on PeerUpdated {\n        peer {\n          ...ListedPeer\n        }\n      }\n      ... on PeerLeft {\n        peer {\n          id\n        }\n      }\n      ... on SessionStarted {\n        session {\n          id\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription PeerChanges($roomId: ID!, $after: String) {\n    peerChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        stale\n        asOf\n        session {\n          id\n        }\n        peers {\n          ...ListedPeer\n        }\n      }\n      ... on PeerJoined {\n        peer {\n          ...ListedPeer\n        }\n      }\n      ... on PeerUpdated {\n        peer {\n          ...ListedPeer\n        }\n      }\n      ... on PeerLeft {\n        peer {\n          id\n        }\n      }\n      ... on SessionStarted {\n        session {\n          id\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RoomTracks($roomId: ID!) {\n    room(id: $roomId) {\n      id\n      peers(first: 100) {\n        edges {\n          node {\n            id\n            name\n            ... @defer(label: \"tracks\") {\n              tracks {\n                type\n                muted\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query RoomTracks($roomId: ID!) {\n    room(id: $roomId) {\n      id\n      peers(first: 100) {\n        edges {\n          node {\n            id\n            name\n            ... @defer(label: \"tracks\") {\n              tracks {\n                type\n                muted\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;