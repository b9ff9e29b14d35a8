// The texts of the subscriptions that the reducers read, for clients without generated types. With a code generator, write the
// document yourself instead, and select the fields of `PeerChange` and `SessionChange`.

/** What a text selects besides the fields that the reducers need. */
export interface Selections {
  /** Fields of `Peer`, such as `name role metadata`. */
  readonly peer?: string;
  /** Fields of `Session`, such as `startedAt`. */
  readonly session?: string;
}

/** `subscription PeerChanges($roomId: ID!, $filter: PeerFilter, $after: String)`, with all fields that `reducePeers` reads. */
export function peerChangesText({ peer = '', session = '' }: Selections = {}): string {
  return `subscription PeerChanges($roomId: ID!, $filter: PeerFilter, $after: String) {
  peerChanges(roomId: $roomId, filter: $filter, after: $after) {
    __typename
    cursor
    at
    ... on PeersSnapshot { reason stale asOf peers { ...LivePeer } session { ...LiveSession } }
    ... on PeerJoined { cause peer { ...LivePeer } }
    ... on PeerUpdated { changed peer { ...LivePeer } }
    ... on PeerLeft { cause leaveReason peer { ...LivePeer } }
    ... on SessionStarted { session { ...LiveSession } }
    ... on SessionEnded { session { ...LiveSession } }
  }
}
fragment LivePeer on Peer { __typename id hmsId joinedAt ${peer} }
fragment LiveSession on Session { __typename id hmsId ${session} }`;
}

/** `subscription SessionChanges($after: String)`, with all fields that `reduceSessions` reads. */
export function sessionChangesText({ session = '' }: Selections = {}): string {
  return `subscription SessionChanges($after: String) {
  sessionChanges(after: $after) {
    __typename
    cursor
    at
    ... on SessionsSnapshot { reason stale asOf sessions { ...LiveSession } }
    ... on SessionStarted { room { id } session { ...LiveSession } }
    ... on SessionEnded { room { id } session { ...LiveSession } }
  }
}
fragment LiveSession on Session { __typename id hmsId startedAt room { __typename id hmsId name } ${session} }`;
}
