// The law of connections for the lists of media, their filters, and the links from rooms and sessions.
import { describe, expect, it } from 'vitest';
import type { JobKind } from '../../../src/sandbox/media/job-records.ts';
import { graphql } from '../../generated/gql.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { addPastJobs, addRunningJob } from '../../support/media.ts';
import { addPeers, addRooms } from '../../support/worlds.ts';

const walkLiveStreams = graphql(`
  query WalkLiveStreams($first: Int, $after: String) {
    list: liveStreams(first: $first, after: $after) {
      edges {
        cursor
        node {
          hmsId
        }
      }
      pageInfo {
        ...WalkedPage
      }
    }
  }
`);

const walkRecordings = graphql(`
  query WalkRecordings($first: Int, $after: String) {
    list: recordings(first: $first, after: $after) {
      edges {
        cursor
        node {
          hmsId
        }
      }
      pageInfo {
        ...WalkedPage
      }
    }
  }
`);

const walkExternalStreams = graphql(`
  query WalkExternalStreams($first: Int, $after: String) {
    list: externalStreams(first: $first, after: $after) {
      edges {
        cursor
        node {
          hmsId
        }
      }
      pageInfo {
        ...WalkedPage
      }
    }
  }
`);

const walkRecordingAssets = graphql(`
  query WalkRecordingAssets($first: Int, $after: String) {
    list: recordingAssets(first: $first, after: $after) {
      edges {
        cursor
        node {
          hmsId
        }
      }
      pageInfo {
        ...WalkedPage
      }
    }
  }
`);

/** The number of files is odd: an external stream has one video and two texts. */
const JOBS = 45;

async function startWithJobs(kind: JobKind): Promise<TestGateway> {
  const tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world } = tested.sandbox;
  const [room] = addRooms(world, 1);
  addPeers(world, room?.id ?? '', 1);
  const session = world.sessions.active(room?.id ?? '');
  if (session !== undefined) addPastJobs(world, session, kind, kind === 'external-stream' ? JOBS : 130);
  return tested;
}

const jobIds = ({ sandbox }: TestGateway) => [...sandbox.world.jobs.all.keys()].toReversed();
const assetIds = ({ sandbox }: TestGateway) => [...sandbox.world.jobs.assets.keys()].toReversed();

const lists = [
  { list: 'liveStreams', document: walkLiveStreams, kind: 'live-stream', ids: jobIds },
  { list: 'recordings', document: walkRecordings, kind: 'recording', ids: jobIds },
  { list: 'externalStreams', document: walkExternalStreams, kind: 'external-stream', ids: jobIds },
  { list: 'recordingAssets', document: walkRecordingAssets, kind: 'external-stream', ids: assetIds },
] as const;

describe.each(lists)('the list of $list', ({ document, kind, ids }) => {
  it.each([[[7]], [[13, 100, 1]], [[100]], [[500]]])(
    'yields every node once and in order to a client that pages by %j',
    async (sizes) => {
      await using tested = await startWithJobs(kind);
      const expected = ids(tested);
      const walked: string[] = [];
      let after: string | null = null;
      for (let turn = 0; turn <= expected.length; turn += 1) {
        const first: number = sizes[turn % sizes.length] ?? 1;
        const list: Walked | null | undefined = (await tested.data(document, { first, after })).list;
        walked.push(...(list?.edges ?? []).map(({ node }) => node.hmsId));
        expect(list?.pageInfo.hasNextPage).toBe(walked.length < expected.length);
        after = list?.pageInfo.endCursor ?? null;
        if (walked.length >= expected.length) break;
      }
      expect(walked).toEqual(expected);
    },
  );

  it('resumes right after the cursor of any edge, and refuses a cursor of another list', async () => {
    await using tested = await startWithJobs(kind);
    const expected = ids(tested);
    const { list: whole } = await tested.data(document, { first: 500 });
    for (const place of [0, 9, 10, expected.length - 2, expected.length - 1]) {
      const { list } = await tested.data(document, { first: 3, after: whole?.edges[place]?.cursor ?? null });
      expect(list?.edges.map(({ node }) => node.hmsId)).toEqual(expected.slice(place + 1, place + 4));
    }
    const stranger = Buffer.from(`rooms:${expected[0]}`).toString('base64url');
    const refused = await tested.ask(document, { first: 3, after: stranger });
    expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

interface Walked {
  readonly edges: readonly { readonly node: { readonly hmsId: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

const filtered = graphql(`
  query FilteredMedia($jobs: MediaJobFilter, $assets: RecordingAssetFilter) {
    liveStreams(filter: $jobs) {
      edges {
        node {
          hmsId
        }
      }
    }
    recordings(filter: $jobs) {
      edges {
        node {
          hmsId
        }
      }
    }
    externalStreams(filter: $jobs) {
      edges {
        node {
          hmsId
        }
      }
    }
    recordingAssets(filter: $assets) {
      edges {
        node {
          hmsId
          type
        }
      }
    }
  }
`);

const ofOwners = graphql(`
  query MediaOfOwners($roomId: ID!, $sessionId: ID!, $jobs: MediaJobFilter, $assets: RecordingAssetFilter) {
    room(id: $roomId) {
      liveStreams(filter: $jobs) {
        edges {
          node {
            hmsId
          }
        }
      }
      recordings(filter: $jobs) {
        edges {
          node {
            hmsId
          }
        }
      }
      externalStreams(filter: $jobs) {
        edges {
          node {
            hmsId
          }
        }
      }
      recordingAssets(filter: $assets) {
        edges {
          node {
            hmsId
          }
        }
      }
    }
    session(id: $sessionId) {
      liveStreams(filter: $jobs) {
        edges {
          node {
            hmsId
          }
        }
      }
      recordings(filter: $jobs) {
        edges {
          node {
            hmsId
          }
        }
      }
      externalStreams(filter: $jobs) {
        edges {
          node {
            hmsId
          }
        }
      }
      recordingAssets(filter: $assets) {
        edges {
          node {
            hmsId
          }
        }
      }
    }
  }
`);

/** Two live rooms: the first has a completed job of each kind, the second a running one of each. */
async function startWithTwoRooms() {
  const tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world } = tested.sandbox;
  const [past, now] = addRooms(world, 2).map(({ id }) => {
    addPeers(world, id, 1);
    const session = world.sessions.active(id);
    if (session === undefined) throw new Error('a room with peers has a session');
    return session;
  });
  if (past === undefined || now === undefined) throw new Error('there are two rooms');
  for (const kind of ['live-stream', 'recording', 'external-stream'] as const) {
    addPastJobs(world, past, kind, 1);
    addRunningJob(world, now, kind);
  }
  const idsIn = (sessionId: string) =>
    [...world.jobs.all.values()].filter((job) => job.sessionId === sessionId).map(({ id }) => id);
  return { ...tested, world, past, now, idsIn };
}

type Nodes = { readonly edges: readonly { readonly node: { readonly hmsId: string } }[] } | null | undefined;
const idsOf = (list: Nodes) => list?.edges.map(({ node }) => node.hmsId);

interface Media {
  readonly liveStreams?: Nodes;
  readonly recordings?: Nodes;
  readonly externalStreams?: Nodes;
}

/** The first file of each kind of job: each session has one job of each kind. */
const oneOfEach = (media: Media | null | undefined) => [
  ...(idsOf(media?.liveStreams) ?? []),
  ...(idsOf(media?.recordings) ?? []),
  ...(idsOf(media?.externalStreams) ?? []),
];

describe('the lists of media', () => {
  it('return the elements that match the filter', async () => {
    await using tested = await startWithTwoRooms();
    const { past, now } = tested;
    for (const [session, status] of [
      [past, 'COMPLETED'],
      [now, 'RUNNING'],
    ] as const) {
      const expected = tested.idsIn(session.id);
      for (const jobs of [{ roomId: session.roomId }, { sessionId: session.id }, { status }]) {
        expect(oneOfEach(await tested.data(filtered, { jobs }))).toEqual(expected);
      }
    }
    const assets = { type: 'CHAT', status: 'COMPLETED', roomId: past.roomId, sessionId: past.id } as const;
    const { recordingAssets } = await tested.data(filtered, { assets });
    expect(recordingAssets?.edges.map(({ node }) => node.type)).toEqual(['CHAT', 'CHAT']);
  });

  it('refuse filters that the vendor does not support, without a REST call', async () => {
    await using tested = await startWithTwoRooms();
    const before = tested.sandbox.ledger.lines().length;
    for (const variables of [
      { jobs: { status: 'OTHER' } },
      { jobs: { roomId: '../rooms' } },
      { assets: { status: 'PROCESSING' } },
      { assets: { type: 'OTHER' } },
      { assets: { sessionId: 'x' } },
    ] as const) {
      const { errors } = await tested.ask(filtered, variables);
      const count = 'jobs' in variables ? 3 : 1;
      expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(
        Array.from({ length: count }, () => 'BAD_USER_INPUT'),
      );
    }
    const lines = tested.sandbox.ledger.lines().slice(before);
    expect(lines.filter((line) => /status=other|processing|asset_type=other|\.\./i.test(line))).toEqual([]);
  });

  it('of a room and of a session contain only their own elements, also if the filter names another room or session', async () => {
    await using tested = await startWithTwoRooms();
    const { past, now } = tested;
    const other = { roomId: now.roomId, sessionId: now.id };
    const ids = { roomId: past.roomId, sessionId: past.id };
    const whole = await tested.data(ofOwners, ids);
    const { room, session } = await tested.data(ofOwners, { ...ids, jobs: { roomId: now.roomId } });
    expect(oneOfEach(whole.room)).toEqual(tested.idsIn(past.id));
    expect(oneOfEach(whole.session)).toEqual(tested.idsIn(past.id));
    expect(idsOf(whole.room?.recordingAssets)).toEqual(
      [...tested.world.jobs.assets.keys()].toReversed().slice(0, 10),
    );
    expect(idsOf(whole.session?.recordingAssets)).toEqual(idsOf(whole.room?.recordingAssets));
    expect(oneOfEach(room)).toEqual(tested.idsIn(past.id));
    // The session belongs to the first room, so it has no elements of the second.
    expect(oneOfEach(session)).toEqual([]);
    const assets = await tested.data(ofOwners, { ...ids, assets: other });
    expect(idsOf(assets.room?.recordingAssets)).toEqual([]);
  });
});
