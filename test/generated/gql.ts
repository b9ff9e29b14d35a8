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
    "\n  subscription FollowPeers($roomId: ID!, $filter: PeerFilter, $after: String) {\n    peerChanges(roomId: $roomId, filter: $filter, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        reason\n        stale\n        asOf\n        peers {\n          ...FollowedPeer\n        }\n        session {\n          hmsId\n        }\n      }\n      ... on PeerJoined {\n        cause\n        peer {\n          ...FollowedPeer\n        }\n      }\n      ... on PeerLeft {\n        cause\n        leaveReason\n        peer {\n          ...FollowedPeer\n        }\n      }\n      ... on PeerUpdated {\n        changed\n        previous {\n          name\n          role\n          metadata\n        }\n        peer {\n          ...FollowedPeer\n        }\n      }\n      ... on SessionStarted {\n        session {\n          hmsId\n        }\n      }\n      ... on SessionEnded {\n        session {\n          hmsId\n        }\n      }\n    }\n  }\n  fragment FollowedPeer on Peer {\n    hmsId\n    name\n    role\n    metadata\n    connected\n  }\n": typeof types.FollowPeersDocument,
    "\n  subscription FollowSessions($after: String) {\n    sessionChanges(after: $after) {\n      __typename\n      cursor\n      ... on SessionsSnapshot {\n        reason\n        stale\n        sessions {\n          hmsId\n          room {\n            hmsId\n          }\n        }\n      }\n      ... on SessionStarted {\n        session {\n          hmsId\n        }\n      }\n      ... on SessionEnded {\n        session {\n          hmsId\n        }\n      }\n    }\n  }\n": typeof types.FollowSessionsDocument,
    "\n  query WalkRooms($first: Int, $after: String) {\n    list: rooms(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          hmsId\n        }\n      }\n      pageInfo {\n        ...WalkedPage\n      }\n    }\n  }\n  fragment WalkedPage on PageInfo {\n    hasNextPage\n    hasPreviousPage\n    startCursor\n    endCursor\n  }\n": typeof types.WalkRoomsDocument,
    "\n  query WalkSessions($first: Int, $after: String) {\n    list: sessions(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          hmsId\n        }\n      }\n      pageInfo {\n        ...WalkedPage\n      }\n    }\n  }\n": typeof types.WalkSessionsDocument,
    "\n  query WalkTemplates($first: Int, $after: String) {\n    list: templates(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          hmsId\n        }\n      }\n      pageInfo {\n        ...WalkedPage\n      }\n    }\n  }\n": typeof types.WalkTemplatesDocument,
    "\n  query WalkPeersOfRoom($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    owner: room(id: $id) {\n      peers(first: $first, after: $after, last: $last, before: $before) {\n        ...WalkedPeers\n      }\n    }\n  }\n  fragment WalkedPeers on PeerConnection {\n    totalCount\n    edges {\n      cursor\n      node {\n        hmsId\n      }\n    }\n    pageInfo {\n      ...WalkedPage\n    }\n  }\n": typeof types.WalkPeersOfRoomDocument,
    "\n  query WalkPeersOfSession($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    owner: session(id: $id) {\n      peers(first: $first, after: $after, last: $last, before: $before) {\n        ...WalkedPeers\n      }\n    }\n  }\n": typeof types.WalkPeersOfSessionDocument,
    "\n  query OneOfEach($roomId: ID!) {\n    room(id: $roomId) {\n      __typename\n      id\n      name\n      template {\n        __typename\n        id\n        name\n        roles {\n          __typename\n          id\n          name\n        }\n      }\n      activeSession {\n        __typename\n        id\n        hmsId\n      }\n      peers(first: 1) {\n        edges {\n          node {\n            __typename\n            id\n            peerName: name\n            connected\n          }\n        }\n      }\n      sessions(filter: { active: false }) {\n        edges {\n          node {\n            peers {\n              edges {\n                node {\n                  __typename\n                  id\n                  peerName: name\n                  connected\n                }\n              }\n            }\n          }\n        }\n      }\n      roomCodes {\n        __typename\n        id\n        code\n      }\n    }\n  }\n": typeof types.OneOfEachDocument,
    "\n  query Refetch($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      id\n      ... on Room {\n        name\n      }\n      ... on Template {\n        name\n      }\n      ... on Role {\n        name\n      }\n      ... on Session {\n        hmsId\n      }\n      ... on RoomCode {\n        code\n      }\n      ... on Peer {\n        peerName: name\n        connected\n      }\n    }\n  }\n": typeof types.RefetchDocument,
    "\n  query RefetchOne($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n    }\n  }\n": typeof types.RefetchOneDocument,
    "\n  query OnePeer($roomId: ID!, $id: ID!) {\n    peer(roomId: $roomId, id: $id) {\n      id\n      hmsId\n      connected\n      leftAt\n      metadata\n      tracks {\n        hmsId\n      }\n      session {\n        hmsId\n      }\n      room {\n        hmsId\n      }\n    }\n  }\n": typeof types.OnePeerDocument,
    "\n  query RoomsWithRoles {\n    rooms(first: 20) {\n      edges {\n        node {\n          name\n          template {\n            name\n            roles {\n              name\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.RoomsWithRolesDocument,
    "\n  query RoomsWithPeople {\n    rooms(first: 50) {\n      edges {\n        node {\n          activeSession {\n            peers {\n              edges {\n                node {\n                  name\n                  role\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.RoomsWithPeopleDocument,
    "\n  query RoomNames($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          name\n        }\n      }\n    }\n  }\n": typeof types.RoomNamesDocument,
    "\n  query RoomNamesAndMore($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n": typeof types.RoomNamesAndMoreDocument,
};
const documents: Documents = {
    "\n  subscription FollowPeers($roomId: ID!, $filter: PeerFilter, $after: String) {\n    peerChanges(roomId: $roomId, filter: $filter, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        reason\n        stale\n        asOf\n        peers {\n          ...FollowedPeer\n        }\n        session {\n          hmsId\n        }\n      }\n      ... on PeerJoined {\n        cause\n        peer {\n          ...FollowedPeer\n        }\n      }\n      ... on PeerLeft {\n        cause\n        leaveReason\n        peer {\n          ...FollowedPeer\n        }\n      }\n      ... on PeerUpdated {\n        changed\n        previous {\n          name\n          role\n          metadata\n        }\n        peer {\n          ...FollowedPeer\n        }\n      }\n      ... on SessionStarted {\n        session {\n          hmsId\n        }\n      }\n      ... on SessionEnded {\n        session {\n          hmsId\n        }\n      }\n    }\n  }\n  fragment FollowedPeer on Peer {\n    hmsId\n    name\n    role\n    metadata\n    connected\n  }\n": types.FollowPeersDocument,
    "\n  subscription FollowSessions($after: String) {\n    sessionChanges(after: $after) {\n      __typename\n      cursor\n      ... on SessionsSnapshot {\n        reason\n        stale\n        sessions {\n          hmsId\n          room {\n            hmsId\n          }\n        }\n      }\n      ... on SessionStarted {\n        session {\n          hmsId\n        }\n      }\n      ... on SessionEnded {\n        session {\n          hmsId\n        }\n      }\n    }\n  }\n": types.FollowSessionsDocument,
    "\n  query WalkRooms($first: Int, $after: String) {\n    list: rooms(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          hmsId\n        }\n      }\n      pageInfo {\n        ...WalkedPage\n      }\n    }\n  }\n  fragment WalkedPage on PageInfo {\n    hasNextPage\n    hasPreviousPage\n    startCursor\n    endCursor\n  }\n": types.WalkRoomsDocument,
    "\n  query WalkSessions($first: Int, $after: String) {\n    list: sessions(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          hmsId\n        }\n      }\n      pageInfo {\n        ...WalkedPage\n      }\n    }\n  }\n": types.WalkSessionsDocument,
    "\n  query WalkTemplates($first: Int, $after: String) {\n    list: templates(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          hmsId\n        }\n      }\n      pageInfo {\n        ...WalkedPage\n      }\n    }\n  }\n": types.WalkTemplatesDocument,
    "\n  query WalkPeersOfRoom($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    owner: room(id: $id) {\n      peers(first: $first, after: $after, last: $last, before: $before) {\n        ...WalkedPeers\n      }\n    }\n  }\n  fragment WalkedPeers on PeerConnection {\n    totalCount\n    edges {\n      cursor\n      node {\n        hmsId\n      }\n    }\n    pageInfo {\n      ...WalkedPage\n    }\n  }\n": types.WalkPeersOfRoomDocument,
    "\n  query WalkPeersOfSession($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    owner: session(id: $id) {\n      peers(first: $first, after: $after, last: $last, before: $before) {\n        ...WalkedPeers\n      }\n    }\n  }\n": types.WalkPeersOfSessionDocument,
    "\n  query OneOfEach($roomId: ID!) {\n    room(id: $roomId) {\n      __typename\n      id\n      name\n      template {\n        __typename\n        id\n        name\n        roles {\n          __typename\n          id\n          name\n        }\n      }\n      activeSession {\n        __typename\n        id\n        hmsId\n      }\n      peers(first: 1) {\n        edges {\n          node {\n            __typename\n            id\n            peerName: name\n            connected\n          }\n        }\n      }\n      sessions(filter: { active: false }) {\n        edges {\n          node {\n            peers {\n              edges {\n                node {\n                  __typename\n                  id\n                  peerName: name\n                  connected\n                }\n              }\n            }\n          }\n        }\n      }\n      roomCodes {\n        __typename\n        id\n        code\n      }\n    }\n  }\n": types.OneOfEachDocument,
    "\n  query Refetch($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      id\n      ... on Room {\n        name\n      }\n      ... on Template {\n        name\n      }\n      ... on Role {\n        name\n      }\n      ... on Session {\n        hmsId\n      }\n      ... on RoomCode {\n        code\n      }\n      ... on Peer {\n        peerName: name\n        connected\n      }\n    }\n  }\n": types.RefetchDocument,
    "\n  query RefetchOne($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n    }\n  }\n": types.RefetchOneDocument,
    "\n  query OnePeer($roomId: ID!, $id: ID!) {\n    peer(roomId: $roomId, id: $id) {\n      id\n      hmsId\n      connected\n      leftAt\n      metadata\n      tracks {\n        hmsId\n      }\n      session {\n        hmsId\n      }\n      room {\n        hmsId\n      }\n    }\n  }\n": types.OnePeerDocument,
    "\n  query RoomsWithRoles {\n    rooms(first: 20) {\n      edges {\n        node {\n          name\n          template {\n            name\n            roles {\n              name\n            }\n          }\n        }\n      }\n    }\n  }\n": types.RoomsWithRolesDocument,
    "\n  query RoomsWithPeople {\n    rooms(first: 50) {\n      edges {\n        node {\n          activeSession {\n            peers {\n              edges {\n                node {\n                  name\n                  role\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": types.RoomsWithPeopleDocument,
    "\n  query RoomNames($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          name\n        }\n      }\n    }\n  }\n": types.RoomNamesDocument,
    "\n  query RoomNamesAndMore($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n": types.RoomNamesAndMoreDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription FollowPeers($roomId: ID!, $filter: PeerFilter, $after: String) {\n    peerChanges(roomId: $roomId, filter: $filter, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        reason\n        stale\n        asOf\n        peers {\n          ...FollowedPeer\n        }\n        session {\n          hmsId\n        }\n      }\n      ... on PeerJoined {\n        cause\n        peer {\n          ...FollowedPeer\n        }\n      }\n      ... on PeerLeft {\n        cause\n        leaveReason\n        peer {\n          ...FollowedPeer\n        }\n      }\n      ... on PeerUpdated {\n        changed\n        previous {\n          name\n          role\n          metadata\n        }\n        peer {\n          ...FollowedPeer\n        }\n      }\n      ... on SessionStarted {\n        session {\n          hmsId\n        }\n      }\n      ... on SessionEnded {\n        session {\n          hmsId\n        }\n      }\n    }\n  }\n  fragment FollowedPeer on Peer {\n    hmsId\n    name\n    role\n    metadata\n    connected\n  }\n"): typeof import('./graphql.ts').FollowPeersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription FollowSessions($after: String) {\n    sessionChanges(after: $after) {\n      __typename\n      cursor\n      ... on SessionsSnapshot {\n        reason\n        stale\n        sessions {\n          hmsId\n          room {\n            hmsId\n          }\n        }\n      }\n      ... on SessionStarted {\n        session {\n          hmsId\n        }\n      }\n      ... on SessionEnded {\n        session {\n          hmsId\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').FollowSessionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WalkRooms($first: Int, $after: String) {\n    list: rooms(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          hmsId\n        }\n      }\n      pageInfo {\n        ...WalkedPage\n      }\n    }\n  }\n  fragment WalkedPage on PageInfo {\n    hasNextPage\n    hasPreviousPage\n    startCursor\n    endCursor\n  }\n"): typeof import('./graphql.ts').WalkRoomsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WalkSessions($first: Int, $after: String) {\n    list: sessions(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          hmsId\n        }\n      }\n      pageInfo {\n        ...WalkedPage\n      }\n    }\n  }\n"): typeof import('./graphql.ts').WalkSessionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WalkTemplates($first: Int, $after: String) {\n    list: templates(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          hmsId\n        }\n      }\n      pageInfo {\n        ...WalkedPage\n      }\n    }\n  }\n"): typeof import('./graphql.ts').WalkTemplatesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WalkPeersOfRoom($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    owner: room(id: $id) {\n      peers(first: $first, after: $after, last: $last, before: $before) {\n        ...WalkedPeers\n      }\n    }\n  }\n  fragment WalkedPeers on PeerConnection {\n    totalCount\n    edges {\n      cursor\n      node {\n        hmsId\n      }\n    }\n    pageInfo {\n      ...WalkedPage\n    }\n  }\n"): typeof import('./graphql.ts').WalkPeersOfRoomDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WalkPeersOfSession($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    owner: session(id: $id) {\n      peers(first: $first, after: $after, last: $last, before: $before) {\n        ...WalkedPeers\n      }\n    }\n  }\n"): typeof import('./graphql.ts').WalkPeersOfSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OneOfEach($roomId: ID!) {\n    room(id: $roomId) {\n      __typename\n      id\n      name\n      template {\n        __typename\n        id\n        name\n        roles {\n          __typename\n          id\n          name\n        }\n      }\n      activeSession {\n        __typename\n        id\n        hmsId\n      }\n      peers(first: 1) {\n        edges {\n          node {\n            __typename\n            id\n            peerName: name\n            connected\n          }\n        }\n      }\n      sessions(filter: { active: false }) {\n        edges {\n          node {\n            peers {\n              edges {\n                node {\n                  __typename\n                  id\n                  peerName: name\n                  connected\n                }\n              }\n            }\n          }\n        }\n      }\n      roomCodes {\n        __typename\n        id\n        code\n      }\n    }\n  }\n"): typeof import('./graphql.ts').OneOfEachDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Refetch($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      id\n      ... on Room {\n        name\n      }\n      ... on Template {\n        name\n      }\n      ... on Role {\n        name\n      }\n      ... on Session {\n        hmsId\n      }\n      ... on RoomCode {\n        code\n      }\n      ... on Peer {\n        peerName: name\n        connected\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RefetchDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RefetchOne($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n    }\n  }\n"): typeof import('./graphql.ts').RefetchOneDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OnePeer($roomId: ID!, $id: ID!) {\n    peer(roomId: $roomId, id: $id) {\n      id\n      hmsId\n      connected\n      leftAt\n      metadata\n      tracks {\n        hmsId\n      }\n      session {\n        hmsId\n      }\n      room {\n        hmsId\n      }\n    }\n  }\n"): typeof import('./graphql.ts').OnePeerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RoomsWithRoles {\n    rooms(first: 20) {\n      edges {\n        node {\n          name\n          template {\n            name\n            roles {\n              name\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RoomsWithRolesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RoomsWithPeople {\n    rooms(first: 50) {\n      edges {\n        node {\n          activeSession {\n            peers {\n              edges {\n                node {\n                  name\n                  role\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RoomsWithPeopleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RoomNames($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          name\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RoomNamesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RoomNamesAndMore($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RoomNamesAndMoreDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
