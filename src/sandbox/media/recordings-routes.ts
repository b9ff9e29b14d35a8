// Composite recordings over REST, with the vendor's irregularities: list elements have no files and no destination;
// the answers of pause and resume have null as `asset_types`.
import type {
  Recording,
  RecordingList,
  RecordingStartRequest,
  RecordingStopResult,
} from '../../openapi/types.ts';
import { type Call, type Family } from '../family.ts';
import {
  commonPlan,
  embeddedAssets,
  jobInPath,
  jobsPage,
  lifeOf,
  ofKind,
  runningJobInPath,
  runningJobsInPath,
  stopAllInPath,
  type JobOf,
  type JobQuery,
} from './jobs-routes.ts';

type RecordingJob = JobOf<'recording'>;

/** Recordings: list, start, stop, pause and resume. */
export const recordings: Family = {
  answers: {
    listRecordings: (call: Call<unknown, JobQuery>): RecordingList =>
      jobsPage(call, 'recording', asRecording),
    startRecording,
    stopRecordingsForRoom: (call: Call): RecordingStopResult => stopAllInPath(call, 'recording', asStopped),
    pauseRecordingForRoom: (call: Call) => changeAll(call, (job) => call.world.jobs.pause(job.id)),
    resumeRecordingForRoom: (call: Call) => changeAll(call, (job) => call.world.jobs.resume(job.id)),
    getRecording,
    stopRecording,
  },
};

function getRecording(call: Call): Recording {
  const job = jobInPath(call, 'recording', 'recording_id');
  return { ...asRecording(job), recording_assets: embeddedAssets(call.world, job) };
}

function startRecording(call: Call<RecordingStartRequest | undefined>): Recording {
  const plan = commonPlan(call, 'recording', call.body);
  const isAudioOnly = call.body?.audio_only === true;
  const job = ofKind(call.world.jobs.start({ ...plan, kind: 'recording', isAudioOnly }), 'recording');
  return { ...asStopped(job), destination: job.destination };
}

function stopRecording(call: Call): Recording {
  const { id } = runningJobInPath(call, 'recording', 'recording_id');
  return asStopped(ofKind(call.world.jobs.stop(id), 'recording'));
}

/** Pauses or resumes all recordings of the room; the answer is the latest of them. */
function changeAll(call: Call, change: (job: RecordingJob) => unknown): Recording {
  const jobs = runningJobsInPath(call, 'recording');
  for (const job of jobs) change(job);
  const latest = ofKind(call.world.jobs.all.get(jobs.at(-1)?.id ?? ''), 'recording');
  return { ...asStopped(latest), destination: latest.destination, asset_types: null };
}

function asStopped(job: RecordingJob): Recording {
  return { ...asRecording(job), recording_assets: null };
}

function asRecording(job: RecordingJob): Recording {
  return {
    id: job.id,
    room_id: job.roomId,
    session_id: job.sessionId,
    status: job.status,
    meeting_url: job.meetingUrl,
    ...lifeOf(job),
    asset_types: [
      'room-composite',
      'chat',
      ...(job.transcription === undefined ? [] : (['transcript'] as const)),
      ...(job.transcription?.hasSummary === true ? (['summary'] as const) : []),
    ],
  };
}
