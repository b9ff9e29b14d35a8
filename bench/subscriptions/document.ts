// The subscription of the benchmarks' clients.

/** Every peer of a room, and every change. */
export const WATCH_PEERS = `subscription Changes($roomId: ID!) {
  peerChanges(roomId: $roomId) {
    __typename
    cursor
    ... on PeersSnapshot { reason peers { hmsId name role metadata } }
    ... on PeerJoined { peer { hmsId name role metadata } }
    ... on PeerUpdated { peer { hmsId name role metadata } }
  }
}`;
