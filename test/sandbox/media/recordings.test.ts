// Recordings of the sandbox and their files over HTTP. The states of jobs over time are tested in jobs.test.ts.
import { describe, expect, test } from 'vitest';
import {
  LEAST_TRANSCRIBING_MS,
  PROCESSING_MS,
  STARTING_MS,
  STOPPING_MS,
} from '../../../src/sandbox/media/jobs.ts';
import { idsOf, startTestSandbox } from '../../support/sandbox-client.ts';

const UNKNOWN = '64c3d8f2a05b4e0023bc45de';

async function startWithLiveRoom() {
  const lab = await startTestSandbox();
  const room = lab.world.rooms.create({ name: 'live' });
  lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  const path = `/recordings/room/${room.id}`;
  const start = async (body: object = {}): Promise<string> => {
    const answer = await lab.rest.post(`${path}/start`, body);
    expect(answer.status).toBe(200);
    // The client has checked the answer against the schema of a recording.
    return (answer.body as { id: string }).id;
  };
  /** A completed recording of one minute. */
  const recorded = async (body?: object): Promise<string> => {
    const id = await start(body);
    await lab.clock.advance(STARTING_MS + 60_000);
    await lab.rest.post(`/recordings/${id}/stop`);
    await lab.clock.advance(STOPPING_MS + PROCESSING_MS);
    return id;
  };
  return { ...lab, room, path, start, recorded };
}

const transcription = { enabled: true, output_modes: ['txt'], summary: { enabled: true } };

describe('a recording', () => {
  test('lists the types of its coming files when it starts, and contains the files when it is read by id', async () => {
    await using lab = await startWithLiveRoom();
    const started = await lab.rest.post(`${lab.path}/start`, { transcription, destination: 'rec' });
    const kinds = ['room-composite', 'chat', 'transcript', 'summary'];
    expect(started.body).toMatchObject({
      status: 'starting',
      asset_types: kinds,
      destination: 'rec',
      recording_assets: null,
    });
    // The client has checked the answer against the schema of a recording.
    const { id } = started.body as { id: string };
    await lab.clock.advance(STARTING_MS + 60_000);
    const stopped = await lab.rest.post(`/recordings/${id}/stop`);
    expect(stopped.body).toMatchObject({ status: 'stopping', stopped_at: null, recording_assets: null });
    await lab.clock.advance(STOPPING_MS + PROCESSING_MS);
    const read = await lab.rest.get(`/recordings/${id}`);
    expect(read.body).toMatchObject({
      status: 'completed',
      recording_assets: [
        { type: 'room-composite', thumbnails: null, duration: 62 },
        { type: 'chat' },
        { type: 'transcript', status: 'processing', metadata: { output_mode: 'txt' } },
        { type: 'summary', status: 'processing' },
      ],
    });
    expect(read.body).not.toHaveProperty('destination');
  });

  test('is paused and resumed with all recordings of its room; no answer says so', async () => {
    await using lab = await startWithLiveRoom();
    const id = await lab.start();
    await lab.clock.advance(STARTING_MS);
    const running = {
      status: 200,
      body: { id, status: 'running', asset_types: null, recording_assets: null },
    };
    expect(await lab.rest.post(`${lab.path}/pause`)).toMatchObject(running);
    expect(lab.world.jobs.job(id).pausedAt).toBeDefined();
    expect(await lab.rest.post(`${lab.path}/resume`)).toMatchObject(running);
    expect(lab.world.jobs.job(id).pausedAt).toBeUndefined();
  });

  test('is stopped with all recordings of its room; without a running one, stop, pause and resume are refused', async () => {
    await using lab = await startWithLiveRoom();
    const id = await lab.start();
    const stopped = await lab.rest.post(`${lab.path}/stop`);
    expect(stopped.body).toMatchObject({ data: [{ id, status: 'stopping', recording_assets: null }] });
    for (const verb of ['stop', 'pause', 'resume']) {
      expect(await lab.rest.post(`${lab.path}/${verb}`)).toMatchObject({
        status: 404,
        body: { message: 'beam not found' },
      });
    }
    expect(await lab.rest.post(`/recordings/${UNKNOWN}/stop`)).toMatchObject({
      status: 404,
      body: { message: 'Recording not found' },
    });
    expect(await lab.rest.post(`/recordings/room/${UNKNOWN}/pause`)).toMatchObject({ status: 404 });
  });

  test('has neither files nor destination in lists, which are filtered and newest first', async () => {
    await using lab = await startWithLiveRoom();
    const [first, second] = [await lab.recorded(), await lab.start()];
    const { body } = await lab.rest.get('/recordings');
    expect(idsOf(body)).toEqual([second, first]);
    expect(JSON.stringify(body)).not.toMatch(/recording_assets|destination/);
    expect(idsOf((await lab.rest.get('/recordings?status=starting')).body)).toEqual([second]);
    expect(idsOf((await lab.rest.get(`/recordings?room_id=${UNKNOWN}`)).body)).toEqual([]);
  });

  test('of audio only has no resolution, and refuses options of a wrong type', async () => {
    await using lab = await startWithLiveRoom();
    const id = await lab.recorded({ audio_only: true });
    expect((await lab.rest.get(`/recordings/${id}`)).body).toMatchObject({
      recording_assets: [{ type: 'room-composite', metadata: {} }, { type: 'chat' }],
    });
    for (const wrong of [
      { resolution: { width: 1280 } },
      { audio_only: 'yes' },
      { transcription: { summary: { temperature: 2 } } },
    ]) {
      expect(await lab.rest.post(`${lab.path}/start`, wrong)).toMatchObject({ status: 400 });
    }
  });
});

describe('files of recordings', () => {
  test('contain the ids of job, room and session, and are listed by room, session, status and type', async () => {
    await using lab = await startWithLiveRoom();
    const jobId = await lab.recorded({ transcription });
    const [video, chat, transcript, summary] = lab.world.jobs.assetsOf(jobId).map(({ id }) => id);
    const sessionId = lab.world.sessions.active(lab.room.id)?.id;
    const listed = async (query: string) => idsOf((await lab.rest.get(`/recording-assets?${query}`)).body);
    expect(await listed('')).toEqual([summary, transcript, chat, video]);
    expect(await listed('status=completed')).toEqual([chat, video]);
    expect(await listed('asset_type=chat')).toEqual([chat]);
    expect(await listed(`room_id=${lab.room.id}&session_id=${sessionId}`)).toHaveLength(4);
    expect(await listed(`room_id=${UNKNOWN}`)).toEqual([]);
    expect(await listed(`session_id=${UNKNOWN}`)).toEqual([]);
    expect((await lab.rest.get(`/recording-assets/${video}`)).body).toMatchObject({
      job_id: jobId,
      room_id: lab.room.id,
      session_id: sessionId,
      thumbnails: null,
      metadata: { resolution: { width: 1280, height: 720 } },
    });
    expect(await lab.rest.get(`/recording-assets/${UNKNOWN}`)).toMatchObject({
      status: 404,
      body: { message: 'Asset not found' },
    });
  });

  test('have links for the requested time (default 3 days) once they are completed', async () => {
    await using lab = await startWithLiveRoom();
    const jobId = await lab.recorded({ transcription });
    const assets = lab.world.jobs.assetsOf(jobId);
    const link = (id = '', query = '') => lab.rest.get(`/recording-assets/${id}/presigned-url${query}`);
    expect(await link(assets[0]?.id)).toMatchObject({ body: { path: assets[0]?.path, expiry: 259_200 } });
    expect(await link(assets[0]?.id, '?presign_duration=60')).toMatchObject({
      body: { expiry: 60, url: expect.stringContaining('X-Amz-Expires=60&') },
    });
    expect(await link(assets[3]?.id)).toMatchObject({ status: 400, body: { message: 'Asset is not ready' } });
    await lab.clock.advance(LEAST_TRANSCRIBING_MS);
    expect(await link(assets[3]?.id)).toMatchObject({ status: 200 });
    expect(await link(UNKNOWN)).toMatchObject({ status: 404 });
  });
});

describe("a start is refused with the errors that the vendor's public test suites assert", () => {
  test.each([
    ['recordings', {}],
    ['live-streams', {}],
    ['external-streams', { rtmp_urls: ['rtmp://a.example.com/live/key'] }],
  ])('%s', async (family, body) => {
    await using lab = await startWithLiveRoom();
    const start = (roomId: string, input?: object) => lab.rest.post(`/${family}/room/${roomId}/start`, input);
    expect(await start(lab.room.id)).toMatchObject({
      status: 400,
      body: { message: 'request body must not be empty' },
    });
    for (const malformed of ['not-a-room', lab.room.id.slice(1), `${lab.room.id}0`]) {
      expect(await start(malformed, body)).toMatchObject({
        status: 403,
        body: { message: 'user does not have required permission' },
      });
    }
    expect(await start(lab.room.id, body)).toMatchObject({ status: 200, body: { status: 'starting' } });
    const engine = family === 'live-streams' ? 'hls' : 'beam';
    expect(await start(lab.room.id, body)).toMatchObject({
      status: 409,
      body: { message: `${engine} already started` },
    });
  });
});
