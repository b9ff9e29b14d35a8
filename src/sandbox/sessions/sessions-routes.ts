// Sessions over REST. List elements, like single answers, contain all peers in a map by peer id, without metadata and
// tracks.
import type { Session, SessionList, SessionPeer } from '../../openapi/types.ts';
import { compact } from '../compact.ts';
import { notFound } from '../http/errors.ts';
import { param, type Call, type Family } from '../family.ts';
import { inMillis } from '../instant.ts';
import { isWithin, pageOf, type PageQuery, type TimeFilter } from '../http/paging.ts';
import type { PeerRecord, SessionRecord } from '../records.ts';

interface SessionQuery extends PageQuery, TimeFilter {
  readonly active?: boolean;
  readonly room_id?: string;
}

/** Sessions: list and read. */
export const sessions: Family = { answers: { listSessions, getSession } };

function listSessions({ world, query }: Call<unknown, SessionQuery>): SessionList {
  const found = [...world.sessions.all.values()]
    .toReversed()
    .filter(
      (session) =>
        (query.active === undefined || session.active === query.active) &&
        (query.room_id === undefined || session.roomId === query.room_id) &&
        isWithin(session.createdAt.ms, query),
    );
  return pageOf(found, query, world.options.emptyData, (session) => asSession(session, world.customerId));
}

function getSession(call: Call): Session {
  const session = call.world.sessions.all.get(param(call, 'session_id'));
  if (session === undefined) throw notFound('Session');
  return asSession(session, call.world.customerId);
}

function asSession(session: SessionRecord, customerId: string): Session {
  return {
    id: session.id,
    room_id: session.roomId,
    customer_id: customerId,
    active: session.active,
    peers: Object.fromEntries(session.peers.values().map((peer) => [peer.id, asSessionPeer(peer)])),
    created_at: inMillis(session.createdAt),
    updated_at: inMillis(session.updatedAt),
  };
}

function asSessionPeer(peer: PeerRecord): SessionPeer {
  return compact({
    id: peer.id,
    session_id: peer.sessionId,
    name: peer.name,
    role: peer.role,
    user_id: peer.userId,
    joined_at: inMillis(peer.joinedAt),
    left_at: peer.leftAt && inMillis(peer.leftAt),
  });
}
