// The files of a completed job: their types, sizes and storage paths, which follow from the job's plan.
import type { MediaResolution, RecordingAssetMetadata, RecordingAssetType } from '../../openapi/types.ts';
import type { Ids } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { AssetRecord, JobRecord, LiveStreamRecord } from './job-records.ts';

/** The layers of every live stream in the sandbox, highest resolution first. */
const LAYERS: readonly MediaResolution[] = [
  { width: 1280, height: 720 },
  { width: 640, height: 360 },
];
const BYTES_PER_SECOND = 130_000;
const TEXT_BYTES = 1042;
const STORAGE = 's3://sandbox-media/rec';

/** A file without id, size and times. */
interface File {
  readonly type: RecordingAssetType;
  readonly path: string;
  readonly metadata: RecordingAssetMetadata;
  readonly thumbnails?: readonly string[];
}

/** Whole seconds that a job has recorded, from its start to its stop without pauses; 0 until it has stopped. */
export function recordedSeconds({ startedAt, stoppedAt, pausedAt, pausedMs }: JobRecord): number {
  if (startedAt === undefined || stoppedAt === undefined) return 0;
  const end = pausedAt?.ms ?? stoppedAt.ms;
  return Math.max(0, Math.floor((end - startedAt.ms - pausedMs) / 1000));
}

/** Whether the job will have files. A job that never ran has none. */
export function leavesFiles(job: JobRecord): boolean {
  return job.startedAt !== undefined && mediaFiles(job).length > 0;
}

/** The media and chat files, which exist as soon as the job is completed. */
export function mediaAssets(job: JobRecord, ids: Ids, now: Instant): AssetRecord[] {
  return mediaFiles(job).map((file) => assetOf(job, file, ids, now));
}

/** The files of a transcription, with the status `processing`. */
export function transcriptionAssets(job: JobRecord, ids: Ids, now: Instant): AssetRecord[] {
  const { outputModes = [], hasSummary = false } = job.transcription ?? {};
  const files: File[] = outputModes.map((mode) => ({
    type: 'transcript',
    path: `${STORAGE}/transcript/${job.roomId}/${job.id}/transcript.${mode}`,
    metadata: { output_mode: mode },
  }));
  if (hasSummary) {
    const path = `${STORAGE}/transcript/${job.roomId}/${job.id}/summary.json`;
    files.push({ type: 'summary', path, metadata: { output_mode: 'json' } });
  }
  return files.map((file) => assetOf(job, file, ids, now));
}

function assetOf(job: JobRecord, file: File, ids: Ids, now: Instant): AssetRecord {
  const duration = file.type === 'chat' ? 0 : recordedSeconds(job);
  const isWritten = file.type === 'transcript' || file.type === 'summary';
  const isVideo = file.type === 'room-composite' || file.type === 'room-vod';
  return {
    id: ids.objectId(),
    jobId: job.id,
    roomId: job.roomId,
    sessionId: job.sessionId,
    type: file.type,
    status: isWritten ? 'processing' : 'completed',
    path: file.path,
    size: isVideo ? duration * BYTES_PER_SECOND : TEXT_BYTES,
    duration,
    createdAt: now,
    thumbnails: file.thumbnails ?? null,
    metadata: file.metadata,
  };
}

function mediaFiles(job: JobRecord): File[] {
  const chat: File = { type: 'chat', path: `${STORAGE}/chat/${job.roomId}/${job.id}.csv`, metadata: {} };
  switch (job.kind) {
    case 'recording':
      return [compositeFile(job, job.isAudioOnly ? {} : { resolution: job.resolution }), chat];
    case 'external-stream':
      return job.isRecorded ? [compositeFile(job, { resolution: job.resolution })] : [];
    default: {
      const files = streamFiles(job);
      return files.length === 0 ? [] : [...files, chat];
    }
  }
}

function streamFiles(job: LiveStreamRecord): File[] {
  const layers = job.recording.single_file_per_layer === true ? LAYERS : [];
  return [
    ...layers.map((resolution, layer) => compositeFile(job, { resolution, layer: String(layer) })),
    ...(job.recording.hls_vod === true ? [vodFile(job)] : []),
  ];
}

function compositeFile(job: JobRecord, metadata: RecordingAssetMetadata): File {
  const layer = metadata.layer === undefined ? '' : `-${metadata.layer}`;
  return { type: 'room-composite', path: `${STORAGE}/beam/${job.roomId}/${job.id}${layer}.mp4`, metadata };
}

function vodFile(job: JobRecord): File {
  const { width, height } = job.resolution;
  return {
    type: 'room-vod',
    path: `${STORAGE}/hls/${job.roomId}/${job.id}/vod.zip`,
    metadata: { num_layers: String(LAYERS.length), max_width: width, max_height: height },
    thumbnails: [`${STORAGE}/hls/${job.roomId}/${job.id}/thumb-60.png`],
  };
}
