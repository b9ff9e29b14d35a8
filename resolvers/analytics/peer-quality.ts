// How the quality of a peer's connection is answered: REST's parallel arrays become samples.
import { getPeerQuality, type PeerQualityResource } from '../../src/rest/analytics/analytics.ts';
import type { Context } from '../context.ts';
import { limitExceeded, UnusableValueError } from '../errors.ts';
import { hmsIdOf, peerIdOf } from '../ids.ts';
import { compoundLoader, orNull } from '../loaders.ts';
import { sessionOfPeer, type PeerView } from '../peers/peers.ts';
import { textOrNull } from '../values.ts';

/** The most peers whose quality one operation may ask for: each costs a REST call. */
export const MAX_PEERS_WITH_QUALITY = 100;

/** What names a peer where its session is known. */
interface SessionPeerKey {
  readonly sessionId: string;
  readonly peerId: string;
}

/** The quality of a peer's connection in a session. */
const peerQualityLoader = compoundLoader(
  (key: SessionPeerKey, { client, call }) => orNull(getPeerQuality(client, key, call)),
  ({ sessionId, peerId }) => `${sessionId}:${peerId}`,
);

/** A track as its quality was measured. */
export interface TrackQuality {
  readonly trackId: string;
  readonly kind: 'AUDIO' | 'VIDEO';
  /** `regular` or `screen`; null for audio. */
  readonly source: string | null;
  /** Simulcast layer `h`, `m` or `l`; null where there is none. */
  readonly layer: string | null;
  readonly samples: readonly QualitySample[];
}

export type Measure = (typeof measures)[number];

/** One instant of a track: what was measured, by the vendor's names; missing where it was not. */
export type QualitySample = { readonly at: string } & {
  readonly [Key in Measure]?: number | null;
};

/** The series that the four kinds of tracks have. */
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

export function peerQuality(
  { sessionId, peerId }: { readonly sessionId: string; readonly peerId: string },
  context: Context,
): Promise<PeerQualityResource | null> {
  const session = hmsIdOf('Session', 'sessionId', sessionId);
  return measured(session, peerIdOf('peerId', peerId, null), context);
}

/** Null for a peer that the vendor has no record of, and where its session is not known. */
export async function qualityOfPeer(peer: PeerView, context: Context): Promise<PeerQualityResource | null> {
  const session = await sessionOfPeer(peer, context);
  return session === null ? null : measured(session.id, peer.id, context);
}

async function measured(
  sessionId: string,
  peerId: string,
  context: Context,
): Promise<PeerQualityResource | null> {
  if (context.isSubscription) {
    throw limitExceeded('quality', 'The quality of connections cannot be selected in a subscription.');
  }
  context.peersWithQuality.add(`${sessionId}:${peerId}`);
  if (context.peersWithQuality.size > MAX_PEERS_WITH_QUALITY) {
    throw limitExceeded(
      'quality',
      `Quality is told of at most ${MAX_PEERS_WITH_QUALITY} peers an operation.`,
    );
  }
  return peerQualityLoader(context).load({ sessionId, peerId });
}

/** What the peer sent, or received: the pictures, then the sounds. */
export function tracksWithQuality(
  stats: PeerQualityResource,
  direction: 'publisher' | 'subscriber',
): TrackQuality[] {
  // Any key of an answer may be null.
  const half: PeerQualityResource[typeof direction] | null = stats[direction];
  const { video, audio } = half ?? {};
  return [
    ...(video ?? []).map((track) => trackQuality(track, 'VIDEO')),
    ...(audio ?? []).map((track) => trackQuality(track, 'AUDIO')),
  ];
}

function trackQuality(track: AnyTrack, kind: 'AUDIO' | 'VIDEO'): TrackQuality {
  return {
    trackId: track.track_id,
    kind,
    source: 'type' in track ? textOrNull(track.type) : null,
    layer: 'rid' in track ? textOrNull(track.rid) : null,
    samples: samplesOf(track.time_series),
  };
}

function samplesOf(given: AnyTrack['time_series'] | null | undefined): QualitySample[] {
  const series: Partial<AnyTrack['time_series']> = given ?? {};
  // Every kind has some of the series; each has one number an instant, or null.
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
  if (Number.isNaN(instant.getTime())) throw new UnusableValueError('no instant');
  return instant.toISOString();
}
