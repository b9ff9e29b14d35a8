// Analytics over REST: the events of a room, paged through a snapshot by an opaque `next`, and the connection quality
// of a peer. `limit` in the answer is the number of events on the page.
import type { AnalyticsEventList, PeerQualityStats } from '../../openapi/types.ts';
import type { EventFilter } from './analytics.ts';
import { invalidQuery, notFound } from '../http/errors.ts';
import type { Call, Family } from '../family.ts';
import { peerQuality } from './peer-quality.ts';

type EventQuery = Partial<EventFilter> & { readonly limit?: number; readonly start?: string };

interface StatsQuery {
  readonly peer_id?: string;
  readonly session_id?: string;
}

/** Analytics events and connection quality. */
export const analytics: Family = { answers: { listAnalyticsEvents, getPeerQualityStats } };

function listAnalyticsEvents({ world, query }: Call<unknown, EventQuery>): AnalyticsEventList {
  const { limit: requestedLimit = 10, start, room_id: roomId, ...filter } = query;
  if (roomId === undefined) throw invalidQuery('room_id is required');
  if (!world.rooms.all.has(roomId)) throw notFound('Room');
  const limit = Math.min(100, Math.max(1, requestedLimit));
  const page =
    start === undefined || start === ''
      ? world.analytics.find({ room_id: roomId, ...filter }, limit)
      : world.analytics.resume(start, limit);
  if (page === undefined) throw invalidQuery('start is unknown or has expired');
  const { total, next, events } = page;
  return { limit: events.length, total, next, events: [...events] };
}

function getPeerQualityStats({ world, query }: Call<unknown, StatsQuery>): PeerQualityStats {
  const { peer_id: peerId, session_id: sessionId } = query;
  if (peerId === undefined || sessionId === undefined) {
    throw invalidQuery('peer_id and session_id are required');
  }
  const session = world.sessions.all.get(sessionId);
  const peer = session?.peers.get(peerId);
  if (session === undefined || peer === undefined) throw notFound('Peer');
  return peerQuality(session, peer);
}
