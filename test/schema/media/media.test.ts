// The fields of live streams, recordings and external streams: links, REST calls, and the secrets that they omit.
import { describe, expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { addPastJobs, addRunningJob, jobPlan } from '../../support/media.ts';
import { MISSING, startWithMedia } from './media-scene.ts';

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
    durationSeconds
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
  it('has its own fields, its links and its files, but no secrets', async () => {
    await using tested = await startWithMedia();
    const { live, recording, external } = tested;
    const data = await tested.data(jobs, { live, recording, external });
    const common = {
      status: 'COMPLETED',
      meetingUrl: 'https://app.example.com/join/abc',
      durationSeconds: 62,
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

  it('costs one REST call, and its files cost none; the room that three jobs share is read once', async () => {
    await using tested = await startWithMedia();
    const { live, recording, external } = tested;
    expect(await tested.calls(() => tested.data(jobs, { live, recording, external }))).toEqual([
      `GET /external-streams/${external}`,
      `GET /live-streams/${live}`,
      `GET /recordings/${recording}`,
      `GET /rooms/${tested.room.id}`,
    ]);
  });

  it('that does not exist is null, and an id of another form or type is refused', async () => {
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

  it('has null for unset times while it starts', async () => {
    await using tested = await startWithMedia();
    const { id } = tested.world.jobs.start(jobPlan('recording', tested.session));
    const { recording } = await tested.data(jobs, { live: MISSING, recording: id, external: MISSING });
    expect(recording).toMatchObject({
      status: 'STARTING',
      startedAt: null,
      stoppedAt: null,
      durationSeconds: null,
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

  it('has the values OTHER for states and file types that the vendor has added', async () => {
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

it('has files in lists at one call a job, and external streams at none', async () => {
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

it('is fetched again by its global id, and so are its files', async () => {
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
