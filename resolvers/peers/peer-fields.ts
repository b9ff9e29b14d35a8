// Fields of a peer that may cost a REST call, or that combine several values. Fields whose value is in both REST resources of a
// peer are in peer-views.ts.
import type { Departure } from '../../src/live/changes.ts';
import { getSession } from '../../src/rest/sessions/sessions.ts';
import type { TrackResource } from '../../src/rest/peers/peers.ts';
import { tracksOf } from '../../src/rest/peers/peers.ts';
import type { Context } from '../context.ts';
import { limitExceeded } from '../errors.ts';
import type { MaybePromise } from '../loaders.ts';
import type { SessionView } from '../sessions/sessions.ts';
import { activeSessionLoader } from '../sessions/session-node.ts';
import { roleOfRoom, type RoleOfTemplate } from '../templates/templates.ts';
import { instantOrNull, jsonOrNull, secondsBetween, textOrNull } from '../values.ts';
import { activePeerLoader, activePeersLoader } from './active-peer-loaders.ts';
import { recordIn } from './peers.ts';
import { joinedAtOf, roleNameOf, type PeerView } from './peer-views.ts';

/** The maximum number of peers whose tracks one operation may select; each costs a REST call. */
export const MAX_PEERS_WITH_TRACKS = 100;

/** Whether the peer has the values from the live room, such as its metadata. */
export function isShownLive({ live }: PeerView): boolean {
  return live !== null;
}

/**
 * The peer's metadata; null if empty. The record of a session has none, so for a connected peer the live room is read. Returns a
 * promise only for peers of a record.
 */
export function metadataOf(peer: PeerView, context: Context): string | null | Promise<string | null> {
  return peer.live === null ? metadataOfRecorded(peer, context) : textOrNull(peer.live.metadata);
}

async function metadataOfRecorded(peer: PeerView, context: Context): Promise<string | null> {
  if (!peer.connected) return null;
  const connected = await activePeersLoader(context).load(peer.roomId);
  return textOrNull(connected.find(({ id }) => id === peer.id)?.metadata);
}

/** Leaving times by peer id, for the peers who left at the same time: all their events and all subscribers share one request. */
const leavingTimes = new WeakMap<Departure, Promise<ReadonlyMap<string, string | null>>>();

/** Whether the leaving time of the peer is known without a request. */
export function hasLeavingTime({ record, departure }: PeerView): boolean {
  return record !== null || departure === undefined;
}

/** The leaving time by the session's record; null while the peer is connected or the record lacks the time. */
export function leftAtOf(peer: PeerView, context: Context): string | null | Promise<string | null> {
  const { record, departure } = peer;
  if (record !== null) return instantOrNull(record.left_at);
  return departure === undefined ? null : leftAtAfter(departure, peer.id, context);
}

async function leftAtAfter(departure: Departure, peerId: string, context: Context): Promise<string | null> {
  const times = leavingTimes.get(departure) ?? recordedTimes(departure, context);
  leavingTimes.set(departure, times);
  try {
    return (await times).get(peerId) ?? null;
  } catch (error) {
    leavingTimes.delete(departure);
    throw error;
  }
}

/**
 * Sent without the operation's abort signal: all subscribers share the request, so one who disconnects must not end it. Keeps
 * only the times, because the record of a long session has thousands of peers.
 */
async function recordedTimes(
  { sessionId, peerIds }: Departure,
  context: Context,
): Promise<ReadonlyMap<string, string | null>> {
  const { signal: _, ...call } = context.call;
  const session = await getSession(context.client, sessionId, call);
  return new Map(peerIds.map((id) => [id, instantOrNull(recordIn(session, id)?.left_at)]));
}

/** Whole seconds from joining to leaving, or to now while connected; null for a departed peer without a leaving time. */
export async function durationOf(peer: PeerView, context: Context): Promise<number | null> {
  const leftAt = await leftAtOf(peer, context);
  if (!peer.connected && leftAt === null) return null;
  return secondsBetween(joinedAtOf(peer), leftAt, context.clock);
}

/** The peer's session. If its id is known, its record is read only when a field needs it; else the room's running session. */
export async function sessionOfPeer(peer: PeerView, context: Context): Promise<SessionView | null> {
  return peer.sessionId === null
    ? activeSessionLoader(context).load(peer.roomId)
    : { id: peer.sessionId, room_id: peer.roomId };
}

/**
 * The tracks that a connected peer publishes, at one REST call for each peer; null if it is not connected.
 * @throws GraphQLError `LIMIT_EXCEEDED` inside a subscription, or beyond the limit of an operation.
 */
export async function tracksOfPeer(
  peer: PeerView,
  context: Context,
): Promise<readonly TrackResource[] | null> {
  if (context.isSubscription) {
    throw limitExceeded('tracks', '`tracks` cannot be selected in a subscription; query it after the event.');
  }
  const asked = (context.peersWithTracks ??= new Set());
  asked.add(`${peer.roomId}:${peer.id}`);
  if (asked.size > MAX_PEERS_WITH_TRACKS) {
    throw limitExceeded(
      'tracks',
      `One operation can select \`tracks\` of at most ${MAX_PEERS_WITH_TRACKS} peers.`,
    );
  }
  if (!peer.connected) return null;
  const connected = await activePeerLoader(context).load({ roomId: peer.roomId, peerId: peer.id });
  return connected === null ? null : tracksOf(connected);
}

/** The metadata parsed as JSON; null if it is empty, not JSON, or nested more than 64 levels deep. */
export function metadataJsonOf(peer: PeerView, context: Context): unknown {
  const metadata = metadataOf(peer, context);
  return metadata instanceof Promise ? metadata.then(jsonOrNull) : jsonOrNull(metadata);
}

/** The peer's role in the room's template; null if the template has no role of that name now. */
export function roleOfPeer(peer: PeerView, context: Context): MaybePromise<RoleOfTemplate | null> {
  const name = roleNameOf(peer);
  return name === null ? null : roleOfRoom(peer.roomId, name, context);
}
