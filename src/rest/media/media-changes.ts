// Successful writes of media jobs and stream keys as values, and how each is applied to a read that may not show it yet. A job
// proceeds on its own from `starting` to `completed`, so a write is applied only to a read with an earlier status.
import { filledIn } from '../catalog/written.ts';
import type { ExternalStreamResource } from './external-streams.ts';
import type { LiveStreamResource } from './live-streams.ts';
import type { RecordingResource } from './recordings.ts';
import type { StreamKeyResource } from './stream-keys.ts';

/** A live stream, a recording or an external stream. */
export type JobResource = LiveStreamResource | RecordingResource | ExternalStreamResource;

/** The statuses in the order in which a job has them. */
const COURSE = ['starting', 'running', 'stopping', 'post_processing', 'completed'];

/** The job with the answer to a write applied. Its files are kept, because the answer to a write has none. */
export function changedJob<Job extends JobResource>(read: Job, answer: Job): Job {
  if (!isEarlier(read, answer)) return read;
  const { recording_assets: _, ...values } = answer;
  return { ...read, ...filledIn(values) };
}

/** False for undocumented statuses, and for `failed`, which can follow any status. */
function isEarlier(read: JobResource, written: JobResource): boolean {
  const place = COURSE.indexOf(read.status);
  return place !== -1 && place < COURSE.indexOf(written.status);
}

/** A room's active stream key; null without one. */
export interface RoomStreamKey {
  readonly key: StreamKeyResource | null;
}

/** The key as read, unless a write has created another one or disabled it. */
export function changedStreamKey(read: RoomStreamKey, written: RoomStreamKey): RoomStreamKey {
  return read.key?.id === written.key?.id ? read : written;
}
