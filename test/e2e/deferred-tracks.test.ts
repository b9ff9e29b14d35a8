// A room with 50 peers whose tracks are deferred: each peer's tracks are a REST call of its own. The answers to these calls are
// held by the clock, so the ledger shows what was asked for and when.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { encodeGlobalId } from '../../resolvers/ids.ts';
import { MAX_PEERS_WITH_TRACKS } from '../../resolvers/peers/peer-fields.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { startTestGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { allOf, nextOf, PARTS, partsOf, partTransports, type Part } from '../support/parts.ts';
import { post } from '../support/server.ts';
import { newcomer, stage, type Stage } from './stage.ts';

const TRACKS = `query RoomWithTracks($id: ID!) {
  room(id: $id) {
    name
    peers(first: 500) { edges { node { name ... @defer(label: "tracks") { tracks { type muted } } } } }
  }
}`;

/** How long the REST API holds back the tracks of a peer. */
const HELD_MS = 500;

/** Of the REST client. */
const CONNECTIONS = 32;

let clock: ManualClock;
let resources: AsyncDisposableStack;
beforeEach(() => {
  clock = new ManualClock();
  resources = new AsyncDisposableStack();
});
afterEach(() => resources.disposeAsync());

/** A room with `count` peers, of whose tracks the REST API says nothing until the clock is advanced. */
async function crowded(count: number, options: TestGatewayOptions = {}): Promise<Stage> {
  const staged = resources.use(await stage({ clock, ...options }));
  const { sandbox, world, room } = staged;
  for (let peer = 1; peer < count; peer += 1) world.join(room.id, newcomer(`Peer ${peer}`));
  sandbox.faults.set('getActivePeer', { kind: 'latency', ms: HELD_MS });
  return staged;
}

const asked = ({ sandbox }: Stage) => sandbox.ledger.count({ operationId: 'getActivePeer' });
const answered = ({ sandbox }: Stage) => sandbox.ledger.count({ operationId: 'getActivePeer', status: 200 });

/** Lets the REST API answer until it has answered `count` calls. One may have arrived without being held yet. */
const answer = (staged: Stage, count: number) =>
  expect
    .poll(
      async () => {
        await clock.advance(HELD_MS);
        return answered(staged);
      },
      { interval: 5 },
    )
    .toBe(count);

const operationOf = ({ room }: Stage) => ({ query: TRACKS, variables: { id: room.id } });

function namesIn({ data }: Part): readonly string[] {
  // The shape of the document's data.
  const { room } = data as { room: { peers: { edges: readonly { node: { name: string } }[] } } };
  return room.peers.edges.map(({ node }) => node.name);
}

it.each(partTransports)(
  'over %s, the first part comes before the first track is read',
  async (_name, send) => {
    const staged = await crowded(50);
    const parts = send(staged.url, operationOf(staged));
    const first = await nextOf(parts);
    expect(namesIn(first)).toHaveLength(50);
    expect(first.pending).toHaveLength(50);
    expect(answered(staged)).toBe(0);
    const rest = allOf(parts);
    // All of them at once, as if they had not been deferred: as many as the REST client has connections.
    await expect.poll(() => asked(staged), { interval: 5 }).toBe(CONNECTIONS);
    expect(answered(staged)).toBe(0);
    await answer(staged, 50);
    const tracks = (await rest).flatMap(({ incremental = [] }) => incremental);
    expect(tracks).toHaveLength(50);
    expect(tracks.every(({ data }) => Array.isArray((data as { tracks: unknown }).tracks))).toBe(true);
    expect(asked(staged)).toBe(50);
  },
);

it('no track is asked for before the connection has taken the first part', async () => {
  const staged = await crowded(50);
  const response = await staged.gateway.graphql.fetch('http://gateway.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: PARTS },
    body: JSON.stringify(operationOf(staged)),
  });
  const reader = response.body?.getReader();
  await reader?.read();
  await settle();
  expect(asked(staged)).toBe(0);
  const arrival = staged.sandbox.ledger.arrival(({ operationId }) => operationId === 'getActivePeer');
  void reader?.read();
  await arrival;
  await reader?.cancel();
});

it.each(partTransports)('over %s, a client that leaves ends the calls of the rest', async (_name, send) => {
  // Enough for the first part and some of the tracks: the other calls wait for their turn.
  const staged = await crowded(50, { config: { upstreamRequestsPerSecond: 20 } });
  const { ledger } = staged.sandbox;
  const leaving = new AbortController();
  const parts = send(staged.url, operationOf(staged), { signal: leaving.signal });
  await nextOf(parts);
  const rest = parts.next();
  // Of 20 calls a caller leaves a quarter to others, and the first part cost two.
  const inFlight = 13;
  await expect.poll(() => asked(staged), { interval: 5 }).toBe(inFlight);
  const ended = ledger.entries
    .filter(({ operationId }) => operationId === 'getActivePeer')
    .map(({ path }) => ledger.next((entry) => entry.path === path));
  leaving.abort();
  await expect(rest).rejects.toThrow();
  const endings = await Promise.all(ended);
  expect(endings.map(({ status }) => status)).toEqual(endings.map(() => undefined));
  // By then all that waited could have been sent.
  await clock.advance(10_000);
  expect(
    await (await post(staged.url, { query: '{ rooms { edges { node { name } } } }' })).json(),
  ).toMatchObject({
    data: { rooms: {} },
  });
  expect(asked(staged)).toBe(inFlight);
});

it('a call that somebody else waits for goes on', async () => {
  const staged = await crowded(10);
  const whole = post(staged.url, { ...operationOf(staged), operationName: 'RoomWithTracks' });
  await expect.poll(() => asked(staged), { interval: 5 }).toBe(10);
  const leaving = new AbortController();
  const [[, send] = []] = partTransports;
  const parts = send?.(staged.url, operationOf(staged), { signal: leaving.signal });
  await parts?.next();
  const rest = parts?.next();
  leaving.abort();
  await expect(rest).rejects.toThrow();
  await answer(staged, 10);
  const text = await (await whole).text();
  expect(text.match(/"tracks":\[/g)).toHaveLength(10);
  expect(asked(staged)).toBe(10);
});

it('the limit on peers with tracks counts the deferred ones', async () => {
  const staged = await crowded(MAX_PEERS_WITH_TRACKS + 3);
  staged.sandbox.faults.clear();
  const response = await post(staged.url, operationOf(staged), { accept: PARTS });
  const parts = await allOf(partsOf(response));
  const codes = parts
    .flatMap(({ incremental = [] }) => incremental)
    .flatMap(({ errors = [] }) => errors)
    .map(({ extensions }) => extensions['code']);
  expect(codes).toEqual(['LIMIT_EXCEEDED', 'LIMIT_EXCEEDED', 'LIMIT_EXCEEDED']);
  expect(asked(staged)).toBe(MAX_PEERS_WITH_TRACKS);
});

it('a failed call of a later part is told with its code, like one of the first part', async () => {
  const staged = await crowded(3);
  staged.sandbox.faults.clear();
  staged.sandbox.faults.set('getActivePeer', { kind: 'status', status: 403 });
  const parts = await allOf(partsOf(await post(staged.url, operationOf(staged), { accept: PARTS })));
  const deferred = parts.flatMap(({ incremental = [] }) => incremental.flatMap(({ errors = [] }) => errors));
  const whole = (await (await post(staged.url, operationOf(staged))).json()) as Part;
  expect(deferred).toHaveLength(3);
  expect(new Set(deferred.map((error) => JSON.stringify(error)))).toEqual(
    new Set(whole.errors?.map((error) => JSON.stringify(error))),
  );
});

it('all parts together are the whole answer, at the same cost', async () => {
  const staged = await crowded(20, { limits: { pointsPerMinute: 60_000 } });
  staged.sandbox.faults.clear();
  const parts = await allOf(partsOf(await post(staged.url, operationOf(staged), { accept: PARTS })));
  const [first, ...rest] = parts;
  const pathOf = new Map(first?.pending?.map(({ id, path }) => [id, path]));
  for (const { id = '', data } of rest.flatMap(({ incremental = [] }) => incremental)) {
    const target = (pathOf.get(id) ?? []).reduce<unknown>(
      (value, key) => Reflect.get(Object(value), key),
      first?.data,
    );
    Object.assign(Object(target), data);
  }
  const whole = (await (await post(staged.url, operationOf(staged))).json()) as Part;
  expect(first?.data).toEqual(whole.data);
  const costIn = (part: Part | undefined) => (part?.extensions?.['cost'] ?? {}) as Record<string, unknown>;
  expect(costIn(parts.at(-1))).toMatchObject({ requested: costIn(whole)['requested'] });
  expect(Number(costIn(parts.at(-1))['actual'])).toBeGreaterThanOrEqual(Number(costIn(whole)['actual']));
});

it('elements of a streamed list that fail before their turn fail alone', async () => {
  const staged = await crowded(1);
  const ids = [staged.room.id, 'bad', 'worse'].map((id, at) => (at === 0 ? encodeGlobalId('Room', id) : id));
  const query =
    'query ($ids: [ID!]!) { nodes(ids: $ids) @stream { id ... on Room { sessions(first: 1) { edges { cursor } } } } }';
  const parts = await allOf(
    partsOf(await post(staged.url, { query, variables: { ids } }, { accept: PARTS })),
  );
  const increments = parts.flatMap(({ incremental = [] }) => incremental);
  expect(increments.flatMap(({ items }) => items ?? [])).toEqual([
    expect.objectContaining({ id: ids[0] }),
    null,
    null,
  ]);
  expect(increments.flatMap(({ errors = [] }) => errors).map(({ path }) => path)).toEqual([
    ['nodes', 1],
    ['nodes', 2],
  ]);
});

it('deferred fields of a list make the same few calls as if they were not deferred', async () => {
  const query = `{ rooms(first: 30) { edges { node {
    name ... @defer { template { name } } ... @defer { activeSession { id } } } } } }`;
  const calls: (readonly string[])[] = [];
  for (const accept of ['application/json', PARTS]) {
    await using tested = await startTestGateway();
    const response = await post(await tested.gateway.listen(), { query }, { accept });
    await response.text();
    calls.push(tested.sandbox.ledger.lines().toSorted());
  }
  const [whole = [], parts] = calls;
  expect(parts).toEqual(whole);
  expect(whole.length).toBeLessThan(10);
});
