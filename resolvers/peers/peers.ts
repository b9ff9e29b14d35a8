// How peers are answered. One graph type stands over two REST resources: a connected peer (which has metadata and
// tracks) and a session's record of one who joined (which has the time of leaving). A view holds what is known.
import type { ActivePeerResource, TrackResource } from '../../src/rest/peers/peers.ts';
import { tracksOf } from '../../src/rest/peers/peers.ts';
import { walkPages } from '../../src/rest/shapes/pages.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import {
  getSession,
  listSessions,
  peersIn,
  type SessionPeerResource,
  type SessionResource,
} from '../../src/rest/sessions/sessions.ts';
import { connectionOverAll, cursorsOf, type BothWaysArgs, type CountedConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { limitExceeded } from '../errors.ts';
import { hmsIdOf, peerIdOf } from '../ids.ts';
import { splitPair } from '../local-ids.ts';
import { recordOf, type SessionView } from '../sessions/sessions.ts';
import { roleOfRoom, type RoleOfTemplate } from '../templates/templates.ts';
import { instantOrNull, jsonOrNull, secondsBetween, sortableInstant, textOrNull } from '../values.ts';
import { activePeerLoader, activePeersLoader, activeRoomLoader } from './active-peer-loaders.ts';
import { activeSessionLoader, sessionNode } from '../sessions/session-node.ts';

/** A peer as far as it is known where it was met. At least one of `live` and `record` is there. */
export interface PeerView {
  readonly roomId: string;
  readonly id: string;
  /** The session it belongs to; null where a live look alone told of the peer. */
  readonly sessionId: string | null;
  /** The peer as last seen in the live room. */
  readonly live: ActivePeerResource | null;
  /** The session's record of the peer. */
  readonly record: SessionPeerResource | null;
  readonly connected: boolean;
}

export interface PeerFilter {
  readonly role?: string | null | undefined;
  readonly userId?: string | null | undefined;
}

type PeersArgs = BothWaysArgs & { readonly filter?: PeerFilter | null | undefined };

/** The most peers whose tracks one operation may ask for: each costs a REST call. */
export const MAX_PEERS_WITH_TRACKS = 100;
/** How far a departed peer is looked for, in pages of its room's sessions, newest first. */
const MAX_SESSION_PAGES = 3;

const cursors = cursorsOf('peers', /^[^/]+\/\S+$/);

/** Peers in the order of their joining. The key outlives the peer, so a cursor keeps its place. */
function joinOrder(peer: PeerView): string {
  return `${sortableInstant(joinedAtOf(peer) ?? '')}/${peer.id}`;
}

export async function peersOfRoom(
  room: RoomResource,
  args: PeersArgs,
  context: Context,
): Promise<CountedConnection<PeerView>> {
  const snapshot = context.live.snapshot(room.id);
  const peers = snapshot?.peers ?? (await activePeersLoader(context).load(room.id));
  const sessionId = snapshot?.session?.id ?? null;
  return peersConnection(
    peers.map((live) => connectedPeer(room.id, live, sessionId)),
    args,
  );
}

/** How many are connected. Only their ids are read, which is less than the peers themselves. */
export async function peerCountOfRoom(room: RoomResource, context: Context): Promise<number> {
  const snapshot = context.live.snapshot(room.id);
  if (snapshot !== null) return snapshot.peers.length;
  return (await activeRoomLoader(context).load(room.id))?.session.peers?.length ?? 0;
}

export async function peersOfSession(
  view: SessionView,
  args: PeersArgs,
  context: Context,
): Promise<CountedConnection<PeerView>> {
  const session = await recordOf(view, context);
  sessionNode.loader(context).prime(session.id, session);
  const snapshot = session.active ? context.live.snapshot(session.room_id) : null;
  const live = new Map(snapshot?.peers.map((peer) => [peer.id, peer]));
  return peersConnection(
    Object.values(peersIn(session)).map((record) =>
      recordedPeer(session, record, live.get(record.id) ?? null),
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

export function connectedPeer(roomId: string, live: ActivePeerResource, sessionId: string | null): PeerView {
  return { roomId, id: live.id, sessionId, live, record: null, connected: true };
}

/** A peer that has left, as it was last seen in the live room. */
export function departedPeer(roomId: string, live: ActivePeerResource, sessionId: string | null): PeerView {
  return { roomId, id: live.id, sessionId, live, record: null, connected: false };
}

/** A peer as a session's record has it, with what is known of it in the live room. */
export function recordedPeer(
  session: SessionResource,
  record: SessionPeerResource,
  live: ActivePeerResource | null,
): PeerView {
  const connected = session.active && instantOrNull(record.left_at) === null;
  return {
    roomId: session.room_id,
    id: record.id,
    sessionId: session.id,
    live: connected ? live : null,
    record,
    connected,
  };
}

/** A peer that something else names by its session; null where that session has no such peer. */
export async function peerInSession(
  sessionId: string | null | undefined,
  peerId: string | null | undefined,
  context: Context,
): Promise<PeerView | null> {
  if (!sessionId || !peerId) return null;
  const session = await sessionNode.loader(context).load(sessionId);
  const record = session === null ? undefined : recordIn(session, peerId);
  return session === null || record === undefined ? null : recordedPeer(session, record, null);
}

function recordIn(session: SessionResource, peerId: string): SessionPeerResource | undefined {
  const peers = peersIn(session);
  return Object.hasOwn(peers, peerId) ? peers[peerId] : undefined;
}

export function peerOfRoom(roomId: string, id: string, context: Context): Promise<PeerView | null> {
  const room = hmsIdOf('Room', 'roomId', roomId);
  return findPeer(room, peerIdOf('id', id, room), context);
}

/** Refetches a peer by the local id of its Node: room id and peer id. */
export function peerByNodeId(localId: string, context: Context): Promise<PeerView | null> {
  return findPeer(...splitPair(localId), context);
}

/** Looks in memory, then at the live peer, then through the room's latest sessions. */
async function findPeer(roomId: string, peerId: string, context: Context): Promise<PeerView | null> {
  const snapshot = context.live.snapshot(roomId);
  const known = snapshot?.peers.find((peer) => peer.id === peerId);
  if (known !== undefined) return connectedPeer(roomId, known, snapshot?.session?.id ?? null);
  const live = await activePeerLoader(context).load({ roomId, peerId });
  return live === null ? findDeparted(roomId, peerId, context) : connectedPeer(roomId, live, null);
}

async function findDeparted(roomId: string, peerId: string, context: Context): Promise<PeerView | null> {
  const pages = walkPages((page) => listSessions(context.client, { roomId, ...page }, context.call), {
    maxPages: MAX_SESSION_PAGES,
  });
  for await (const page of pages) {
    for (const session of page.items) {
      const record = recordIn(session, peerId);
      if (record === undefined) continue;
      sessionNode.loader(context).prime(session.id, session);
      return recordedPeer(session, record, null);
    }
  }
  return null;
}

export function nameOf({ live, record }: PeerView): string | null {
  return textOrNull(live?.name ?? record?.name);
}

export function roleNameOf({ live, record }: PeerView): string | null {
  return textOrNull(live?.role ?? record?.role);
}

export function userIdOf({ live, record }: PeerView): string | null {
  return textOrNull(live?.user_id ?? record?.user_id);
}

/** The record's millisecond where there is one: with the live nanoseconds a peer would change its place in a list. */
export function joinedAtOf({ live, record }: PeerView): string | null {
  return instantOrNull(record?.joined_at ?? live?.joined_at);
}

/** A session's record has no metadata: for a peer still connected it is read from the live room. */
export async function metadataOf(peer: PeerView, context: Context): Promise<string | null> {
  if (peer.live !== null) return textOrNull(peer.live.metadata);
  if (!peer.connected) return null;
  const connected = await activePeersLoader(context).load(peer.roomId);
  return textOrNull(connected.find(({ id }) => id === peer.id)?.metadata);
}

/** Times of leaving that were asked for, by the peer as an event showed it: many subscribers, one request. */
const departures = new WeakMap<ActivePeerResource, Promise<string | null>>();

/** When the peer left, by its session's record: null while it is connected or the record does not have it yet. */
export async function leftAtOf(peer: PeerView, context: Context): Promise<string | null> {
  const { record, live, sessionId } = peer;
  if (record !== null) return instantOrNull(record.left_at);
  if (peer.connected || live === null || sessionId === null) return null;
  const known = departures.get(live) ?? recordedDeparture(sessionId, peer.id, context);
  departures.set(live, known);
  try {
    return await known;
  } catch (error) {
    departures.delete(live);
    throw error;
  }
}

/** Asked for on behalf of all who watch, so no single client's going away may end it. */
async function recordedDeparture(
  sessionId: string,
  peerId: string,
  context: Context,
): Promise<string | null> {
  const { signal: _, ...call } = context.call;
  const session = await getSession(context.client, sessionId, call);
  return instantOrNull(recordIn(session, peerId)?.left_at);
}

/** Seconds in the room: until the peer left, or until now. */
export async function durationOf(peer: PeerView, context: Context): Promise<number | null> {
  const leftAt = await leftAtOf(peer, context);
  if (!peer.connected && leftAt === null) return null;
  return secondsBetween(joinedAtOf(peer), leftAt, context.clock);
}

/** Where the session's id is known, nothing is read until a field needs its record. */
export async function sessionOfPeer(peer: PeerView, context: Context): Promise<SessionView | null> {
  return peer.sessionId === null
    ? activeSessionLoader(context).load(peer.roomId)
    : { id: peer.sessionId, room_id: peer.roomId };
}

/**
 * The tracks that a connected peer publishes: one REST call a peer.
 * @throws GraphQLError `LIMIT_EXCEEDED` inside a subscription, or beyond the limit of an operation.
 */
export async function tracksOfPeer(
  peer: PeerView,
  context: Context,
): Promise<readonly TrackResource[] | null> {
  if (context.isSubscription) {
    throw limitExceeded('tracks', '`tracks` cannot be selected in a subscription; query it after the event.');
  }
  context.peersWithTracks.add(`${peer.roomId}:${peer.id}`);
  if (context.peersWithTracks.size > MAX_PEERS_WITH_TRACKS) {
    throw limitExceeded('tracks', `\`tracks\` serves at most ${MAX_PEERS_WITH_TRACKS} peers an operation.`);
  }
  if (!peer.connected) return null;
  const connected = await activePeerLoader(context).load({ roomId: peer.roomId, peerId: peer.id });
  return connected === null ? null : tracksOf(connected);
}

export async function metadataJsonOf(peer: PeerView, context: Context): Promise<unknown> {
  return jsonOrNull(await metadataOf(peer, context));
}

export async function roleOfPeer(peer: PeerView, context: Context): Promise<RoleOfTemplate | null> {
  const name = roleNameOf(peer);
  return name === null ? null : roleOfRoom(peer.roomId, name, context);
}

/** The vendor may add kinds of track; what is not known yet must not break an answer. */
export function trackTypeOf(track: TrackResource): 'AUDIO' | 'VIDEO' | 'OTHER' {
  if (track.type === 'audio') return 'AUDIO';
  return track.type === 'video' ? 'VIDEO' : 'OTHER';
}
