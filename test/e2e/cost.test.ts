// What operations cost in points over HTTP, compared with docs/security.md and with the sandbox's ledger.
import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { describe, expect, it, test } from 'vitest';
import { encodeGlobalId } from '../../resolvers/ids.ts';
import { exampleOperations } from '../../src/server/graphiql/examples.ts';
import { defaultLimits } from '../../src/server/operation/limits.ts';
import { startTestGateway, type Answer, type TestGateway } from '../support/gateway.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { addPastJobs } from '../support/media.ts';
import { post } from '../support/server.ts';
import { answerOf } from '../support/transports.ts';
import { addPastSession, addPeers, addRooms } from '../support/worlds.ts';

/** `extensions.cost`. */
interface Cost {
  readonly requested: number;
  readonly actual: number;
  readonly limit: number;
  readonly remaining: number;
}

interface Scene extends AsyncDisposable {
  readonly tested: TestGateway;
  readonly clock: ManualClock;
  readonly variables: { readonly roomId: string; readonly sessionId: string };
  /** Sends an operation over HTTP. Of a subscription it reads the first event. */
  ask(query: string): Promise<Answer>;
}

const ROOMS = 100;
const LIVE_ROOMS = 20;
const PEOPLE = 8;

/** The gateway and the world of the table in docs/security.md, with nothing in memory. */
async function startScene(): Promise<Scene> {
  await using resources = new AsyncDisposableStack();
  const clock = new ManualClock();
  const { pointsPerMinute } = defaultLimits;
  const tested = resources.use(
    await startTestGateway({
      clock,
      sandbox: { data: 'empty' },
      limits: { pointsPerMinute },
      // The manual clock runs faster than the network, so a deadline measured by it would end calls too early.
      client: { deadlineMs: 3_600_000_000 },
    }),
  );
  const { world } = tested.sandbox;
  // Lists begin with the newest room, so the rooms that were created last are live.
  const live = addRooms(world, ROOMS).slice(-LIVE_ROOMS);
  const shown = live.at(-1)?.id ?? '';
  for (let past = 0; past < 10; past += 1) addPastSession(world, shown);
  for (const { id } of live) addPeers(world, id, PEOPLE);
  const session = world.sessions.active(shown);
  if (session === undefined) throw new Error('the room is not live');
  addPastJobs(world, session, 'recording', 5);
  for (const role of ['host', 'guest']) world.roomCodes.create(shown, role);
  const url = await tested.gateway.listen();
  const variables = { roomId: shown, sessionId: session.id };
  tested.sandbox.ledger.clear();
  const all = resources.move();
  return {
    tested,
    clock,
    variables,
    ask: async (query) =>
      answerOf(await post(url, { query, variables }, { accept: '*/*', 'x-gateway-upstream': '1' })),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function costOf({ errors, extensions }: Answer): Cost {
  if (errors !== undefined) throw new Error(`The answer has errors: ${JSON.stringify(errors)}`);
  // The documented form of `extensions.cost`.
  return extensions?.['cost'] as Cost;
}

const text = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');

/** The documents of docs/security.md, by the name of their operation. */
const documents = new Map(
  [...text.matchAll(/^```graphql\n(.*?)^```/gms)].map(([, document = '']) => {
    const [definition] = parse(document).definitions;
    return [definition !== undefined && 'name' in definition ? definition.name?.value : undefined, document];
  }),
);

function documentOf(name: string): string {
  const document = documents.get(name);
  if (document === undefined) throw new Error(`docs/security.md has no operation ${name}`);
  return document;
}

/** The rows of the table: the operation, and its figures in their printed form. */
const rows = [...text.matchAll(/^\| `(\w+)` +\| [^|]+ \|((?: +[\d,]+ +\|){4})$/gm)].map(
  ([, name = '', figures = '']) => [name, figures.split('|').flatMap((cell) => cell.trim() || [])] as const,
);

test('the table has a row for each of its documents', () => {
  expect(new Set(rows.map(([name]) => name))).toEqual(new Set(documents.keys()));
  expect(rows.length).toBeGreaterThanOrEqual(6);
});

it.each(rows)('%s costs what docs/security.md says', async (name, figures) => {
  await using scene = await startScene();
  const answer = await scene.ask(documentOf(name));
  const { requested, actual, limit } = costOf(answer);
  // The sandbox's ledger has the gateway's own polls too.
  const upstream = answer.extensions?.['upstream'] as { readonly calls: number } | undefined;
  const calls = upstream?.calls ?? Number.NaN;
  const { ledger } = scene.tested.sandbox;
  if (name !== 'WatchRoom') expect(calls).toBe(ledger.count());
  const runs = Math.floor((limit - requested) / actual) + 1;
  expect([requested, actual, calls, runs].map((figure) => figure.toLocaleString('en'))).toEqual(figures);
  expect(actual).toBeGreaterThanOrEqual(calls * 10);
});

test('a dashboard of 20 live rooms that is read every 5 s stays within the default limit', async () => {
  await using scene = await startScene();
  let sum = 0;
  let last: Cost | undefined;
  for (let turn = 0; turn < 12; turn += 1) {
    last = costOf(await scene.ask(documentOf('Dashboard')));
    sum += last.actual;
    await scene.clock.advance(4999);
  }
  expect(last?.remaining).toBe(defaultLimits.pointsPerMinute - sum);
  const [, documented = ''] = /spends ([\d,]+) points\s+a\s+minute/.exec(text) ?? [];
  expect(sum.toLocaleString('en')).toBe(documented);
});

test('if operations share a REST call, the operation that caused it pays', async () => {
  await using scene = await startScene();
  const { ledger } = scene.tested.sandbox;
  const query = documentOf('Dashboard');
  const alone = costOf(await scene.ask(query));
  const objects = alone.actual - 10 * ledger.count();
  ledger.clear();
  const answers = await Promise.all(Array.from({ length: 10 }, () => scene.ask(query)));
  const sum = answers.map(costOf).reduce((points, { actual }) => points + actual, 0);
  expect(ledger.count()).toBeLessThan(10 * LIVE_ROOMS);
  expect(sum).toBe(10 * objects + 10 * ledger.count());
});

const hex = (index: number) => `64b0000000000000000000${index.toString(16).padStart(2, '0')}`;
const many = (count: number, field: (index: number) => string) =>
  `{ ${Array.from({ length: count }, (_none, index) => `a${index}: ${field(index)}`).join(' ')} }`;
const peerIds = (count: number) =>
  Array.from({ length: count }, (_none, index) =>
    JSON.stringify(encodeGlobalId('Peer', `${hex(index)}:${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`)),
  );

describe('a look-up of an object that does not exist costs 10 points for each REST call', () => {
  it.each([
    ['30 rooms', many(30, (index) => `room(id: "${hex(index)}") { name }`), 32],
    ['300 peers by `nodes`', `{ nodes(ids: [${peerIds(300).join(' ')}]) { id } }`, 600],
    ['30 templates', many(30, (index) => `template(id: "${hex(index)}") { name }`), 32],
    ['30 sessions', many(30, (index) => `session(id: "${hex(index)}") { active }`), 30],
    ['20 peers', many(20, (index) => `peer(roomId: "${hex(index)}", id: "no-such-peer") { name }`), 40],
  ])('%s', async (_what, query, most) => {
    await using scene = await startScene();
    const { requested, actual } = costOf(await scene.ask(query));
    const calls = scene.tested.sandbox.ledger.count();
    expect(calls).toBeGreaterThan(most / 2);
    expect(calls).toBeLessThanOrEqual(most);
    expect(actual).toBe(10 * calls);
    expect(requested).toBeGreaterThanOrEqual(actual);
  });
});

describe('elements that are not selected cost nothing', () => {
  const sessions = (selection: string) => `{ sessions(first: 20) { edges { node { ${selection} } } } }`;

  it.each([
    ['the number of peers of sessions', sessions('peers { totalCount }'), 30, 30],
    ['the page of peers of sessions', sessions('peers { pageInfo { hasNextPage } totalCount }'), 30, 30],
    [
      'peers by fragments',
      `${sessions('peers { ...P }')} fragment P on PeerConnection { totalCount }`,
      30,
      30,
    ],
    [
      'the page of sessions of rooms',
      '{ rooms(first: 5) { edges { node { sessions(first: 50) { pageInfo { hasNextPage } } } } } }',
      15 + 5 * 10,
      15 + 5 * 10,
    ],
    ['one peer of each', sessions('peers(first: 1) { edges { node { name } } }'), 30 + 20, 30 + 20],
  ])('%s', async (_what, query, requested, actual) => {
    await using scene = await startScene();
    expect(costOf(await scene.ask(query))).toMatchObject({ requested, actual });
    expect(scene.tested.sandbox.ledger.count() * 10).toBeLessThanOrEqual(actual);
  });
});

it.each(exampleOperations().map(({ file, query }) => [file, query] as const))(
  'the example %s of GraphiQL costs what it uses, and no more than was taken before',
  async (_file, query) => {
    await using scene = await startScene();
    const { requested, actual } = costOf(await scene.ask(query));
    expect(requested).toBeLessThan(1500);
    expect(requested).toBeGreaterThanOrEqual(actual);
    if (!query.includes('subscription')) {
      expect(actual).toBeGreaterThan(10 * scene.tested.sandbox.ledger.count());
      expect(actual).toBeLessThan(400);
    }
  },
);
