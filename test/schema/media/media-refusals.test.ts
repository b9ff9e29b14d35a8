// The expected failures of the mutations of media jobs and stream keys.
import { describe, expect, it } from 'vitest';
import {
  createKey,
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
import { MISSING, startWithLiveRoom } from './media-scene.ts';

describe('an expected failure', () => {
  it('is a NotFoundError if no job runs', async () => {
    await using tested = await startWithLiveRoom();
    const idle = tested.world.rooms.create().id;
    const answers = [
      await tested.data(startLive, { input: { roomId: idle } }),
      await tested.data(startRecording, { input: { roomId: idle } }),
      await tested.data(startExternal, { input: { roomId: MISSING, rtmpUrls: RTMP } }),
      await tested.data(stopLive, { input: { id: MISSING } }),
      await tested.data(pauseLive, { input: { id: MISSING } }),
      await tested.data(resumeLive, { input: { id: MISSING } }),
      await tested.data(tellPlayers, { input: { id: MISSING, payload: 'x', durationSeconds: 1 } }),
      await tested.data(stopRecording, { input: { id: MISSING } }),
      await tested.data(stopExternal, { input: { id: MISSING } }),
      await tested.data(stopAllLive, { input: { roomId: tested.roomId } }),
      await tested.data(stopRecordings, { input: { roomId: tested.roomId } }),
      await tested.data(pauseRecordings, { input: { roomId: tested.roomId } }),
      await tested.data(resumeRecordings, { input: { roomId: tested.roomId } }),
      await tested.data(stopAllExternal, { input: { roomId: tested.roomId } }),
      await tested.data(createKey, { input: { roomId: MISSING } }),
    ];
    for (const { result } of answers) {
      expect(result).toMatchObject({
        __typename: 'NotFoundError',
        message: expect.stringMatching(/^The .+\.$/),
      });
    }
  });

  it('is an InvalidInputError with the places of the faults, without a REST call', async () => {
    await using tested = await startWithLiveRoom();
    const { roomId } = tested;
    const temperature = { summary: { temperature: 2 } };
    const answers = [
      await tested.data(startLive, { input: { roomId, transcription: temperature } }),
      await tested.data(startRecording, { input: { roomId, transcription: temperature } }),
      await tested.data(tellPlayers, {
        input: { id: MISSING, payload: 'x'.repeat(101), durationSeconds: 1 },
      }),
      await tested.data(startExternal, { input: { roomId, rtmpUrls: ['https://example.com'] } }),
      await tested.data(startExternal, { input: { roomId, rtmpUrls: [] } }),
      await tested.data(startExternal, {
        input: { roomId, rtmpUrls: RTMP, resolution: { width: 1920, height: 1920 } },
      }),
    ];
    const paths = answers.map(({ result }) =>
      result?.__typename === 'InvalidInputError' ? result.issues.map(({ path }) => path.join('.')) : result,
    );
    expect(paths).toEqual([
      ['transcription.summary.temperature'],
      ['transcription.summary.temperature'],
      ['payload'],
      ['rtmpUrls.0'],
      ['rtmpUrls'],
      ['resolution'],
    ]);
    expect(tested.writes()).toEqual([]);
  });

  it("is a RefusedError with the vendor's message", async () => {
    await using tested = await startWithLiveRoom();
    const { roomId } = tested;
    await tested.data(startRecording, { input: { roomId } });
    expect((await tested.data(startRecording, { input: { roomId } })).result).toEqual({
      __typename: 'ConflictError',
      message: 'beam already started',
    });
  });
});
