// Pages that overlap, repeat an element or never end, instants in other forms, and parts that are missing or null.
import { describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { addPeers, addRooms } from '../support/worlds.ts';

type Json = Record<string, unknown>;

interface NamedPage {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly name: string } }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

const PAGE = `query ($first: Int!, $after: String) {
  rooms(first: $first, after: $after) { edges { cursor node { name } } pageInfo { endCursor hasNextPage } }
}`;

async function roomsPage(lab: TestGateway, first: number, after: string | null): Promise<NamedPage> {
  const { data, errors } = await lab.ask(PAGE, { first, after });
  expect(errors).toBeUndefined();
  // The document selects these fields.
  return (data as { rooms: NamedPage }).rooms;
}

describe('pages of the REST API that overlap', () => {
  it.each([1, 10, 99])('by %i elements give each element once, and all elements', async (overlap) => {
    await using lab = await startTestGateway({ sandbox: { data: 'empty' } });
    const { world, faults } = lab.sandbox;
    addRooms(world, 260);
    let before: unknown[] = [];
    faults.set('listRooms', {
      kind: 'shape',
      shape: (body) => {
        const answer: Json = Object(body);
        const page = [...before.slice(-overlap), ...Object(answer['data'])].slice(0, 100) as { id: string }[];
        before = page;
        return { ...answer, data: page, last: page.at(-1)?.id };
      },
    });
    const { edges } = await roomsPage(lab, 250, null);
    const all = Array.from({ length: 260 }, (_, index) => `room-${259 - index}`);
    expect(edges.map(({ node }) => node.name)).toEqual(all.slice(0, 250));
    expect(new Set(edges.map(({ cursor }) => cursor)).size).toBe(250);
  });

  it('and a page that has an element twice, show the element once, and the list goes on', async () => {
    await using lab = await startTestGateway({ sandbox: { data: 'empty' } });
    const { world, faults } = lab.sandbox;
    addRooms(world, 25);
    faults.set('listRooms', {
      kind: 'shape',
      shape: (body) => {
        const answer: Json = Object(body);
        const [newest, ...rest] = Object(answer['data']) as unknown[];
        return { ...answer, data: [newest, newest, ...rest.slice(0, -1)], last: Object(rest.at(-2)).id };
      },
    });
    const names: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 6; page += 1) {
      const { edges, pageInfo }: NamedPage = await roomsPage(lab, 8, after);
      names.push(...edges.map(({ node }) => node.name));
      after = pageInfo.endCursor;
      if (!pageInfo.hasNextPage) break;
    }
    expect(names).toEqual(Array.from({ length: 24 }, (_, index) => `room-${24 - index}`));
  });
});

describe('a list whose pages never end', () => {
  it('gives its elements, and costs two requests', async () => {
    await using lab = await startTestGateway({ sandbox: { data: 'empty' } });
    const { world, faults, ledger } = lab.sandbox;
    addRooms(world, 100);
    let call = 0;
    faults.set('listRooms', {
      kind: 'shape',
      shape: (body) => ({ ...Object(body), last: `${(call += 1)}`.padStart(24, '0') }),
    });
    const first = await roomsPage(lab, 500, null);
    expect(first.edges).toHaveLength(100);
    expect(ledger.count({ operationId: 'listRooms' })).toBeLessThanOrEqual(2);
  });
});

describe('an instant of an answer', () => {
  it.each([
    ['2026-03-12T21:30:05.118+05:30', '2026-03-12T16:00:05.118Z'],
    ['2026-03-12T00:00:00.000000001-08:00', '2026-03-12T08:00:00.000000001Z'],
    ['2026-02-30T25:61:61Z', null],
    ['0001-01-01T00:00:00Z', null],
    ['yesterday', null],
  ])('%s is shown as %s', async (instant, shown) => {
    await using lab = await startTestGateway({ sandbox: { data: 'empty' } });
    const { world, faults } = lab.sandbox;
    const [room] = addRooms(world, 1);
    faults.set('getRoom', { kind: 'shape', shape: (body) => ({ ...Object(body), created_at: instant }) });
    const answer = await lab.ask('query ($id: ID!) { room(id: $id) { createdAt } }', { id: room?.id });
    expect(answer).toEqual({ data: { room: { createdAt: shown } } });
  });
});

describe('a room whose answer lacks the peers of its session', () => {
  it.each([
    ['misses them', (session: Json) => ({ ...session, peers: undefined }), null],
    ['has null for them', (session: Json) => ({ ...session, peers: null }), null],
    ['has an empty list', (session: Json) => ({ ...session, peers: [] }), 0],
  ])('and %s has the right count, or null', async (_what, change, count) => {
    await using lab = await startTestGateway({ sandbox: { data: 'empty' } });
    const { world, faults } = lab.sandbox;
    const [room] = addRooms(world, 1);
    addPeers(world, room?.id ?? '', 2);
    faults.set('getActiveRoom', {
      kind: 'shape',
      shape: (body) => ({ ...Object(body), session: change(Object(body).session) }),
    });
    const answer = await lab.ask('query ($id: ID!) { room(id: $id) { peerCount } }', { id: room?.id });
    expect(answer).toEqual({ data: { room: { peerCount: count } } });
  });
});

describe('stored destinations that are null', () => {
  it.each(['hlsDestinations', 'rtmpDestinations', 'transcriptions'])(
    'count as an empty map when the other destinations are changed (%s)',
    async (kind) => {
      await using lab = await startTestGateway({ sandbox: { data: 'empty' } });
      const { world, faults } = lab.sandbox;
      const { id } = world.templates.create({ roles: { host: {} } });
      faults.set('getDestinations', {
        kind: 'shape',
        shape: (body) => ({ ...Object(body), [kind]: null }),
      });
      const answer = await lab.ask(
        `mutation ($id: ID!) {
          updateTemplateDestinations(input: { templateId: $id, removeHls: ["a"], removeRtmp: ["b"], removeTranscriptions: ["c"], hls: [{ name: "x" }] }) {
            __typename ... on Template { destinations { hls { name } } } ... on Error { message }
          }
        }`,
        { id },
      );
      expect(answer).toEqual({
        data: {
          updateTemplateDestinations: { __typename: 'Template', destinations: { hls: [{ name: 'x' }] } },
        },
      });
    },
  );
});
