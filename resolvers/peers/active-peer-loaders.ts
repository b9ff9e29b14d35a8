// Loaders of live rooms and their connected peers. Recent writes are applied to the values that they read. Source: the vendor's
// Active Rooms API.
import { getActivePeer, getActiveRoom, listActivePeers } from '../../src/rest/peers/peers.ts';
import type {
  ActivePeerResource,
  ActiveRoomResource,
  KnownPeers,
  PeerWithTracksResource,
} from '../../src/rest/peers/peers.ts';
import { compoundLoader, orNull, singleLoader, type LoaderContext } from '../loaders.ts';

/** The key of a peer: its id is unique within its room only. */
interface PeerKey {
  readonly roomId: string;
  readonly peerId: string;
}

/** A live room's session and the ids of its peers, by room id; null where the room is not live. */
export const activeRoomLoader = singleLoader<ActiveRoomResource | null>(
  async (roomId, { client, call, catalog }) => {
    const room = await orNull(getActiveRoom(client, roomId, call));
    return room === null ? null : catalog.written.peers.overRoom(room);
  },
);

/** The connected peers of a room, by room id; empty where the room is not live. */
export const activePeersLoader = singleLoader<readonly ActivePeerResource[]>(async (roomId, context) => {
  const { client, call, catalog } = context;
  const read = await orNull(listActivePeers(client, roomId, call, knownPeers(roomId, context)));
  const peers = read ?? [];
  catalog.recentPeers.keep(roomId, peers);
  return catalog.written.peers.over(roomId, peers);
});

/** Like `activePeersLoader`, but the peers of a large room may be up to 5 s old. For all pages but the first. */
export const recentPeersLoader = singleLoader<readonly ActivePeerResource[]>(async (roomId, context) => {
  const recent = context.catalog.recentPeers.get(roomId);
  if (recent === undefined) return activePeersLoader(context).load(roomId);
  return context.catalog.written.peers.over(roomId, recent);
});

/** A connected peer with its tracks; null when it is not connected. */
export const activePeerLoader = compoundLoader(
  async ({ roomId, peerId }: PeerKey, context): Promise<PeerWithTracksResource | null> => {
    const { client, call, catalog } = context;
    const peer = await orNull(getActivePeer(client, roomId, peerId, call, knownPeers(roomId, context)));
    return peer === null ? null : (catalog.written.peers.over(roomId, [peer])[0] ?? null);
  },
  ({ roomId, peerId }) => `${roomId}:${peerId}`,
);

/** The peers of a watched room by the last poll, by id. The map is made at the first look-up. */
function knownPeers(roomId: string, { live }: LoaderContext): KnownPeers {
  let known: ReadonlyMap<string, ActivePeerResource> | undefined;
  return (id) => {
    known ??= new Map((live.watchedPeers(roomId) ?? []).map((peer) => [peer.id, peer]));
    return known.get(id);
  };
}
