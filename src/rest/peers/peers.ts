// Live rooms and the peers connected to them. Maps keyed by id become arrays in the map's order.
// Source: the vendor's "Active rooms" pages. What they answer for an idle room isn't documented: expect a 404.
import type { ActivePeer, ActiveRoom, PeerWithTracks, Track } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { answersWith } from '../shapes/shapes.ts';

/** A live room as received: its session and the ids of its peers, none of the room's configuration. */
export type ActiveRoomResource = ActiveRoom;
/** A connected peer. Of its keys only `id` is sure to be there. */
export type ActivePeerResource = ActivePeer;
export type PeerWithTracksResource = PeerWithTracks;
export type TrackResource = Track;

/** Of a connected peer. */
export const peerEssentials = { PeerWithTracks: ['id'] } as const;
const answerOf = answersWith({
  ...peerEssentials,
  ActiveRoom: ['id', 'session'],
  'ActiveRoom.session': ['id'],
  // An empty Go map prints as null, so `peers` may be null, but the key must be there.
  ActivePeerMap: ['peers?'],
});
const roomShape = answerOf<ActiveRoomResource>('getActiveRoom');
const peersShape = answerOf<{ readonly peers: Readonly<Record<string, ActivePeerResource>> | null }>(
  'listActivePeers',
);
const peerShape = answerOf<PeerWithTracksResource>('getActivePeer');

/** @throws RestNotFoundError for a room that is idle or doesn't exist. */
export function getActiveRoom(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<ActiveRoomResource> {
  return client.get(
    { route: '/active-rooms/{room_id}', path: { room_id: roomId }, shape: roomShape },
    options,
  );
}

/**
 * Everybody who is connected to a room, without tracks, in one answer.
 * @throws RestNotFoundError for a room that is idle or doesn't exist.
 */
export async function listActivePeers(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
): Promise<readonly ActivePeerResource[]> {
  const { peers } = await client.get(
    { route: '/active-rooms/{room_id}/peers', path: { room_id: roomId }, shape: peersShape },
    options,
  );
  return withIds(peers);
}

/** @throws RestNotFoundError for a peer that isn't connected. */
export function getActivePeer(
  client: RestClient,
  roomId: string,
  peerId: string,
  options?: CallOptions,
): Promise<PeerWithTracksResource> {
  const path = { room_id: roomId, peer_id: peerId };
  return client.get({ route: '/active-rooms/{room_id}/peers/{peer_id}', path, shape: peerShape }, options);
}

/** The tracks that a peer publishes, none where it publishes nothing. */
export function tracksOf(peer: PeerWithTracksResource): readonly TrackResource[] {
  return withIds(peer.tracks);
}

/** The values of a map keyed by id; one that lacks its own id gets it from its key. */
function withIds<T extends { readonly id: string }>(
  map: Readonly<Record<string, T>> | null | undefined,
): readonly T[] {
  const items: T[] = [];
  for (const [id, value] of Object.entries(map ?? {})) items.push(value.id ? value : { ...value, id });
  return items;
}
