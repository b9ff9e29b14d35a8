// How the files of recordings and streams are answered: by id, as a list, with their jobs and links to download.
import type { RecordingAssetStatus, RecordingAssetType } from '../../src/openapi/types.ts';
import {
  getPresignedUrl,
  listRecordingAssets,
  type PresignedUrlResource,
  type RecordingAssetListParams,
} from '../../src/rest/media/recording-assets.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import { connectionOverPages, hexCursorsOf, type Connection, type ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { badUserInput } from '../errors.ts';
import { hmsIdOf } from '../ids.ts';
import { jobOfType, type MediaJob, type MediaJobTypeName, type RecordingAssetView } from './media-jobs.ts';
import type { SessionView } from '../sessions/sessions.ts';
import { textOrNull } from '../values.ts';
import { recordingAssetNode } from './recording-asset-node.ts';

export interface RecordingAssetFilter {
  readonly roomId?: string | null | undefined;
  readonly sessionId?: string | null | undefined;
  readonly status?: RecordingAssetStatus | 'other' | null | undefined;
  readonly type?: RecordingAssetType | 'other' | null | undefined;
}

type AssetsArgs = ForwardArgs & { readonly filter?: RecordingAssetFilter | null | undefined };

const TYPES: ReadonlySet<string> = new Set<RecordingAssetType>([
  'room-composite',
  'room-composite-legacy',
  'room-vod',
  'chat',
  'transcript',
  'summary',
  'track',
  'stream',
]);
const STATUSES: ReadonlySet<string> = new Set<RecordingAssetStatus>(['completed', 'failed', 'processing']);

const cursors = hexCursorsOf('recording-assets');

export function assetById(id: string, context: Context): Promise<RecordingAssetView | null> {
  return recordingAssetNode.loader(context).load(hmsIdOf('RecordingAsset', 'id', id));
}

export async function assetsConnection(
  args: AssetsArgs,
  context: Context,
): Promise<Connection<RecordingAssetView>> {
  const filter = assetListParams(args.filter ?? {});
  return connectionOverPages(args, cursors, (page) =>
    listRecordingAssets(context.client, { ...filter, ...page }, context.call),
  );
}

export function assetsOfRoom(
  room: RoomResource,
  args: AssetsArgs,
  context: Context,
): Promise<Connection<RecordingAssetView>> {
  return assetsConnection({ ...args, filter: { ...args.filter, roomId: room.id } }, context);
}

export function assetsOfSession(
  session: SessionView,
  args: AssetsArgs,
  context: Context,
): Promise<Connection<RecordingAssetView>> {
  return assetsConnection({ ...args, filter: { ...args.filter, sessionId: session.id } }, context);
}

function assetListParams(filter: RecordingAssetFilter): Omit<RecordingAssetListParams, 'limit' | 'start'> {
  const { roomId, sessionId, status, type } = filter;
  if (status === 'other' || status === 'processing') {
    throw badUserInput('`filter.status` must be COMPLETED or FAILED: the vendor finds no others.');
  }
  if (type === 'other') throw badUserInput('`filter.type` cannot be OTHER: the vendor knows no such kind.');
  return {
    roomId: roomId == null ? undefined : hmsIdOf('Room', 'filter.roomId', roomId),
    sessionId: sessionId == null ? undefined : hmsIdOf('Session', 'filter.sessionId', sessionId),
    status: status ?? undefined,
    type: type ?? undefined,
  };
}

/** The vendor may add kinds of files; what is not known yet must not break an answer. */
export function typeOfAsset(type: RecordingAssetType): RecordingAssetType | 'other' {
  return TYPES.has(type) ? type : 'other';
}

export function statusOfAsset({ status }: RecordingAssetView): RecordingAssetStatus | 'other' {
  return STATUSES.has(status) ? status : 'other';
}

/** The number of layers, which the vendor writes as a text. */
export function layersOf(text: string | null | undefined): number | null {
  const count = Number.parseInt(text ?? '', 10);
  return Number.isNaN(count) ? null : count;
}

/** The job that made a file. A file does not say of which kind it is, so the likeliest is looked for first. */
export async function jobOfAsset(asset: RecordingAssetView, context: Context): Promise<MediaJob | null> {
  const id = textOrNull(asset.job_id);
  if (id === null) return null;
  for (const type of asset.jobType === undefined ? likelyJobTypes(asset) : [asset.jobType]) {
    // One after another: the first answers nearly always.
    const job = await jobOfType(type, id, context);
    if (job !== null) return job;
  }
  return null;
}

function likelyJobTypes({ type, metadata }: RecordingAssetView): readonly MediaJobTypeName[] {
  const isOfLiveStream = type === 'room-vod' || textOrNull(metadata?.layer) !== null;
  return isOfLiveStream
    ? ['LiveStream', 'Recording', 'ExternalStream']
    : ['Recording', 'LiveStream', 'ExternalStream'];
}

/** A link to download a file, for `seconds` or as long as the storage's default. One REST call. */
export async function presignedUrlOfAsset(
  asset: RecordingAssetView,
  { seconds }: { readonly seconds?: number | null | undefined },
  context: Context,
): Promise<PresignedUrlResource> {
  if (seconds != null && seconds < 1) throw badUserInput('`seconds` must be at least 1.');
  return getPresignedUrl(context.client, asset.id, seconds ?? undefined, context.call);
}
