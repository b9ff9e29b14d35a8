// The files that recordings and streams leave, and links to them. Source: the vendor's "Recording Assets" pages.
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

/** A file as received. Of its keys only `id` is checked to be there. */
export type RecordingAssetResource = RecordingAsset;
/** A link as received; `url` is checked to be there. */
export type PresignedUrlResource = RecordingAssetPresignedUrl;

export interface RecordingAssetListParams {
  readonly roomId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly status?: RecordingAssetStatus | undefined;
  /** Documented in the vendor's guides only. */
  readonly type?: RecordingAssetType | undefined;
  /** 10 to 100. */
  readonly limit: number;
  readonly start?: string | undefined;
}

const answerOf = answersWith({ RecordingAsset: ['id'], RecordingAssetPresignedUrl: ['url'] });
const listShape = answerOf<ListAnswer<RecordingAssetResource>>('listRecordingAssets');
const assetShape = answerOf<RecordingAssetResource>('getRecordingAsset');
const linkShape = answerOf<PresignedUrlResource>('getRecordingAssetPresignedUrl');

/** A page of files, newest first. */
export async function listRecordingAssets(
  client: RestClient,
  params: RecordingAssetListParams,
  options?: CallOptions,
): Promise<Page<RecordingAssetResource>> {
  const { roomId, sessionId, status, type, limit, start } = params;
  const query = { room_id: roomId, session_id: sessionId, status, asset_type: type, limit, start };
  return pageOf(await client.get({ route: '/recording-assets', query, shape: listShape }, options), limit);
}

/** @throws RestNotFoundError for a file that doesn't exist. */
export function getRecordingAsset(
  client: RestClient,
  assetId: string,
  options?: CallOptions,
): Promise<RecordingAssetResource> {
  const path = { asset_id: assetId };
  return client.get({ route: '/recording-assets/{asset_id}', path, shape: assetShape }, options);
}

/**
 * A link to download a file, good for `seconds`; without them for as long as the storage's default, 9 hours to 3 days.
 * @throws RestNotFoundError for a file that doesn't exist.
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
