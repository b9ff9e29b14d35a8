// Media jobs: live streams, recordings and external streams. Here are the two requests that all three kinds share: the
// list of jobs and the stop of all jobs of a room. Source: the vendor's pages of the three kinds and its request guide.
import type { MediaJobStatus } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import type { ListAnswer, Page } from '../shapes/pages.ts';
import { pageOf } from '../shapes/pages.ts';
import type { Shape } from '../shapes/shapes.ts';

/** Essential keys of what each kind of job contains: recorded files, and the sizes of pictures. */
export const jobEssentials = {
  EmbeddedRecordingAsset: ['id'],
  MediaResolution: ['width', 'height'],
} as const;

/** Filters and place of a page of jobs. */
export interface JobListParams {
  readonly roomId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly status?: MediaJobStatus | undefined;
  /** Most jobs of the page, 10 to 100. */
  readonly limit: number;
  /** The `last` of the page before; absent: the first page. */
  readonly start?: string | undefined;
}

/** Lists the jobs at `route`, newest first. */
export async function jobsPage<T>(
  client: RestClient,
  route: string,
  shape: Shape<ListAnswer<T>>,
  params: JobListParams,
  options?: CallOptions,
): Promise<Page<T>> {
  const { roomId, sessionId, status, limit, start } = params;
  const query = { room_id: roomId, session_id: sessionId, status, limit, start };
  return pageOf(await client.get({ route, query, shape }, options), limit);
}

/** The answer to a stop of all jobs of a room, as received; any key may be missing. */
export interface StopAnswer<T> extends ListAnswer<T> {
  /** Why some jobs could not be stopped; empty, null or missing if all were. Its format is not documented. */
  readonly error?: string | null;
}

/** The result of a stop of all jobs of a room. */
export interface StoppedJobs<T> {
  /** The jobs that are stopping. */
  readonly jobs: readonly T[];
  /** Why some jobs could not be stopped, in the vendor's words; null if all were. Its format is not documented. */
  readonly error: string | null;
}

/** Stops all jobs of a room at `route`. @throws RestNotFoundError if the room is unknown or no such job is running. */
export async function stopJobs<T>(
  client: RestClient,
  route: string,
  roomId: string,
  shape: Shape<StopAnswer<T>>,
  options?: CallOptions,
): Promise<StoppedJobs<T>> {
  const { data, error } = await client.post({ route, path: { room_id: roomId }, shape }, options);
  return { jobs: data ?? [], error: error || null };
}
