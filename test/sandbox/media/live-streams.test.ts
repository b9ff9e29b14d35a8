// Live streams of the sandbox over HTTP. The states of jobs over time are tested in jobs.test.ts.
import { describe, expect, test } from 'vitest';
import {
  LAST_PEER_LEFT_MS,
  PROCESSING_MS,
  STARTING_MS,
  STOPPING_MS,
} from '../../../src/sandbox/media/jobs.ts';
import { idsOf, startTestSandbox } from '../../support/sandbox-client.ts';

const UNKNOWN = '64c3d8f2a05b4e0023bc45de';
const MEETING = { meeting_url: 'https://app.example.com/join' };

/** Two live rooms: the template of one has two HLS destinations, that of the other has none. */
async function startLab() {
  const lab = await startTestSandbox();
  const recording = { hlsVod: true, singleFilePerLayer: false };
  const hlsDestinations = {
    main: { name: 'main', layers: [], recording, maxDuration: 600 },
    spare: { name: 'spare', layers: [] },
  };
  const template = lab.world.templates.create({
    name: 't',
    roles: { host: {} },
    destinations: { hlsDestinations },
  });
  const plain = lab.world.templates.create({ name: 'plain', roles: { host: {} } });
  const room = lab.world.rooms.create({ templateId: plain.id });
  const richRoom = lab.world.rooms.create({ templateId: template.id });
  for (const { id } of [room, richRoom]) lab.world.join(id, { name: 'Ada', role: 'host', userId: 'ada' });
  const start = async (roomId: string, body: object = {}): Promise<string> => {
    const answer = await lab.rest.post(`/live-streams/room/${roomId}/start`, body);
    expect(answer.status).toBe(200);
    // The client has checked the answer against the schema of a live stream.
    return (answer.body as { id: string }).id;
  };
  return { ...lab, room, richRoom, start };
}

describe('starting a live stream', () => {
  test('answers a starting job with its playback URL', async () => {
    await using lab = await startLab();
    const recording = { hls_vod: true, single_file_per_layer: true };
    const { body } = await lab.rest.post(`/live-streams/room/${lab.room.id}/start`, {
      ...MEETING,
      recording,
    });
    expect(body).toMatchObject({
      room_id: lab.room.id,
      session_id: lab.world.sessions.active(lab.room.id)?.id,
      status: 'starting',
      ...MEETING,
      recording,
      playback: { url: expect.stringContaining('.m3u8') },
      started_at: null,
      stopped_at: null,
      started_by: '',
      recording_assets: null,
    });
  });

  test('takes missing settings from the template, and requires a destination if there are several', async () => {
    await using lab = await startLab();
    await lab.start(lab.room.id);
    expect(await lab.rest.post(`/live-streams/room/${lab.richRoom.id}/start`, {})).toMatchObject({
      status: 400,
      body: { details: ['Invalid body param: destination is required'] },
    });
    expect(
      await lab.rest.post(`/live-streams/room/${lab.richRoom.id}/start`, { destination: 'x' }),
    ).toMatchObject({
      status: 400,
      body: { details: ['Invalid body param: destination not found'] },
    });
    const id = await lab.start(lab.richRoom.id, { destination: 'main' });
    expect((await lab.rest.get(`/live-streams/${id}`)).body).toMatchObject({
      destination: 'main',
      recording: { hls_vod: true, single_file_per_layer: false },
    });
    expect(lab.world.jobs.job(id).maxDurationMs).toBe(600_000);
  });

  test('refuses a second stream to the same destination, an idle room and an unknown room', async () => {
    await using lab = await startLab();
    const path = `/live-streams/room/${lab.richRoom.id}/start`;
    await lab.rest.post(path, { destination: 'main' });
    expect(await lab.rest.post(path, { destination: 'main' })).toMatchObject({
      status: 409,
      body: { message: 'hls already started' },
    });
    expect(await lab.rest.post(path, { destination: 'spare' })).toMatchObject({ status: 200 });
    const idle = lab.world.rooms.create();
    expect(await lab.rest.post(`/live-streams/room/${idle.id}/start`, {})).toMatchObject({ status: 404 });
    expect(await lab.rest.post(`/live-streams/room/${UNKNOWN}/start`, {})).toMatchObject({ status: 404 });
  });
});

describe('a running live stream', () => {
  test('is stopped by its id or with all streams of its room, and cannot be stopped again', async () => {
    await using lab = await startLab();
    const id = await lab.start(lab.room.id);
    expect(await lab.rest.post(`/live-streams/${id}/stop`)).toMatchObject({
      status: 200,
      body: { status: 'stopping', stopped_at: null },
    });
    const gone = { status: 404, body: { message: 'hls not running' } };
    expect(await lab.rest.post(`/live-streams/${id}/stop`)).toMatchObject(gone);
    expect(await lab.rest.post(`/live-streams/room/${lab.room.id}/stop`)).toMatchObject(gone);
    const [a, b] = [
      await lab.start(lab.richRoom.id, { destination: 'main' }),
      await lab.start(lab.richRoom.id, { destination: 'spare' }),
    ];
    const stopped = await lab.rest.post(`/live-streams/room/${lab.richRoom.id}/stop`);
    expect(stopped.body).toMatchObject({ data: [{ id: a, status: 'stopping' }, { id: b }], last: b });
  });

  test('accepts metadata for its players, and pauses, which no answer shows', async () => {
    await using lab = await startLab();
    const id = await lab.start(lab.room.id, { recording: { hls_vod: true } });
    await lab.clock.advance(STARTING_MS);
    const metadata: unknown[] = [];
    lab.world.jobs.events.on((event) => metadata.push(event));
    const running = { status: 200, body: { id, status: 'running' } };
    const payload = { payload: 'goal!', duration: 5 };
    expect(await lab.rest.post(`/live-streams/${id}/timed-metadata`, payload)).toMatchObject(running);
    expect(metadata).toMatchObject([{ type: 'job.metadata', payload: 'goal!', durationSeconds: 5 }]);
    expect(await lab.rest.post(`/live-streams/${id}/pause-recording`)).toMatchObject(running);
    expect(lab.world.jobs.job(id).pausedAt).toBeDefined();
    expect(await lab.rest.post(`/live-streams/${id}/resume-recording`)).toMatchObject(running);
    expect(lab.world.jobs.job(id).pausedAt).toBeUndefined();
  });

  test('refuses metadata that is too long or incomplete; other streams are not affected', async () => {
    await using lab = await startLab();
    const id = await lab.start(lab.room.id);
    const path = `/live-streams/${id}/timed-metadata`;
    expect(await lab.rest.post(path, { payload: 'x'.repeat(101), duration: 5 })).toMatchObject({
      status: 400,
    });
    expect(await lab.rest.post(path, { payload: 'x' })).toMatchObject({ status: 400 });
    expect(await lab.rest.post(`/live-streams/${UNKNOWN}/pause-recording`)).toMatchObject({
      status: 404,
      body: { message: 'Live stream not found' },
    });
  });
});

test('live streams are listed newest first, by room, session and status, and read with their files', async () => {
  await using lab = await startLab();
  const first = await lab.start(lab.room.id, { recording: { hls_vod: true } });
  await lab.clock.advance(STARTING_MS + 60_000);
  await lab.rest.post(`/live-streams/${first}/stop`);
  await lab.clock.advance(STOPPING_MS + PROCESSING_MS);
  const second = await lab.start(lab.richRoom.id, { destination: 'main' });
  const listed = async (query: string) => idsOf((await lab.rest.get(`/live-streams?${query}`)).body);
  expect(await listed('')).toEqual([second, first]);
  expect(await listed(`start=${second}`)).toEqual([first]);
  expect(await listed(`room_id=${lab.room.id}`)).toEqual([first]);
  expect(await listed(`session_id=${lab.world.sessions.active(lab.richRoom.id)?.id}`)).toEqual([second]);
  expect(await listed('status=completed')).toEqual([first]);
  expect(await lab.rest.get('/live-streams?status=paused')).toMatchObject({ status: 400 });
  const { body: list } = await lab.rest.get('/live-streams?status=completed');
  expect(list).toMatchObject({ data: [{ recording_assets: null }] });
  expect((await lab.rest.get(`/live-streams/${first}`)).body).toMatchObject({
    status: 'completed',
    recording_assets: [
      { type: 'room-vod', metadata: { num_layers: '2' } },
      { type: 'chat', duration: 0 },
    ],
  });
  expect(await lab.rest.get(`/live-streams/${UNKNOWN}`)).toMatchObject({ status: 404 });
});

test('a live stream stops some time after the last peer has left', async () => {
  await using lab = await startLab();
  const id = await lab.start(lab.room.id);
  lab.world.endSession(lab.room.id);
  await lab.clock.advance(LAST_PEER_LEFT_MS);
  expect((await lab.rest.get(`/live-streams/${id}`)).body).toMatchObject({ status: 'completed' });
});
