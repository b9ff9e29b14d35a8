// One conclusive look at a room. The REST API shows the connected peers without their session (an empty map or a 404
// may mean idle, ended or unknown), and the session's record without the truth about who is connected now. So a
// reading that is not plainly the known session going on takes both, until they agree about one moment.
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import type { SessionResource } from '../../rest/sessions/sessions.ts';
import type { LiveSession } from '../changes.ts';
import type { RoomReading, RoomState } from './differences.ts';

/** Asks the upstream. Whatever it throws, the reading throws: nothing is concluded. */
export interface RoomProbe {
  /** The connected peers; nobody for a 404. */
  peers(): Promise<readonly ActivePeerResource[]>;
  /** The room's running session; null: none. */
  session(): Promise<SessionResource | null>;
}

/** Each round asks for the peers and the session once. A room that turns over faster is read later. */
const MAX_ROUNDS = 3;

/**
 * Reads a room, given what is known of it and, if at hand, a look at its session that is younger than `known`.
 * null: the answers contradict each other, so the room's state is unknown.
 */
export async function readRoom(
  known: RoomState,
  probe: RoomProbe,
  firstLook?: SessionResource | null,
): Promise<RoomReading | null> {
  let before: LiveSession | null = known.session;
  let look = firstLook;
  if (look === undefined && known.session === null) look = await probe.session();
  if (look === null && known.session === null) return { session: null, peers: [] };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (look !== undefined) before = look;
    const peers = await probe.peers();
    const sure = look === undefined ? goesOn(known, peers) : afterLook(known, look, peers);
    if (sure !== null) return sure;
    look = await probe.session();
    if (peers.length === 0 && look !== null && look.id === before?.id) {
      return nobodyConnected(look) ? reading(look, []) : null;
    }
    const agreed = beforeLook(before, peers, look);
    if (agreed !== null) return agreed;
  }
  return null;
}

/** A peer id is new on every join: one known peer proves that the known session goes on. */
function goesOn(known: RoomState, peers: readonly ActivePeerResource[]): RoomReading | null {
  const goes = known.session !== null && peers.some(({ id }) => known.peers.has(id));
  return goes ? { session: known.session, peers } : null;
}

/** The session was looked at, then the peers. */
function afterLook(
  known: RoomState,
  look: SessionResource | null,
  peers: readonly ActivePeerResource[],
): RoomReading | null {
  if (look === null) return peers.length === 0 ? reading(null, []) : goesOn(known, peers);
  const agrees = peers.length === 0 ? nobodyConnected(look) : allJoined(look, peers);
  return agrees ? reading(look, peers) : null;
}

/** `before` ran when the peers were asked for, then the session was looked at. */
function beforeLook(
  before: LiveSession | null,
  peers: readonly ActivePeerResource[],
  look: SessionResource | null,
): RoomReading | null {
  if (look === null) return peers.length === 0 ? reading(null, []) : null;
  const belong = peers.length > 0 && (look.id === before?.id || allJoined(look, peers));
  return belong ? reading(look, peers) : null;
}

function reading(session: SessionResource | null, peers: readonly ActivePeerResource[]): RoomReading {
  if (session === null) return { session, peers };
  // The record itself is not kept: it holds everyone who ever joined.
  const { id, room_id, created_at } = session;
  return { session: { id, room_id, created_at }, peers };
}

function allJoined(session: SessionResource, peers: readonly ActivePeerResource[]): boolean {
  return peers.every(({ id }) => Object.hasOwn(joinedOf(session), id));
}

function nobodyConnected(session: SessionResource): boolean {
  return Object.values(joinedOf(session)).every(({ left_at: leftAt }) => isSet(leftAt));
}

/** A record without any join may lack the map. */
function joinedOf(session: SessionResource): Readonly<Record<string, { readonly left_at?: string | null }>> {
  const { peers }: { readonly peers?: Readonly<SessionResource['peers']> | null } = session;
  return peers ?? {};
}

/** The REST API writes "not set" in three ways. */
function isSet(timestamp: string | null | undefined): boolean {
  return (
    timestamp !== undefined && timestamp !== null && timestamp !== '' && !timestamp.startsWith('0001-01-01')
  );
}
