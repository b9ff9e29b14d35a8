// Reads of live rooms and of the peers connected to them. Maps keyed by id become arrays in the map's order. For an idle room the
// API answers 404. The documentation does not say this, but public test suites show it. Source: the vendor's "Active rooms"
// pages.
import { Derived } from '../../derived.ts';
import type { ActivePeer, ActiveRoom, PeerWithTracks, Track } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { unreadIn } from '../shapes/repair.ts';
import { answersWith } from '../shapes/shapes.ts';
import { VENDOR_ID_PATTERN } from '../shapes/vendor-id.ts';

/**
 * A live room as received: its session and its peers' ids, without the room's configuration. Essential keys: `id`,
 * `session`.
 */
export type ActiveRoomResource = ActiveRoom;
/** A connected peer, without tracks. Has an `id`: taken from the map's key if the value lacks one. */
export type ActivePeerResource = ActivePeer;
/** A connected peer as received, with its tracks. Essential key: `id`. */
export type PeerWithTracksResource = PeerWithTracks;
/** An audio or video track that a peer publishes. Any key but `id` may be missing. */
export type TrackResource = Track;

/** Essential keys of a connected peer. */
export const peerEssentials = { PeerWithTracks: ['id'] } as const;
const answerOf = answersWith({
  ...peerEssentials,
  ActiveRoom: ['id', 'session'],
  'ActiveRoom.session': ['id'],
  // An uninitialised Go map is serialised as null, so `peers` may be null, but the key must be present.
  ActivePeerMap: ['peers?'],
});
const roomShape = answerOf<ActiveRoomResource>('getActiveRoom');
const peersShape = answerOf<{ readonly peers: Readonly<Record<string, ActivePeerResource>> | null }>(
  'listActivePeers',
);
const peerShape = answerOf<PeerWithTracksResource>('getActivePeer');

/** Reads a live room. @throws RestNotFoundError for a room that is idle or unknown. */
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

/** The peer with this id from an earlier read of the same room; undefined if it is unknown. */
export type KnownPeers = (id: string) => ActivePeerResource | undefined;

/**
 * Lists all peers connected to a room, without tracks. One request, not paginated. A `known` peer is connected, so if
 * it or some of its values cannot be read, the earlier values are returned. An unknown peer that cannot be read is left
 * out.
 * @throws RestNotFoundError for a room that is idle or unknown.
 */
export async function listActivePeers(
  client: RestClient,
  roomId: string,
  options?: CallOptions,
  known: KnownPeers = () => undefined,
): Promise<readonly ActivePeerResource[]> {
  const { peers } = await client.get(
    { route: '/active-rooms/{room_id}/peers', path: { room_id: roomId }, shape: peersShape },
    options,
  );
  const map = peers ?? NO_PEERS;
  return lists.get(map) ?? listOf(map, known);
}

const NO_PEERS: Readonly<Record<string, ActivePeerResource>> = {};

/** The lists made of maps that were read completely, so that the same map gives the same list. */
const lists = new Derived<object, readonly ActivePeerResource[]>();

function listOf(
  map: Readonly<Record<string, ActivePeerResource>>,
  known: KnownPeers,
): readonly ActivePeerResource[] {
  let isWhole = true;
  const peers: ActivePeerResource[] = [];
  for (const [id, value] of Object.entries(map)) {
    const peer = withId(value, id);
    if (peer === null) continue;
    const unread = unreadIn(value);
    if (unread.length > 0) isWhole = false;
    peers.push(withUnread(peer, unread, known));
  }
  const missing = unreadIn(map);
  if (isWhole && missing.length === 0) lists.keep(map, peers);
  for (const id of missing) {
    const peer = known(id);
    if (peer !== undefined) peers.push(peer);
  }
  return peers;
}

/** The object with the values of the known one under `keys`, which could not be read. */
function withUnread<T extends { readonly id: string }>(
  object: T,
  keys: readonly string[],
  known: (id: string) => object | undefined,
): T {
  const before = keys.length === 0 ? undefined : known(object.id);
  if (before === undefined) return object;
  const kept = Object.entries(before).filter(([key]) => keys.includes(key));
  return Object.assign({}, object, Object.fromEntries(kept));
}

/**
 * Reads a connected peer with its tracks. `known` as in `listActivePeers`.
 * @throws RestNotFoundError for a peer that is not connected.
 */
export async function getActivePeer(
  client: RestClient,
  roomId: string,
  peerId: string,
  options?: CallOptions,
  known: KnownPeers = () => undefined,
): Promise<PeerWithTracksResource> {
  const path = { room_id: roomId, peer_id: peerId };
  const route = '/active-rooms/{room_id}/peers/{peer_id}';
  const peer = await client.get({ route, path, shape: peerShape }, options);
  return withUnread(peer, unreadIn(peer), known);
}

/** The tracks that a peer publishes; empty if it publishes nothing. */
export function tracksOf(peer: PeerWithTracksResource): readonly TrackResource[] {
  return withIds(peer.tracks);
}

/**
 * The tracks that a peer publishes, given earlier ones: if a `known` track or some of its values cannot be read, the earlier
 * values are returned. Null if no tracks can be read.
 */
export function tracksSince(
  known: readonly TrackResource[],
  peer: PeerWithTracksResource,
): readonly TrackResource[] | null {
  if (unreadIn(peer).includes('tracks')) return null;
  const before = new Map(known.map((track) => [track.id, track]));
  const knownTrack = (id: string) => before.get(id);
  const read = Object.entries(peer.tracks ?? {}).flatMap(([id, value]) => {
    const track = withId(value, id);
    return track === null ? [] : [withUnread(track, unreadIn(value), knownTrack)];
  });
  const missing = unreadIn(peer.tracks ?? {}).flatMap((id) => knownTrack(id) ?? []);
  return [...read, ...missing];
}

const VENDOR_ID = new RegExp(VENDOR_ID_PATTERN, 'u');

/** The values of a map keyed by id. A value without an id is copied with its key as id, and left out if that is no id. */
function withIds<T extends { readonly id: string }>(
  map: Readonly<Record<string, T>> | null | undefined,
): readonly T[] {
  const items: T[] = [];
  for (const [id, value] of Object.entries(map ?? {})) {
    const item = withId(value, id);
    if (item !== null) items.push(item);
  }
  return items;
}

/** Null if neither the value nor its key is an id that may be part of a URL. */
function withId<T extends { readonly id: string }>(value: T, id: string): T | null {
  if (value.id) return value;
  return VENDOR_ID.test(id) ? { ...value, id } : null;
}
