// Shared by the routes of live streams, recordings and external streams: finding, listing, starting and stopping jobs.
// The refusals of start and stop are those that public test suites assert of the live API; the documentation names none.
import type {
  EmbeddedRecordingAsset,
  MediaJobStatus,
  TranscriptionConfig,
  TemplateDestinations,
} from '../../openapi/types.ts';
import { compact } from '../compact.ts';
import { ApiError, invalidBody, notFound } from '../http/errors.ts';
import { param, type Call } from '../family.ts';
import { inMillis, inNanos } from '../instant.ts';
import type { AssetRecord, JobKind, JobPlan, JobRecord, TranscriptionPlan } from './job-records.ts';
import { meetingUrl } from './media-urls.ts';
import { pageOf, type PageQuery } from '../http/paging.ts';
import type { RoomRecord } from '../records.ts';
import type { World } from '../live/world.ts';
import { liveRoomInPath } from '../peers/active-rooms-routes.ts';
import { roomInPath } from '../rooms/rooms-routes.ts';

/** The query of a list of jobs. */
export interface JobQuery extends PageQuery {
  readonly room_id?: string;
  readonly session_id?: string;
  readonly status?: MediaJobStatus;
}

/** A job of one kind. */
export type JobOf<Kind extends JobKind> = Extract<JobRecord, { readonly kind: Kind }>;

/** The nouns of the vendor's 404s. */
const NOUNS = { 'live-stream': 'Live stream', recording: 'Recording', 'external-stream': 'External stream' };
const ENGINES = { 'live-stream': 'hls', recording: 'beam', 'external-stream': 'beam' };
/** The vendor documents the text of live streams. */
const NOT_RUNNING = {
  'live-stream': 'hls not running',
  recording: 'beam not found',
  'external-stream': 'beam not found',
};
const DESTINATIONS = {
  'live-stream': 'hlsDestinations',
  recording: 'browserRecordings',
  'external-stream': 'rtmpDestinations',
} as const satisfies Record<JobKind, keyof TemplateDestinations>;

const DEFAULT_RESOLUTION = { width: 1280, height: 720 };
const DEFAULT_MAX_DURATION_SECONDS = 4 * 3600;

/** A page of jobs or files. Unlike other pages its `data` is never null. */
export interface MediaPage<Element> {
  limit: number;
  data: Element[];
  last: string;
}

function isOfKind<Kind extends JobKind>(job: JobRecord | undefined, kind: Kind): job is JobOf<Kind> {
  return job?.kind === kind;
}

/** A page of the jobs of one kind, newest first. */
export function jobsPage<Kind extends JobKind, Element>(
  { world, query }: Call<unknown, JobQuery>,
  kind: Kind,
  shape: (job: JobOf<Kind>) => Element,
): MediaPage<Element> {
  const found = [...world.jobs.all.values()]
    .filter((job) => isOfKind(job, kind))
    .filter((job) => query.room_id === undefined || job.roomId === query.room_id)
    .filter((job) => query.session_id === undefined || job.sessionId === query.session_id)
    .filter((job) => query.status === undefined || job.status === query.status);
  return mediaPageOf(found.toReversed(), query, shape);
}

/** A page whose `data` is never null, as documented for the lists of media. */
export function mediaPageOf<Item extends { readonly id: string }, Element>(
  newestFirst: readonly Item[],
  query: PageQuery,
  shape: (item: Item) => Element,
): MediaPage<Element> {
  const { data, ...page } = pageOf(newestFirst, query, 'array', shape);
  return { ...page, data: data ?? [] };
}

/** Returns the job if it is of this kind; throws a 404 otherwise. */
export function ofKind<Kind extends JobKind>(job: JobRecord | undefined, kind: Kind): JobOf<Kind> {
  if (!isOfKind(job, kind)) throw notFound(NOUNS[kind]);
  return job;
}

/** The job whose id is the path parameter; throws a 404 if it is unknown or of another kind. */
export function jobInPath<Kind extends JobKind>(call: Call, kind: Kind, parameter: string): JobOf<Kind> {
  return ofKind(call.world.jobs.all.get(param(call, parameter)), kind);
}

/** The job whose id is the path parameter; throws a 404 also if it is neither starting nor running. */
export function runningJobInPath<Kind extends JobKind>(
  call: Call,
  kind: Kind,
  parameter: string,
): JobOf<Kind> {
  const job = jobInPath(call, kind, parameter);
  if (!call.world.jobs.activeOf(job.roomId, kind).includes(job)) throw notRunning(kind);
  return job;
}

/** All starting and running jobs of one kind in the room of the path; throws a 404 if the room has none. */
export function runningJobsInPath<Kind extends JobKind>(call: Call, kind: Kind): JobOf<Kind>[] {
  const jobs = call.world.jobs.activeOf(roomInPath(call).id, kind).filter((job) => isOfKind(job, kind));
  if (jobs.length === 0) throw notRunning(kind);
  return jobs;
}

function notRunning(kind: JobKind): ApiError {
  return new ApiError(404, NOT_RUNNING[kind]);
}

/** Stops all jobs of one kind in the room of the path; returns them as a page. */
export function stopAllInPath<Kind extends JobKind, Element>(
  call: Call,
  kind: Kind,
  shape: (job: JobOf<Kind>) => Element,
): MediaPage<Element> {
  const stopped = runningJobsInPath(call, kind)
    .map((job) => call.world.jobs.stop(job.id))
    .filter((job) => isOfKind(job, kind));
  return { limit: Math.max(10, stopped.length), data: stopped.map(shape), last: stopped.at(-1)?.id ?? '' };
}

/** The properties that the bodies of all three start operations may have. */
export interface StartInput {
  readonly meeting_url?: string;
  readonly destination?: string;
  readonly resolution?: { readonly width: number; readonly height: number };
  readonly transcription?: TranscriptionConfig;
}

type CommonPlan = Pick<
  JobPlan,
  'roomId' | 'sessionId' | 'destination' | 'meetingUrl' | 'resolution' | 'transcription' | 'maxDurationMs'
>;

/**
 * The part of a plan that all kinds of jobs share, from the path and the body. Throws a 403 for a malformed room id, a 404
 * if the room is idle, a 409 if a job with this destination runs, and a 400 if the destination is unknown, or missing
 * although the template has several.
 */
export function commonPlan(call: Call, kind: JobKind, input: StartInput = {}): CommonPlan {
  const { world } = call;
  if (!/^[0-9a-f]{24}$/i.test(param(call, 'room_id'))) {
    throw new ApiError(403, 'user does not have required permission');
  }
  const { room, session } = liveRoomInPath(call);
  const destination = destinationOf(world, room, kind, input.destination);
  const busy = world.jobs.activeOf(room.id, kind).some((job) => job.destination === destination.name);
  if (busy) throw new ApiError(409, `${ENGINES[kind]} already started`);
  return {
    roomId: room.id,
    sessionId: session.id,
    destination: destination.name,
    meetingUrl: input.meeting_url ?? meetingUrl(room.id),
    resolution: input.resolution ?? DEFAULT_RESOLUTION,
    transcription: transcriptionPlan(input.transcription ?? templateTranscription(world, room)),
    maxDurationMs: destination.maxDurationSeconds * 1000,
  };
}

function destinationOf(
  world: World,
  room: RoomRecord,
  kind: JobKind,
  requested: string | undefined,
): { name: string; maxDurationSeconds: number } {
  const known = world.templates.get(room.templateId).destinations[DESTINATIONS[kind]] ?? {};
  const names = Object.keys(known);
  if (requested === undefined && names.length > 1) throw invalidBody('destination is required');
  if (requested !== undefined && names.length > 0 && !names.includes(requested)) {
    throw invalidBody('destination not found');
  }
  const name = requested ?? names[0] ?? '';
  return { name, maxDurationSeconds: known[name]?.maxDuration ?? DEFAULT_MAX_DURATION_SECONDS };
}

function transcriptionPlan(config: TranscriptionConfig | undefined): TranscriptionPlan | undefined {
  if (config?.enabled !== true) return undefined;
  return {
    outputModes: config.output_modes ?? ['txt', 'srt', 'json'],
    hasSummary: config.summary?.enabled === true,
  };
}

/** The template's transcription, for a start whose body does not mention transcription. */
function templateTranscription(world: World, room: RoomRecord): TranscriptionConfig | undefined {
  const [first] = Object.values(world.templates.get(room.templateId).destinations.transcriptions ?? {});
  if (first?.modes?.includes('recorded') !== true) return undefined;
  return compact({
    enabled: true,
    output_modes: first.outputModes,
    summary: { enabled: first.summary?.enabled === true },
  });
}

/** A job's times, and who started and stopped it: always blank, because the sandbox's peers start no jobs. */
export function lifeOf(job: JobRecord): {
  created_at: string;
  started_at: string | null;
  updated_at: string;
  stopped_at: string | null;
  started_by: string;
  stopped_by: string;
} {
  return {
    created_at: inNanos(job.createdAt),
    started_at: job.startedAt === undefined ? null : inMillis(job.startedAt),
    updated_at: inMillis(job.updatedAt),
    stopped_at: job.stoppedAt === undefined ? null : inMillis(job.stoppedAt),
    started_by: '',
    stopped_by: '',
  };
}

/** The files of a job, as embedded in the answer for a single job. */
export function embeddedAssets(world: World, job: JobRecord): EmbeddedRecordingAsset[] {
  return world.jobs.assetsOf(job.id).map(embeddedAsset);
}

/** A file without the ids of its job, room and session. Transcripts and summaries have no `thumbnails` key. */
export function embeddedAsset(asset: AssetRecord): EmbeddedRecordingAsset {
  const isText = asset.type === 'transcript' || asset.type === 'summary';
  return compact({
    id: asset.id,
    type: asset.type,
    status: asset.status,
    path: asset.path,
    size: asset.size,
    duration: asset.duration,
    created_at: inMillis(asset.createdAt),
    thumbnails: isText ? undefined : asset.thumbnails && [...asset.thumbnails],
    metadata: { ...asset.metadata },
  });
}
