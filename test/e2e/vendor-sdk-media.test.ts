// The vendor's own Node SDK over the sandbox: its recordings, streams and analytics.
// Where it differs from the documented API, what it really does is asserted, with the reason beside it.
import { describe, expect, test } from 'vitest';
import { PROCESSING_MS, STARTING_MS, STOPPING_MS } from '../../src/sandbox/media/jobs.ts';
import { notFound, startLiveLab } from '../support/vendor-sdk.ts';

const MEETING = { meeting_url: 'https://app.example.com/meeting/abc' };

describe('media', () => {
  test('recordings are started, listed, read and stopped, and their files are read and linked to', async () => {
    await using lab = await startLiveLab();
    const { recordings, recordingAssets } = lab.sdk;
    const resolution = { width: 1280, height: 720 };
    const { id, status } = await recordings.start(lab.room.id, { ...MEETING, resolution });
    expect(status).toBe('starting');
    await lab.clock.advance(STARTING_MS + 60_000);
    const running = { room_id: lab.room.id, status: 'running' };
    expect(await Array.fromAsync(recordings.list(running))).toMatchObject([{ id, ...running }]);
    expect(await recordings.stop(id)).toMatchObject({ id, status: 'stopping' });
    await lab.clock.advance(STOPPING_MS + PROCESSING_MS);
    const read = await recordings.retrieve(id);
    expect(read).toMatchObject({ ...MEETING, status: 'completed', started_at: expect.any(Date) });
    expect(read.recording_assets?.map(({ type }) => type)).toEqual(['room-composite', 'chat']);
    const other = await recordings.start(lab.room.id, { ...MEETING, audio_only: true });
    expect(await recordings.stopAll(lab.room.id)).toMatchObject([{ id: other.id, status: 'stopping' }]);
    expect(lab.asked()).toEqual([
      'startRecording',
      'listRecordings',
      'stopRecording',
      'getRecording',
      'startRecording',
      'stopRecordingsForRoom',
    ]);

    const assets = await Array.fromAsync(recordingAssets.list({ room_id: lab.room.id, status: 'completed' }));
    expect(assets).toMatchObject([{ job_id: id }, { job_id: id }]);
    const [asset] = assets;
    const assetId = asset?.id ?? '';
    expect(await recordingAssets.retrieve(assetId)).toMatchObject({ type: asset?.type, path: asset?.path });
    // An hour is the SDK's own default, which it sends; the API's is three days.
    const link = await recordingAssets.generatePreSignedURL(assetId);
    expect(link).toMatchObject({ id: assetId, path: asset?.path, expiry: 3600 });
    expect(await recordingAssets.generatePreSignedURL(assetId, 60)).toMatchObject({ expiry: 60 });
    expect(lab.asked()).toEqual([
      'listRecordingAssets',
      'getRecordingAsset',
      'getRecordingAssetPresignedUrl',
      'getRecordingAssetPresignedUrl',
    ]);
  });

  test('live streams are started, listed, read, told metadata, paused, resumed and stopped', async () => {
    await using lab = await startLiveLab();
    const { liveStreams } = lab.sdk;
    const recording = { hls_vod: true, single_file_per_layer: false };
    const { id, playback } = await liveStreams.start(lab.room.id, { ...MEETING, recording });
    expect(playback.url).toMatch(/^https:.*\.m3u8$/);
    await lab.clock.advance(STARTING_MS);
    const running = { id, status: 'running', recording };
    expect(await Array.fromAsync(liveStreams.list({ room_id: lab.room.id }))).toMatchObject([running]);
    expect(await liveStreams.retrieve(id)).toMatchObject(running);
    expect(await liveStreams.sendTimedMetadata(id, { payload: 'quiz', duration: 5 })).toMatchObject(running);
    expect(await liveStreams.pauseRecording(id)).toMatchObject(running);
    expect(lab.world.jobs.job(id).pausedAt).toBeDefined();
    expect(await liveStreams.resumeRecording(id)).toMatchObject(running);
    expect(lab.world.jobs.job(id).pausedAt).toBeUndefined();
    expect(await liveStreams.stop(id)).toMatchObject({ id, status: 'stopping' });
    await expect(liveStreams.stopAll(lab.room.id)).rejects.toEqual(notFound('hls not running'));
    const other = await liveStreams.start(lab.room.id, MEETING);
    expect(await liveStreams.stopAll(lab.room.id)).toMatchObject([{ id: other.id, status: 'stopping' }]);
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
    await using lab = await startLiveLab();
    const { externalStreams } = lab.sdk;
    const input = { ...MEETING, rtmp_urls: ['rtmp://live.example.com/app/key'], recording: true };
    const { id } = await externalStreams.start(lab.room.id, input);
    await lab.clock.advance(STARTING_MS);
    const running = { id, status: 'running', ...input };
    const { sessionId } = lab.ada;
    expect(await Array.fromAsync(externalStreams.list({ session_id: sessionId }))).toMatchObject([running]);
    expect(await externalStreams.retrieve(id)).toMatchObject(running);
    expect(await externalStreams.stop(id)).toMatchObject({ id, status: 'stopping' });
    const other = await externalStreams.start(lab.room.id, input);
    expect(await externalStreams.stopAll(lab.room.id)).toMatchObject([{ id: other.id, status: 'stopping' }]);
    expect(lab.asked()).toEqual([
      'startExternalStream',
      'listExternalStreams',
      'getExternalStream',
      'stopExternalStream',
      'startExternalStream',
      'stopExternalStreamsForRoom',
    ]);
  });
});

describe('analytics', () => {
  test('track events are listed by several types, of one page only: the SDK looks for `last`, not `next`', async () => {
    await using lab = await startLiveLab();
    const { room, ada } = lab;
    lab.world.setMute(room.id, ada.id, 'audio', true);
    lab.world.leave(room.id, ada.id);
    const type = ['track.add.success', 'track.remove.success'] as const;
    const all = await Array.fromAsync(
      lab.sdk.analytics.listTrackEvents({ room_id: room.id, type: [...type] }),
    );
    const types = all.map((event) => event.type).toSorted();
    expect(types).toEqual([type[0], type[0], type[1], type[1]]);
    expect(all[0]?.data).toMatchObject({ room_id: room.id, peer_id: ada.id, user_name: 'Ada' });
    const page = lab.sdk.analytics.listTrackEvents({ room_id: room.id, type: [...type], limit: 3 });
    expect(await Array.fromAsync(page)).toHaveLength(3);
    const query = `/analytics/events?room_id=${room.id}&type=${type[0]}&type=${type[1]}`;
    expect(lab.ledger.lines()).toEqual([`GET ${query}`, `GET ${query}&limit=3`]);
  });

  test('recording events are listed once a recording is ready', async () => {
    await using lab = await startLiveLab();
    const room_id = lab.room.id;
    const { id } = await lab.sdk.recordings.start(room_id, MEETING);
    await lab.clock.advance(STARTING_MS + 60_000);
    await lab.sdk.recordings.stop(id);
    await lab.clock.advance(STOPPING_MS + PROCESSING_MS);
    const type = 'beam.recording.success';
    const events = await Array.fromAsync(lab.sdk.analytics.listRecordingEvents({ room_id, type }));
    expect(events).toMatchObject([{ type, data: { room_id, session_id: lab.ada.sessionId, ...MEETING } }]);
    expect(lab.asked()).toEqual(['startRecording', 'stopRecording', 'listAnalyticsEvents']);
  });
});
