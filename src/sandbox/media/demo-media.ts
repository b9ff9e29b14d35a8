// The media of the demo data: completed jobs of past sessions, running jobs in live rooms, and one stream key.
import type { JobPlan } from './job-records.ts';
import { meetingUrl } from './media-urls.ts';
import type { SessionRecord } from '../records.ts';
import type { World } from '../live/world.ts';
import { streamKeysOf } from './stream-keys.ts';

const MINUTE = 60_000;
const HOURS_4 = 240 * MINUTE;
const TRANSCRIPTION = { outputModes: ['txt', 'srt', 'json'], hasSummary: true } as const;

/** Adds jobs of every kind, completed and running, with their files. Call it after the sessions have been created. */
export function addDemoMedia(world: World): void {
  const sessions = [...world.sessions.all.values()];
  for (const [index, session] of sessions.filter(({ active }) => !active).entries()) {
    for (const plan of pastPlans(session, index)) recall(world, session, plan);
  }
  const [first, second] = sessions.filter(({ active }) => active);
  if (first !== undefined) {
    recall(world, first, livePlan(first));
    recall(world, first, recordingPlan(first));
    streamKeysOf(world).create(first.roomId);
  }
  if (second !== undefined) recall(world, second, externalPlan(second));
}

/** The job starts a minute after its session and stops a minute before it, or is still running. */
function recall(world: World, session: SessionRecord, plan: JobPlan): void {
  const startMs = session.createdAt.ms + MINUTE;
  const stop = session.active ? {} : { stopMs: session.updatedAt.ms - MINUTE };
  world.jobs.recall(plan, { startMs, ...stop }, (ms, step) => world.at(ms, step));
}

function pastPlans(session: SessionRecord, index: number): JobPlan[] {
  return [
    ...(index % 3 === 0 ? [recordingPlan(session)] : []),
    ...(index % 4 === 1 ? [livePlan(session)] : []),
    ...(index % 6 === 2 ? [externalPlan(session)] : []),
  ];
}

function commonPlan({ id, roomId }: SessionRecord) {
  return {
    roomId,
    sessionId: id,
    destination: 'default',
    meetingUrl: meetingUrl(roomId),
    resolution: { width: 1280, height: 720 },
    maxDurationMs: HOURS_4,
  };
}

function recordingPlan(session: SessionRecord): JobPlan {
  return { ...commonPlan(session), kind: 'recording', isAudioOnly: false, transcription: TRANSCRIPTION };
}

function livePlan(session: SessionRecord): JobPlan {
  const recording = { hls_vod: true, single_file_per_layer: true };
  return { ...commonPlan(session), kind: 'live-stream', recording, transcription: undefined };
}

/** The URL contains an invented stream key. The REST API echoes such keys; tests check that the gateway hides them. */
function externalPlan(session: SessionRecord): JobPlan {
  return {
    ...commonPlan(session),
    kind: 'external-stream',
    destination: 'main',
    rtmpUrls: ['rtmp://live.example.com/app/demo-stream-key'],
    isRecorded: true,
    transcription: undefined,
  };
}
