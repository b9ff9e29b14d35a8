// Peers as the graph returns them. The type `Peer` covers two REST resources: a connected peer, which has metadata and
// tracks, and a session's record of a peer, which has the leaving time. `PeerView` holds one or both of them.
import type { Departure } from '../../src/live/changes.ts';
import type { ActivePeerResource } from '../../src/rest/peers/peers.ts';
import { idOf, walkPages } from '../../src/rest/shapes/pages.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import {
  listSessions,
  peersIn,
  type SessionPeerResource,
  type SessionResource,
} from '../../src/rest/sessions/sessions.ts';
import { connectionOverAll, cursorsOf, type BothWaysArgs, type CountedConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { hmsIdOf, peerIdOf } from '../ids.ts';
import { splitPair } from '../local-ids.ts';
import { recordOf, type SessionView } from '../sessions/sessions.ts';
import { instantOrNull, sortableInstant, textOrNull } from '../values.ts';
import {
  activePeerLoader,
  activePeersLoader,
  activeRoomLoader,
  recentPeersLoader,
} from './active-peer-loaders.ts';
import { sessionNode } from '../sessions/session-node.ts';

/** A peer with the resources from which it was made: `live`, `record` or both. */
export interface PeerView {
  readonly roomId: string;
  readonly id: string;
  /** The id of the peer's session; null if the peer comes from the REST list of connected peers, which has no session id. */
  readonly sessionId: string | null;
  /** The peer as the live room last showed it; null if only the session's record is known. */
  readonly live: ActivePeerResource | null;
  /** The session's record of the peer; null if only the live room is known. */
  readonly record: SessionPeerResource | null;
  readonly connected: boolean;
  /** The peers who left with this one, if a poll has just noticed it. */
  readonly departure?: Departure;
}

/** Conditions on peers, all of which must hold. A null or missing one is ignored. */
export interface PeerFilter {
  /** The name of a role. */
  readonly role?: string | null | undefined;
  readonly userId?: string | null | undefined;
}

type PeersArgs = BothWaysArgs & { readonly filter?: PeerFilter | null | undefined };

/** The most pages of a room's sessions, newest first, that are searched for a departed peer. */
const MAX_SESSION_PAGES = 3;

const cursors = cursorsOf('peers', /^[^/]+\/\S+$/);

/** The sort key of peers: joining time, then id. It does not change, so a cursor stays valid after its peer has left. */
function joinOrder(peer: PeerView): string {
  return `${sortableInstant(joinedAtOf(peer) ?? '')}/${peer.id}`;
}

/**
 * The connected peers of a room: from memory while a subscription watches the room, otherwise one REST call, or none for a
 * page with `after` of a large room, which was read in the last 5 s.
 */
export async function peersOfRoom(
  room: RoomResource,
  args: PeersArgs,
  context: Context,
): Promise<CountedConnection<PeerView>> {
  const snapshot = context.live.snapshot(room.id);
  const loader = args.after == null ? activePeersLoader : recentPeersLoader;
  const peers = snapshot?.peers ?? (await loader(context).load(room.id));
  const sessionId = snapshot?.session?.id ?? null;
  return peersConnection(
    peers.map((live) => connectedPeer(room.id, live, sessionId)),
    args,
  );
}

/**
 * The connection of `peersOfRoom` for an operation that selects its `totalCount` alone: without a filter it is counted from the
 * ids, which are a small part of the answer that has the peers.
 */
export async function countedPeersOfRoom(
  room: RoomResource,
  args: PeersArgs,
  context: Context,
): Promise<CountedConnection<PeerView>> {
  const { role, userId } = args.filter ?? {};
  const empty = peersConnection([], args);
  const totalCount = role == null && userId == null ? await peerCountOfRoom(room, context) : null;
  return totalCount === null ? peersOfRoom(room, args, context) : { ...empty, totalCount };
}

/**
 * The number of connected peers; 0 if the room is not live, null if the answer lacks the peers' ids. From memory while the
 * room is watched, otherwise one REST call for the ids, a smaller answer than that of `peersOfRoom`.
 */
export async function peerCountOfRoom(room: RoomResource, context: Context): Promise<number | null> {
  const snapshot = context.live.snapshot(room.id);
  if (snapshot !== null) return snapshot.peers.length;
  const active = await activeRoomLoader(context).load(room.id);
  return active === null ? 0 : (active.session.peers?.length ?? null);
}

/** All peers of a session's record, with metadata of connected ones while a subscription watches the room. */
export async function peersOfSession(
  view: SessionView,
  args: PeersArgs,
  context: Context,
): Promise<CountedConnection<PeerView>> {
  const session = await recordOf(view, context);
  sessionNode.loader(context).prime(session.id, session);
  const snapshot = session.active ? context.live.snapshot(session.room_id) : null;
  const live = new Map(snapshot?.peers.map((peer) => [peer.id, peer]));
  const written = context.catalog.written.peers;
  return peersConnection(
    Object.values(peersIn(session)).map((record) =>
      recordedPeer(session, record, live.get(record.id) ?? null, written.isRemoved(session.room_id, record)),
    ),
    args,
  );
}

function peersConnection(peers: readonly PeerView[], args: PeersArgs): CountedConnection<PeerView> {
  const { role, userId } = args.filter ?? {};
  const kept = peers.filter(
    (peer) => (role == null || roleNameOf(peer) === role) && (userId == null || userIdOf(peer) === userId),
  );
  return connectionOverAll(kept, args, cursors, joinOrder);
}

/** A peer who is connected, as the live room shows it. */
export function connectedPeer(roomId: string, live: ActivePeerResource, sessionId: string | null): PeerView {
  return { roomId, id: live.id, sessionId, live, record: null, connected: true };
}

/** A peer who has left, as the live room last showed it. */
export function departedPeer(roomId: string, live: ActivePeerResource, departure: Departure): PeerView {
  const { sessionId } = departure;
  return { roomId, id: live.id, sessionId, live, record: null, connected: false, departure };
}

/**
 * A peer of a session's record; `live` is the same peer in the live room, null if it is not known. `isRemoved`: whether
 * the gateway has just removed the peer; the record may not show that yet.
 */
export function recordedPeer(
  session: SessionResource,
  record: SessionPeerResource,
  live: ActivePeerResource | null,
  isRemoved = false,
): PeerView {
  const connected = session.active && instantOrNull(record.left_at) === null && !isRemoved;
  return {
    roomId: session.room_id,
    id: record.id,
    sessionId: session.id,
    live: connected ? live : null,
    record,
    connected,
  };
}

/** A peer that another resource names by session id and peer id; null if an id is missing or the session lacks the peer. */
export async function peerInSession(
  sessionId: string | null | undefined,
  peerId: string | null | undefined,
  context: Context,
): Promise<PeerView | null> {
  if (!sessionId || !peerId) return null;
  const session = await sessionNode.loader(context).load(sessionId);
  const record = session === null ? undefined : recordIn(session, peerId);
  if (session === null || record === undefined) return null;
  const isRemoved = context.catalog.written.peers.isRemoved(session.room_id, record);
  return recordedPeer(session, record, null, isRemoved);
}

/** A session's record of the peer with this vendor id; undefined if it has none. */
export function recordIn(session: SessionResource, peerId: string): SessionPeerResource | undefined {
  const peers = peersIn(session);
  return Object.hasOwn(peers, peerId) ? peers[peerId] : undefined;
}

/**
 * Looks a peer up by vendor id or global id, at 1 to 4 REST calls; null if it is not found.
 * @throws GraphQLError `BAD_USER_INPUT` if an id has neither form, or the peer's global id names another room.
 */
export function peerOfRoom(roomId: string, id: string, context: Context): Promise<PeerView | null> {
  const room = hmsIdOf('Room', 'roomId', roomId);
  return findPeer(room, peerIdOf('id', id, room), context);
}

/** Looks a peer up by the local id of its Node (room id and peer id), at 1 to 4 REST calls. */
export function peerByNodeId(localId: string, context: Context): Promise<PeerView | null> {
  return findPeer(...splitPair(localId), context);
}

/** Searches the snapshot of a watched room, then the live room, then the room's latest sessions. */
async function findPeer(roomId: string, peerId: string, context: Context): Promise<PeerView | null> {
  const snapshot = context.live.snapshot(roomId);
  const known = snapshot?.peers.find((peer) => peer.id === peerId);
  if (known !== undefined) return connectedPeer(roomId, known, snapshot?.session?.id ?? null);
  const live = await activePeerLoader(context).load({ roomId, peerId });
  return live === null ? findDeparted(roomId, peerId, context) : connectedPeer(roomId, live, null);
}

async function findDeparted(roomId: string, peerId: string, context: Context): Promise<PeerView | null> {
  const pages = walkPages((page) => listSessions(context.client, { roomId, ...page }, context.call), {
    keyOf: idOf,
    maxPages: MAX_SESSION_PAGES,
  });
  for await (const page of pages) {
    for (const session of page.items) {
      const record = recordIn(session, peerId);
      if (record === undefined) continue;
      sessionNode.loader(context).prime(session.id, session);
      return recordedPeer(session, record, null, context.catalog.written.peers.isRemoved(roomId, record));
    }
  }
  return null;
}

/** The peer's name; null if it is empty. The live room's value goes before the record's, here and below. */
export function nameOf({ live, record }: PeerView): string | null {
  return textOrNull(live?.name ?? record?.name);
}

/** The name of the peer's role; null if it is empty. */
export function roleNameOf({ live, record }: PeerView): string | null {
  return textOrNull(live?.role ?? record?.role);
}

/** The app's own id of the user; null if the peer's token had none. */
export function userIdOf({ live, record }: PeerView): string | null {
  return textOrNull(live?.user_id ?? record?.user_id);
}

/**
 * The joining time; null for the vendor's zero time. The record's milliseconds go before the live room's nanoseconds:
 * otherwise a peer could change its place in a list.
 */
export function joinedAtOf({ live, record }: PeerView): string | null {
  return instantOrNull(record?.joined_at ?? live?.joined_at);
}
