// A room of thousands of peers: the bytes that are read cost points, the count is read from the peers' ids, and paging
// does not read all peers for each page.
import { describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { addPeers, addRooms } from '../../support/worlds.ts';

async function setUp(peers: number) {
  const clock = new ManualClock();
  const lab = await startTestGateway({
    sandbox: { data: 'empty' },
    clock,
    limits: { pointsPerMinute: 60_000 },
  });
  const { world, ledger } = lab.sandbox;
  const [room] = addRooms(world, 1);
  const roomId = room?.id ?? '';
  addPeers(world, roomId, peers);
  return { lab, clock, world, ledger, roomId };
}

const reads = ({ sandbox }: TestGateway) =>
  sandbox.ledger
    .lines()
    .filter((line) => line.includes('/active-rooms/'))
    .map((line) => line.split('/').slice(3).join('/'));

const costOf = async (lab: TestGateway, document: string, variables: object) => {
  const { data, errors, extensions } = await lab.ask(document, variables);
  expect(errors).toBeUndefined();
  return { data, cost: Object(extensions).cost as { readonly requested: number; readonly actual: number } };
};

describe('the peers of a large room', () => {
  it.each([
    ['100', 100, 1, 1],
    ['2,000', 2000, 20, 60],
  ])('cost points for the bytes that are read of %s', async (_what, count, least, most) => {
    const { lab, roomId } = await setUp(count);
    await using _ = lab;
    const document = 'query ($id: ID!) { room(id: $id) { peers(first: 1) { edges { node { hmsId } } } } }';
    const small = await costOf(lab, document, { id: addRooms(lab.sandbox.world, 1, 'small')[0]?.id });
    const { cost } = await costOf(lab, document, { id: roomId });
    expect(cost.requested).toBe(small.cost.requested);
    // The room and the calls cost as much as those of an empty room; the peer of the result costs 1.
    expect(cost.actual - small.cost.actual).toBeGreaterThanOrEqual(least);
    expect(cost.actual - small.cost.actual).toBeLessThanOrEqual(most);
  });

  it.each([
    ['alone', '{ totalCount }', ['ids']],
    ['in a fragment', '{ ... on RoomPeersConnection { totalCount __typename } }', ['ids']],
    ['beside elements', '{ totalCount edges { node { hmsId } } }', ['peers']],
    ['with a filter', '(filter: { role: "guest" }) { totalCount }', ['peers']],
  ])('are counted by their ids if only `totalCount` is selected (%s)', async (_what, selection, expected) => {
    const { lab, roomId } = await setUp(120);
    await using _ = lab;
    const connection = /RoomPeersConnection/g;
    const document = `query ($id: ID!) { room(id: $id) { peers${selection.replace(connection, 'PeerConnection')} } }`;
    const { data } = await costOf(lab, document, { id: roomId });
    expect(Object(data).room.peers.totalCount).toBe(120);
    expect(reads(lab)).toEqual(expected.map((what) => (what === 'peers' ? 'peers' : '')));
  });

  it('have an error for an invalid argument, also if only `totalCount` is selected', async () => {
    const { lab, roomId } = await setUp(1);
    await using _ = lab;
    const { errors } = await lab.ask(
      'query ($id: ID!) { room(id: $id) { peers(first: -1) { totalCount } } }',
      {
        id: roomId,
      },
    );
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
  });
});

const PAGE = `query ($id: ID!, $after: String) { room(id: $id) { peers(first: 50, after: $after) {
  edges { node { hmsId } } pageInfo { endCursor hasNextPage } } } }`;

interface Page {
  readonly edges: readonly { readonly node: { readonly hmsId: string } }[];
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
}

const pageOf = async (lab: TestGateway, id: string, after: string | null): Promise<Page> =>
  Object((await costOf(lab, PAGE, { id, after })).data).room.peers;

describe('a walk over the pages of a large room', () => {
  it('reads its peers once, and returns each peer once', async () => {
    const { lab, roomId, world } = await setUp(320);
    await using _ = lab;
    const ids: string[] = [];
    for (let after: string | null = null, goesOn = true; goesOn;) {
      const { edges, pageInfo }: Page = await pageOf(lab, roomId, after);
      ids.push(...edges.map(({ node }) => node.hmsId));
      after = pageInfo.endCursor;
      goesOn = pageInfo.hasNextPage;
    }
    expect(ids.toSorted()).toEqual(
      world.sessions
        .connectedPeers(roomId)
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(reads(lab)).toEqual(['peers']);
  });

  it('reads the peers again after 5 s, for a first page, and after a mutation of the room', async () => {
    const { lab, roomId, clock, world } = await setUp(320);
    await using _ = lab;
    const { pageInfo, edges } = await pageOf(lab, roomId, null);
    await clock.advance(4999);
    await pageOf(lab, roomId, pageInfo.endCursor);
    expect(reads(lab)).toHaveLength(1);
    await clock.advance(1);
    await pageOf(lab, roomId, pageInfo.endCursor);
    expect(reads(lab)).toHaveLength(2);
    await pageOf(lab, roomId, null);
    expect(reads(lab)).toHaveLength(3);
    const [first] = edges;
    await lab.ask('mutation ($input: RemovePeerInput!) { removePeer(input: $input) { __typename } }', {
      input: { roomId, peerId: first?.node.hmsId },
    });
    const before = reads(lab).length;
    const { edges: later } = await pageOf(lab, roomId, pageInfo.endCursor);
    expect(reads(lab).length).toBe(before + 1);
    expect(later).toHaveLength(50);
    expect(world.sessions.connectedPeers(roomId)).toHaveLength(319);
  });

  it('of a small room reads it for each page', async () => {
    const { lab, roomId } = await setUp(100);
    await using _ = lab;
    const { pageInfo } = await pageOf(lab, roomId, null);
    await pageOf(lab, roomId, pageInfo.endCursor);
    expect(reads(lab)).toEqual(['peers', 'peers']);
  });
});
