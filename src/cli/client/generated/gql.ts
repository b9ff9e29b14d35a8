/* eslint-disable */
import * as types from './graphql.ts';



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
    "\n  query CommandRooms($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          hmsId\n          name\n          activeSession {\n            startedAt\n          }\n          peers(first: 0) {\n            totalCount\n          }\n        }\n      }\n    }\n  }\n": typeof types.CommandRoomsDocument,
    "\n  query CommandLiveRooms($first: Int!) {\n    sessions(first: $first, filter: { active: true }) {\n      edges {\n        node {\n          startedAt\n          room {\n            hmsId\n            name\n            peers(first: 0) {\n              totalCount\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.CommandLiveRoomsDocument,
    "\n  query CommandRoomById($id: ID!) {\n    room(id: $id) {\n      hmsId\n      name\n    }\n  }\n": typeof types.CommandRoomByIdDocument,
    "\n  query CommandRoomByName($name: String!) {\n    rooms(first: 1, filter: { name: $name }) {\n      edges {\n        node {\n          hmsId\n          name\n        }\n      }\n    }\n  }\n": typeof types.CommandRoomByNameDocument,
    "\n  query CommandRoles($roomId: ID!) {\n    room(id: $roomId) {\n      template {\n        roles {\n          name\n        }\n      }\n    }\n  }\n": typeof types.CommandRolesDocument,
    "\n  subscription CommandPeers($roomId: ID!, $after: String) {\n    peerChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        reason\n        stale\n        asOf\n        session {\n          id\n          startedAt\n        }\n        peers {\n          ...CommandPeer\n        }\n      }\n      ... on PeerJoined {\n        cause\n        peer {\n          ...CommandPeer\n        }\n      }\n      ... on PeerUpdated {\n        changed\n        previous {\n          name\n          role\n        }\n        peer {\n          ...CommandPeer\n        }\n      }\n      ... on PeerLeft {\n        cause\n        leaveReason\n        peer {\n          ...CommandPeer\n        }\n      }\n      ... on SessionStarted {\n        session {\n          id\n          startedAt\n        }\n      }\n      ... on SessionEnded {\n        session {\n          id\n          startedAt\n        }\n      }\n    }\n  }\n\n  fragment CommandPeer on Peer {\n    id\n    hmsId\n    name\n    role\n    userId\n    joinedAt\n    metadata\n  }\n": typeof types.CommandPeersDocument,
    "\n  mutation CommandRemovePeer($roomId: ID!, $peerId: ID!) {\n    removePeer(input: { roomId: $roomId, peerId: $peerId }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.CommandRemovePeerDocument,
    "\n  mutation CommandChangeRole($roomId: ID!, $peerId: ID!, $role: String!) {\n    updatePeer(input: { roomId: $roomId, peerId: $peerId, role: $role }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.CommandChangeRoleDocument,
};
const documents: Documents = {
    "\n  query CommandRooms($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          hmsId\n          name\n          activeSession {\n            startedAt\n          }\n          peers(first: 0) {\n            totalCount\n          }\n        }\n      }\n    }\n  }\n": types.CommandRoomsDocument,
    "\n  query CommandLiveRooms($first: Int!) {\n    sessions(first: $first, filter: { active: true }) {\n      edges {\n        node {\n          startedAt\n          room {\n            hmsId\n            name\n            peers(first: 0) {\n              totalCount\n            }\n          }\n        }\n      }\n    }\n  }\n": types.CommandLiveRoomsDocument,
    "\n  query CommandRoomById($id: ID!) {\n    room(id: $id) {\n      hmsId\n      name\n    }\n  }\n": types.CommandRoomByIdDocument,
    "\n  query CommandRoomByName($name: String!) {\n    rooms(first: 1, filter: { name: $name }) {\n      edges {\n        node {\n          hmsId\n          name\n        }\n      }\n    }\n  }\n": types.CommandRoomByNameDocument,
    "\n  query CommandRoles($roomId: ID!) {\n    room(id: $roomId) {\n      template {\n        roles {\n          name\n        }\n      }\n    }\n  }\n": types.CommandRolesDocument,
    "\n  subscription CommandPeers($roomId: ID!, $after: String) {\n    peerChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        reason\n        stale\n        asOf\n        session {\n          id\n          startedAt\n        }\n        peers {\n          ...CommandPeer\n        }\n      }\n      ... on PeerJoined {\n        cause\n        peer {\n          ...CommandPeer\n        }\n      }\n      ... on PeerUpdated {\n        changed\n        previous {\n          name\n          role\n        }\n        peer {\n          ...CommandPeer\n        }\n      }\n      ... on PeerLeft {\n        cause\n        leaveReason\n        peer {\n          ...CommandPeer\n        }\n      }\n      ... on SessionStarted {\n        session {\n          id\n          startedAt\n        }\n      }\n      ... on SessionEnded {\n        session {\n          id\n          startedAt\n        }\n      }\n    }\n  }\n\n  fragment CommandPeer on Peer {\n    id\n    hmsId\n    name\n    role\n    userId\n    joinedAt\n    metadata\n  }\n": types.CommandPeersDocument,
    "\n  mutation CommandRemovePeer($roomId: ID!, $peerId: ID!) {\n    removePeer(input: { roomId: $roomId, peerId: $peerId }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.CommandRemovePeerDocument,
    "\n  mutation CommandChangeRole($roomId: ID!, $peerId: ID!, $role: String!) {\n    updatePeer(input: { roomId: $roomId, peerId: $peerId, role: $role }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.CommandChangeRoleDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CommandRooms($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          hmsId\n          name\n          activeSession {\n            startedAt\n          }\n          peers(first: 0) {\n            totalCount\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').CommandRoomsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CommandLiveRooms($first: Int!) {\n    sessions(first: $first, filter: { active: true }) {\n      edges {\n        node {\n          startedAt\n          room {\n            hmsId\n            name\n            peers(first: 0) {\n              totalCount\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').CommandLiveRoomsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CommandRoomById($id: ID!) {\n    room(id: $id) {\n      hmsId\n      name\n    }\n  }\n"): typeof import('./graphql.ts').CommandRoomByIdDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CommandRoomByName($name: String!) {\n    rooms(first: 1, filter: { name: $name }) {\n      edges {\n        node {\n          hmsId\n          name\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').CommandRoomByNameDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CommandRoles($roomId: ID!) {\n    room(id: $roomId) {\n      template {\n        roles {\n          name\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').CommandRolesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription CommandPeers($roomId: ID!, $after: String) {\n    peerChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        reason\n        stale\n        asOf\n        session {\n          id\n          startedAt\n        }\n        peers {\n          ...CommandPeer\n        }\n      }\n      ... on PeerJoined {\n        cause\n        peer {\n          ...CommandPeer\n        }\n      }\n      ... on PeerUpdated {\n        changed\n        previous {\n          name\n          role\n        }\n        peer {\n          ...CommandPeer\n        }\n      }\n      ... on PeerLeft {\n        cause\n        leaveReason\n        peer {\n          ...CommandPeer\n        }\n      }\n      ... on SessionStarted {\n        session {\n          id\n          startedAt\n        }\n      }\n      ... on SessionEnded {\n        session {\n          id\n          startedAt\n        }\n      }\n    }\n  }\n\n  fragment CommandPeer on Peer {\n    id\n    hmsId\n    name\n    role\n    userId\n    joinedAt\n    metadata\n  }\n"): typeof import('./graphql.ts').CommandPeersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CommandRemovePeer($roomId: ID!, $peerId: ID!) {\n    removePeer(input: { roomId: $roomId, peerId: $peerId }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').CommandRemovePeerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CommandChangeRole($roomId: ID!, $peerId: ID!, $role: String!) {\n    updatePeer(input: { roomId: $roomId, peerId: $peerId, role: $role }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').CommandChangeRoleDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
