// Live streams, recordings, external streams, their files and stream keys as fields: links, prices, what is not told.
import { describe, expect, it } from 'vitest';
import { graphql } from '../generated/gql.ts';
import { startTestGateway } from '../support/gateway.ts';
import { addPastJobs, addRunningJob, jobPlan } from '../support/media.ts';
import { addPeers, addRooms } from '../support/worlds.ts';

const MISSING = 'f'.repeat(24);

/** A live room with a job of each kind over and one of each running. */
async function startWithMedia() {
  const tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world } = tested.sandbox;
  const [room] = addRooms(world, 1);
  const [peer] = addPeers(world, room?.id ?? '', 1);
  const session = world.activeSession(room?.id ?? '');
  if (room === undefined || peer === undefined || session === undefined) throw new Error('a live room');
  for (const kind of ['live-stream', 'recording', 'external-stream'] as const) {
    addPastJobs(world, session, kind, 1);
  }
  const [live = '', recording = '', external = ''] = world.jobs.all.keys();
  const calls = async (ask: () => Promise<unknown>): Promise<string[]> => {
    const before = tested.sandbox.ledger.lines().length;
    await ask();
    return tested.sandbox.ledger.lines().slice(before).toSorted();
  };
  return { ...tested, world, room, peer, session, live, recording, external, calls };
}

const jobs = graphql(`
  query MediaJobs($live: ID!, $recording: ID!, $external: ID!) {
    liveStream(id: $live) {
      ...WholeJob
      playbackUrl
      recording {
        hlsVod
        singleFilePerLayer
      }
    }
    recording(id: $recording) {
      ...WholeJob
      assetTypes
    }
    externalStream(id: $external) {
      ...WholeJob
      targetHosts
      recorded
      resolution {
        width
        height
      }
    }
  }
  fragment WholeJob on MediaJob {
    __typename
    hmsId
    status
    destination
    meetingUrl
    createdAt
    startedAt
    stoppedAt
    updatedAt
    duration
    startedBy {
      hmsId
    }
    stoppedBy {
      hmsId
    }
    room {
      hmsId
    }
    session {
      hmsId
    }
    assets {
      hmsId
      type
      job {
        hmsId
      }
      room {
        hmsId
      }
      session {
        hmsId
      }
    }
  }
`);

describe('a job', () => {
  it('tells all about itself, its links and its files, without secrets', async () => {
    await using tested = await startWithMedia();
    const { live, recording, external } = tested;
    const data = await tested.data(jobs, { live, recording, external });
    const common = {
      status: 'COMPLETED',
      meetingUrl: 'https://app.example.com/join/abc',
      duration: 62,
      startedBy: null,
      stoppedBy: null,
      room: { hmsId: tested.room.id },
      session: { hmsId: tested.session.id },
    };
    const filesOf = (jobId: string, types: string[]) =>
      types.map((type) =>
        expect.objectContaining({ type, job: { hmsId: jobId }, room: common.room, session: common.session }),
      );
    expect(data).toEqual({
      liveStream: expect.objectContaining({
        ...common,
        destination: 'main',
        playbackUrl: expect.stringContaining('.m3u8'),
        recording: { hlsVod: true, singleFilePerLayer: true },
        assets: filesOf(live, [
          'ROOM_COMPOSITE',
          'ROOM_COMPOSITE',
          'ROOM_VOD',
          'CHAT',
          'TRANSCRIPT',
          'SUMMARY',
        ]),
      }),
      recording: expect.objectContaining({
        ...common,
        destination: null,
        assetTypes: ['ROOM_COMPOSITE', 'CHAT', 'TRANSCRIPT', 'SUMMARY'],
        assets: filesOf(recording, ['ROOM_COMPOSITE', 'CHAT', 'TRANSCRIPT', 'SUMMARY']),
      }),
      externalStream: expect.objectContaining({
        ...common,
        targetHosts: ['live.example.com'],
        recorded: true,
        resolution: { width: 1280, height: 720 },
        assets: filesOf(external, ['ROOM_COMPOSITE', 'TRANSCRIPT', 'SUMMARY']),
      }),
    });
    expect(JSON.stringify(data)).not.toMatch(/secret/);
  });

  it('costs one call, its files, their job and its links by id no more', async () => {
    await using tested = await startWithMedia();
    const { live, recording, external } = tested;
    expect(await tested.calls(() => tested.data(jobs, { live, recording, external }))).toEqual([
      `GET /external-streams/${external}`,
      `GET /live-streams/${live}`,
      `GET /recordings/${recording}`,
      `GET /rooms/${tested.room.id}`,
    ]);
  });

  it('that does not exist is null, and an id of another shape or type is refused', async () => {
    await using tested = await startWithMedia();
    const nothing = { live: MISSING, recording: MISSING, external: MISSING };
    expect(await tested.data(jobs, nothing)).toEqual({
      liveStream: null,
      recording: null,
      externalStream: null,
    });
    const stranger = Buffer.from(`Room:${tested.room.id}`).toString('base64url');
    const { errors } = await tested.ask(jobs, { live: '../x', recording: stranger, external: tested.live });
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
  });

  it('is told with unset times as null while it starts', async () => {
    await using tested = await startWithMedia();
    const { id } = tested.world.jobs.start(jobPlan('recording', tested.session));
    const { recording } = await tested.data(jobs, { live: MISSING, recording: id, external: MISSING });
    expect(recording).toMatchObject({
      status: 'STARTING',
      startedAt: null,
      stoppedAt: null,
      duration: null,
      assets: [],
    });
  });

  it('names the peer who started it', async () => {
    await using tested = await startWithMedia();
    const change = (body: unknown) => ({ ...Object(body), started_by: tested.peer.id });
    tested.sandbox.faults.set('getRecording', { kind: 'shape', shape: change });
    const { recording } = await tested.data(jobs, {
      live: MISSING,
      recording: tested.recording,
      external: MISSING,
    });
    expect(recording?.startedBy).toEqual({ hmsId: tested.peer.id });
  });

  it('survives states and kinds of files that the vendor adds', async () => {
    await using tested = await startWithMedia();
    const change = (body: unknown) => ({
      ...Object(body),
      status: 'paused',
      asset_types: ['hologram'],
      recording_assets: [{ id: MISSING, type: 'hologram', status: 'dreaming' }],
    });
    tested.sandbox.faults.set('getRecording', { kind: 'shape', shape: change });
    const { recording } = await tested.data(jobs, {
      live: MISSING,
      recording: tested.recording,
      external: MISSING,
    });
    expect(recording).toMatchObject({ status: 'OTHER', assetTypes: ['OTHER'], assets: [{ type: 'OTHER' }] });
  });
});

const listsWithFiles = graphql(`
  query JobsWithFiles {
    recordings(first: 20) {
      edges {
        node {
          assets {
            hmsId
          }
        }
      }
    }
    externalStreams(first: 20) {
      edges {
        node {
          assets {
            hmsId
          }
        }
      }
    }
  }
`);

it('files of listed jobs cost one call a job, those of external streams none', async () => {
  await using tested = await startWithMedia();
  addPastJobs(tested.world, tested.session, 'recording', 4);
  addPastJobs(tested.world, tested.session, 'external-stream', 4);
  const recordings = [...tested.world.jobs.all.values()].filter(({ kind }) => kind === 'recording');
  expect(await tested.calls(() => tested.data(listsWithFiles))).toEqual(
    [
      'GET /external-streams?limit=21',
      'GET /recordings?limit=21',
      ...recordings.map(({ id }) => `GET /recordings/${id}`),
    ].toSorted(),
  );
});

const files = graphql(`
  query Files($filter: RecordingAssetFilter) {
    recordingAssets(first: 20, filter: $filter) {
      edges {
        node {
          hmsId
          type
          status
          path
          size
          duration
          createdAt
          thumbnails
          metadata {
            resolution {
              width
            }
            layer
            layers
            maxWidth
            maxHeight
            outputMode
            trackId
            trackType
            streamId
            streamType
            peerId
            userId
          }
          job {
            __typename
            hmsId
          }
          room {
            hmsId
          }
          session {
            hmsId
          }
        }
      }
    }
  }
`);

const oneFile = graphql(`
  query OneFile($id: ID!, $seconds: Int) {
    recordingAsset(id: $id) {
      hmsId
      presignedUrl(seconds: $seconds) {
        url
        seconds
      }
    }
  }
`);

describe('a file', () => {
  it('tells what it is and which job made it, of whatever kind', async () => {
    await using tested = await startWithMedia();
    const { recordingAssets } = await tested.data(files);
    const found = recordingAssets?.edges.map(({ node }) => node) ?? [];
    expect(found.map(({ job }) => [job?.__typename, job?.hmsId])).toEqual([
      ...Array.from({ length: 3 }, () => ['ExternalStream', tested.external]),
      ...Array.from({ length: 4 }, () => ['Recording', tested.recording]),
      ...Array.from({ length: 6 }, () => ['LiveStream', tested.live]),
    ]);
    expect(found.find(({ type }) => type === 'ROOM_VOD')).toMatchObject({
      status: 'COMPLETED',
      path: expect.stringContaining('s3://'),
      size: 62 * 130_000,
      duration: 62,
      thumbnails: [expect.stringContaining('.png')],
      metadata: { layers: 2, maxWidth: 1280, maxHeight: 720, layer: null, resolution: null },
      room: { hmsId: tested.room.id },
      session: { hmsId: tested.session.id },
    });
    expect(found.find(({ metadata }) => metadata?.layer === '1')?.metadata).toMatchObject({
      resolution: { width: 640 },
    });
    expect(found.find(({ type }) => type === 'TRANSCRIPT')).toMatchObject({
      thumbnails: [],
      metadata: { outputMode: 'txt' },
    });
  });

  it('that no job made has none', async () => {
    await using tested = await startWithMedia();
    const change = (job: unknown) => (body: unknown) => {
      // The sandbox answers a page of files.
      const { data, ...page } = body as { data: object[] };
      return {
        ...page,
        data: data.slice(0, 1).map((asset) => Object.assign({}, asset, { job_id: job, type: 'track' })),
      };
    };
    for (const job of [MISSING, '', null]) {
      tested.sandbox.faults.set('listRecordingAssets', { kind: 'shape', shape: change(job) }, { times: 1 });
      const { recordingAssets } = await tested.data(files);
      expect(recordingAssets?.edges.map(({ node }) => node.job)).toEqual([null]);
    }
  });

  it('is linked to for as long as asked, at one call', async () => {
    await using tested = await startWithMedia();
    const [id = ''] = tested.world.jobs.assets.keys();
    const { recordingAsset } = await tested.data(oneFile, { id, seconds: 60 });
    expect(recordingAsset?.presignedUrl).toEqual({
      url: expect.stringContaining('X-Amz-Expires=60'),
      seconds: 60,
    });
    expect(await tested.calls(() => tested.data(oneFile, { id }))).toEqual([
      `GET /recording-assets/${id}`,
      `GET /recording-assets/${id}/presigned-url`,
    ]);
    const refused = await tested.ask(oneFile, { id, seconds: 0 });
    expect(refused).toMatchObject({
      data: { recordingAsset: { hmsId: id, presignedUrl: null } },
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(await tested.data(oneFile, { id: MISSING })).toEqual({ recordingAsset: null });
  });
});

const keys = graphql(`
  query StreamKeys($roomId: ID!) {
    streamKey(roomId: $roomId) {
      hmsId
      url
      enabled
      createdAt
      updatedAt
      room {
        hmsId
      }
    }
    room(id: $roomId) {
      streamKey {
        hmsId
      }
    }
  }
`);

describe('the stream key of a room', () => {
  it('is told without the key, once for both ways to it', async () => {
    await using tested = await startWithMedia();
    const { id, key } = tested.world.streamKeys.create(tested.room.id);
    const answer = await tested.data(keys, { roomId: tested.room.id });
    expect(answer).toMatchObject({
      streamKey: {
        hmsId: id,
        enabled: true,
        url: expect.stringContaining('rtmp://'),
        room: { hmsId: tested.room.id },
      },
      room: { streamKey: { hmsId: id } },
    });
    expect(JSON.stringify(answer)).not.toContain(key);
  });

  it('is null where there is none, and an error where the room is disabled', async () => {
    await using tested = await startWithMedia();
    const none = await tested.data(keys, { roomId: tested.room.id });
    expect(none).toEqual({ streamKey: null, room: { streamKey: null } });
    expect(await tested.data(keys, { roomId: MISSING })).toEqual({ streamKey: null, room: null });
    tested.world.updateRoom(tested.room.id, { enabled: false });
    const { errors } = await tested.ask(keys, { roomId: tested.room.id });
    expect(errors?.[0]).toMatchObject({
      message: 'The upstream API refused the request: room is not active',
      extensions: { code: 'UPSTREAM_ERROR', status: 403 },
    });
  });
});

const refetched = graphql(`
  query RefetchedMedia($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ... on MediaJob {
        hmsId
      }
      ... on RecordingAsset {
        hmsId
      }
    }
  }
`);

it('jobs and files are fetched again by their global ids', async () => {
  await using tested = await startWithMedia();
  addRunningJob(tested.world, tested.session, 'live-stream');
  const [asset = ''] = tested.world.jobs.assets.keys();
  const nodes = [
    ['LiveStream', tested.live],
    ['Recording', tested.recording],
    ['ExternalStream', tested.external],
    ['RecordingAsset', asset],
  ].map(([__typename, hmsId]) => ({
    __typename,
    hmsId,
    id: Buffer.from(`${__typename}:${hmsId}`).toString('base64url'),
  }));
  const answer = await tested.data(refetched, { ids: nodes.map(({ id }) => id) });
  expect(answer.nodes).toEqual(nodes);
  const gone = ['LiveStream', 'Recording', 'ExternalStream', 'RecordingAsset'].map((type) =>
    Buffer.from(`${type}:${MISSING}`).toString('base64url'),
  );
  expect((await tested.data(refetched, { ids: gone })).nodes).toEqual([null, null, null, null]);
});

const attendance = graphql(`
  query Attendance($id: ID!) {
    session(id: $id) {
      attendance {
        userId
        seconds
        joinedAt
        leftAt
        connected
        peers {
          hmsId
          session {
            hmsId
          }
        }
      }
    }
  }
`);

it('attendance comes with the session, at no further call', async () => {
  await using tested = await startWithMedia();
  const { world, room, session } = tested;
  const [again] = addPeers(world, room.id, 1);
  const answers: unknown[] = [];
  const lines = await tested.calls(async () =>
    answers.push(await tested.data(attendance, { id: session.id })),
  );
  expect(lines).toEqual([`GET /sessions/${session.id}`]);
  expect(answers).toEqual([
    {
      session: {
        attendance: [
          {
            userId: 'user-0',
            seconds: expect.any(Number),
            joinedAt: '2026-03-12T16:00:00Z',
            leftAt: null,
            connected: true,
            peers: expect.arrayContaining([
              { hmsId: again?.id, session: { hmsId: session.id } },
              { hmsId: tested.peer.id, session: { hmsId: session.id } },
            ]),
          },
        ],
      },
    },
  ]);
});
