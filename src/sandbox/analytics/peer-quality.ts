// The connection quality of a peer in an ended session: one sample every 10 seconds for each track that the peer sent,
// and for each track it received while both peers were connected. The numbers are random, seeded by the track's id, so
// every request returns the same ones.
import type { PeerQualityStats } from '../../openapi/types.ts';
import { Random } from '../random.ts';
import type { PeerRecord, SessionRecord, TrackRecord } from '../records.ts';

const EVERY_MS = 10_000;
/** The maximum of samples per track: one hour. */
const MAX_SAMPLES = 360;

/** The series of a peer; without any track while the session is active. */
export function peerQuality(session: SessionRecord, peer: PeerRecord): PeerQualityStats {
  const sent = session.active ? [] : [...peer.tracks.values()];
  const others = session.active ? [] : [...session.peers.values()].filter(({ id }) => id !== peer.id);
  const received = others.flatMap((other) => {
    const times = timestamps(
      Math.max(peer.joinedAt.ms, other.joinedAt.ms),
      Math.min(endOf(peer), endOf(other)),
    );
    return times.length === 0 ? [] : [...other.tracks.values()].map((track) => ({ track, times }));
  });
  const times = timestamps(peer.joinedAt.ms, endOf(peer));
  return {
    peer_id: peer.id,
    session_id: session.id,
    room_id: session.roomId,
    publisher: {
      video: sent.filter(isVideo).map((track) => sentVideo(track, times)),
      audio: sent.filter((track) => !isVideo(track)).map((track) => sentAudio(track, times)),
    },
    subscriber: {
      video: received.filter(({ track }) => isVideo(track)).map((one) => receivedVideo(one.track, one.times)),
      audio: received
        .filter(({ track }) => !isVideo(track))
        .map((one) => receivedAudio(one.track, one.times)),
    },
  };
}

type Stats = PeerQualityStats;

function sentVideo(track: TrackRecord, times: number[]): Stats['publisher']['video'][number] {
  const draw = drawer(`sent:${track.id}`, times);
  const isScreen = track.kind === 'screen';
  return {
    track_id: track.id,
    type: isScreen ? 'screen' : 'regular',
    rid: isScreen ? null : 'h',
    time_series: {
      timestamps: times,
      bitrate: draw(isScreen ? 750_000 : 2_300_000, isScreen ? 850_000 : 2_500_000),
      fps: draw(isScreen ? 4 : 27, isScreen ? 5 : 30),
      packet_loss_percent: draw(0, 3, 10),
      rtt_ms: draw(30, 90),
    },
  };
}

function sentAudio(track: TrackRecord, times: number[]): Stats['publisher']['audio'][number] {
  const draw = drawer(`sent:${track.id}`, times);
  return {
    track_id: track.id,
    time_series: {
      timestamps: times,
      bitrate: draw(30_000, 64_000),
      packet_loss_percent: draw(0, 3, 10),
      rtt_ms: draw(30, 90),
      jitter_ms: draw(10, 40, 10),
    },
  };
}

function receivedVideo(track: TrackRecord, times: number[]): Stats['subscriber']['video'][number] {
  const draw = drawer(`received:${track.id}`, times);
  return {
    track_id: track.id,
    type: track.kind === 'screen' ? 'screen' : 'regular',
    time_series: {
      timestamps: times,
      // Null as in the documented sample, where a subscriber's bitrate is often unknown.
      bitrate: times.map(() => null),
      fps: draw(10, 30),
      freeze_count: draw(0, 1),
    },
  };
}

function receivedAudio(track: TrackRecord, times: number[]): Stats['subscriber']['audio'][number] {
  const draw = drawer(`received:${track.id}`, times);
  return {
    track_id: track.id,
    time_series: {
      timestamps: times,
      bitrate: draw(28_000, 60_000),
      concealed_samples: draw(0, 200),
      packet_loss_percent: draw(0, 3, 10),
    },
  };
}

/** Returns a function that draws one number per time, rounded to `1 / parts`. */
function drawer(seed: string, times: readonly number[]) {
  const random = new Random(seed);
  return (least: number, most: number, parts = 1): number[] =>
    times.map(() => random.between(least * parts, most * parts) / parts);
}

function timestamps(fromMs: number, toMs: number): number[] {
  const count = Math.max(0, Math.floor((toMs - fromMs) / EVERY_MS));
  return Array.from({ length: Math.min(MAX_SAMPLES, count) }, (_, index) => fromMs + (index + 1) * EVERY_MS);
}

function endOf({ joinedAt, leftAt = joinedAt }: PeerRecord): number {
  return leftAt.ms;
}

function isVideo({ kind }: TrackRecord): boolean {
  return kind !== 'audio';
}
