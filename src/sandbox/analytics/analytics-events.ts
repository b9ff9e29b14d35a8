// Analytics events made from the events of the world: tracks added, muted and removed, completed browser recordings,
// and occasional failures of clients. The keys follow the documented samples.
import type {
  AnalyticsAgent,
  AnalyticsErrorEvent,
  AnalyticsRecordingEvent,
  AnalyticsTrackEvent,
} from '../../openapi/types.ts';
import { compact } from '../compact.ts';
import { inMillis, inNanos, type Instant } from '../instant.ts';
import type { JobEvent } from '../media/job-records.ts';
import { jobWebhookFrom, type JobSurroundings } from '../media/job-webhooks.ts';
import type { Random } from '../random.ts';
import type { PeerRecord, RoomRecord, TrackRecord } from '../records.ts';
import type { WorldEvent } from '../live/world-events.ts';
import type { Workspace } from '../workspace.ts';

type Envelope = 'id' | 'version' | 'timestamp';

/** An analytics event without its envelope (id, version, timestamp), and its time. */
export interface EventDraft {
  readonly at: Instant;
  readonly content:
    | Omit<AnalyticsTrackEvent, Envelope>
    | Omit<AnalyticsRecordingEvent, Envelope>
    | Omit<AnalyticsErrorEvent, Envelope>;
}

/** The probability that a peer who joins with tracks first fails to publish. */
const PUBLISH_FAILURE_CHANCE = 0.04;

const AGENT: AnalyticsAgent = {
  sdk: 'web',
  sdk_version: '0.12.15',
  os: 'web_Mac_OS',
  os_version: '10.15.7',
  device_model: 'Chrome_125.0.0.0',
  framework: 'react-web',
  framework_version: '18.2.0',
  framework_sdk_version: '0.10.15',
  domain: 'CUSTOM',
  is_prebuilt: false,
  string: 'os:web_Mac_OS,os_version:10.15.7,sdk:web,sdk_version:0.12.15',
};

/** The analytics events for an event of the world; empty for most types. Each join with tracks draws from `random`. */
export function eventDraftsFrom(event: WorldEvent, random: Random, customerId: string): EventDraft[] {
  switch (event.type) {
    case 'peer.joined': {
      const { room, peer } = event;
      const added = tracksOf(room, peer, 'track.add.success', ({ startedAt }) => startedAt);
      const fails = peer.tracks.size > 0 && random.chance(PUBLISH_FAILURE_CHANCE);
      return fails ? [publishFailure(room, peer, customerId), ...added] : added;
    }
    case 'track.changed': {
      const { room, peer, track, session } = event;
      const content = { type: 'track.update.success', data: trackData(room, peer, track) } as const;
      return [{ at: session.updatedAt, content }];
    }
    case 'peer.left': {
      const { room, peer, reason } = event;
      const { leftAt = peer.joinedAt } = peer;
      const removed = tracksOf(room, peer, 'track.remove.success', () => leftAt);
      return reason === 'websocket closed'
        ? [disconnection(room, peer, leftAt, customerId), ...removed]
        : removed;
    }
    default:
      return [];
  }
}

/** The analytics event of a completed recording: its webhook without the keys that the documented sample lacks. */
export function recordingDraft(
  event: JobEvent,
  world: Workspace & JobSurroundings,
  botPeerId: string,
): EventDraft | undefined {
  const webhook = event.type === 'job.recorded' ? jobWebhookFrom(event, world) : undefined;
  if (webhook?.type !== 'beam.recording.success') return undefined;
  const at = { ms: world.now(), nanos: 0 };
  const kept = Object.entries(webhook.data).filter(
    ([key]) => !/^(chat_|metadata_)/.test(key) && key !== 'recording_id' && key !== 'recording_created_at',
  );
  const data = {
    peer_id: botPeerId,
    rtmp: [],
    created_at: inMillis(at),
    ...Object.fromEntries(kept),
    // The keys are the webhook's, and the analytics event has the same ones; `Object.entries` loses their types.
  } as unknown as AnalyticsRecordingEvent['data'];
  return { at, content: { type: 'beam.recording.success', data } };
}

function tracksOf(
  room: RoomRecord,
  peer: PeerRecord,
  type: AnalyticsTrackEvent['type'],
  instantOf: (track: TrackRecord) => Instant,
): EventDraft[] {
  return [...peer.tracks.values()].map((track) => {
    const data = trackData(room, peer, track, type === 'track.remove.success' ? instantOf(track) : undefined);
    return { at: instantOf(track), content: { type, data } };
  });
}

function trackData(
  room: RoomRecord,
  peer: PeerRecord,
  track: TrackRecord,
  stoppedAt?: Instant,
): AnalyticsTrackEvent['data'] {
  return compact({
    room_id: room.id,
    session_id: peer.sessionId,
    room_name: room.name,
    peer_id: peer.id,
    user_id: peer.userId,
    user_name: peer.name,
    joined_at: inNanos(peer.joinedAt),
    role: peer.role,
    track_id: track.id,
    stream_id: track.streamId,
    type: track.kind === 'audio' ? ('audio' as const) : ('video' as const),
    source: track.kind === 'screen' ? ('screen' as const) : ('regular' as const),
    mute: track.mute,
    started_at: inNanos(track.startedAt),
    stopped_at: stoppedAt && inNanos(stoppedAt),
  });
}

function publishFailure(room: RoomRecord, peer: PeerRecord, customerId: string): EventDraft {
  return {
    at: peer.joinedAt,
    content: {
      type: 'client.publish.failed',
      data: {
        ...clientOf(room, peer, customerId),
        domain: 'CUSTOM',
        is_terminal: false,
        action: 'PUBLISH',
        error_code: 4006,
        error_description: 'ice disconnected',
        error_message: '[PUBLISH]: ICE disconnected',
        error_name: 'ICEDisconnected',
        audio: { maxBitrate: 32_000, deviceId: '', volume: 0, codec: 'opus' },
        devices: { videoInput: [], audioInput: [], audioOutput: [] },
        video: { deviceId: '', maxFramerate: 30, maxBitrate: 700_000, codec: 'vp8', height: 360, width: 640 },
      },
    },
  };
}

function disconnection(room: RoomRecord, peer: PeerRecord, at: Instant, customerId: string): EventDraft {
  return {
    at,
    content: {
      type: 'client.disconnected',
      data: {
        ...clientOf(room, peer, customerId),
        is_terminal: true,
        action: 'RECONNECT_SIGNAL',
        transport_state: 'Reconnecting',
        error_code: 1003,
        error_description: 'websocket closed',
        error_message: '[RECONNECT_SIGNAL]: websocket connection lost',
        error_name: 'WebsocketConnectionLost',
      },
    },
  };
}

function clientOf(room: RoomRecord, peer: PeerRecord, customerId: string) {
  return {
    user_id: peer.userId,
    user_name: peer.name,
    peer_id: peer.id,
    account_id: customerId,
    room_id: room.id,
    session_id: peer.sessionId,
    room_name: room.name,
    template_id: room.templateId,
    role: peer.role,
    agent: AGENT,
  };
}
