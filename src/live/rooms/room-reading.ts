// Reads the state of a room from two endpoints that answer at different moments. The peers endpoint does not name the session,
// and answers 404 or an empty map for a room that is idle, has ended or is unknown. The session's record lists all joins, but
// does not say reliably who is connected now. So unless the list contains a peer that was known before, which proves that the
// session is still the same, both endpoints are requested until they agree.
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import type { SessionResource } from '../../rest/sessions/sessions.ts';
import type { LiveSession } from '../changes.ts';
import type { RoomReading, RoomState } from './differences.ts';

/** The two requests of a reading. When one rejects, the reading rejects with the same error. */
export interface RoomPolls {
  /** The connected peers; empty when the REST API answers 404. */
  peers(): Promise<readonly ActivePeerResource[]>;
  /** The room's running session; null when the room has no running session. */
  session(): Promise<SessionResource | null>;
}

/** Each round requests the peers and the session once. After three without agreement, a later read tries again. */
const MAX_ROUNDS = 3;

/**
 * The state of a room; null when the answers contradict each other, so that the state is unknown. `known`: the last
 * known state. `polledSession`: the room's session by a poll that began after `known` was read, if there was one.
 */
export async function readRoom(
  known: RoomState,
  polls: RoomPolls,
  polledSession?: SessionResource | null,
): Promise<RoomReading | null> {
  let before: LiveSession | null = known.session;
  let session = polledSession;
  if (session === undefined && known.session === null) session = await polls.session();
  if (session === null && known.session === null) return { session: null, peers: [] };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (session !== undefined) before = session;
    const peers = await polls.peers();
    const certain =
      session === undefined ? continuing(known, peers) : peersAfterSession(known, session, peers);
    if (certain !== null) return certain;
    session = await polls.session();
    if (peers.length === 0 && session !== null && session.id === before?.id) {
      return hasEveryoneLeft(session) ? toReading(session, []) : null;
    }
    const agreed = sessionAfterPeers(before, peers, session);
    if (agreed !== null) return agreed;
  }
  return null;
}

/** One known peer among `peers` proves that the known session goes on, because every join has a new peer id. */
function continuing(known: RoomState, peers: readonly ActivePeerResource[]): RoomReading | null {
  const goesOn = known.session !== null && peers.some(({ id }) => known.peers.has(id));
  return goesOn ? { session: known.session, peers } : null;
}

/** The session was requested first, the peers second. */
function peersAfterSession(
  known: RoomState,
  session: SessionResource | null,
  peers: readonly ActivePeerResource[],
): RoomReading | null {
  if (session === null) return peers.length === 0 ? toReading(null, []) : continuing(known, peers);
  const agrees = peers.length === 0 ? hasEveryoneLeft(session) : hasJoined(session, peers);
  return agrees ? toReading(session, peers) : null;
}

/** The peers were requested while `before` was the session; then the session was requested again. */
function sessionAfterPeers(
  before: LiveSession | null,
  peers: readonly ActivePeerResource[],
  session: SessionResource | null,
): RoomReading | null {
  if (session === null) return peers.length === 0 ? toReading(null, []) : null;
  const agrees = peers.length > 0 && (session.id === before?.id || hasJoined(session, peers));
  return agrees ? toReading(session, peers) : null;
}

function toReading(session: SessionResource | null, peers: readonly ActivePeerResource[]): RoomReading {
  if (session === null) return { session, peers };
  // Without the record's joins: a long session has thousands, and the state is kept in memory.
  const { id, room_id, created_at } = session;
  return { session: { id, room_id, created_at }, peers };
}

/**
 * Whether the session's record lists a join of every one of `peers`. True also if the record had too many joins to be
 * read: such a session has run for long, so all peers of its room belong to it.
 */
function hasJoined(session: SessionResource, peers: readonly ActivePeerResource[]): boolean {
  const joins = joinsOf(session);
  return joins === null || peers.every(({ id }) => Object.hasOwn(joins, id));
}

/** False if the record had too many joins to be read: the session ends soon after the last peer has left. */
function hasEveryoneLeft(session: SessionResource): boolean {
  const joins = joinsOf(session);
  return joins !== null && Object.values(joins).every(({ left_at: leftAt }) => isSet(leftAt));
}

/** The joins of a session's record; null where they were too many to be read. The REST API leaves out an empty map. */
function joinsOf(
  session: SessionResource,
): Readonly<Record<string, { readonly left_at?: string | null }>> | null {
  const { peers, left_out: leftOut }: Partial<SessionResource> = session;
  return leftOut === undefined ? (peers ?? {}) : null;
}

/** The REST API writes an unset time as a missing key or null, as an empty text, or as the year 1. */
function isSet(timestamp: string | null | undefined): boolean {
  return (
    timestamp !== undefined && timestamp !== null && timestamp !== '' && !timestamp.startsWith('0001-01-01')
  );
}
