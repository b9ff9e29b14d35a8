// The quality of a peer's connection, in samples. Source: the vendor's Analytics API.
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
import { calls } from '../prices.ts';
import { Peer, PeerQualityStats, TrackQuality } from '../refs.ts';

const QualitySample = builder.objectRef<QualitySampleValue>('QualitySample').implement({
  description: 'What was measured of a track at one instant. Values that were not measured are null.',
  fields: (t) => {
    const measure = (key: Measure, description: string) =>
      t.exposeFloat(key, { nullable: true, description });
    return {
      at: t.expose('at', { type: 'DateTime', description: 'When it was measured.' }),
      bitrate: measure('bitrate', 'Bits a second.'),
      fps: measure('fps', 'Frames a second; video only.'),
      packetLossPercent: measure('packet_loss_percent', 'Packets lost, in percent.'),
      rttMs: measure('rtt_ms', 'Round trip, in milliseconds; sent tracks only.'),
      jitterMs: measure('jitter_ms', 'Jitter, in milliseconds; sent audio only.'),
      freezeCount: measure('freeze_count', 'How often the picture froze; received video only.'),
      concealedSamples: measure('concealed_samples', 'Samples made up for lost ones; received audio only.'),
    };
  },
});

const TrackKind = builder.enumType('TrackQualityKind', {
  description: 'What a measured track carried.',
  values: {
    AUDIO: { description: 'Sound.' },
    VIDEO: { description: 'Moving pictures: a camera or a screen.' },
  } as const,
});

builder.objectType(TrackQuality, {
  description: 'A track as its quality was measured; of simulcast, one layer of it.',
  fields: (t) => ({
    trackId: t.exposeID('trackId', {
      description: 'Vendor id of the track: a UUID; the same for its layers.',
    }),
    kind: t.expose('kind', { type: TrackKind, description: 'Sound or pictures.' }),
    source: t.exposeString('source', {
      nullable: true,
      description: '`regular` or `screen`; null for audio.',
    }),
    layer: t.exposeString('layer', {
      nullable: true,
      description: 'Simulcast layer `h`, `m` or `l`; null where there is none.',
    }),
    samples: t.field({
      type: [QualitySample],
      description: 'What was measured, in order of time.',
      resolve: (track) => [...track.samples],
    }),
  }),
});

builder.objectType(PeerQualityStats, {
  description:
    "The quality of a peer's connection over a session that has ended. Lists are empty where nothing was measured, and while the session runs.",
  fields: (t) => ({
    published: t.field({
      type: [TrackQuality],
      description: 'Tracks that the peer sent.',
      resolve: (stats) => tracksWithQuality(stats, 'publisher'),
    }),
    received: t.field({
      type: [TrackQuality],
      description: 'Tracks that the peer received.',
      resolve: (stats) => tracksWithQuality(stats, 'subscriber'),
    }),
  }),
});

builder.objectField(Peer, 'qualityStats', (t) =>
  t.field({
    type: PeerQualityStats,
    nullable: true,
    authScopes: reads('analytics'),
    ...calls(1),
    description: `The quality of its connection, once the session has ended; null where the vendor has none. One REST call a peer, at most ${MAX_PEERS_WITH_QUALITY} peers an operation; refused in subscriptions.`,
    resolve: (peer, _args, context) => qualityOfPeer(peer, context),
  }),
);

builder.queryField('peerQualityStats', (t) =>
  t.field({
    type: PeerQualityStats,
    nullable: true,
    authScopes: (_root, { sessionId }) => ({
      ...reads('analytics'),
      roomOf: { type: 'Session', id: sessionId },
    }),
    ...calls(1),
    description:
      "The quality of a peer's connection, once its session has ended; null when peer or session does not exist.",
    args: {
      sessionId: t.arg.id({ required: true, description: 'Vendor id or global id of the session.' }),
      peerId: t.arg.id({ required: true, description: 'Vendor id or global id of the peer.' }),
    },
    resolve: (_root, args, context) => peerQuality(args, context),
  }),
);
