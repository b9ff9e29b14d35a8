// Live streams (HLS) over REST. Only the answer for a single stream includes its files. No answer says that the
// recording is paused.
import type {
  LiveStream,
  LiveStreamList,
  LiveStreamStartRequest,
  LiveStreamStopResult,
  TimedMetadataRequest,
} from '../../openapi/types.ts';
import { type Call, type Family } from '../family.ts';
import { addDemoMedia } from './demo-media.ts';
import type { JobRecord } from './job-records.ts';
import { playbackUrl } from './media-urls.ts';
import {
  commonPlan,
  embeddedAssets,
  jobInPath,
  jobsPage,
  lifeOf,
  ofKind,
  runningJobInPath,
  stopAllInPath,
  type JobOf,
  type JobQuery,
} from './jobs-routes.ts';

/** Live streams, and the demo data of all kinds of media: list, start, stop, timed metadata, pause and resume of the recording. */
export const liveStreams: Family = {
  addDemoData: addDemoMedia,
  answers: {
    listLiveStreams: (call: Call<unknown, JobQuery>): LiveStreamList =>
      jobsPage(call, 'live-stream', asLiveStream),
    startLiveStream,
    stopLiveStreamsForRoom: (call: Call): LiveStreamStopResult =>
      stopAllInPath(call, 'live-stream', asLiveStream),
    getLiveStream,
    stopLiveStream: (call: Call) => acted(call, (job) => call.world.jobs.stop(job.id)),
    sendLiveStreamTimedMetadata: (call: Call<TimedMetadataRequest>) =>
      acted(call, ({ id }) => call.world.jobs.sendMetadata(id, call.body.payload, call.body.duration)),
    pauseLiveStreamRecording: (call: Call) => acted(call, (job) => call.world.jobs.pause(job.id)),
    resumeLiveStreamRecording: (call: Call) => acted(call, (job) => call.world.jobs.resume(job.id)),
  },
};

function acted(call: Call, act: (job: JobOf<'live-stream'>) => JobRecord): LiveStream {
  act(runningJobInPath(call, 'live-stream', 'stream_id'));
  return asLiveStream(jobInPath(call, 'live-stream', 'stream_id'));
}

function getLiveStream(call: Call): LiveStream {
  const job = jobInPath(call, 'live-stream', 'stream_id');
  return { ...asLiveStream(job), recording_assets: embeddedAssets(call.world, job) };
}

function startLiveStream(call: Call<LiveStreamStartRequest | undefined>): LiveStream {
  const plan = commonPlan(call, 'live-stream', call.body);
  const { world } = call;
  const { hlsDestinations = {} } = world.templates.get(world.rooms.get(plan.roomId).templateId).destinations;
  const ofTemplate = hlsDestinations[plan.destination]?.recording;
  const recording = call.body?.recording ?? {
    hls_vod: ofTemplate?.hlsVod ?? false,
    single_file_per_layer: ofTemplate?.singleFilePerLayer ?? false,
  };
  return asLiveStream(ofKind(world.jobs.start({ ...plan, kind: 'live-stream', recording }), 'live-stream'));
}

function asLiveStream(job: JobOf<'live-stream'>): LiveStream {
  return {
    id: job.id,
    room_id: job.roomId,
    session_id: job.sessionId,
    status: job.status,
    meeting_url: job.meetingUrl,
    playback: { url: playbackUrl(job) },
    recording: { ...job.recording },
    destination: job.destination,
    ...lifeOf(job),
    recording_assets: null,
  };
}
