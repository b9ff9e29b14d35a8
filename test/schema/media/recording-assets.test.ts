// The files of recordings and streams as fields: which job made them, and links to download.
import { describe, expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { MISSING, startWithMedia } from './media-scene.ts';

const files = graphql(`
  query Files($filter: RecordingAssetFilter) {
    recordingAssets(first: 20, filter: $filter) {
      edges {
        node {
          hmsId
          type
          status
          path
          sizeBytes
          durationSeconds
          createdAt
          thumbnailPaths
          metadata {
            resolution {
              width
            }
            layer
            layerCount
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
      presignedUrl(validForSeconds: $seconds) {
        url
        validForSeconds
      }
    }
  }
`);

describe('a file', () => {
  it('has its type, and a link to the job of any kind that made it', async () => {
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
      sizeBytes: 62 * 130_000,
      durationSeconds: 62,
      thumbnailPaths: [expect.stringContaining('.png')],
      metadata: { layerCount: 2, maxWidth: 1280, maxHeight: 720, layer: null, resolution: null },
      room: { hmsId: tested.room.id },
      session: { hmsId: tested.session.id },
    });
    expect(found.find(({ metadata }) => metadata?.layer === '1')?.metadata).toMatchObject({
      resolution: { width: 640 },
    });
    expect(found.find(({ type }) => type === 'TRANSCRIPT')).toMatchObject({
      thumbnailPaths: [],
      metadata: { outputMode: 'TXT' },
    });
  });

  it('without a job has null for the job', async () => {
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

  it('has a download link for the requested time, at one call', async () => {
    await using tested = await startWithMedia();
    const [id = ''] = tested.world.jobs.assets.keys();
    const { recordingAsset } = await tested.data(oneFile, { id, seconds: 60 });
    expect(recordingAsset?.presignedUrl).toEqual({
      url: expect.stringContaining('X-Amz-Expires=60'),
      validForSeconds: 60,
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
