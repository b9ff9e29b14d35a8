// The files of recordings and streams over REST, and their download links.
import type {
  RecordingAsset,
  RecordingAssetList,
  RecordingAssetPresignedUrl,
  RecordingAssetStatus,
  RecordingAssetType,
} from '../../openapi/types.ts';
import { ApiError, notFound } from '../http/errors.ts';
import { param, type Call, type Family } from '../family.ts';
import { inMillis } from '../instant.ts';
import type { AssetRecord } from './job-records.ts';
import { presignedUrl } from './media-urls.ts';
import type { PageQuery } from '../http/paging.ts';
import { mediaPageOf } from './jobs-routes.ts';

interface AssetQuery extends PageQuery {
  readonly room_id?: string;
  readonly session_id?: string;
  readonly status?: RecordingAssetStatus;
  readonly asset_type?: RecordingAssetType;
}

/** Three days, as the vendor documents for S3. */
const DEFAULT_PRESIGN_SECONDS = 3 * 24 * 3600;

/** Files: list, single file, download link. */
export const recordingAssets: Family = {
  answers: {
    listRecordingAssets,
    getRecordingAsset: (call: Call) => asAsset(assetInPath(call)),
    getRecordingAssetPresignedUrl,
  },
};

function listRecordingAssets({ world, query }: Call<unknown, AssetQuery>): RecordingAssetList {
  const type = world.options.assetType === 'obeyed' ? query.asset_type : undefined;
  const found = [...world.jobs.assets.values()]
    .filter((asset) => query.room_id === undefined || asset.roomId === query.room_id)
    .filter((asset) => query.session_id === undefined || asset.sessionId === query.session_id)
    .filter((asset) => query.status === undefined || asset.status === query.status)
    .filter((asset) => type === undefined || asset.type === type);
  return mediaPageOf(found.toReversed(), query, asAsset);
}

function assetInPath(call: Call): AssetRecord {
  const asset = call.world.jobs.assets.get(param(call, 'asset_id'));
  if (asset === undefined) throw notFound('Asset');
  return asset;
}

function getRecordingAssetPresignedUrl(
  call: Call<unknown, { presign_duration?: number }>,
): RecordingAssetPresignedUrl {
  const { id, path, status } = assetInPath(call);
  if (status !== 'completed') throw new ApiError(400, 'Asset is not ready');
  const expiry = call.query.presign_duration ?? DEFAULT_PRESIGN_SECONDS;
  return { id, path, url: presignedUrl(path, expiry), expiry };
}

function asAsset(asset: AssetRecord): RecordingAsset {
  return {
    id: asset.id,
    job_id: asset.jobId,
    room_id: asset.roomId,
    session_id: asset.sessionId,
    type: asset.type,
    status: asset.status,
    path: asset.path,
    size: asset.size,
    duration: asset.duration,
    created_at: inMillis(asset.createdAt),
    thumbnails: asset.thumbnails && [...asset.thumbnails],
    metadata: { ...asset.metadata },
  };
}
