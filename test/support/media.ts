// Media jobs for sandboxes without demo data.
import type { JobKind, JobPlan } from '../../src/sandbox/media/job-records.ts';
import type { SessionRecord } from '../../src/sandbox/records.ts';
import type { World } from '../../src/sandbox/live/world.ts';

/** The target of the external streams below: a URL that holds a secret. */
export const RTMP_URL = 'rtmp://live.example.com/app/secret-stream-key';

/** The plan of a job of this kind in a session, with every kind of file. */
export function jobPlan(kind: JobKind, { id, roomId }: SessionRecord): JobPlan {
  const common = {
    roomId,
    sessionId: id,
    destination: 'main',
    meetingUrl: 'https://app.example.com/join/abc?token=secret-token#part',
    resolution: { width: 1280, height: 720 },
    transcription: { outputModes: ['txt'], hasSummary: true },
    maxDurationMs: 3_600_000,
  } as const;
  if (kind === 'recording') return { ...common, kind, isAudioOnly: false };
  if (kind === 'live-stream') {
    return { ...common, kind, recording: { hls_vod: true, single_file_per_layer: true } };
  }
  return { ...common, kind, rtmpUrls: [RTMP_URL], isRecorded: true };
}

/** Adds `count` completed jobs of this kind, each a minute long, to a session; the first is the oldest. */
export function addPastJobs(world: World, session: SessionRecord, kind: JobKind, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const startMs = session.createdAt.ms + index * 1000;
    world.jobs.recall(jobPlan(kind, session), { startMs, stopMs: startMs + 63_000 }, (ms, step) =>
      world.at(ms, step),
    );
  }
}

/** Adds a job that has been running since the start of its session. */
export function addRunningJob(world: World, session: SessionRecord, kind: JobKind): void {
  const startMs = session.createdAt.ms;
  world.jobs.recall(jobPlan(kind, session), { startMs }, (ms, step) => world.at(ms, step));
}
