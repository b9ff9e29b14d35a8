// Sessions: what went on in a room from the first join to the last leave. Source: the vendor's "Sessions" pages.
import type { Session, SessionPeer } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import type { ListAnswer, Page } from '../shapes/pages.ts';
import { pageOf } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/** A session as received, with everybody who ever joined. `id`, `room_id` and `peers` are checked to be there. */
export type SessionResource = Session;
/** One join of one peer, as the session has recorded it: no metadata, no tracks. */
export type SessionPeerResource = SessionPeer;

/** Filters and place of a page. Times are RFC 3339 in UTC and inclusive. */
export interface SessionListParams {
  /** true: running only; false: ended only; absent: the vendor's default, on which its documents disagree. */
  readonly active?: boolean | undefined;
  readonly roomId?: string | undefined;
  readonly startedAfter?: string | undefined;
  readonly startedBefore?: string | undefined;
  /** 10 to 100. */
  readonly limit: number;
  readonly start?: string | undefined;
}

/** Everybody who ever joined, by peer id. A map without an entry may be received as null. */
export function peersIn(session: SessionResource): Readonly<Record<string, SessionPeerResource>> {
  const peers: SessionResource['peers'] | null = session.peers;
  return peers ?? {};
}

// An empty Go map prints as null, so `peers` may be null, but the key must be there.
const answerOf = answersWith({ Session: ['id', 'room_id', 'peers?'], SessionPeer: ['id'] });
const listShape = answerOf<ListAnswer<SessionResource>>('listSessions');
const sessionShape = answerOf<SessionResource>('getSession');

/** A page of sessions, newest first, each with its peers, so that a page can weigh megabytes. */
export async function listSessions(
  client: RestClient,
  params: SessionListParams,
  options?: CallOptions,
): Promise<Page<SessionResource>> {
  const { active, roomId, startedAfter, startedBefore, limit, start } = params;
  const query = { active, room_id: roomId, after: startedAfter, before: startedBefore, limit, start };
  return pageOf(await client.get({ route: '/sessions', query, shape: listShape }, options), limit);
}

/** @throws RestNotFoundError for a session that doesn't exist. */
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
