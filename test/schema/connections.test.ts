// The law of connections in whole operations: a client that follows the cursors gets every node once and in order,
// although the REST API pages forward only.
import { describe, expect, it } from 'vitest';
import { graphql } from '../generated/gql.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { addPastSession, addPeers, addRooms } from '../support/worlds.ts';

const walkRooms = graphql(`
  query WalkRooms($first: Int, $after: String) {
    list: rooms(first: $first, after: $after) {
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
  fragment WalkedPage on PageInfo {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
`);

const walkSessions = graphql(`
  query WalkSessions($first: Int, $after: String) {
    list: sessions(first: $first, after: $after) {
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

const walkTemplates = graphql(`
  query WalkTemplates($first: Int, $after: String) {
    list: templates(first: $first, after: $after) {
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

const walkPeersOfRoom = graphql(`
  query WalkPeersOfRoom($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    owner: room(id: $id) {
      peers(first: $first, after: $after, last: $last, before: $before) {
        ...WalkedPeers
      }
    }
  }
  fragment WalkedPeers on PeerConnection {
    totalCount
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
`);

const walkPeersOfSession = graphql(`
  query WalkPeersOfSession($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    owner: session(id: $id) {
      peers(first: $first, after: $after, last: $last, before: $before) {
        ...WalkedPeers
      }
    }
  }
`);

const LENGTH = 130;
const newestFirst = (map: ReadonlyMap<string, unknown>) => [...map.keys()].toReversed();

/** 130 rooms, templates and sessions each; 30 of the sessions are running. */
async function fullWorkspace(): Promise<TestGateway> {
  const tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world } = tested.sandbox;
  for (let index = 0; index < LENGTH; index += 1)
    world.templates.create({ name: `t${index}`, roles: { guest: {} } });
  for (const [index, { id }] of addRooms(world, LENGTH).entries()) {
    if (index < 100) addPastSession(world, id);
    else addPeers(world, id, 1);
  }
  return tested;
}

const lists = [
  {
    list: 'rooms',
    document: walkRooms,
    ids: ({ sandbox }: TestGateway) => newestFirst(sandbox.world.rooms.all),
  },
  {
    list: 'sessions',
    document: walkSessions,
    ids: ({ sandbox }: TestGateway) => newestFirst(sandbox.world.sessions.all),
  },
  {
    list: 'templates',
    document: walkTemplates,
    ids: ({ sandbox }: TestGateway) => newestFirst(sandbox.world.templates.all),
  },
] as const;

describe.each(lists)('the list of $list', ({ document, ids }) => {
  it.each([[[7]], [[13, 100, 1]], [[65]], [[100]], [[130]], [[500]], [[129, 1]]])(
    'yields every node once and in order to a client that pages by %j',
    async (sizes) => {
      await using tested = await fullWorkspace();
      const walked: string[] = [];
      let after: string | null = null;
      for (let turn = 0; turn <= LENGTH; turn += 1) {
        const first: number = sizes[turn % sizes.length] ?? 1;
        const list: Walked | null | undefined = (await tested.data(document, { first, after })).list;
        walked.push(...(list?.edges ?? []).map(({ node }) => node.hmsId));
        expect(list?.pageInfo.hasNextPage).toBe(walked.length < LENGTH);
        expect(list?.pageInfo.hasPreviousPage).toBe(turn > 0);
        after = list?.pageInfo.endCursor ?? null;
        if (walked.length >= LENGTH) break;
      }
      expect(walked).toEqual(ids(tested));
    },
  );

  it('resumes right after the cursor of any edge', async () => {
    await using tested = await fullWorkspace();
    const expected = ids(tested);
    const { list: whole } = await tested.data(document, { first: 500 });
    for (const place of [0, 6, 9, 10, 99, 100, 128, 129]) {
      const { list } = await tested.data(document, { first: 3, after: whole?.edges[place]?.cursor ?? null });
      expect(list?.edges.map(({ node }) => node.hmsId)).toEqual(expected.slice(place + 1, place + 4));
    }
  });
});

interface Walked {
  readonly edges: readonly { readonly node: { readonly hmsId: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor?: string | null;
    readonly endCursor?: string | null;
  };
}

const owners = [
  { owner: 'a room', document: walkPeersOfRoom, idOf: (roomId: string) => roomId },
  {
    owner: 'a session',
    document: walkPeersOfSession,
    idOf: (roomId: string, { sandbox }: TestGateway) => sandbox.world.sessions.active(roomId)?.id ?? '',
  },
] as const;

describe.each(owners)('the peers of $owner', ({ document, idOf }) => {
  it.each([1, 7, 12, 23, 24, 50])('can be paged forwards and backwards by %i', async (size) => {
    await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
    const [room] = addRooms(tested.sandbox.world, 1);
    const roomId = room?.id ?? '';
    const expected = addPeers(tested.sandbox.world, roomId, 24).map(({ id }) => id);
    const id = idOf(roomId, tested);
    const [forwards, backwards]: [string[], string[]] = [[], []];
    let [after, before]: (string | null | undefined)[] = [];
    for (let turn = 0; turn < 24 && forwards.length < 24; turn += 1) {
      const peers: Walked | null | undefined = (await tested.data(document, { id, first: size, after })).owner
        ?.peers;
      forwards.push(...(peers?.edges ?? []).map(({ node }) => node.hmsId));
      expect(peers?.pageInfo.hasNextPage).toBe(forwards.length < 24);
      after = peers?.pageInfo.endCursor;
    }
    for (let turn = 0; turn < 24 && backwards.length < 24; turn += 1) {
      const peers: Walked | null | undefined = (await tested.data(document, { id, last: size, before })).owner
        ?.peers;
      backwards.unshift(...(peers?.edges ?? []).map(({ node }) => node.hmsId));
      expect(peers?.pageInfo.hasPreviousPage).toBe(backwards.length < 24);
      before = peers?.pageInfo.startCursor;
    }
    expect(forwards).toEqual(expected);
    expect(backwards).toEqual(expected);
  });

  it('have a totalCount of all peers, whatever the page', async () => {
    await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
    const [room] = addRooms(tested.sandbox.world, 1);
    const roomId = room?.id ?? '';
    addPeers(tested.sandbox.world, roomId, 24);
    const { owner } = await tested.data(document, { id: idOf(roomId, tested), first: 2 });
    expect(owner?.peers?.totalCount).toBe(24);
    expect(owner?.peers?.edges).toHaveLength(2);
  });
});

describe('pages that fail', () => {
  it('are requested in parts of ten if they are over the body cap', async () => {
    await using tested = await startTestGateway({
      sandbox: { data: 'empty' },
      client: { maxBodyBytes: 10_000 },
    });
    const { world, ledger } = tested.sandbox;
    addRooms(world, 120);
    const { list } = await tested.data(walkRooms, { first: 50 });
    expect(list?.edges.map(({ node }) => node.hmsId)).toEqual(newestFirst(world.rooms.all).slice(0, 50));
    expect(list?.pageInfo.hasNextPage).toBe(true);
    const limits = ledger.entries.map(({ path }) => new URL(path, 'http://sandbox.test').searchParams);
    expect(limits.map((query) => query.get('limit'))).toEqual(['51', '10', '10', '10', '10', '10', '10']);
  });

  it('omit their last element if the request for what follows fails; the next page begins with it', async () => {
    await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
    const { world, faults } = tested.sandbox;
    addRooms(world, 120);
    const failFromNowOn = (body: unknown) => {
      faults.set('listRooms', { kind: 'status', status: 503 });
      return body;
    };
    faults.set('listRooms', { kind: 'shape', shape: failFromNowOn }, { times: 1 });
    const { list } = await tested.data(walkRooms, { first: 100 });
    expect(list?.edges.map(({ node }) => node.hmsId)).toEqual(newestFirst(world.rooms.all).slice(0, 99));
    expect(list?.pageInfo).toMatchObject({ hasNextPage: true, endCursor: list?.edges.at(-1)?.cursor });
    faults.clear();
    const rest = (await tested.data(walkRooms, { first: 100, after: list?.pageInfo.endCursor })).list;
    expect(rest?.edges.map(({ node }) => node.hmsId)).toEqual(newestFirst(world.rooms.all).slice(99));
    expect(rest?.pageInfo.hasNextPage).toBe(false);
  });
});
