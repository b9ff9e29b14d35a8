// Peers as the graph returns them: the lists of a room and of a session, and the look-up of one peer.
import { idOf, walkPages } from '../../src/rest/shapes/pages.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import {
  listSessions,
  peersIn,
  type SessionPeerResource,
  type SessionResource,
} from '../../src/rest/sessions/sessions.ts';
import type { BothWaysArgs, CountedConnection } from '../connection.ts';
import { edgesInOrder, pageOf, wholePage } from '../connections/whole-list.ts';
import type { Context } from '../context.ts';
import { hmsIdOf, peerIdOf } from '../ids.ts';
import { mapped, type MaybePromise } from '../loaders.ts';
import { splitPair } from '../local-ids.ts';
import { recordOf, type SessionView } from '../sessions/sessions.ts';
import {
  activePeerLoader,
  activePeersLoader,
  activeRoomLoader,
  recentPeersLoader,
} from './active-peer-loaders.ts';
import { connectedPeers, joinOrder } from './peer-lists.ts';
import { connectedPeer, recordedPeer, roleNameOf, userIdOf, type PeerView } from './peer-views.ts';
import { sessionNode } from '../sessions/session-node.ts';

/** Conditions on peers; a peer must meet all of them. A null or missing condition is ignored. */
export interface PeerFilter {
  /** The name of a role. */
  readonly role?: string | null | undefined;
  readonly userId?: string | null | undefined;
}

type PeersArgs = BothWaysArgs & { readonly filter?: PeerFilter | null | undefined };

/** The maximum number of pages of a room's sessions, newest first, that are searched for a departed peer. */
const MAX_SESSION_PAGES = 3;

/**
 * The connected peers of a room: from memory while a subscription watches the room, otherwise one REST call, or none for a
 * page with `after` of a large room, which was read in the last 5 s.
 */
export function peersOfRoom(
  room: RoomResource,
  args: PeersArgs,
  context: Context,
): MaybePromise<CountedConnection<PeerView>> {
  const snapshot = context.live.snapshot(room.id);
  const loader = args.after == null ? activePeersLoader : recentPeersLoader;
  const read = snapshot?.peers ?? loader(context).load(room.id);
  const sessionId = snapshot?.session?.id ?? null;
  return mapped(read, (peers) => peersConnection(connectedPeers(room.id, peers, sessionId), args));
}

/**
 * The connection of `peersOfRoom` for an operation that selects only `totalCount`. Without a filter the ids are counted, which
 * need a much smaller answer than the peers.
 */
export async function countedPeersOfRoom(
  room: RoomResource,
  args: PeersArgs,
  context: Context,
): Promise<CountedConnection<PeerView>> {
  const { role, userId } = args.filter ?? {};
  const empty = peersConnection(wholePage<PeerView>([]), args);
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
  const peers = Object.values(peersIn(session)).map((record) =>
    recordedPeer(session, record, live.get(record.id) ?? null, written.isRemoved(session.room_id, record)),
  );
  return peersConnection(wholePage(edgesInOrder(peers, joinOrder)), args);
}

function peersConnection(all: CountedConnection<PeerView>, args: PeersArgs): CountedConnection<PeerView> {
  const { role, userId } = args.filter ?? {};
  const isFiltered = role != null || userId != null;
  const meant = isFiltered ? wholePage(all.edges.filter(({ node }) => matches(node, role, userId))) : all;
  return pageOf(meant, args, joinOrder);
}

function matches(peer: PeerView, role: PeerFilter['role'], userId: PeerFilter['userId']): boolean {
  return (role == null || roleNameOf(peer) === role) && (userId == null || userIdOf(peer) === userId);
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
