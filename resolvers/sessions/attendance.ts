// Who attended a session for how long, from the session's record alone.
import { peersIn, type SessionPeerResource, type SessionResource } from '../../src/rest/sessions/sessions.ts';
import type { Context } from '../context.ts';
import { recordedPeer, type PeerView } from '../peers/peers.ts';
import { recordOf, type SessionView } from './sessions.ts';
import { instantOrNull, sortableInstant, textOrNull } from '../values.ts';

/** What one user attended of a session, or one peer without a user id. */
export interface Attendance {
  readonly userId: string | null;
  /** Whole seconds; when several of the user's peers were there at a time, it counts once. */
  readonly seconds: number;
  /** The earliest joining; null where the record has none. */
  readonly joinedAt: string | null;
  /** The latest leaving; null while one of the peers is there, or where the record has none. */
  readonly leftAt: string | null;
  readonly connected: boolean;
  /** In the order of joining. */
  readonly peers: readonly PeerView[];
}

export async function attendanceOfSession(view: SessionView, context: Context): Promise<Attendance[]> {
  return attendanceOf(await recordOf(view, context), context.clock.now());
}

/** In the order of the first joining. A stay without an end ends with the session, or now while that runs. */
export function attendanceOf(session: SessionResource, nowMs: number): Attendance[] {
  const sessionEnd = session.active ? null : instantOrNull(session.updated_at);
  const endMs = sessionEnd === null ? nowMs : Date.parse(sessionEnd);
  const records = Object.values(peersIn(session)).toSorted((a, b) => (joinOrder(a) < joinOrder(b) ? -1 : 1));
  // People without a user id cannot be told to be one person, so each peer is an attendance of its own.
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
    seconds: Math.floor(coveredMs(staysOf(records, endMs)) / 1000),
    joinedAt: records.map((record) => instantOrNull(record.joined_at)).find((at) => at !== null) ?? null,
    leftAt: connected ? null : (latest ?? null),
    connected,
    peers,
  };
}

type Stay = readonly [fromMs: number, toMs: number];

/** A peer without a time of joining was never seen in the room. */
function staysOf(records: readonly SessionPeerResource[], endMs: number): Stay[] {
  return records.flatMap(({ joined_at: joinedAt, left_at: leftAt }) => {
    const from = instantOrNull(joinedAt);
    const to = instantOrNull(leftAt);
    return from === null ? [] : [[Date.parse(from), to === null ? endMs : Date.parse(to)] as const];
  });
}

/** The milliseconds that lie in at least one of the stays. */
function coveredMs(stays: readonly Stay[]): number {
  let covered = 0;
  let reached = -Infinity;
  for (const [from, to] of stays.toSorted(([a], [b]) => a - b)) {
    covered += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return covered;
}
