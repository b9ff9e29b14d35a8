// What the sandbox holds of media: jobs (live streams, recordings, external streams) and the files they make.
// Records are replaced and never changed. How they look over REST is the routes' business.
import type {
  LiveStreamRecordingFlags,
  MediaJobStatus,
  MediaResolution,
  RecordingAssetMetadata,
  RecordingAssetStatus,
  RecordingAssetType,
} from '../../openapi/types.ts';
import type { Instant } from '../instant.ts';

/** What a transcription makes. */
export interface TranscriptionPlan {
  readonly outputModes: readonly ('txt' | 'srt' | 'json')[];
  readonly hasSummary: boolean;
}

interface AnyPlan {
  readonly roomId: string;
  readonly sessionId: string;
  /** Name of the template's destination; `''` when it has none. */
  readonly destination: string;
  readonly meetingUrl: string;
  readonly resolution: MediaResolution;
  /** Undefined: none is made. */
  readonly transcription: TranscriptionPlan | undefined;
  /** Stopped when it has run for this long. */
  readonly maxDurationMs: number;
}

export interface LiveStreamPlan extends AnyPlan {
  readonly kind: 'live-stream';
  readonly recording: LiveStreamRecordingFlags;
}

export interface RecordingPlan extends AnyPlan {
  readonly kind: 'recording';
  readonly isAudioOnly: boolean;
}

export interface ExternalStreamPlan extends AnyPlan {
  readonly kind: 'external-stream';
  readonly rtmpUrls: readonly string[];
  readonly isRecorded: boolean;
}

/** What a job shall do: all that is known before it begins. */
export type JobPlan = LiveStreamPlan | RecordingPlan | ExternalStreamPlan;

export type JobKind = JobPlan['kind'];

interface JobState {
  readonly id: string;
  /** The browser that composes it, as webhooks name it. */
  readonly beamId: string;
  readonly status: MediaJobStatus;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Undefined until it runs. */
  readonly startedAt: Instant | undefined;
  /** Undefined until it has stopped. */
  readonly stoppedAt: Instant | undefined;
  /** Since when nothing is recorded; undefined while it is. */
  readonly pausedAt: Instant | undefined;
  /** How long nothing was recorded in pauses that are over. */
  readonly pausedMs: number;
}

export type LiveStreamRecord = LiveStreamPlan & JobState;
export type RecordingRecord = RecordingPlan & JobState;
export type ExternalStreamRecord = ExternalStreamPlan & JobState;
export type JobRecord = LiveStreamRecord | RecordingRecord | ExternalStreamRecord;

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

/** Everything that can happen to a job, for those who follow it. */
export type JobEvent =
  | { readonly type: 'job.running'; readonly job: JobRecord }
  | { readonly type: 'job.stopped'; readonly job: JobRecord; readonly reason: string }
  | {
      readonly type: 'job.failed';
      readonly job: JobRecord;
      readonly errorType: string;
      readonly message: string;
    }
  /** Its files are there, those of its transcription excepted. */
  | { readonly type: 'job.recorded'; readonly job: JobRecord; readonly assets: readonly AssetRecord[] }
  | {
      readonly type: 'job.transcribing' | 'job.transcribed';
      readonly job: JobRecord;
      readonly transcriptionId: string;
      readonly assets: readonly AssetRecord[];
    }
  /** Players of a live stream got metadata; nobody can read it back over REST. */
  | {
      readonly type: 'job.metadata';
      readonly job: JobRecord;
      readonly payload: string;
      readonly durationSeconds: number;
    };
