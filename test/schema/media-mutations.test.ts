// Starting, acting on and stopping jobs, and stream keys: what is done, what can be expected to go wrong, by name.
import { describe, expect, it } from 'vitest';
import { PROCESSING_MS, STARTING_MS, STOPPING_MS } from '../../src/sandbox/jobs.ts';
import { graphql } from '../generated/gql.ts';
import { startTestGateway } from '../support/gateway.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { addPeers, addRooms, JOINED_AT } from '../support/worlds.ts';

const MISSING = 'f'.repeat(24);

/** A live room at the clock's time. */
async function startWithLiveRoom() {
  const clock = new ManualClock(JOINED_AT);
  const tested = await startTestGateway({ clock, sandbox: { data: 'empty' } });
  const { world } = tested.sandbox;
  const [room] = addRooms(world, 1);
  const roomId = room?.id ?? '';
  addPeers(world, roomId, 1);
  const writes = () => tested.sandbox.ledger.lines().filter((line) => line.startsWith('POST'));
  return { ...tested, clock, world, roomId, writes };
}

/** Each document selects every kind of error that can be expected. */
const startLive = graphql(`
  mutation StartLive($input: StartLiveStreamInput!) {
    result: startLiveStream(input: $input) {
      __typename
      ...Expected
      ... on LiveStream {
        hmsId
        status
        destination
        recording {
          hlsVod
          singleFilePerLayer
        }
        room {
          hmsId
        }
      }
    }
  }
  fragment Expected on Error {
    message
    ... on InvalidInputError {
      issues {
        path
      }
    }
    ... on RefusedError {
      httpStatus
      details
    }
  }
`);

const stopLive = graphql(`
  mutation StopLive($input: LiveStreamInput!) {
    result: stopLiveStream(input: $input) {
      __typename
      ...Expected
      ... on LiveStream {
        hmsId
        status
      }
    }
  }
`);

const pauseLive = graphql(`
  mutation PauseLive($input: LiveStreamInput!) {
    result: pauseLiveStreamRecording(input: $input) {
      __typename
      ...Expected
      ... on LiveStream {
        hmsId
        status
      }
    }
  }
`);

const resumeLive = graphql(`
  mutation ResumeLive($input: LiveStreamInput!) {
    result: resumeLiveStreamRecording(input: $input) {
      __typename
      ...Expected
      ... on LiveStream {
        hmsId
        status
      }
    }
  }
`);

const stopAllLive = graphql(`
  mutation StopAllLive($input: StopLiveStreamsInput!) {
    result: stopLiveStreams(input: $input) {
      __typename
      ...Expected
      ... on StoppedLiveStreams {
        error
        liveStreams {
          hmsId
          status
        }
      }
    }
  }
`);

const tellPlayers = graphql(`
  mutation TellPlayers($input: SendTimedMetadataInput!) {
    result: sendTimedMetadata(input: $input) {
      __typename
      ...Expected
      ... on LiveStream {
        hmsId
        status
      }
    }
  }
`);

const startRecording = graphql(`
  mutation StartRecording($input: StartRecordingInput!) {
    result: startRecording(input: $input) {
      __typename
      ...Expected
      ... on Recording {
        hmsId
        status
        destination
        assetTypes
      }
    }
  }
`);

const stopRecording = graphql(`
  mutation StopRecording($input: StopRecordingInput!) {
    result: stopRecording(input: $input) {
      __typename
      ...Expected
      ... on Recording {
        hmsId
        status
      }
    }
  }
`);

const stopRecordings = graphql(`
  mutation StopRecordings($input: RoomRecordingsInput!) {
    result: stopRecordings(input: $input) {
      __typename
      ...Expected
      ... on StoppedRecordings {
        error
        recordings {
          hmsId
          status
        }
      }
    }
  }
`);

const pauseRecordings = graphql(`
  mutation PauseRecordings($input: RoomRecordingsInput!) {
    result: pauseRecordings(input: $input) {
      __typename
      ...Expected
      ... on Recording {
        hmsId
        status
      }
    }
  }
`);

const resumeRecordings = graphql(`
  mutation ResumeRecordings($input: RoomRecordingsInput!) {
    result: resumeRecordings(input: $input) {
      __typename
      ...Expected
      ... on Recording {
        hmsId
        status
      }
    }
  }
`);

const startExternal = graphql(`
  mutation StartExternal($input: StartExternalStreamInput!) {
    result: startExternalStream(input: $input) {
      __typename
      ...Expected
      ... on ExternalStream {
        hmsId
        status
        targetHosts
        recorded
        resolution {
          height
        }
      }
    }
  }
`);

const stopExternal = graphql(`
  mutation StopExternal($input: StopExternalStreamInput!) {
    result: stopExternalStream(input: $input) {
      __typename
      ...Expected
      ... on ExternalStream {
        hmsId
        status
      }
    }
  }
`);

const stopAllExternal = graphql(`
  mutation StopAllExternal($input: StopExternalStreamsInput!) {
    result: stopExternalStreams(input: $input) {
      __typename
      ...Expected
      ... on StoppedExternalStreams {
        error
        externalStreams {
          hmsId
          status
        }
      }
    }
  }
`);

const createKey = graphql(`
  mutation CreateKey($input: StreamKeyInput!) {
    result: createStreamKey(input: $input) {
      __typename
      ...Expected
      ... on CreatedStreamKey {
        key
        streamKey {
          hmsId
          enabled
        }
      }
    }
  }
`);

const disableKey = graphql(`
  mutation DisableKey($input: StreamKeyInput!) {
    result: disableStreamKey(input: $input) {
      __typename
      ...Expected
      ... on DisabledStreamKey {
        room {
          hmsId
        }
      }
    }
  }
`);

const RTMP = ['rtmp://live.example.com/app/key'];

describe('live streams', () => {
  it('are started with their options, told, paused, resumed and stopped', async () => {
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
    expect(await tested.data(tellPlayers, { input: { id, payload: 'goal', duration: 5 } })).toEqual(running);
    expect(metadata).toMatchObject([{ type: 'job.metadata', payload: 'goal', durationSeconds: 5 }]);
    expect(await tested.data(pauseLive, { input })).toEqual(running);
    expect(world.jobs.job(id).pausedAt).toBeDefined();
    expect(await tested.data(resumeLive, { input })).toEqual(running);
    expect(world.jobs.job(id).pausedAt).toBeUndefined();
    expect(await tested.data(stopLive, { input })).toMatchObject({
      result: { hmsId: id, status: 'STOPPING' },
    });
  });

  it('are stopped together, and what the vendor says of some is passed on', async () => {
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
  it('are started towards their targets and stopped', async () => {
    await using tested = await startWithLiveRoom();
    const { roomId, world } = tested;
    const { result } = await tested.data(startExternal, {
      input: { roomId, rtmpUrls: RTMP, recording: true, resolution: { width: 1080, height: 1920 } },
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
  it('show once, when they are made, and are disabled for good', async () => {
    await using tested = await startWithLiveRoom();
    const { roomId, world } = tested;
    const input = { roomId };
    const { result } = await tested.data(createKey, { input });
    const key = world.streamKeys.activeOf(roomId);
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

  it('of a disabled room are refused in the words of the vendor', async () => {
    await using tested = await startWithLiveRoom();
    const { roomId, world } = tested;
    world.updateRoom(roomId, { enabled: false });
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

describe('what can be expected to go wrong', () => {
  it('is that there is nothing to act on', async () => {
    await using tested = await startWithLiveRoom();
    const idle = tested.world.createRoom().id;
    const answers = [
      await tested.data(startLive, { input: { roomId: idle } }),
      await tested.data(startRecording, { input: { roomId: idle } }),
      await tested.data(startExternal, { input: { roomId: MISSING, rtmpUrls: RTMP } }),
      await tested.data(stopLive, { input: { id: MISSING } }),
      await tested.data(pauseLive, { input: { id: MISSING } }),
      await tested.data(resumeLive, { input: { id: MISSING } }),
      await tested.data(tellPlayers, { input: { id: MISSING, payload: 'x', duration: 1 } }),
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

  it('is an input that cannot be used, told with its places before anything is sent', async () => {
    await using tested = await startWithLiveRoom();
    const { roomId } = tested;
    const temperature = { summary: { temperature: 2 } };
    const answers = [
      await tested.data(startLive, { input: { roomId, transcription: temperature } }),
      await tested.data(startRecording, { input: { roomId, transcription: temperature } }),
      await tested.data(tellPlayers, { input: { id: MISSING, payload: 'x'.repeat(101), duration: 1 } }),
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

  it('is a refusal in the words of the vendor', async () => {
    await using tested = await startWithLiveRoom();
    const { roomId } = tested;
    await tested.data(startRecording, { input: { roomId } });
    expect((await tested.data(startRecording, { input: { roomId } })).result).toEqual({
      __typename: 'RefusedError',
      message: 'beam already started',
      httpStatus: 400,
      details: [],
    });
  });
});

const stopAndLook = graphql(`
  mutation StopAndLook($id: ID!) {
    stopRecording(input: { id: $id }) {
      ... on Recording {
        status
        assets {
          type
        }
      }
    }
  }
`);

it('files asked for with a mutation are read after it, and again by the next query', async () => {
  await using tested = await startWithLiveRoom();
  await tested.data(startRecording, { input: { roomId: tested.roomId } });
  const [id = ''] = tested.world.jobs.all.keys();
  await tested.clock.advance(STARTING_MS + 60_000);
  expect(await tested.data(stopAndLook, { id })).toEqual({
    stopRecording: { status: 'STOPPING', assets: [] },
  });
  await tested.clock.advance(STOPPING_MS + PROCESSING_MS);
  const answer = await tested.data(
    graphql(`
      query LookAgain($id: ID!) {
        recording(id: $id) {
          assets {
            type
          }
        }
      }
    `),
    { id },
  );
  expect(answer.recording?.assets).toEqual([{ type: 'ROOM_COMPOSITE' }, { type: 'CHAT' }]);
});

const pauseAndStop = graphql(`
  mutation PauseAndStop($roomId: ID!, $id: ID!) {
    pauseRecordings(input: { roomId: $roomId }) {
      ... on Recording {
        assets {
          type
        }
      }
    }
    stopRecording(input: { id: $id }) {
      ... on Recording {
        assets {
          type
        }
      }
    }
  }
`);

it('a second mutation of an operation answers nothing that was read before it', async () => {
  await using tested = await startWithLiveRoom();
  const { roomId } = tested;
  await tested.data(startRecording, { input: { roomId } });
  const [id = ''] = tested.world.jobs.all.keys();
  await tested.clock.advance(STARTING_MS);
  const before = tested.sandbox.ledger.lines().length;
  await tested.data(pauseAndStop, { roomId, id });
  expect(tested.sandbox.ledger.lines().slice(before)).toEqual([
    `POST /recordings/room/${roomId}/pause`,
    `GET /recordings/${id}`,
    `POST /recordings/${id}/stop`,
    `GET /recordings/${id}`,
  ]);
});
