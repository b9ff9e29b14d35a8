// Resolvers of recording files: by id, as lists, with their jobs and links to download. Source: the vendor's Recording
// Assets API.
import type { RecordingAssetStatus, RecordingAssetType } from '../../src/openapi/types.ts';
import {
  getPresignedUrl,
  listRecordingAssets,
  type PresignedUrlResource,
  type RecordingAssetListParams,
} from '../../src/rest/media/recording-assets.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import { connectionOverPages, idCursorsOf, type Connection, type ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { badUserInput } from '../errors.ts';
import { encodeGlobalId, hmsIdOf } from '../ids.ts';
import { jobOfType, type MediaJob, type MediaJobTypeName, type RecordingAssetView } from './media-jobs.ts';
import type { SessionView } from '../sessions/sessions.ts';
import { textOrNull } from '../values.ts';
import { recordingAssetNode } from './recording-asset-node.ts';

/** Conditions on a list of files; a file must meet all of them. Ids are global ids or vendor ids. */
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

const cursors = idCursorsOf('recording-assets');

/** The file with this global or vendor id; null when it does not exist. One REST call, at most one an operation. */
export function assetById(id: string, context: Context): Promise<RecordingAssetView | null> {
  return recordingAssetNode.loader(context).load(hmsIdOf('RecordingAsset', 'id', id));
}

/**
 * The files that match the filter, newest first: one REST call for every 100. Throws `BAD_USER_INPUT` for a status or
 * kind that the vendor cannot filter by.
 */
export async function assetsConnection(
  args: AssetsArgs,
  context: Context,
): Promise<Connection<RecordingAssetView>> {
  const filter = assetListParams(args.filter ?? {});
  return connectionOverPages(args, cursors, (page) =>
    listRecordingAssets(context.client, { ...filter, ...page }, context.call),
  );
}

/** The files of a room. The room replaces any `roomId` of the filter. */
export function assetsOfRoom(
  room: RoomResource,
  args: AssetsArgs,
  context: Context,
): Promise<Connection<RecordingAssetView>> {
  return assetsConnection(
    { ...args, filter: { ...args.filter, roomId: encodeGlobalId('Room', room.id) } },
    context,
  );
}

/** The files of a session. The session replaces any `sessionId` of the filter. */
export function assetsOfSession(
  session: SessionView,
  args: AssetsArgs,
  context: Context,
): Promise<Connection<RecordingAssetView>> {
  return assetsConnection(
    { ...args, filter: { ...args.filter, sessionId: encodeGlobalId('Session', session.id) } },
    context,
  );
}

function assetListParams(filter: RecordingAssetFilter): Omit<RecordingAssetListParams, 'limit' | 'start'> {
  const { roomId, sessionId, status, type } = filter;
  if (status === 'other' || status === 'processing') {
    throw badUserInput(
      '`filter.status` must be COMPLETED or FAILED: the vendor cannot filter by other states.',
    );
  }
  if (type === 'other') throw badUserInput('`filter.type` cannot be OTHER: the vendor knows no such kind.');
  return {
    roomId: roomId == null ? undefined : hmsIdOf('Room', 'filter.roomId', roomId),
    sessionId: sessionId == null ? undefined : hmsIdOf('Session', 'filter.sessionId', sessionId),
    status: status ?? undefined,
    type: type ?? undefined,
  };
}

/** The kind of a file; `other` for a kind that the vendor has added, so that the rest of the answer can still be returned. */
export function typeOfAsset(type: RecordingAssetType): RecordingAssetType | 'other' {
  return TYPES.has(type) ? type : 'other';
}

/** The status of a file; `other` for a state that the vendor has added, so that the rest of the answer can still be returned. */
export function statusOfAsset({ status }: RecordingAssetView): RecordingAssetStatus | 'other' {
  return STATUSES.has(status) ? status : 'other';
}

/** The number of layers, which the vendor sends as a string; null when the string is not a number. */
export function layersOf(text: string | null | undefined): number | null {
  const count = Number.parseInt(text ?? '', 10);
  return Number.isNaN(count) ? null : count;
}

/**
 * The job that made a file; null when the file names none or the job does not exist. A file does not name the kind of
 * its job, so up to 3 kinds are tried, the likeliest first: one REST call each.
 */
export async function jobOfAsset(asset: RecordingAssetView, context: Context): Promise<MediaJob | null> {
  const id = textOrNull(asset.job_id);
  if (id === null) return null;
  for (const type of asset.jobType === undefined ? likelyJobTypes(asset) : [asset.jobType]) {
    // One after another: the likeliest kind is nearly always right.
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

/**
 * A link to download a file. `validForSeconds` is its lifetime, at least 1; by default the storage decides (3 days, 9 hours on
 * Alibaba OSS). One REST call. Throws `BAD_USER_INPUT` for a lifetime below 1.
 */
export async function presignedUrlOfAsset(
  asset: RecordingAssetView,
  { validForSeconds }: { readonly validForSeconds?: number | null | undefined },
  context: Context,
): Promise<PresignedUrlResource> {
  if (validForSeconds != null && validForSeconds < 1)
    throw badUserInput('`validForSeconds` must be at least 1.');
  return getPresignedUrl(context.client, asset.id, validForSeconds ?? undefined, context.call);
}
