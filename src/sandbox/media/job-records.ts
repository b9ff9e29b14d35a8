// The records of media: jobs (live streams, recordings, external streams) and the files they create. A change replaces
// a record and never mutates it. The routes convert records to the JSON of the REST API.
import type {
  LiveStreamRecordingFlags,
  MediaJobStatus,
  MediaResolution,
  RecordingAssetMetadata,
  RecordingAssetStatus,
  RecordingAssetType,
} from '../../openapi/types.ts';
import type { Instant } from '../instant.ts';

/** The files that a transcription creates. */
export interface TranscriptionPlan {
  readonly outputModes: readonly ('txt' | 'srt' | 'json')[];
  readonly hasSummary: boolean;
}

interface AnyPlan {
  readonly roomId: string;
  readonly sessionId: string;
  /** Name of a destination of the template; `''` if the template has none. */
  readonly destination: string;
  readonly meetingUrl: string;
  readonly resolution: MediaResolution;
  /** Undefined: no transcription. */
  readonly transcription: TranscriptionPlan | undefined;
  /** The job is stopped after running for this time. */
  readonly maxDurationMs: number;
}

/** A live stream (HLS), before it starts. */
export interface LiveStreamPlan extends AnyPlan {
  readonly kind: 'live-stream';
  readonly recording: LiveStreamRecordingFlags;
}

/** A composite recording, before it starts. */
export interface RecordingPlan extends AnyPlan {
  readonly kind: 'recording';
  readonly isAudioOnly: boolean;
}

/** An external stream (RTMP out), before it starts. */
export interface ExternalStreamPlan extends AnyPlan {
  readonly kind: 'external-stream';
  /** Contain stream keys. */
  readonly rtmpUrls: readonly string[];
  readonly isRecorded: boolean;
}

/** The properties of a job that are decided before it starts and never change. */
export type JobPlan = LiveStreamPlan | RecordingPlan | ExternalStreamPlan;

/** `live-stream`, `recording` or `external-stream`. */
export type JobKind = JobPlan['kind'];

interface JobState {
  readonly id: string;
  /** Id of the browser that composes the output; webhooks contain it. */
  readonly beamId: string;
  readonly status: MediaJobStatus;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Undefined until the job runs. */
  readonly startedAt: Instant | undefined;
  /** Undefined until the job has stopped. */
  readonly stoppedAt: Instant | undefined;
  /** Start of the current pause of the recording; undefined while the job is not paused. */
  readonly pausedAt: Instant | undefined;
  /** Total length of the pauses that are over. */
  readonly pausedMs: number;
}

/** A live stream with its state. */
export type LiveStreamRecord = LiveStreamPlan & JobState;
/** A composite recording with its state. */
export type RecordingRecord = RecordingPlan & JobState;
/** An external stream with its state. */
export type ExternalStreamRecord = ExternalStreamPlan & JobState;
/** A job of any kind; `kind` tells which. */
export type JobRecord = LiveStreamRecord | RecordingRecord | ExternalStreamRecord;

/** A file that a job has created: media, chat or transcript. */
export interface AssetRecord {
  readonly id: string;
  readonly jobId: string;
  readonly roomId: string;
  readonly sessionId: string;
  readonly type: RecordingAssetType;
  readonly status: RecordingAssetStatus;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Seconds of media. */
  readonly duration: number;
  readonly createdAt: Instant;
  readonly thumbnails: readonly string[] | null;
  readonly metadata: RecordingAssetMetadata;
}

/** A change of a job, with its record after the change. Webhooks, analytics and tests listen to these events. */
export type JobEvent =
  | { readonly type: 'job.running'; readonly job: JobRecord }
  | { readonly type: 'job.stopped'; readonly job: JobRecord; readonly reason: string }
  | {
      readonly type: 'job.failed';
      readonly job: JobRecord;
      readonly errorType: string;
      readonly message: string;
    }
  /** The files of the job exist, except those of its transcription. */
  | { readonly type: 'job.recorded'; readonly job: JobRecord; readonly assets: readonly AssetRecord[] }
  | {
      readonly type: 'job.transcribing' | 'job.transcribed';
      readonly job: JobRecord;
      readonly transcriptionId: string;
      readonly assets: readonly AssetRecord[];
    }
  /** Timed metadata was sent to the players of a live stream. The REST API has no way to read it back. */
  | {
      readonly type: 'job.metadata';
      readonly job: JobRecord;
      readonly payload: string;
      readonly durationSeconds: number;
    };
