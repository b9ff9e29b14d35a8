// PeerQualityStats: measurements of the audio and video that a peer sent and received. Source: the vendor's Analytics API.
import {
  MAX_PEERS_WITH_QUALITY,
  peerQuality,
  qualityOfPeer,
  tracksWithQuality,
  type Measure,
  type QualitySample as QualitySampleValue,
} from '../../resolvers/analytics/peer-quality.ts';
import { reads } from '../access.ts';
import { builder } from '../builder.ts';
import { TrackType } from '../enums.ts';
import { calls } from '../prices.ts';
import { Peer, PeerQualityStats, TrackQuality } from '../refs.ts';

const QualitySample = builder.objectRef<QualitySampleValue>('QualitySample').implement({
  description: 'Measurements of one track at one moment. Values that the vendor did not measure are null.',
  fields: (t) => {
    const measure = (key: Measure, description: string) =>
      t.exposeFloat(key, { nullable: true, description });
    return {
      at: t.expose('at', { type: 'DateTime', description: 'The time at which the values were measured.' }),
      bitrateKbps: t.float({
        nullable: true,
        description: 'Data rate of the track, in kbit/s.',
        resolve: ({ bitrate }) => (bitrate == null ? null : bitrate / 1000),
      }),
      fps: measure('fps', 'Frames a second of the video; null for audio.'),
      packetLossPercent: measure(
        'packet_loss_percent',
        'Share of packets that were lost, in percent (0 to 100).',
      ),
      rttMs: measure('rtt_ms', 'Round-trip time, in milliseconds; only for tracks that the peer sent.'),
      jitterMs: measure(
        'jitter_ms',
        'Jitter, the variation of the delay of packets, in milliseconds; only for audio that the peer sent.',
      ),
      freezeCount: measure(
        'freeze_count',
        'Number of times that the picture froze; only for video that the peer received.',
      ),
      concealedSamples: measure(
        'concealed_samples',
        'Number of audio samples that the player generated in place of lost ones; only for audio that the peer received.',
      ),
    };
  },
});

builder.objectType(TrackQuality, {
  description:
    'The measurements of one track. A simulcast track, sent in several picture qualities at once, has one entry for each layer.',
  fields: (t) => ({
    trackId: t.exposeID('trackId', {
      description: 'Vendor id of the measured track: a UUID; all layers of a simulcast track share it.',
    }),
    trackType: t.expose('trackType', {
      type: TrackType,
      description: 'Whether the measured track carried audio or video.',
    }),
    source: t.exposeString('source', {
      nullable: true,
      description: 'Source of the measured video: `regular` (camera) or `screen`; null for audio.',
    }),
    layer: t.exposeString('layer', {
      nullable: true,
      description:
        'Simulcast layer that was measured: `h` (high), `m` (medium) or `l` (low); null if the track has no layers.',
    }),
    samples: t.field({
      type: [QualitySample],
      description: 'Measurements of the track, oldest first.',
      resolve: (track) => [...track.samples],
    }),
  }),
});

builder.objectType(PeerQualityStats, {
  description:
    "How well a peer's audio and video were transmitted during a session that has ended. The lists are empty if nothing was measured and while the session runs.",
  fields: (t) => ({
    published: t.field({
      type: [TrackQuality],
      description: 'Measurements of the tracks that the peer sent.',
      resolve: (stats) => tracksWithQuality(stats, 'publisher'),
    }),
    received: t.field({
      type: [TrackQuality],
      description: 'Measurements of the tracks that the peer received.',
      resolve: (stats) => tracksWithQuality(stats, 'subscriber'),
    }),
  }),
});

builder.objectField(Peer, 'qualityStats', (t) =>
  t.field({
    type: PeerQualityStats,
    nullable: true,
    access: reads('analytics'),
    ...calls(1),
    description: `How well this peer's audio and video were transmitted, once the session has ended; null if the vendor has no record of the peer. Costs one REST call for each peer, for at most ${MAX_PEERS_WITH_QUALITY} peers in an operation. Not allowed in subscriptions.`,
    resolve: (peer, _args, context) => qualityOfPeer(peer, context),
  }),
);

builder.queryField('peerQualityStats', (t) =>
  t.field({
    type: PeerQualityStats,
    nullable: true,
    access: { ...reads('analytics'), roomOf: (_root, { sessionId }) => ({ type: 'Session', id: sessionId }) },
    ...calls(1),
    description:
      "How well one peer's audio and video were transmitted, once the session has ended; null if the peer or session does not exist. Costs one REST call.",
    args: {
      sessionId: t.arg.id({
        required: true,
        description: 'Vendor id or global id of the session that the peer took part in.',
      }),
      peerId: t.arg.id({
        required: true,
        description: 'Vendor id or global id of the peer whose measurements to read.',
      }),
    },
    resolve: (_root, args, context) => peerQuality(args, context),
  }),
);
