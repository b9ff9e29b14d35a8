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
    "\n  query SessionAttendance($sessionId: ID!) {\n    session(id: $sessionId) {\n      attendance {\n        userId\n        attendedSeconds\n        joinedAt\n        leftAt\n        peers {\n          name\n        }\n      }\n    }\n  }\n": typeof types.SessionAttendanceDocument,
    "\n  subscription Cameras($roomId: ID!, $after: String) {\n    trackChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on TracksSnapshot {\n        stale\n        peerTracks {\n          asOf\n          peer {\n            ...Filmed\n          }\n          tracks {\n            ...Shown\n          }\n        }\n      }\n      ... on TracksAwaited {\n        peer {\n          ...Filmed\n        }\n      }\n      ... on TracksUpdated {\n        asOf\n        peer {\n          ...Filmed\n        }\n        tracks {\n          ...Shown\n        }\n      }\n      ... on TracksEnded {\n        peer {\n          id\n        }\n      }\n    }\n  }\n  fragment Filmed on Peer {\n    id\n    name\n    templateRole {\n      publishParams {\n        allowed\n      }\n    }\n  }\n  fragment Shown on Track {\n    type\n    source\n    muted\n  }\n": typeof types.CamerasDocument,
    "\n  mutation Nudge($roomId: ID!, $messages: [MessageInput!]!) {\n    sendMessages(input: { roomId: $roomId, messages: $messages }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.NudgeDocument,
    "\n  query LatestSession($active: Boolean) {\n    sessions(first: 1, filter: { active: $active }) {\n      edges {\n        node {\n          hmsId\n          active\n          room {\n            hmsId\n            name\n          }\n        }\n      }\n    }\n  }\n": typeof types.LatestSessionDocument,
    "\n  query Participants($roomId: ID!) {\n    room(id: $roomId) {\n      name\n      template {\n        roles {\n          name\n          maxPeerCount\n          permissions {\n            changeRole\n          }\n          publishParams {\n            allowed\n          }\n        }\n      }\n      peers(first: 500) {\n        edges {\n          node {\n            id\n            name\n            role\n          }\n        }\n      }\n    }\n  }\n": typeof types.ParticipantsDocument,
    "\n  mutation Announce($roomId: ID!, $message: String!) {\n    sendMessage(input: { roomId: $roomId, message: $message, type: \"chat\" }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.AnnounceDocument,
    "\n  mutation ChangeRole($roomId: ID!, $peerId: ID!, $role: String!) {\n    updatePeer(input: { roomId: $roomId, peerId: $peerId, role: $role }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.ChangeRoleDocument,
    "\n  query PeersOfUser($roomId: ID!, $userId: String!) {\n    room(id: $roomId) {\n      peers(filter: { userId: $userId }) {\n        edges {\n          node {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n": typeof types.PeersOfUserDocument,
    "\n  mutation Warn($roomId: ID!, $peerId: ID!, $message: String!) {\n    sendMessage(input: { roomId: $roomId, peerId: $peerId, message: $message, type: \"chat\" }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.WarnDocument,
    "\n  mutation Remove($roomId: ID!, $peerIds: [ID!]!, $reason: String) {\n    removePeers(input: { roomId: $roomId, peerIds: $peerIds, reason: $reason }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.RemoveDocument,
    "\n  subscription Watch($roomId: ID!, $after: String) {\n    peerChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        stale\n        asOf\n        peers {\n          id\n          name\n          role\n          metadata\n        }\n      }\n      ... on PeerJoined {\n        peer {\n          id\n          name\n          role\n          metadata\n        }\n      }\n      ... on PeerUpdated {\n        peer {\n          id\n          name\n          role\n          metadata\n        }\n      }\n      ... on PeerLeft {\n        peer {\n          id\n        }\n      }\n    }\n  }\n": typeof types.WatchDocument,
};
const documents: Documents = {
    "\n  query SessionAttendance($sessionId: ID!) {\n    session(id: $sessionId) {\n      attendance {\n        userId\n        attendedSeconds\n        joinedAt\n        leftAt\n        peers {\n          name\n        }\n      }\n    }\n  }\n": types.SessionAttendanceDocument,
    "\n  subscription Cameras($roomId: ID!, $after: String) {\n    trackChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on TracksSnapshot {\n        stale\n        peerTracks {\n          asOf\n          peer {\n            ...Filmed\n          }\n          tracks {\n            ...Shown\n          }\n        }\n      }\n      ... on TracksAwaited {\n        peer {\n          ...Filmed\n        }\n      }\n      ... on TracksUpdated {\n        asOf\n        peer {\n          ...Filmed\n        }\n        tracks {\n          ...Shown\n        }\n      }\n      ... on TracksEnded {\n        peer {\n          id\n        }\n      }\n    }\n  }\n  fragment Filmed on Peer {\n    id\n    name\n    templateRole {\n      publishParams {\n        allowed\n      }\n    }\n  }\n  fragment Shown on Track {\n    type\n    source\n    muted\n  }\n": types.CamerasDocument,
    "\n  mutation Nudge($roomId: ID!, $messages: [MessageInput!]!) {\n    sendMessages(input: { roomId: $roomId, messages: $messages }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.NudgeDocument,
    "\n  query LatestSession($active: Boolean) {\n    sessions(first: 1, filter: { active: $active }) {\n      edges {\n        node {\n          hmsId\n          active\n          room {\n            hmsId\n            name\n          }\n        }\n      }\n    }\n  }\n": types.LatestSessionDocument,
    "\n  query Participants($roomId: ID!) {\n    room(id: $roomId) {\n      name\n      template {\n        roles {\n          name\n          maxPeerCount\n          permissions {\n            changeRole\n          }\n          publishParams {\n            allowed\n          }\n        }\n      }\n      peers(first: 500) {\n        edges {\n          node {\n            id\n            name\n            role\n          }\n        }\n      }\n    }\n  }\n": types.ParticipantsDocument,
    "\n  mutation Announce($roomId: ID!, $message: String!) {\n    sendMessage(input: { roomId: $roomId, message: $message, type: \"chat\" }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.AnnounceDocument,
    "\n  mutation ChangeRole($roomId: ID!, $peerId: ID!, $role: String!) {\n    updatePeer(input: { roomId: $roomId, peerId: $peerId, role: $role }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.ChangeRoleDocument,
    "\n  query PeersOfUser($roomId: ID!, $userId: String!) {\n    room(id: $roomId) {\n      peers(filter: { userId: $userId }) {\n        edges {\n          node {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n": types.PeersOfUserDocument,
    "\n  mutation Warn($roomId: ID!, $peerId: ID!, $message: String!) {\n    sendMessage(input: { roomId: $roomId, peerId: $peerId, message: $message, type: \"chat\" }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.WarnDocument,
    "\n  mutation Remove($roomId: ID!, $peerIds: [ID!]!, $reason: String) {\n    removePeers(input: { roomId: $roomId, peerIds: $peerIds, reason: $reason }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.RemoveDocument,
    "\n  subscription Watch($roomId: ID!, $after: String) {\n    peerChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        stale\n        asOf\n        peers {\n          id\n          name\n          role\n          metadata\n        }\n      }\n      ... on PeerJoined {\n        peer {\n          id\n          name\n          role\n          metadata\n        }\n      }\n      ... on PeerUpdated {\n        peer {\n          id\n          name\n          role\n          metadata\n        }\n      }\n      ... on PeerLeft {\n        peer {\n          id\n        }\n      }\n    }\n  }\n": types.WatchDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SessionAttendance($sessionId: ID!) {\n    session(id: $sessionId) {\n      attendance {\n        userId\n        attendedSeconds\n        joinedAt\n        leftAt\n        peers {\n          name\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SessionAttendanceDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Cameras($roomId: ID!, $after: String) {\n    trackChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on TracksSnapshot {\n        stale\n        peerTracks {\n          asOf\n          peer {\n            ...Filmed\n          }\n          tracks {\n            ...Shown\n          }\n        }\n      }\n      ... on TracksAwaited {\n        peer {\n          ...Filmed\n        }\n      }\n      ... on TracksUpdated {\n        asOf\n        peer {\n          ...Filmed\n        }\n        tracks {\n          ...Shown\n        }\n      }\n      ... on TracksEnded {\n        peer {\n          id\n        }\n      }\n    }\n  }\n  fragment Filmed on Peer {\n    id\n    name\n    templateRole {\n      publishParams {\n        allowed\n      }\n    }\n  }\n  fragment Shown on Track {\n    type\n    source\n    muted\n  }\n"): typeof import('./graphql.ts').CamerasDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Nudge($roomId: ID!, $messages: [MessageInput!]!) {\n    sendMessages(input: { roomId: $roomId, messages: $messages }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').NudgeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LatestSession($active: Boolean) {\n    sessions(first: 1, filter: { active: $active }) {\n      edges {\n        node {\n          hmsId\n          active\n          room {\n            hmsId\n            name\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').LatestSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Participants($roomId: ID!) {\n    room(id: $roomId) {\n      name\n      template {\n        roles {\n          name\n          maxPeerCount\n          permissions {\n            changeRole\n          }\n          publishParams {\n            allowed\n          }\n        }\n      }\n      peers(first: 500) {\n        edges {\n          node {\n            id\n            name\n            role\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ParticipantsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Announce($roomId: ID!, $message: String!) {\n    sendMessage(input: { roomId: $roomId, message: $message, type: \"chat\" }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').AnnounceDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeRole($roomId: ID!, $peerId: ID!, $role: String!) {\n    updatePeer(input: { roomId: $roomId, peerId: $peerId, role: $role }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ChangeRoleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PeersOfUser($roomId: ID!, $userId: String!) {\n    room(id: $roomId) {\n      peers(filter: { userId: $userId }) {\n        edges {\n          node {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').PeersOfUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Warn($roomId: ID!, $peerId: ID!, $message: String!) {\n    sendMessage(input: { roomId: $roomId, peerId: $peerId, message: $message, type: \"chat\" }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').WarnDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Remove($roomId: ID!, $peerIds: [ID!]!, $reason: String) {\n    removePeers(input: { roomId: $roomId, peerIds: $peerIds, reason: $reason }) {\n      __typename\n      ... on Error {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RemoveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Watch($roomId: ID!, $after: String) {\n    peerChanges(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      at\n      ... on PeersSnapshot {\n        stale\n        asOf\n        peers {\n          id\n          name\n          role\n          metadata\n        }\n      }\n      ... on PeerJoined {\n        peer {\n          id\n          name\n          role\n          metadata\n        }\n      }\n      ... on PeerUpdated {\n        peer {\n          id\n          name\n          role\n          metadata\n        }\n      }\n      ... on PeerLeft {\n        peer {\n          id\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').WatchDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
