// Resolvers of the fields that live streams, recordings and external streams share: times, status, peers, files.
// Source: the vendor's pages of the three.
import type { MediaJobStatus } from '../../src/openapi/types.ts';
import type { ExternalStreamResource } from '../../src/rest/media/external-streams.ts';
import type { JobListParams } from '../../src/rest/media/jobs.ts';
import type { LiveStreamResource } from '../../src/rest/media/live-streams.ts';
import type { RecordingAssetResource } from '../../src/rest/media/recording-assets.ts';
import type { RecordingResource } from '../../src/rest/media/recordings.ts';
import type { Context } from '../context.ts';
import { badUserInput } from '../errors.ts';
import { hmsIdOf } from '../ids.ts';
import { peerByNodeId } from '../peers/peers.ts';
import { type PeerView } from '../peers/peer-views.ts';
import type { SessionView } from '../sessions/sessions.ts';
import { secondsBetween, textOrNull } from '../values.ts';
import { externalStreamNode } from './external-stream-node.ts';
import { liveStreamNode } from './live-stream-node.ts';
import { recordingNode } from './recording-node.ts';

/** A job as the REST API returns it. No field names its kind; `typeOfJob` tells. */
export type MediaJob = LiveStreamResource | RecordingResource | ExternalStreamResource;
/** Names of the graph's object types that implement `MediaJob`. */
export type MediaJobTypeName = 'LiveStream' | 'Recording' | 'ExternalStream';

/** A recording file. `jobType` is set when the file was read as part of its job, which spares a search for the job. */
export type RecordingAssetView = RecordingAssetResource & { readonly jobType?: MediaJobTypeName };

/** Conditions on a list of jobs; a job must meet all of them. Ids are global ids or vendor ids. */
export interface MediaJobFilter {
  readonly roomId?: string | null | undefined;
  readonly sessionId?: string | null | undefined;
  readonly status?: MediaJobStatus | 'other' | null | undefined;
}

/** The documented states of a job. */
const STATUSES: ReadonlySet<string> = new Set<MediaJobStatus>([
  'starting',
  'running',
  'stopping',
  'post_processing',
  'completed',
  'failed',
]);

/** The kind of a job, recognized by a key that only this kind has. src/rest/media checks that the key is present. */
export function typeOfJob(job: MediaJob): MediaJobTypeName {
  if ('playback' in job) return 'LiveStream';
  return 'rtmp_urls' in job ? 'ExternalStream' : 'Recording';
}

/** The status of a job; `other` for a state that the vendor has added, so that the rest of the answer can still be returned. */
export function statusOfJob({ status }: MediaJob): MediaJobStatus | 'other' {
  return STATUSES.has(status) ? status : 'other';
}

/** The filter as parameters of the REST API. Throws `BAD_USER_INPUT` for the status `OTHER` and for invalid ids. */
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

/**
 * The session of a job or a file, without a REST call: its record is read when a field needs it. Null when the vendor
 * omits the session.
 */
export function sessionOfMedia(media: {
  readonly room_id: string;
  readonly session_id?: string | null;
}): SessionView | null {
  const id = textOrNull(media.session_id);
  return id === null ? null : { id, room_id: media.room_id };
}

/** Whole seconds from the start of a job to its end, or to now while it runs; null before it runs. */
export function durationOfJob(job: MediaJob, context: Context): number | null {
  return secondsBetween(job.started_at, job.stopped_at, context.clock);
}

/**
 * The peer who started or stopped a job; null when that was done over REST or by the vendor itself. 1 to 4 REST calls.
 */
export async function peerOfJob(
  job: MediaJob,
  peerId: string | null | undefined,
  context: Context,
): Promise<PeerView | null> {
  return textOrNull(peerId) === null ? null : peerByNodeId(`${job.room_id}:${peerId}`, context);
}

/**
 * The files of a job. Only the REST call that reads a single job always returns them, so a job from a list or a write is read
 * again: one REST call for each job. Lists of external streams have the files too.
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

/** The job of this kind and vendor id; null when it does not exist. One REST call, at most one an operation. */
export function jobOfType(type: MediaJobTypeName, id: string, context: Context): Promise<MediaJob | null> {
  return jobNodes[type].loader(context).load(id);
}

/**
 * Drops the operation's cached copy of a job, so that it is read again after a write. The id is removed for all three
 * kinds, as the caller may not know the kind.
 */
export function forgetJob(id: string, context: Context): void {
  for (const { loader } of Object.values(jobNodes)) loader(context).clear(id);
}

/**
 * A URL without the parts that may hold a token: credentials, query and fragment. Null when the text is not an
 * absolute URL.
 */
export function publicUrlOf(text: string | null | undefined): string | null {
  const url = URL.parse(text ?? '');
  return url === null || url.origin === 'null' ? null : url.origin + url.pathname;
}
