// What live streams, recordings and external streams have in common as lists and as stops of a whole room.
// Source: the vendor's pages of the three and its request guide.
import type { MediaJobStatus } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import type { ListAnswer, Page } from '../shapes/pages.ts';
import { pageOf } from '../shapes/pages.ts';
import type { Shape } from '../shapes/shapes.ts';

/** Essential keys of what the answers of all jobs contain. */
export const jobEssentials = { EmbeddedRecordingAsset: ['id'] } as const;

/** Filters and place of a page of jobs. */
export interface JobListParams {
  readonly roomId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly status?: MediaJobStatus | undefined;
  /** 10 to 100. */
  readonly limit: number;
  readonly start?: string | undefined;
}

/** A page of the jobs at `route`, newest first. */
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

/** What a stop of all jobs of a room answers as received; any key may be missing. */
export interface StopAnswer<T> extends ListAnswer<T> {
  readonly error?: string | null;
}

/** The jobs of a room that were told to stop. */
export interface Stopped<T> {
  readonly jobs: readonly T[];
  /** What went wrong with some, in the vendor's words; null: nothing did. Its meaning is not documented. */
  readonly error: string | null;
}

/** @throws RestNotFoundError where none runs, or for a room that doesn't exist. */
export async function stopJobs<T>(
  client: RestClient,
  route: string,
  roomId: string,
  shape: Shape<StopAnswer<T>>,
  options?: CallOptions,
): Promise<Stopped<T>> {
  const { data, error } = await client.post({ route, path: { room_id: roomId }, shape }, options);
  return { jobs: data ?? [], error: error || null };
}
