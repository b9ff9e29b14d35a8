// What live streams, recordings and external streams have in common: their links, their times, their files.
import type { MediaJobStatus } from '../../src/openapi/types.ts';
import type { ExternalStreamResource } from '../../src/rest/media/external-streams.ts';
import type { JobListParams } from '../../src/rest/media/jobs.ts';
import type { LiveStreamResource } from '../../src/rest/media/live-streams.ts';
import type { RecordingAssetResource } from '../../src/rest/media/recording-assets.ts';
import type { RecordingResource } from '../../src/rest/media/recordings.ts';
import type { Context } from '../context.ts';
import { badUserInput } from '../errors.ts';
import { hmsIdOf } from '../ids.ts';
import { peerByNodeId, type PeerView } from '../peers/peers.ts';
import type { SessionView } from '../sessions/sessions.ts';
import { secondsBetween, textOrNull } from '../values.ts';
import { externalStreamNode } from './external-stream-node.ts';
import { liveStreamNode } from './live-stream-node.ts';
import { recordingNode } from './recording-node.ts';

export type MediaJob = LiveStreamResource | RecordingResource | ExternalStreamResource;
export type MediaJobTypeName = 'LiveStream' | 'Recording' | 'ExternalStream';

/** A file, and the kind of its job where it was met there. */
export type RecordingAssetView = RecordingAssetResource & { readonly jobType?: MediaJobTypeName };

/** Which jobs a list keeps. */
export interface MediaJobFilter {
  readonly roomId?: string | null | undefined;
  readonly sessionId?: string | null | undefined;
  readonly status?: MediaJobStatus | 'other' | null | undefined;
}

const STATUSES: ReadonlySet<string> = new Set<MediaJobStatus>([
  'starting',
  'running',
  'stopping',
  'post_processing',
  'completed',
  'failed',
]);

/** The kind of a job, by a key that only its kind has; the shapes of answers see to it that it is there. */
export function typeOfJob(job: MediaJob): MediaJobTypeName {
  if ('playback' in job) return 'LiveStream';
  return 'rtmp_urls' in job ? 'ExternalStream' : 'Recording';
}

/** The vendor may add states; what is not known yet must not break an answer. */
export function statusOfJob({ status }: MediaJob): MediaJobStatus | 'other' {
  return STATUSES.has(status) ? status : 'other';
}

/** A filter in REST's terms. `argument` names it in a refusal. */
export function jobListParams(
  filter: MediaJobFilter | null | undefined,
): Omit<JobListParams, 'limit' | 'start'> {
  const { roomId, sessionId, status } = filter ?? {};
  if (status === 'other')
    throw badUserInput('`filter.status` cannot be OTHER: the vendor knows no such state.');
  return {
    roomId: roomId == null ? undefined : hmsIdOf('Room', 'filter.roomId', roomId),
    sessionId: sessionId == null ? undefined : hmsIdOf('Session', 'filter.sessionId', sessionId),
    status: status ?? undefined,
  };
}

/** The session of a job or a file; nothing is read until a field needs its record. */
export function sessionOfMedia(media: {
  readonly room_id: string;
  readonly session_id?: string | null;
}): SessionView | null {
  const id = textOrNull(media.session_id);
  return id === null ? null : { id, room_id: media.room_id };
}

/** Whole seconds from when it began to run to when it stopped, or to now. */
export function durationOfJob(job: MediaJob, context: Context): number | null {
  return secondsBetween(job.started_at, job.stopped_at, context.clock);
}

/** Whoever started or stopped a job; null where that was done over REST, or by itself. */
export async function peerOfJob(
  job: MediaJob,
  peerId: string | null | undefined,
  context: Context,
): Promise<PeerView | null> {
  return textOrNull(peerId) === null ? null : peerByNodeId(`${job.room_id}:${peerId}`, context);
}

/**
 * The files of a job. Only the single answer has them for sure, so a job from a list or a write is read again; lists
 * of external streams have them too.
 */
export async function assetsOfJob(job: MediaJob, context: Context): Promise<RecordingAssetView[]> {
  const type = typeOfJob(job);
  const isAtHand = type === 'ExternalStream' && (job.recording_assets ?? []).length > 0;
  const whole = isAtHand ? job : await jobOfType(type, job.id, context);
  return (whole?.recording_assets ?? []).map((asset) => {
    const origin = { job_id: job.id, room_id: job.room_id, session_id: job.session_id, jobType: type };
    return Object.assign({ thumbnails: null }, asset, origin);
  });
}

const jobNodes = { LiveStream: liveStreamNode, Recording: recordingNode, ExternalStream: externalStreamNode };

/** A job by its kind and id; null when it does not exist. */
export function jobOfType(type: MediaJobTypeName, id: string, context: Context): Promise<MediaJob | null> {
  return jobNodes[type].loader(context).load(id);
}

/** After a write what was read of a job before is not good. */
export function forgetJob(id: string, context: Context): void {
  for (const { loader } of Object.values(jobNodes)) loader(context).clear(id);
}

/** A URL without what may hold a token: credentials, query and fragment; null where it is none. */
export function publicUrlOf(text: string | null | undefined): string | null {
  const url = URL.parse(text ?? '');
  return url === null || url.origin === 'null' ? null : url.origin + url.pathname;
}
