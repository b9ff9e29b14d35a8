// How long each user attended a session. It is computed only from the record of the session. Source: the vendor's guide to
// attendance.
import { peersIn, type SessionPeerResource, type SessionResource } from '../../src/rest/sessions/sessions.ts';
import type { Context } from '../context.ts';
import { recordedPeer, type PeerView } from './peer-views.ts';
import { recordOf, type SessionView } from '../sessions/sessions.ts';
import { instantOrNull, sortableInstant, textOrNull } from '../values.ts';

/** The attendance of one user in a session, or of one peer without a user id. */
export interface Attendance {
  readonly userId: string | null;
  /** Whole seconds in the room; times at which several peers of the user were connected count once. */
  readonly attendedSeconds: number;
  /** The earliest time of joining; null if the record has none. */
  readonly joinedAt: string | null;
  /** The latest time of leaving; null while a peer of the user is connected, or if the record has none. */
  readonly leftAt: string | null;
  readonly connected: boolean;
  /** In the order of joining. */
  readonly peers: readonly PeerView[];
}

/** The attendance of a session. If only the session's id is known, its record is read: one REST call. */
export async function attendanceOfSession(view: SessionView, context: Context): Promise<Attendance[]> {
  return attendanceOf(await recordOf(view, context), context.clock.now());
}

/**
 * The attendances of a session, in the order of the first joining. A stay without a leaving time ends with the session,
 * or at `nowMs` (epoch milliseconds) while the session runs.
 */
export function attendanceOf(session: SessionResource, nowMs: number): Attendance[] {
  const sessionEnd = session.active ? null : instantOrNull(session.updated_at);
  const endMs = sessionEnd === null ? nowMs : Date.parse(sessionEnd);
  const records = Object.values(peersIn(session)).toSorted((a, b) => (joinOrder(a) < joinOrder(b) ? -1 : 1));
  // Peers without a user id may be different people, so each of them has an attendance of its own.
  const groups = Map.groupBy(records, (peer) => textOrNull(peer.user_id) ?? peer);
  return [...groups.values()].map((peers) => attendanceOfPeers(session, peers, endMs));
}

function joinOrder({ joined_at: joinedAt, id }: SessionPeerResource): string {
  return `${sortableInstant(instantOrNull(joinedAt) ?? '')}/${id}`;
}

function attendanceOfPeers(
  session: SessionResource,
  records: readonly SessionPeerResource[],
  endMs: number,
): Attendance {
  const peers = records.map((record) => recordedPeer(session, record, null));
  const connected = peers.some((peer) => peer.connected);
  const departures = records.map((record) => instantOrNull(record.left_at)).filter((at) => at !== null);
  const latest = departures.toSorted((a, b) => (sortableInstant(a) < sortableInstant(b) ? -1 : 1)).at(-1);
  return {
    userId: textOrNull(records[0]?.user_id),
    attendedSeconds: Math.floor(coveredMs(staysOf(records, endMs)) / 1000),
    joinedAt: records.map((record) => instantOrNull(record.joined_at)).find((at) => at !== null) ?? null,
    leftAt: connected ? null : (latest ?? null),
    connected,
    peers,
  };
}

type Stay = readonly [fromMs: number, toMs: number];

/** The stays of the peers, in epoch milliseconds. A peer without a joining time has no stay. */
function staysOf(records: readonly SessionPeerResource[], endMs: number): Stay[] {
  return records.flatMap(({ joined_at: joinedAt, left_at: leftAt }) => {
    const from = instantOrNull(joinedAt);
    const to = instantOrNull(leftAt);
    return from === null ? [] : [[Date.parse(from), to === null ? endMs : Date.parse(to)] as const];
  });
}

/** The number of milliseconds that at least one of the stays covers. */
function coveredMs(stays: readonly Stay[]): number {
  let covered = 0;
  let reached = -Infinity;
  for (const [from, to] of stays.toSorted(([a], [b]) => a - b)) {
    covered += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return covered;
}
