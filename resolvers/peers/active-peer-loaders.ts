// Loaders of live rooms and their connected peers. Source: the vendor's Active Rooms API.
import { getActivePeer, getActiveRoom, listActivePeers } from '../../src/rest/peers/peers.ts';
import type { ActivePeerResource } from '../../src/rest/peers/peers.ts';
import { compoundLoader, orNull, resourceLoader, singleLoader } from '../loaders.ts';

/** What names a peer: its id is unique in its room. */
interface PeerKey {
  readonly roomId: string;
  readonly peerId: string;
}

/** A live room's session and the ids of its peers, by room id; null where the room is not live. */
export const activeRoomLoader = resourceLoader(getActiveRoom);

/** The connected peers of a room, by room id; empty where the room is not live. */
export const activePeersLoader = singleLoader<readonly ActivePeerResource[]>(
  async (roomId, { client, call }) => (await orNull(listActivePeers(client, roomId, call))) ?? [],
);

/** A connected peer with its tracks; null when it is not connected. */
export const activePeerLoader = compoundLoader(
  ({ roomId, peerId }: PeerKey, { client, call }) => orNull(getActivePeer(client, roomId, peerId, call)),
  ({ roomId, peerId }) => `${roomId}:${peerId}`,
);
