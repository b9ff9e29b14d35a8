// Analytics: the events of a room, and the quality of a peer's connection. Source: the vendor's "Analytics" pages.
// A list of events is a snapshot that only its own opaque `next` walks, for 24 hours.
import type {
  AnalyticsErrorEvent,
  AnalyticsEvent,
  AnalyticsRecordingEvent,
  AnalyticsTrackEvent,
  PeerQualityStats,
} from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { answersWith } from '../shapes/shapes.ts';

/** An event as received; `id`, `type` and `data` are checked to be there. */
export type AnalyticsEventResource = AnalyticsEvent;
export type TrackEventResource = AnalyticsTrackEvent;
export type RecordingEventResource = AnalyticsRecordingEvent;
export type ErrorEventResource = AnalyticsErrorEvent;
/** Series as received; `publisher` and `subscriber` are checked to be there, their lists may be missing. */
export type PeerQualityResource = PeerQualityStats;

/** Filters and place of a page of events. */
export interface AnalyticsEventListParams {
  readonly roomId: string;
  /** The vendor's names; absent: all. */
  readonly types?: readonly string[] | undefined;
  readonly sessionId?: string | undefined;
  readonly peerId?: string | undefined;
  readonly userId?: string | undefined;
  /** Serves together with the type `beam.recording.success` only. */
  readonly beamId?: string | undefined;
  /** true: failures of clients only. */
  readonly error?: boolean | undefined;
  /** 1 to 100. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly start?: string | undefined;
}

export interface AnalyticsEventPage {
  readonly items: readonly AnalyticsEventResource[];
  /** Where the next page starts; null: nothing follows. */
  readonly next: string | null;
  /** Of the whole list. */
  readonly total: number;
}

interface EventListAnswer {
  readonly events?: readonly AnalyticsEventResource[] | null;
  readonly next?: string | null;
  readonly total: number;
}

const answerOf = answersWith({
  AnalyticsEventList: ['events?', 'total'],
  AnalyticsTrackEvent: ['id', 'type', 'data'],
  AnalyticsRecordingEvent: ['id', 'type', 'data'],
  AnalyticsErrorEvent: ['id', 'type', 'data'],
  PeerQualityStats: ['publisher', 'subscriber'],
});
const eventsShape = answerOf<EventListAnswer>('listAnalyticsEvents');
const qualityShape = answerOf<PeerQualityResource>('getPeerQualityStats');

/** A page of a room's events of the last 30 days. Without `start` it takes a new snapshot. */
export async function listAnalyticsEvents(
  client: RestClient,
  params: AnalyticsEventListParams,
  options?: CallOptions,
): Promise<AnalyticsEventPage> {
  const { roomId, types, sessionId, peerId, userId, beamId, error, limit, start } = params;
  const query = {
    room_id: roomId,
    type: types,
    session_id: sessionId,
    peer_id: peerId,
    user_id: userId,
    beam_id: beamId,
    error,
    limit,
    start,
  };
  const answer = await client.get({ route: '/analytics/events', query, shape: eventsShape }, options);
  return { items: answer.events ?? [], next: answer.next || null, total: answer.total };
}

/** @throws RestNotFoundError for a peer or a session that doesn't exist. Empty lists while the session runs. */
export function getPeerQuality(
  client: RestClient,
  { peerId, sessionId }: { readonly peerId: string; readonly sessionId: string },
  options?: CallOptions,
): Promise<PeerQualityResource> {
  const query = { peer_id: peerId, session_id: sessionId };
  return client.get({ route: '/analytics/peer-stats', query, shape: qualityShape }, options);
}
