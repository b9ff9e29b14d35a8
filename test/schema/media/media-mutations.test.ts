// The mutations of media jobs and stream keys that succeed.
import { describe, expect, it } from 'vitest';
import { STARTING_MS } from '../../../src/sandbox/media/jobs.ts';
import {
  createKey,
  disableKey,
  pauseLive,
  pauseRecordings,
  resumeLive,
  resumeRecordings,
  RTMP,
  startExternal,
  startLive,
  startRecording,
  stopAllExternal,
  stopAllLive,
  stopExternal,
  stopLive,
  stopRecording,
  stopRecordings,
  tellPlayers,
} from './media-operations.ts';
import { startWithLiveRoom } from './media-scene.ts';
import { streamKeysOf } from '../../../src/sandbox/media/stream-keys.ts';

describe('live streams', () => {
  it('are started with their options, get timed metadata, are paused, resumed and stopped', async () => {
    await using tested = await startWithLiveRoom();
    const { roomId, world } = tested;
    const { result } = await tested.data(startLive, {
      input: {
        roomId,
        meetingUrl: 'https://app.example.com/join',
        destination: 'main',
        recording: { hlsVod: true },
        transcription: {
          enabled: true,
          modes: ['RECORDED'],
          outputModes: ['SRT'],
          customVocabulary: ['hms'],
          summary: { enabled: true, sections: [{ title: 'Decisions', format: 'BULLETS' }] },
        },
      },
    });
    expect(result).toMatchObject({
      __typename: 'LiveStream',
      status: 'STARTING',
      destination: 'main',
      recording: { hlsVod: true, singleFilePerLayer: false },
      room: { hmsId: roomId },
    });
    const [job] = world.jobs.all.values();
    const id = job?.id ?? '';
    expect(job?.transcription).toEqual({ outputModes: ['srt'], hasSummary: true });
    await tested.clock.advance(STARTING_MS);
    const input = { id: Buffer.from(`LiveStream:${id}`).toString('base64url') };
    const running = { result: { __typename: 'LiveStream', hmsId: id, status: 'RUNNING' } };
    const metadata: unknown[] = [];
    world.jobs.events.on((event) => metadata.push(event));
    expect(await tested.data(tellPlayers, { input: { id, payload: 'goal', durationSeconds: 5 } })).toEqual(
      running,
    );
    expect(metadata).toMatchObject([{ type: 'job.metadata', payload: 'goal', durationSeconds: 5 }]);
    expect(await tested.data(pauseLive, { input })).toEqual(running);
    expect(world.jobs.job(id).pausedAt).toBeDefined();
    expect(await tested.data(resumeLive, { input })).toEqual(running);
    expect(world.jobs.job(id).pausedAt).toBeUndefined();
    expect(await tested.data(stopLive, { input })).toMatchObject({
      result: { hmsId: id, status: 'STOPPING' },
    });
  });

  it("are stopped together, and the vendor's message about those that it could not stop is returned", async () => {
    await using tested = await startWithLiveRoom();
    const { roomId } = tested;
    await tested.data(startLive, { input: { roomId, destination: 'a' } });
    await tested.data(startLive, { input: { roomId, destination: 'b' } });
    const ids = [...tested.world.jobs.all.keys()];
    const change = (body: unknown) => ({ ...Object(body), error: 'one could not be stopped' });
    tested.sandbox.faults.set('stopLiveStreamsForRoom', { kind: 'shape', shape: change });
    expect(await tested.data(stopAllLive, { input: { roomId } })).toEqual({
      result: {
        __typename: 'StoppedLiveStreams',
        error: 'one could not be stopped',
        liveStreams: ids.map((hmsId) => ({ hmsId, status: 'STOPPING' })),
      },
    });
  });
});

describe('recordings', () => {
  it('are started with their options, paused, resumed and stopped', async () => {
    await using tested = await startWithLiveRoom();
    const { roomId, world } = tested;
    const { result } = await tested.data(startRecording, {
      input: {
        roomId,
        audioOnly: true,
        resolution: { width: 640, height: 360 },
        transcription: { enabled: true },
      },
    });
    expect(result).toMatchObject({
      status: 'STARTING',
      assetTypes: ['ROOM_COMPOSITE', 'CHAT', 'TRANSCRIPT'],
    });
    const [job] = world.jobs.all.values();
    expect(job).toMatchObject({ isAudioOnly: true, resolution: { width: 640, height: 360 } });
    await tested.clock.advance(STARTING_MS);
    const running = { result: { __typename: 'Recording', hmsId: job?.id, status: 'RUNNING' } };
    expect(await tested.data(pauseRecordings, { input: { roomId } })).toEqual(running);
    expect(await tested.data(resumeRecordings, { input: { roomId } })).toEqual(running);
    const stopping = { hmsId: job?.id, status: 'STOPPING' };
    expect(await tested.data(stopRecording, { input: { id: job?.id ?? '' } })).toMatchObject({
      result: stopping,
    });
    await tested.data(startRecording, { input: { roomId } });
    expect(await tested.data(stopRecordings, { input: { roomId } })).toMatchObject({
      result: { error: null, recordings: [{ status: 'STOPPING' }] },
    });
  });
});

describe('external streams', () => {
  it('are started with their targets, and stopped', async () => {
    await using tested = await startWithLiveRoom();
    const { roomId, world } = tested;
    const { result } = await tested.data(startExternal, {
      input: { roomId, rtmpUrls: RTMP, recordingEnabled: true, resolution: { width: 1080, height: 1920 } },
    });
    expect(result).toMatchObject({
      status: 'STARTING',
      targetHosts: ['live.example.com'],
      recorded: true,
      resolution: { height: 1920 },
    });
    const [job] = world.jobs.all.values();
    expect(job).toMatchObject({ rtmpUrls: RTMP });
    const stopping = { hmsId: job?.id, status: 'STOPPING' };
    expect(await tested.data(stopExternal, { input: { id: job?.id ?? '' } })).toMatchObject({
      result: stopping,
    });
    await tested.data(startExternal, { input: { roomId, rtmpUrls: RTMP } });
    expect(await tested.data(stopAllExternal, { input: { roomId } })).toMatchObject({
      result: { error: null, externalStreams: [{ status: 'STOPPING' }] },
    });
  });
});

describe('stream keys', () => {
  it('are returned once, when they are created, and cannot be enabled again', async () => {
    await using tested = await startWithLiveRoom();
    const { roomId, world } = tested;
    const input = { roomId };
    const { result } = await tested.data(createKey, { input });
    const key = streamKeysOf(world).activeOf(roomId);
    expect(result).toMatchObject({ key: key?.key, streamKey: { hmsId: key?.id, enabled: true } });
    expect((await tested.data(createKey, { input })).result).toEqual({
      __typename: 'RefusedError',
      message: 'active key already exists',
      httpStatus: 400,
      details: [],
    });
    expect((await tested.data(disableKey, { input })).result).toEqual({
      __typename: 'DisabledStreamKey',
      room: { hmsId: roomId },
    });
    expect((await tested.data(disableKey, { input })).result).toMatchObject({
      __typename: 'NotFoundError',
      message: 'The room does not exist or has no active stream key.',
    });
  });

  it("of a disabled room are refused with the vendor's message", async () => {
    await using tested = await startWithLiveRoom();
    const { roomId, world } = tested;
    world.rooms.update(roomId, { enabled: false });
    const refused = {
      __typename: 'RefusedError',
      message: 'room is not active',
      httpStatus: 403,
      details: [],
    };
    expect((await tested.data(createKey, { input: { roomId } })).result).toEqual(refused);
    expect((await tested.data(disableKey, { input: { roomId } })).result).toEqual(refused);
  });
});
