// Resolvers of the quality of a peer's connection: the parallel arrays of the REST API become samples. Source: the
// vendor's Analytics API.
import { getPeerQuality, type PeerQualityResource } from '../../src/rest/analytics/analytics.ts';
import type { Context } from '../context.ts';
import { limitExceeded, UnusableValueError } from '../errors.ts';
import { hmsIdOf, peerIdOf } from '../ids.ts';
import { compoundLoader, orNull } from '../loaders.ts';
import { sessionOfPeer } from '../peers/peer-fields.ts';
import type { PeerView } from '../peers/peer-views.ts';
import { textOrNull } from '../values.ts';

/** The maximum number of peers whose quality one operation may select: each costs a REST call. */
export const MAX_PEERS_WITH_QUALITY = 100;

/** The ids by which the REST API finds the quality of a peer. */
interface SessionPeerKey {
  readonly sessionId: string;
  readonly peerId: string;
}

/** The quality of a peer's connection in a session. */
const peerQualityLoader = compoundLoader(
  (key: SessionPeerKey, { client, call }) => orNull(getPeerQuality(client, key, call)),
  ({ sessionId, peerId }) => `${sessionId}:${peerId}`,
);

/** The measurements of one track, or of one layer of a simulcast track. */
export interface TrackQuality {
  readonly trackId: string;
  readonly trackType: 'audio' | 'video';
  /** `regular` or `screen`; null for audio. */
  readonly source: string | null;
  /** Simulcast layer `h`, `m` or `l`; null without simulcast. */
  readonly layer: string | null;
  readonly samples: readonly QualitySample[];
}

/** The vendor's name of a measured value. */
export type Measure = (typeof measures)[number];

/**
 * The measurements at one time. `at` is an ISO 8601 time; a value is null or missing when the vendor did not measure
 * it.
 */
export type QualitySample = { readonly at: string } & {
  readonly [Key in Measure]?: number | null;
};

/** The values that the vendor measures. Which of them a track has depends on its kind and direction. */
const measures = [
  'bitrate',
  'fps',
  'packet_loss_percent',
  'rtt_ms',
  'jitter_ms',
  'freeze_count',
  'concealed_samples',
] as const;

type Stats = PeerQualityResource;
type AnyTrack =
  | Stats['publisher']['video'][number]
  | Stats['publisher']['audio'][number]
  | Stats['subscriber']['video'][number]
  | Stats['subscriber']['audio'][number];

/** The quality of the connection of one peer in one session; null when either does not exist. One REST call. */
export function peerQuality(
  { sessionId, peerId }: { readonly sessionId: string; readonly peerId: string },
  context: Context,
): Promise<PeerQualityResource | null> {
  const session = hmsIdOf('Session', 'sessionId', sessionId);
  return measured(session, peerIdOf('peerId', peerId, null), context);
}

/** The same for a peer that was already read; null also when the session of the peer is unknown. One REST call for each peer. */
export async function qualityOfPeer(peer: PeerView, context: Context): Promise<PeerQualityResource | null> {
  const session = await sessionOfPeer(peer, context);
  return session === null ? null : measured(session.id, peer.id, context);
}

/**
 * Reads the quality. Throws `LIMIT_EXCEEDED` in a subscription, where every event would cost REST calls, and beyond
 * `MAX_PEERS_WITH_QUALITY` peers.
 */
async function measured(
  sessionId: string,
  peerId: string,
  context: Context,
): Promise<PeerQualityResource | null> {
  if (context.isSubscription) {
    throw limitExceeded('quality', 'The quality of connections cannot be selected in a subscription.');
  }
  const asked = (context.peersWithQuality ??= new Set());
  asked.add(`${sessionId}:${peerId}`);
  if (asked.size > MAX_PEERS_WITH_QUALITY) {
    throw limitExceeded(
      'quality',
      `One operation can select the connection quality of at most ${MAX_PEERS_WITH_QUALITY} peers.`,
    );
  }
  return peerQualityLoader(context).load({ sessionId, peerId });
}

/** The measured tracks that the peer sent (`publisher`) or received (`subscriber`): video first, then audio. */
export function tracksWithQuality(
  stats: PeerQualityResource,
  direction: 'publisher' | 'subscriber',
): TrackQuality[] {
  // The vendor may send null in place of any key.
  const half: PeerQualityResource[typeof direction] | null = stats[direction];
  const { video, audio } = half ?? {};
  return [
    ...(video ?? []).map((track) => trackQuality(track, 'video')),
    ...(audio ?? []).map((track) => trackQuality(track, 'audio')),
  ];
}

function trackQuality(track: AnyTrack, trackType: TrackQuality['trackType']): TrackQuality {
  return {
    trackId: track.track_id,
    trackType,
    source: 'type' in track ? textOrNull(track.type) : null,
    layer: 'rid' in track ? textOrNull(track.rid) : null,
    samples: samplesOf(track.time_series),
  };
}

function samplesOf(given: AnyTrack['time_series'] | null | undefined): QualitySample[] {
  const series: Partial<AnyTrack['time_series']> = given ?? {};
  // Each kind of track has some of the series. All series of a track are as long as `timestamps`.
  const rows = series as Partial<Record<Measure, readonly (number | null)[]>>;
  return (series.timestamps ?? []).map((ms, index) => {
    const sample: { -readonly [Key in keyof QualitySample]: QualitySample[Key] } = {
      at: instantAt(ms),
    };
    for (const measure of measures) sample[measure] = rows[measure]?.[index] ?? null;
    return sample;
  });
}

function instantAt(ms: number): string {
  const instant = new Date(ms);
  if (Number.isNaN(instant.getTime())) throw new UnusableValueError('not a time');
  return instant.toISOString();
}
