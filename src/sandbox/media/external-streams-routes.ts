// External streams (RTMP out) over REST. Their URLs contain stream keys in clear text. List elements include the files.
import type {
  EmbeddedRecordingAsset,
  ExternalStream,
  ExternalStreamList,
  ExternalStreamStartRequest,
  ExternalStreamStopResult,
} from '../../openapi/types.ts';
import { invalidBody } from '../http/errors.ts';
import { type Call, type Family } from '../family.ts';
import type { AssetRecord } from './job-records.ts';
import type { World } from '../live/world.ts';
import {
  commonPlan,
  embeddedAsset,
  jobInPath,
  jobsPage,
  lifeOf,
  ofKind,
  runningJobInPath,
  stopAllInPath,
  type JobOf,
  type JobQuery,
} from './jobs-routes.ts';

type Stream = JobOf<'external-stream'>;

/** External streams: list, start, stop. */
export const externalStreams: Family = {
  answers: {
    listExternalStreams: (call: Call<unknown, JobQuery>): ExternalStreamList =>
      jobsPage(call, 'external-stream', (job) => withAssets(call.world, job)),
    startExternalStream,
    stopExternalStreamsForRoom: (call: Call): ExternalStreamStopResult =>
      stopAllInPath(call, 'external-stream', asStopped),
    getExternalStream: (call: Call) =>
      withAssets(call.world, jobInPath(call, 'external-stream', 'stream_id')),
    stopExternalStream,
  },
};

function startExternalStream(call: Call<ExternalStreamStartRequest>): ExternalStream {
  const { rtmp_urls: rtmpUrls, recording, resolution } = call.body;
  const [long, short] = resolution ? [resolution.width, resolution.height].toSorted((a, b) => b - a) : [];
  if (long !== undefined && short !== undefined && short > 1080)
    throw invalidBody('resolution not supported');
  const plan = commonPlan(call, 'external-stream', call.body);
  const job = call.world.jobs.start({
    ...plan,
    kind: 'external-stream',
    rtmpUrls,
    isRecorded: recording === true,
  });
  return asStarted(ofKind(job, 'external-stream'));
}

function stopExternalStream(call: Call): ExternalStream {
  const { id } = runningJobInPath(call, 'external-stream', 'stream_id');
  return asStopped(ofKind(call.world.jobs.stop(id), 'external-stream'));
}

/** Files in this answer have an empty list of thumbnails where other answers have null or no key. */
function withAssets(world: World, job: Stream): ExternalStream {
  return { ...asStarted(job), recording_assets: world.jobs.assetsOf(job.id).map(withoutThumbnails) };
}

function withoutThumbnails(asset: AssetRecord): EmbeddedRecordingAsset {
  return { ...embeddedAsset(asset), thumbnails: [] };
}

function asStopped(job: Stream): ExternalStream {
  return { ...asStarted(job), recording_assets: [] };
}

function asStarted(job: Stream): ExternalStream {
  return {
    id: job.id,
    room_id: job.roomId,
    session_id: job.sessionId,
    status: job.status,
    destination: job.destination,
    rtmp_urls: [...job.rtmpUrls],
    meeting_url: job.meetingUrl,
    recording: job.isRecorded,
    resolution: { ...job.resolution },
    ...lifeOf(job),
    recording_assets: null,
  };
}
