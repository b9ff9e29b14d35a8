// Media jobs of the sandbox: their states over time, their files and their webhooks.
import { describe, expect, test } from 'vitest';
import type { JobPlan } from '../../../src/sandbox/media/job-records.ts';
import { jobWebhookFrom, type MediaWebhookContent } from '../../../src/sandbox/media/job-webhooks.ts';
import {
  LAST_PEER_LEFT_MS,
  LEAST_TRANSCRIBING_MS,
  PROCESSING_MS,
  ROOM_ENDED_MS,
  STARTING_MS,
  STOPPING_MS,
} from '../../../src/sandbox/media/jobs.ts';
import { expectDocumentedMediaWebhook } from '../../support/openapi.ts';
import { startTestSandbox } from '../../support/sandbox-client.ts';

const MINUTE = 60_000;

/** A live room, and the webhooks that its jobs cause. */
async function startWithLiveRoom() {
  const lab = await startTestSandbox();
  const room = lab.world.rooms.create({ name: 'live' });
  const peer = lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  const told: MediaWebhookContent[] = [];
  lab.world.jobs.events.on((event) => {
    const content = jobWebhookFrom(event, lab.world);
    if (content !== undefined) told.push(content);
  });
  const common = {
    roomId: room.id,
    sessionId: peer.sessionId,
    destination: '',
    meetingUrl: 'https://example.com/join',
    resolution: { width: 1280, height: 720 },
    transcription: undefined,
    maxDurationMs: 60 * MINUTE,
  };
  const plans = {
    recording: { ...common, kind: 'recording', isAudioOnly: false },
    live: { ...common, kind: 'live-stream', recording: { hls_vod: true, single_file_per_layer: true } },
    external: {
      ...common,
      kind: 'external-stream',
      rtmpUrls: ['rtmp://live.example.com/app/key'],
      isRecorded: true,
    },
  } as const satisfies Record<string, JobPlan>;
  const statusOf = (id: string) => lab.world.jobs.job(id).status;
  const typesOf = (id: string) => lab.world.jobs.assetsOf(id).map(({ type }) => type);
  return {
    ...lab,
    room,
    peer,
    plans,
    told,
    statusOf,
    typesOf,
    toldTypes: () => told.map(({ type }) => type),
  };
}

describe('a job', () => {
  test('starts, runs, stops, is processed and is completed over time', async () => {
    await using lab = await startWithLiveRoom();
    const { id, status } = lab.world.jobs.start(lab.plans.recording);
    expect(status).toBe('starting');
    await lab.clock.advance(STARTING_MS);
    expect(lab.statusOf(id)).toBe('running');
    await lab.clock.advance(10 * MINUTE);
    expect(lab.world.jobs.stop(id)).toMatchObject({ status: 'stopping', stoppedAt: undefined });
    await lab.clock.advance(STOPPING_MS);
    expect(lab.statusOf(id)).toBe('post_processing');
    expect(lab.typesOf(id)).toEqual([]);
    await lab.clock.advance(PROCESSING_MS);
    expect(lab.statusOf(id)).toBe('completed');
    expect(lab.typesOf(id)).toEqual(['room-composite', 'chat']);
    expect(lab.world.jobs.assetsOf(id)[0]).toMatchObject({ duration: 602, size: 602 * 130_000 });
    expect(lab.toldTypes()).toEqual([
      'beam.started.success',
      'beam.stopped.success',
      'beam.recording.success',
    ]);
  });

  test('without files is completed as soon as it has stopped', async () => {
    await using lab = await startWithLiveRoom();
    const { id } = lab.world.jobs.start({ ...lab.plans.external, isRecorded: false });
    await lab.clock.advance(STARTING_MS + MINUTE);
    lab.world.jobs.stop(id);
    await lab.clock.advance(STOPPING_MS);
    expect(lab.statusOf(id)).toBe('completed');
    expect(lab.toldTypes()).toEqual(['beam.started.success', 'beam.stopped.success']);
  });

  test('that is stopped before it runs has no files', async () => {
    await using lab = await startWithLiveRoom();
    const { id } = lab.world.jobs.start(lab.plans.live);
    lab.world.jobs.stop(id);
    await lab.clock.advance(60 * MINUTE);
    expect(lab.world.jobs.job(id)).toMatchObject({ status: 'completed', startedAt: undefined });
    expect(lab.typesOf(id)).toEqual([]);
  });

  test('that has failed stays failed, and its webhook contains the reason', async () => {
    await using lab = await startWithLiveRoom();
    const { id } = lab.world.jobs.start(lab.plans.live);
    lab.world.jobs.fail(id, 'MAX_RETRIES_REACHED', 'could not join the meeting URL');
    lab.world.jobs.stop(id);
    await lab.clock.advance(60 * MINUTE);
    expect(lab.statusOf(id)).toBe('failed');
    expect(lab.told).toEqual([
      expect.objectContaining({
        type: 'hls.failure',
        data: expect.objectContaining({
          job_id: id,
          error_type: 'MAX_RETRIES_REACHED',
          error_message: 'could not join the meeting URL',
        }),
      }),
    ]);
  });

  test.each([
    ['its time is over', 'max duration reached', 60 * MINUTE, () => undefined],
    [
      'the last peer has left',
      'last peer left',
      LAST_PEER_LEFT_MS,
      ({ world, room, peer }: Lab) => world.leave(room.id, peer.id),
    ],
    ['the room is ended', 'room ended', ROOM_ENDED_MS, ({ world, room }: Lab) => world.endSession(room.id)],
  ])('stops by itself when %s', async (_when, reason, delayMs, act) => {
    await using lab = await startWithLiveRoom();
    const { id } = lab.world.jobs.start(lab.plans.live);
    await lab.clock.advance(STARTING_MS);
    act(lab);
    await lab.clock.advance(delayMs - 1);
    expect(lab.statusOf(id)).toBe('running');
    await lab.clock.advance(1 + STOPPING_MS);
    expect(lab.told.at(-1)).toMatchObject({ type: 'hls.stopped.success', data: { reason } });
  });

  test('records nothing while it is paused', async () => {
    await using lab = await startWithLiveRoom();
    const { jobs } = lab.world;
    const { id } = jobs.start(lab.plans.recording);
    await lab.clock.advance(STARTING_MS + 60_000);
    jobs.pause(id);
    await lab.clock.advance(30_000);
    jobs.pause(id);
    await lab.clock.advance(30_000);
    expect(jobs.resume(id).status).toBe('running');
    await lab.clock.advance(10_000);
    jobs.pause(id);
    await lab.clock.advance(5000);
    jobs.stop(id);
    await lab.clock.advance(STOPPING_MS + PROCESSING_MS);
    expect(jobs.assetsOf(id)[0]?.duration).toBe(70);
  });

  test('is transcribed after its completion, within a fifth of the recorded time but at least 5 minutes', async () => {
    await using lab = await startWithLiveRoom();
    const transcription = { outputModes: ['txt', 'json'], hasSummary: true } as const;
    const { id } = lab.world.jobs.start({ ...lab.plans.recording, transcription });
    await lab.clock.advance(STARTING_MS + 50 * MINUTE);
    lab.world.jobs.stop(id);
    await lab.clock.advance(STOPPING_MS + PROCESSING_MS);
    const statuses = () => lab.world.jobs.assetsOf(id).map(({ type, status }) => `${type} ${status}`);
    const media = ['room-composite completed', 'chat completed'];
    expect(statuses()).toEqual([
      ...media,
      'transcript processing',
      'transcript processing',
      'summary processing',
    ]);
    await lab.clock.advance(2 * LEAST_TRANSCRIBING_MS - 1000);
    expect(statuses()).toContain('summary processing');
    await lab.clock.advance(2000);
    expect(statuses()).toEqual([
      ...media,
      'transcript completed',
      'transcript completed',
      'summary completed',
    ]);
    expect(lab.toldTypes().slice(-2)).toEqual(['transcription.started.success', 'transcription.success']);
  });

  test('sends documented webhooks only', async () => {
    await using lab = await startWithLiveRoom();
    const transcription = { outputModes: ['txt', 'srt', 'json'], hasSummary: true } as const;
    for (const plan of Object.values(lab.plans)) {
      const { id } = lab.world.jobs.start({ ...plan, transcription });
      await lab.clock.advance(STARTING_MS + MINUTE);
      lab.world.jobs.stop(id);
      await lab.clock.advance(10 * MINUTE);
      lab.world.jobs.fail(lab.world.jobs.start(plan).id);
    }
    expect(new Set(lab.toldTypes()).size).toBe(10);
    for (const content of lab.told) expectDocumentedMediaWebhook(content);
  });
});

type Lab = Awaited<ReturnType<typeof startWithLiveRoom>>;

test('the events of a job are sent as webhooks, without `app_id` for streams', async () => {
  // No server listens at this address; the test needs the attempts only.
  await using lab = await startTestSandbox({ webhook: { url: 'http://127.0.0.1:9/hook', headers: {} } });
  const room = lab.world.rooms.create();
  const { sessionId } = lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  const sent = new Promise((resolve) => {
    lab.sandbox.webhooks.attempts.on(({ event }) => {
      if (event.type.startsWith('hls.')) resolve(event);
    });
  });
  lab.world.jobs.start({
    kind: 'live-stream',
    roomId: room.id,
    sessionId,
    destination: '',
    meetingUrl: 'https://example.com/join',
    resolution: { width: 1280, height: 720 },
    recording: {},
    transcription: undefined,
    maxDurationMs: 60 * MINUTE,
  });
  await lab.clock.advance(STARTING_MS);
  const event = await sent;
  expect(event).toMatchObject({
    version: '2.0',
    account_id: lab.world.customerId,
    timestamp: '2026-03-12T16:00:03Z',
    type: 'hls.started.success',
    data: { room_id: room.id, session_id: sessionId, start_delay: 3 },
  });
  expect(event).not.toHaveProperty('app_id');
});

test('beyond 1000 jobs the oldest finished jobs are forgotten, with their files', async () => {
  await using lab = await startWithLiveRoom();
  const { jobs } = lab.world;
  const running = jobs.start(lab.plans.live);
  const first = jobs.start(lab.plans.recording);
  await lab.clock.advance(STARTING_MS);
  jobs.stop(first.id);
  await lab.clock.advance(STOPPING_MS + PROCESSING_MS);
  for (let made = 2; made < 1001; made += 1) jobs.fail(jobs.start(lab.plans.external).id);
  expect(jobs.all.size).toBe(1000);
  expect(jobs.all.has(running.id)).toBe(true);
  expect(jobs.all.has(first.id)).toBe(false);
  expect(jobs.assetsOf(first.id)).toEqual([]);
});
