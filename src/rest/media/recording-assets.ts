// Recording assets: the files of recordings and streams, and links to download them.
// Source: the vendor's "Recording Assets" pages.
import type {
  RecordingAsset,
  RecordingAssetPresignedUrl,
  RecordingAssetStatus,
  RecordingAssetType,
} from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import type { ListAnswer, Page } from '../shapes/pages.ts';
import { pageOf } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/** A file as received. Essential key: `id`. */
export type RecordingAssetResource = RecordingAsset;
/** A download link as received. Essential key: `url`. */
export type PresignedUrlResource = RecordingAssetPresignedUrl;

/** Filters and place of a page. */
export interface RecordingAssetListParams {
  readonly roomId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly status?: RecordingAssetStatus | undefined;
  /** Sent as `asset_type`, which the vendor documents in its guides but not in its API reference. */
  readonly type?: RecordingAssetType | undefined;
  /** Most files of the page, 10 to 100. */
  readonly limit: number;
  /** The `last` of the page before; absent: the first page. */
  readonly start?: string | undefined;
}

const answerOf = answersWith({
  RecordingAsset: ['id'],
  RecordingAssetPresignedUrl: ['url'],
  MediaResolution: ['width', 'height'],
});
const listShape = answerOf<ListAnswer<RecordingAssetResource>>('listRecordingAssets');
const assetShape = answerOf<RecordingAssetResource>('getRecordingAsset');
const linkShape = answerOf<PresignedUrlResource>('getRecordingAssetPresignedUrl');

/**
 * Lists files of the workspace, newest first. Files that do not match the filters are left out, in case the server ignores one:
 * `asset_type` is documented only in the guides. The page counts as full if it was full when it arrived.
 */
export async function listRecordingAssets(
  client: RestClient,
  params: RecordingAssetListParams,
  options?: CallOptions,
): Promise<Page<RecordingAssetResource>> {
  const { roomId, sessionId, status, type, limit, start } = params;
  const query = { room_id: roomId, session_id: sessionId, status, asset_type: type, limit, start };
  const page = pageOf(
    await client.get({ route: '/recording-assets', query, shape: listShape }, options),
    limit,
  );
  return { ...page, items: page.items.filter((asset) => meets(asset, params)) };
}

/** Whether no key of the file contradicts the filters. */
function meets(asset: Partial<RecordingAssetResource>, params: RecordingAssetListParams): boolean {
  const { roomId, sessionId, status, type } = params;
  const pairs = [
    [asset.room_id, roomId],
    [asset.session_id, sessionId],
    [asset.status, status],
    [asset.type, type],
  ] as const;
  return pairs.every(([value, wanted]) => !wanted || !value || value === wanted);
}

/** Reads one file's record. @throws RestNotFoundError for an unknown file. */
export function getRecordingAsset(
  client: RestClient,
  assetId: string,
  options?: CallOptions,
): Promise<RecordingAssetResource> {
  const path = { asset_id: assetId };
  return client.get({ route: '/recording-assets/{asset_id}', path, shape: assetShape }, options);
}

/**
 * Creates a link to download a file.
 * @param seconds how long the link is valid; undefined: the storage's default, between 9 hours and 3 days
 * @throws RestNotFoundError for an unknown file.
 */
export function getPresignedUrl(
  client: RestClient,
  assetId: string,
  seconds: number | undefined,
  options?: CallOptions,
): Promise<PresignedUrlResource> {
  return client.get(
    {
      route: '/recording-assets/{asset_id}/presigned-url',
      path: { asset_id: assetId },
      query: { presign_duration: seconds },
      shape: linkShape,
    },
    options,
  );
}
