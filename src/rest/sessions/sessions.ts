// Sessions: one meeting in a room, from the first join to the last leave. Source: the vendor's "Sessions" pages.
import type { Session, SessionPeer } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import type { ListAnswer, Page } from '../shapes/pages.ts';
import { pageOf } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/**
 * A session as received, with all peers that ever joined. Essential keys: `id`, `room_id`, and `peers`, which may be
 * null.
 */
export type SessionResource = Session;
/** A session's record of one join, without metadata and tracks. Essential key: `id`. */
export type SessionPeerResource = SessionPeer;

/** Filters and place of a page. Times are RFC 3339 in UTC and inclusive. */
export interface SessionListParams {
  /** Only running (true) or ended (false) sessions. Absent: the vendor's default, on which its documents disagree. */
  readonly active?: boolean | undefined;
  readonly roomId?: string | undefined;
  readonly startedAfter?: string | undefined;
  readonly startedBefore?: string | undefined;
  /** Most sessions of the page, 10 to 100. */
  readonly limit: number;
  /** The `last` of the page before; absent: the first page. */
  readonly start?: string | undefined;
}

/** The records of all joins, by peer id. Empty if the vendor sent null in place of an empty map. */
export function peersIn(session: SessionResource): Readonly<Record<string, SessionPeerResource>> {
  const peers: SessionResource['peers'] | null = session.peers;
  return peers ?? {};
}

// An uninitialised Go map is serialised as null, so `peers` may be null, but the key must be present.
const answerOf = answersWith({ Session: ['id', 'room_id', 'peers?'], SessionPeer: ['id'] });
const listShape = answerOf<ListAnswer<SessionResource>>('listSessions');
const sessionShape = answerOf<SessionResource>('getSession');

/** Lists sessions, newest first. Each contains all its peers, so a page can be several megabytes large. */
export async function listSessions(
  client: RestClient,
  params: SessionListParams,
  options?: CallOptions,
): Promise<Page<SessionResource>> {
  const { active, roomId, startedAfter, startedBefore, limit, start } = params;
  const query = { active, room_id: roomId, after: startedAfter, before: startedBefore, limit, start };
  return pageOf(await client.get({ route: '/sessions', query, shape: listShape }, options), limit);
}

/** Reads one session. @throws RestNotFoundError for an unknown session. */
export function getSession(
  client: RestClient,
  sessionId: string,
  options?: CallOptions,
): Promise<SessionResource> {
  return client.get(
    { route: '/sessions/{session_id}', path: { session_id: sessionId }, shape: sessionShape },
    options,
  );
}
