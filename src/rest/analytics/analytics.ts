// Analytics: the events of a room, and the quality of a peer's connection. The first page of a list of events takes a
// snapshot; its `next` is an opaque cursor into that snapshot, valid for 24 hours.
// Source: the vendor's "Analytics" pages.
import type {
  AnalyticsAgent,
  AnalyticsErrorEvent,
  AnalyticsEvent,
  AnalyticsRecordingEvent,
  AnalyticsTrackEvent,
  PeerQualityStats,
} from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { withKinds, type Kind } from '../shapes/kinds.ts';
import type { Repair } from '../shapes/repair.ts';
import { answersWith, type Shape } from '../shapes/shapes.ts';

/** An event of any kind as received. Essential keys: `id`, `type`, `data`. */
export type AnalyticsEventResource = AnalyticsEvent;
/** A track was added, muted, unmuted or removed. */
export type TrackEventResource = AnalyticsTrackEvent;
/** A browser recording has finished and its files are uploaded. */
export type RecordingEventResource = AnalyticsRecordingEvent;
/** A client reported a failure. */
export type ErrorEventResource = AnalyticsErrorEvent;
/**
 * Time series of a peer's connection as received. Essential keys: `publisher`, `subscriber`; lists in them may be
 * missing.
 */
export type PeerQualityResource = PeerQualityStats;

/** Filters and place of a page of events. */
export interface AnalyticsEventListParams {
  readonly roomId: string;
  /** Only events of these types, by the vendor's names. Absent: all. */
  readonly types?: readonly string[] | undefined;
  readonly sessionId?: string | undefined;
  readonly peerId?: string | undefined;
  readonly userId?: string | undefined;
  /** The id of a recording job. The vendor accepts it only together with the type `beam.recording.success`. */
  readonly beamId?: string | undefined;
  /** true: only events of failures on clients. */
  readonly error?: boolean | undefined;
  /** Most events of the page, 1 to 100. */
  readonly limit: number;
  /** The `next` of the page before; absent: a new snapshot. */
  readonly start?: string | undefined;
}

/** A page of events. */
export interface AnalyticsEventPage {
  readonly items: readonly AnalyticsEventResource[];
  /** The `start` of the next page; null on the last page. */
  readonly next: string | null;
  /** The number of events on all pages. */
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
const documentedEvents = answerOf<EventListAnswer>('listAnalyticsEvents');
const qualityShape = answerOf<PeerQualityResource>('getPeerQualityStats');

/** The documented keys of the data of all kinds of events; `room_id` is essential. */
const dataKinds = {
  session_id: 'id',
  peer_id: 'id',
  user_id: 'string',
  user_name: 'string',
  role: 'string',
  joined_at: 'string',
  started_at: 'string',
  stopped_at: 'string',
  track_id: 'id',
  stream_id: 'id',
  type: 'string',
  source: 'string',
  mute: 'boolean',
  beam_id: 'id',
  created_at: 'string',
  duration: 'whole',
  max_width: 'whole',
  max_height: 'whole',
  recording_path: 'string',
  size: 'number',
  error_code: 'whole',
  error_name: 'string',
  error_message: 'string',
  error_description: 'string',
  is_terminal: 'boolean',
  action: 'string',
  transport_state: 'string',
  agent: 'object',
} as const satisfies Partial<
  Record<
    keyof (TrackEventResource['data'] & RecordingEventResource['data'] & ErrorEventResource['data']),
    Kind
  >
>;

const agentKinds = {
  sdk: 'string',
  sdk_version: 'string',
  os: 'string',
  os_version: 'string',
  device_model: 'string',
  framework: 'string',
  framework_version: 'string',
  is_prebuilt: 'boolean',
} as const satisfies Partial<Record<keyof AnalyticsAgent, Kind>>;

/** The events with data of the documented kinds. The document does not check the data: it has one schema for each type of event. */
const eventsShape: Shape<EventListAnswer> = {
  ...documentedEvents,
  read(answer, onRepair) {
    const list = documentedEvents.read(answer, onRepair);
    return { ...list, events: (list.events ?? []).map((event) => withDocumentedData(event, onRepair)) };
  },
};

function withDocumentedData(
  event: AnalyticsEventResource,
  onRepair: (repair: Repair) => void = () => undefined,
): AnalyticsEventResource {
  const data = withKinds(event.data, dataKinds, (key, action) =>
    onRepair({ key: `events.data.${key}`, action }),
  );
  const agent =
    'agent' in data && data.agent != null
      ? withKinds(data.agent, agentKinds, (key, action) =>
          onRepair({ key: `events.data.agent.${key}`, action }),
        )
      : null;
  if (agent === null && data === event.data) return event;
  // The data belong to the type of the event, and both stay together.
  return { ...event, data: agent === null ? data : { ...data, agent } } as AnalyticsEventResource;
}

/** Lists a room's events of the last 30 days. Without `start` the vendor takes a new snapshot. */
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

/**
 * Reads the quality of a peer's connection; lists are empty while the session runs.
 * @throws RestNotFoundError for an unknown peer or session.
 */
export function getPeerQuality(
  client: RestClient,
  { peerId, sessionId }: { readonly peerId: string; readonly sessionId: string },
  options?: CallOptions,
): Promise<PeerQualityResource> {
  const query = { peer_id: peerId, session_id: sessionId };
  return client.get({ route: '/analytics/peer-stats', query, shape: qualityShape }, options);
}
