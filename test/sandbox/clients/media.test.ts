// A client from outside starts, reads and stops recordings and streams, links to their files and lists analytics.
import { describe, expect, test } from 'vitest';
import { PROCESSING_MS, STARTING_MS, STOPPING_MS } from '../../../src/sandbox/media/jobs.ts';
import { elementsOf, refusal } from '../../support/outside-client.ts';
import { startLiveLab } from '../../support/outside-lab.ts';

const MEETING = { meeting_url: 'https://app.example.com/meeting/abc' };

/** A live lab, and the start of a job in its room. */
async function startMediaLab(family: 'recordings' | 'live-streams' | 'external-streams') {
  const lab = await startLiveLab();
  const path = `/${family}`;
  const ofRoom = `${path}/room/${lab.room.id}`;
  const start = (input: object) => lab.client.post(`${ofRoom}/start`, input);
  const stopAll = () => lab.client.post(`${ofRoom}/stop`);
  return { ...lab, path, start, stopAll };
}

/** A live lab with a completed recording of one minute, whose id is `id`. */
async function startRecordedLab() {
  const lab = await startMediaLab('recordings');
  const { id } = await lab.start(MEETING);
  await lab.clock.advance(STARTING_MS + 60_000);
  await lab.client.post(`/recordings/${id}/stop`);
  await lab.clock.advance(STOPPING_MS + PROCESSING_MS);
  lab.ledger.clear();
  return { ...lab, id };
}

describe('recordings', () => {
  test('are started, listed, read and stopped, one or all of a room', async () => {
    await using lab = await startMediaLab('recordings');
    const { client, clock } = lab;
    const { id, status } = await lab.start({ ...MEETING, resolution: { width: 1280, height: 720 } });
    expect(status).toBe('starting');
    await clock.advance(STARTING_MS + 60_000);
    const running = { room_id: lab.room.id, status: 'running' };
    expect(await client.list('/recordings', running)).toMatchObject([{ id, ...running }]);
    expect(await client.post(`/recordings/${id}/stop`)).toMatchObject({ id, status: 'stopping' });
    await clock.advance(STOPPING_MS + PROCESSING_MS);
    expect(await client.get(`/recordings/${id}`)).toMatchObject({
      ...MEETING,
      status: 'completed',
      started_at: expect.any(Date),
      recording_assets: [{ type: 'room-composite' }, { type: 'chat' }],
    });
    const other = await lab.start({ ...MEETING, audio_only: true });
    expect(elementsOf(await lab.stopAll())).toMatchObject([{ id: other.id, status: 'stopping' }]);
    expect(lab.asked()).toEqual([
      'startRecording',
      'listRecordings',
      'stopRecording',
      'getRecording',
      'startRecording',
      'stopRecordingsForRoom',
    ]);
  });

  test('have files that are listed, read, and linked to for the requested time', async () => {
    await using lab = await startRecordedLab();
    const { client } = lab;
    const path = '/recording-assets';
    const assets = await client.list(path, { room_id: lab.room.id, status: 'completed' });
    expect(assets).toMatchObject([{ job_id: lab.id }, { job_id: lab.id }]);
    const [asset] = assets;
    const file = { id: asset?.id, path: asset?.['path'] };
    expect(await client.get(`${path}/${asset?.id}`)).toMatchObject({ ...file, type: asset?.['type'] });
    // The SDK asks for one hour if its caller gives no time; the API's own default is three days.
    for (const presign_duration of [3600, 60]) {
      const link = await client.get(`${path}/${asset?.id}/presigned-url`, { presign_duration });
      expect(link).toMatchObject({ ...file, expiry: presign_duration });
    }
    expect(lab.asked()).toEqual([
      'listRecordingAssets',
      'getRecordingAsset',
      'getRecordingAssetPresignedUrl',
      'getRecordingAssetPresignedUrl',
    ]);
  });
});

test('live streams are started, listed, read, told metadata, paused, resumed and stopped', async () => {
  await using lab = await startMediaLab('live-streams');
  const { client } = lab;
  const recording = { hls_vod: true, single_file_per_layer: false };
  const { id, playback } = await lab.start({ ...MEETING, recording });
  expect(playback).toMatchObject({ url: expect.stringMatching(/^https:.*\.m3u8$/) });
  await lab.clock.advance(STARTING_MS);
  const running = { id, status: 'running', recording };
  const path = `/live-streams/${id}`;
  expect(await client.list('/live-streams', { room_id: lab.room.id })).toMatchObject([running]);
  expect(await client.get(path)).toMatchObject(running);
  const metadata = { payload: 'quiz', duration: 5 };
  expect(await client.post(`${path}/timed-metadata`, metadata)).toMatchObject(running);
  expect(await client.post(`${path}/pause-recording`)).toMatchObject(running);
  expect(lab.world.jobs.job(id).pausedAt).toBeDefined();
  expect(await client.post(`${path}/resume-recording`)).toMatchObject(running);
  expect(lab.world.jobs.job(id).pausedAt).toBeUndefined();
  expect(await client.post(`${path}/stop`)).toMatchObject({ id, status: 'stopping' });
  await expect(lab.stopAll()).rejects.toMatchObject(refusal(404, 'hls not running'));
  const other = await lab.start(MEETING);
  expect(elementsOf(await lab.stopAll())).toMatchObject([{ id: other.id, status: 'stopping' }]);
  expect(lab.asked()).toEqual([
    'startLiveStream',
    'listLiveStreams',
    'getLiveStream',
    'sendLiveStreamTimedMetadata',
    'pauseLiveStreamRecording',
    'resumeLiveStreamRecording',
    'stopLiveStream',
    'stopLiveStreamsForRoom',
    'startLiveStream',
    'stopLiveStreamsForRoom',
  ]);
});

test('external streams are started, listed, read and stopped', async () => {
  await using lab = await startMediaLab('external-streams');
  const { client } = lab;
  const input = { ...MEETING, rtmp_urls: ['rtmp://live.example.com/app/key'], recording: true };
  const { id } = await lab.start(input);
  await lab.clock.advance(STARTING_MS);
  const running = { id, status: 'running', ...input };
  const { sessionId: session_id } = lab.ada;
  expect(await client.list(lab.path, { session_id })).toMatchObject([running]);
  expect(await client.get(`${lab.path}/${id}`)).toMatchObject(running);
  expect(await client.post(`${lab.path}/${id}/stop`)).toMatchObject({ id, status: 'stopping' });
  const other = await lab.start(input);
  expect(elementsOf(await lab.stopAll())).toMatchObject([{ id: other.id, status: 'stopping' }]);
  expect(lab.asked()).toEqual([
    'startExternalStream',
    'listExternalStreams',
    'getExternalStream',
    'stopExternalStream',
    'startExternalStream',
    'stopExternalStreamsForRoom',
  ]);
});

describe('analytics', () => {
  test('track events are listed by several types; their pages have `next` and no `last`, so a client that follows `last` reads one page', async () => {
    await using lab = await startLiveLab();
    const { client, room, ada } = lab;
    lab.world.setMute(room.id, ada.id, 'audio', true);
    lab.world.leave(room.id, ada.id);
    const filters = { room_id: room.id, type: ['track.add.success', 'track.remove.success'] };
    const all = await client.list('/analytics/events', filters);
    expect(all.map(({ type }) => String(type)).toSorted()).toEqual(
      filters.type.flatMap((type) => [type, type]),
    );
    expect(all[0]?.['data']).toMatchObject({ room_id: room.id, peer_id: ada.id, user_name: 'Ada' });
    expect(await client.list('/analytics/events', { ...filters, limit: 3 })).toHaveLength(3);
    const query = `/analytics/events?room_id=${room.id}&type=${filters.type.join('&type=')}`;
    expect(lab.ledger.lines()).toEqual([`GET ${query}`, `GET ${query}&limit=3`]);
    const page = await client.get('/analytics/events', { ...filters, limit: 3 });
    expect(page).toMatchObject({ next: expect.stringMatching(/./) });
    expect(page).not.toHaveProperty('last');
  });

  test('recording events are listed once a recording is ready', async () => {
    await using lab = await startRecordedLab();
    const filters = { room_id: lab.room.id, type: 'beam.recording.success' };
    const events = await lab.client.list('/analytics/events', filters);
    const data = { room_id: lab.room.id, session_id: lab.ada.sessionId, ...MEETING };
    expect(events).toMatchObject([{ type: filters.type, data }]);
    expect(lab.asked()).toEqual(['listAnalyticsEvents']);
  });
});
