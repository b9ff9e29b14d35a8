// Sessions. A session is one meeting in a room, from the first join to the last leave. Source: the vendor's "Sessions" pages.
import type { Session, SessionPeer } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { RestBodyTooLargeError, type Subject } from '../errors.ts';
import type { ListAnswer, Page } from '../shapes/pages.ts';
import { MIN_LIMIT, pageOf } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/**
 * A session as received, with all peers that ever joined. Essential keys: `id`, `room_id`, and `peers`, which may be
 * null. `left_out`: the bytes of the peers, if they were too many to be read; `peers` is null then.
 */
export type SessionResource = Session & { readonly left_out?: number };
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

/**
 * The records of all joins, by peer id. Empty if the vendor sent null in place of an empty map.
 * @throws RestBodyTooLargeError if they were too many to be read.
 */
export function peersIn(session: SessionResource): Readonly<Record<string, SessionPeerResource>> {
  if (session.left_out !== undefined) throw new RestBodyTooLargeError(session.left_out, LIST);
  const peers: SessionResource['peers'] | null = session.peers;
  return peers ?? {};
}

// An uninitialised Go map is serialised as null, so `peers` may be null, but the key must be present.
const answerOf = answersWith({ Session: ['id', 'room_id', 'peers?'], SessionPeer: ['id'] });
const listShape = answerOf<ListAnswer<SessionResource>>('listSessions');
const sessionShape = answerOf<SessionResource>('getSession');

const LIST: Subject = { method: 'GET', route: '/sessions' };

/**
 * Lists sessions, newest first. Each contains all its peers, so a page can be several megabytes large. A page over the cap of
 * the client rejects with `RestBodyTooLargeError`, so that it can be requested again with a smaller `limit`; but with the
 * smallest limit, 10, or with `leavesOutPeers`, sessions with very many peers are listed without them (`left_out`).
 */
export async function listSessions(
  client: RestClient,
  params: SessionListParams,
  options?: CallOptions & { readonly leavesOutPeers?: boolean },
): Promise<Page<SessionResource>> {
  const { active, roomId, startedAfter, startedBefore, limit, start } = params;
  const query = { active, room_id: roomId, after: startedAfter, before: startedBefore, limit, start };
  const leaveOut = { key: 'peers', maxElements: limit };
  const leaves = limit <= MIN_LIMIT || options?.leavesOutPeers === true;
  const request = { route: LIST.route, query, shape: listShape, ...(leaves ? { leaveOut } : {}) };
  return pageOf(await client.get(request, options), limit);
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
