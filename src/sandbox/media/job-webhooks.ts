// Webhooks about media jobs: `hls.*` for live streams, `beam.*` for recordings and external streams, `transcription.*`
// for transcriptions of any job. The vendor sends none for pauses and timed metadata.
import type { MediaWebhookEventType } from '../../openapi/types.ts';
import { compact } from '../compact.ts';
import { inMillis, inNanos } from '../instant.ts';
import { recordedSeconds } from './job-assets.ts';
import type { AssetRecord, JobEvent, JobRecord } from './job-records.ts';
import { playbackUrl, presignedUrl } from './media-urls.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Sessions } from '../sessions/sessions.ts';

/** Lifetime of the download links in webhooks: one day. */
const LINK_SECONDS = 24 * 3600;

/** The parts of the world that a job's webhook quotes; a `World` has them all. */
export interface JobSurroundings {
  readonly customerId: string;
  readonly appId: string;
  readonly rooms: Rooms;
  readonly sessions: Sessions;
}

/** A media event without its envelope. */
export interface MediaWebhookContent {
  readonly type: MediaWebhookEventType;
  readonly data: { readonly room_id: string } & Readonly<Record<string, unknown>>;
}

/** The webhook for an event of a job; undefined if the vendor sends none for such an event. */
export function jobWebhookFrom(event: JobEvent, world: JobSurroundings): MediaWebhookContent | undefined {
  const { job } = event;
  const engine = job.kind === 'live-stream' ? 'hls' : 'beam';
  switch (event.type) {
    case 'job.running': {
      const data = {
        ...subjectOf(job, world),
        ...flagsOf(job),
        ...liveTimes(job),
        start_delay: startDelay(job),
      };
      return { type: `${engine}.started.success`, data };
    }
    case 'job.stopped': {
      const data = { ...subjectOf(job, world), ...flagsOf(job), ...liveTimes(job), ...durationOf(job) };
      return { type: `${engine}.stopped.success`, data: { ...data, reason: event.reason } };
    }
    case 'job.failed': {
      const failure = { error_code: 1, error_type: event.errorType, error_message: event.message };
      const data = { ...subjectOf(job, world), ...flagsOf(job), ...durationOf(job), ...failure };
      return { type: `${engine}.failure`, data };
    }
    case 'job.recorded':
      return {
        type: `${engine}.recording.success`,
        data: {
          ...withoutJob(subjectOf(job, world)),
          ...durationOf(job),
          ...times(job),
          recording_id: job.beamId,
          ...(engine === 'hls' ? hlsFiles(event.assets) : beamFiles(job, event.assets)),
        },
      };
    case 'job.transcribing':
    case 'job.transcribed':
      return transcription(event, world);
    default:
      return undefined;
  }
}

function subjectOf(job: JobRecord, world: JobSurroundings) {
  const session = world.sessions.all.get(job.sessionId);
  return compact({
    beam_id: job.beamId,
    job_id: job.id,
    room_id: job.roomId,
    session_id: job.sessionId,
    template_id: world.rooms.get(job.roomId).templateId,
    meeting_url: job.meetingUrl,
    max_width: job.resolution.width,
    max_height: job.resolution.height,
    session_started_at: session && inNanos(session.createdAt),
  });
}

/** Webhooks about files have no `job_id`. */
function withoutJob<Subject extends { job_id: string; room_id: string }>(subject: Subject) {
  const { job_id: _unsaid, ...rest } = subject;
  return rest;
}

function flagsOf(job: JobRecord) {
  if (job.kind === 'live-stream') {
    return {
      recording_single_file_per_layer_enabled: job.recording.single_file_per_layer === true,
      recording_vod_playlist_enabled: job.recording.hls_vod === true,
    };
  }
  const urls = job.kind === 'external-stream' ? job.rtmpUrls : [];
  return {
    recording_enabled: job.kind === 'recording' || job.isRecorded,
    rtmp: urls.map((url) => ({ url })),
  };
}

/** Webhooks about live streams contain the playback URL and the times; those about beams do not. */
function liveTimes(job: JobRecord) {
  return job.kind === 'live-stream' ? { url: playbackUrl(job), ...times(job) } : {};
}

function times({ startedAt, stoppedAt }: JobRecord) {
  return compact({
    started_at: startedAt && inMillis(startedAt),
    stopped_at: stoppedAt && inMillis(stoppedAt),
  });
}

function durationOf(job: JobRecord) {
  return { duration: recordedSeconds(job) };
}

function startDelay({ createdAt, startedAt = createdAt }: JobRecord): number {
  return Math.floor((startedAt.ms - createdAt.ms) / 1000);
}

function chatFile(assets: readonly AssetRecord[]) {
  const chat = assets.find(({ type }) => type === 'chat');
  return chat && { chat_recording_path: chat.path, chat_recording_presigned_url: linkTo(chat) };
}

function beamFiles(job: JobRecord, assets: readonly AssetRecord[]) {
  const video = assets.find(({ type }) => type === 'room-composite');
  const file = video && {
    recording_path: video.path,
    recording_presigned_url: linkTo(video),
    size: video.size,
    created_at: inNanos(video.createdAt),
  };
  const rtmp = job.kind === 'external-stream' ? job.rtmpUrls.map((url) => ({ url })) : [];
  return { ...file, ...chatFile(assets), rtmp };
}

function hlsFiles(assets: readonly AssetRecord[]) {
  const vod = assets.find(({ type }) => type === 'room-vod');
  const files = assets.filter(({ type }) => type === 'room-composite');
  return {
    ...(vod && {
      hls_vod_recording_path: vod.path,
      hls_vod_recording_presigned_url: linkTo(vod),
      hls_vod_recording_size: vod.size,
    }),
    ...chatFile(assets),
    recording_single_files: files.map(layerFile),
  };
}

function layerFile({ id, metadata, path, size }: AssetRecord) {
  return {
    asset_id: id,
    layer: metadata.layer,
    ...metadata.resolution,
    recording_path: path,
    recording_presigned_url: presignedUrl(path, LINK_SECONDS),
    size,
  };
}

function transcription(
  event: Extract<JobEvent, { type: 'job.transcribing' | 'job.transcribed' }>,
  world: JobSurroundings,
): MediaWebhookContent {
  const { job, assets, transcriptionId } = event;
  const isDone = event.type === 'job.transcribed';
  const files = assets.flatMap((asset) => {
    const key = `${asset.type}_${asset.metadata.output_mode ?? 'json'}`;
    const id = [`${key}_asset_id`, asset.id] as const;
    if (!isDone) return [id];
    return [id, [`${key}_path`, asset.path] as const, [`${key}_presigned_url`, linkTo(asset)] as const];
  });
  return {
    type: isDone ? 'transcription.success' : 'transcription.started.success',
    data: {
      account_id: world.customerId,
      app_id: world.appId,
      room_id: job.roomId,
      room_name: world.rooms.get(job.roomId).name,
      session_id: job.sessionId,
      recording_id: job.beamId,
      transcription_id: transcriptionId,
      ...durationOf(job),
      ...Object.fromEntries(files),
    },
  };
}

function linkTo(asset: AssetRecord): string {
  return presignedUrl(asset.path, LINK_SECONDS);
}
