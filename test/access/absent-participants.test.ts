// Participants who are not in their room: the REST calls of their operations, and the time until they are accepted
// after they have joined.
import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/secret.ts';
import { CANARY } from '../support/canary.ts';
import { codesOf, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { post } from '../support/server.ts';
import { eventStreamClient } from '../support/sockets.ts';
import { addPeers, addRooms } from '../support/worlds.ts';
import { hireDoorkeeper, joiningToken, type Doorkeeper } from './credentials.ts';
import { whileTimeGoesOn } from './stage.ts';
import { askOverHttp, overEventStream, overHttp, overWebSocket } from './transports.ts';

const LIMIT = 60_000;

interface Scene extends AsyncDisposable {
  readonly tested: TestGateway;
  readonly clock: ManualClock;
  readonly doorkeeper: Doorkeeper;
  /** Two live rooms. */
  readonly rooms: readonly [string, string];
  /** The URL at which the gateway listens. */
  readonly url: string;
  tokenOf(userId: string, roomId?: string): Promise<string>;
}

/** A gateway over two live rooms, whose peers have no tokens. Its clock stands still, so nothing is polled. */
async function startScene(): Promise<Scene> {
  await using resources = new AsyncDisposableStack();
  const clock = new ManualClock(Date.now());
  const doorkeeper = resources.use(await hireDoorkeeper(clock));
  const tested = resources.use(
    await startTestGateway({
      clock,
      authentication: doorkeeper,
      config: { webhookSecrets: [new Secret(CANARY)], pollIntervalMs: 100, pollMaxIntervalMs: 100 },
      sandbox: { data: 'empty' },
      limits: { pointsPerMinute: LIMIT },
      // The manual clock runs faster than the network, so a deadline measured by it would end calls too early.
      client: { deadlineMs: 3_600_000_000 },
    }),
  );
  const [one, two] = addRooms(tested.sandbox.world, 2);
  if (one === undefined || two === undefined) throw new Error('there are no rooms');
  for (const { id } of [one, two]) addPeers(tested.sandbox.world, id, 3);
  const url = await tested.gateway.listen();
  tested.sandbox.ledger.clear();
  const all = resources.move();
  const { authTokens } = tested.gateway.services;
  return {
    tested,
    clock,
    doorkeeper,
    rooms: [one.id, two.id],
    url,
    tokenOf: (userId, roomId = one.id) => joiningToken(authTokens, { userId, roomId, role: 'guest' }),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

const name = (roomId: string) => `{ room(id: "${roomId}") { name } }`;
const changes = (roomId: string) => `subscription { peerChanges(roomId: "${roomId}") { cursor } }`;

test('200 operations of an absent participant cause one REST call, for which the participant pays', async () => {
  await using scene = await startScene();
  const { tested, rooms } = scene;
  const token = await scene.tokenOf('ada');
  const costs: unknown[] = [];
  for (let turn = 0; turn < 200; turn += 1) {
    const answer = await askOverHttp(tested.gateway, token, name(rooms[0]));
    expect(codesOf(answer)).toEqual(['FORBIDDEN']);
    costs.push(answer.extensions?.['cost']);
  }
  expect(tested.sandbox.ledger.lines()).toEqual([`GET /active-rooms/${rooms[0]}/peers`]);
  expect(costs[0]).toMatchObject({ actual: 10, remaining: LIMIT - 10 });
  expect(costs.at(-1)).toMatchObject({ actual: 1, remaining: LIMIT - 10 - 199 });
});

describe.each([
  ['POST', ({ tested }: Scene) => overHttp(tested.gateway)],
  ['an event stream', ({ url }: Scene) => overEventStream(url)],
  ['WebSocket', ({ url }: Scene) => overWebSocket(url)],
])('over %s', (_name, transportOf) => {
  test.each([
    ['queries', name],
    ['subscriptions', changes],
    [
      'mutations',
      (roomId: string) =>
        `mutation { updatePeer(input: { roomId: "${roomId}", peerId: "${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}", name: "I" }) { __typename } }`,
    ],
  ])('many %s cause one REST call', async (_kind, documentOf) => {
    await using scene = await startScene();
    await using transport = transportOf(scene);
    const token = await scene.tokenOf('ada');
    for (let turn = 0; turn < 10; turn += 1) {
      expect(codesOf(await transport.ask(token, documentOf(scene.rooms[0])))).toEqual(['FORBIDDEN']);
    }
    expect(scene.tested.sandbox.ledger.count()).toBe(1);
  });
});

test('users and rooms are remembered apart', async () => {
  await using scene = await startScene();
  const { tested, rooms } = scene;
  for (const [userId, roomId] of [
    ['ada', rooms[0]],
    ['eve', rooms[0]],
    ['ada', rooms[1]],
  ] as const) {
    const token = await scene.tokenOf(userId, roomId);
    for (let turn = 0; turn < 3; turn += 1) await askOverHttp(tested.gateway, token, name(roomId));
  }
  expect(tested.sandbox.ledger.count()).toBe(3);
});

test('a participant who is in the room is read at each operation, so leaving ends their access at once', async () => {
  await using scene = await startScene();
  const { tested, rooms } = scene;
  const { world } = tested.sandbox;
  const peer = world.join(rooms[0], { name: 'Ada', role: 'guest', userId: 'ada' });
  const ask = async () =>
    codesOf(await askOverHttp(tested.gateway, await scene.tokenOf('ada'), name(rooms[0])));
  expect(await ask()).toEqual([]);
  world.leave(rooms[0], peer.id);
  expect(await ask()).toEqual(['FORBIDDEN']);
});

describe('a participant who joins after a refusal', () => {
  async function refusedAndJoined(scene: Scene) {
    const { tested, rooms } = scene;
    const token = await scene.tokenOf('ada');
    const ask = async () => codesOf(await askOverHttp(tested.gateway, token, name(rooms[0])));
    expect(await ask()).toEqual(['FORBIDDEN']);
    tested.sandbox.world.join(rooms[0], { name: 'Ada', role: 'guest', userId: 'ada' });
    return ask;
  }

  test('is accepted after a second', async () => {
    await using scene = await startScene();
    const ask = await refusedAndJoined(scene);
    await scene.clock.advance(999);
    expect(await ask()).toEqual(['FORBIDDEN']);
    await scene.clock.advance(1);
    expect(await ask()).toEqual([]);
  });

  test('is accepted at once when a webhook reports the join', async () => {
    await using scene = await startScene();
    const ask = await refusedAndJoined(scene);
    const webhook = {
      id: 'joined',
      type: 'peer.join.success',
      data: { room_id: scene.rooms[0], user_id: 'ada' },
    };
    const response = await fetch(`${scene.url}/webhooks/100ms`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-webhook-secret': CANARY },
      body: JSON.stringify(webhook),
    });
    expect(response.status).toBe(200);
    expect(await ask()).toEqual([]);
  });

  test('is accepted at once when a poll of the watched room shows them', async () => {
    await using scene = await startScene();
    const { rooms, url, doorkeeper, clock } = scene;
    await using others = eventStreamClient(url, doorkeeper.key({ scopes: ['peers:read'] }));
    await using watching = others.watch(
      `subscription { peerChanges(roomId: "${rooms[0]}") { ... on PeerJoined { peer { name } } } }`,
      {},
    );
    await watching.answer();
    const ask = await refusedAndJoined(scene);
    const told = (data: unknown) => JSON.stringify(data).includes('Ada');
    const before = clock.now();
    await whileTimeGoesOn(watching.until(told), clock);
    expect(clock.now() - before).toBeLessThan(1000);
    expect(await ask()).toEqual([]);
  });
});

test('an operation that selects a closed field is refused without a REST call', async () => {
  await using scene = await startScene();
  const { rooms, url, tested } = scene;
  const response = await post(
    url,
    { query: `{ room(id: "${rooms[0]}") { description } }` },
    { authorization: `Bearer ${await scene.tokenOf('ada')}` },
  );
  expect(await response.json()).toMatchObject({
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
    extensions: { cost: { actual: 1 } },
  });
  expect(tested.sandbox.ledger.count()).toBe(0);
});
