// The vendor's webhooks in the servers of other programs: the route is that of the command, behind both handlers.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createGateway, createSandbox, type GatewayOptions } from '../../src/library.ts';
import { followPeers } from '../e2e/documents.ts';
import { CANARY, canaryCredentials } from '../support/canary.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { eventStreamClient, openEventStream } from '../support/sockets.ts';
import { hosts, inNode } from './hosts.ts';
import { ADMIN, stageIn, type LibraryStage } from './stage.ts';

const NEXT_SECRET = 'second-secret-of-at-least-32-bytes';
const received = { webhooks: { secrets: [CANARY, NEXT_SECRET] } };

const ROOM_EVENTS = 'subscription ($roomId: ID!) { roomEvents(roomId: $roomId) { hmsId type } }';

let count = 0;
const joined = (roomId: string) => ({
  id: `delivery-${(count += 1)}`,
  type: 'peer.join.success',
  timestamp: '2026-03-12T16:00:05Z',
  data: { room_id: roomId, peer_id: 'peer' },
});

interface Sending {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

/** Posts a webhook, to the path of the command unless another is given. */
async function deliver(
  { url }: Pick<LibraryStage, 'url'>,
  body: unknown,
  { path = '/webhooks/100ms', headers = { 'x-webhook-secret': CANARY }, method = 'POST' }: Sending = {},
): Promise<number> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  await response.text();
  return response.status;
}

/** Subscribes to the room's events, and waits until that is known: such a subscription has no first event. */
async function hear({ url, room, gateway }: LibraryStage) {
  const client = eventStreamClient(url, ADMIN);
  const heard = client.watch<{ readonly roomEvents: object }>(ROOM_EVENTS, { roomId: room.id });
  await expect.poll(() => gateway.metrics(), { interval: 5 }).toMatch(/^hms_live_subscribers 1$/m);
  return { heard, [Symbol.asyncDispose]: () => client[Symbol.asyncDispose]() };
}

describe.each(hosts)('in $host', ({ start }) => {
  it('a webhook is an event of its room, and a repeated one is none', async () => {
    await using staged = await stageIn(start, received);
    await using events = await hear(staged);
    const [first, second] = [joined(staged.room.id), joined(staged.room.id)];
    expect(await deliver(staged, first)).toBe(200);
    expect(await deliver(staged, first)).toBe(200);
    expect(await deliver(staged, second, { headers: { 'x-webhook-secret': NEXT_SECRET } })).toBe(200);
    for (const { id } of [first, second]) {
      expect(await events.heard.next()).toEqual({ roomEvents: { hmsId: id, type: 'PEER_JOIN_SUCCESS' } });
    }
  });

  it('other deliveries are refused as the command refuses them', async () => {
    await using staged = await stageIn(start, received);
    const webhook = joined(staged.room.id);
    const statuses = [
      await deliver(staged, webhook, { headers: { 'x-webhook-secret': 'wrong' } }),
      await deliver(staged, webhook, { headers: { authorization: `Bearer ${ADMIN}` } }),
      await deliver(staged, { ...webhook, data: 1 }),
      await deliver(staged, `"${'x'.repeat(256 * 1024)}"`),
      await deliver(staged, null, { method: 'GET' }),
    ];
    expect(statuses).toEqual([401, 401, 400, 413, 405]);
    expect(await staged.gateway.metrics()).toMatch(
      /^hms_http_requests_total\{route="\/webhooks\/100ms",method="POST",status="401"\} 2$/m,
    );
    await staged.gateway.close();
    expect(await deliver(staged, webhook)).toBe(503);
  });
});

it('the path may be behind a prefix, with a slash at its end, and the header another', async () => {
  const options: Partial<GatewayOptions> = { webhooks: { secrets: [CANARY], secretHeader: 'X-Own' } };
  await using staged = await stageIn(inNode, options);
  const headers = { 'x-own': CANARY };
  for (const path of ['/webhooks/100ms/', '/api/graphql/webhooks/100ms', '/hooks/webhooks/100ms?a=b']) {
    expect(await deliver(staged, joined(staged.room.id), { path, headers })).toBe(200);
    const url = new URL(path, 'http://localhost');
    const request = { method: 'POST', headers, body: JSON.stringify(joined(staged.room.id)) };
    expect((await staged.gateway.fetch(new Request(url, request))).status).toBe(200);
  }
  for (const path of ['/webhooks', '/100ms', '/webhooks/100ms/more']) {
    expect(await deliver(staged, joined(staged.room.id), { path, headers })).toBe(401);
  }
});

it('without the option the path is one like any other', async () => {
  await using staged = await stageIn(inNode);
  expect(await deliver(staged, joined(staged.room.id))).toBe(401);
  const answer = await fetch(new URL('/webhooks/100ms', staged.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN}` },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  expect(await answer.json()).toMatchObject({ data: { __typename: 'Query' } });
});

it('the webhooks of a sandbox say at once who has left', async () => {
  let handle: RequestListener = (_request, response) => response.writeHead(503).end();
  await using host = await listenOnLoopback(createServer((request, response) => handle(request, response)));
  await using sandbox = await createSandbox({
    ...canaryCredentials,
    data: 'empty',
    webhook: { url: `${host.url}/webhooks/100ms`, headers: { 'x-webhook-secret': CANARY } },
  });
  const room = sandbox.world.rooms.create({ name: 'physics' });
  const ada = sandbox.world.join(room.id, { name: 'Ada', role: 'guest', userId: 'ada' });
  sandbox.world.join(room.id, { name: 'Ben', role: 'guest', userId: 'ben' });
  await using gateway = await createGateway({
    upstream: sandbox,
    ...received,
    pollIntervalMs: 60_000,
    pollMaxIntervalMs: 60_000,
    sessionCheckMs: 60_000,
  });
  handle = gateway.listener;
  await using stream = await openEventStream(host.url, followPeers, { roomId: room.id });
  await stream.next();
  sandbox.world.leave(room.id, ada.id);
  // The data of an event of `followPeers`.
  const { data } = JSON.parse((await stream.next())?.data ?? '') as { data: { peerChanges: object } };
  expect(data.peerChanges).toMatchObject({ __typename: 'PeerLeft', peer: { name: 'Ada' } });
});

it('a body that was read and not kept is refused with 500, so that the vendor sends it again', async () => {
  await using staged = await stageIn(async (gateway) => {
    const server = createServer((request, response) => {
      request.resume();
      void once(request, 'end').then(() => gateway.listener(request, response));
    });
    return listenOnLoopback(server);
  }, received);
  expect(await deliver(staged, joined(staged.room.id))).toBe(500);
});

it.each<[string, unknown, string]>([
  ['no secrets', {}, 'webhooks.secrets must be a list of at least one secret, without a comma in it'],
  [
    'an empty list',
    { secrets: [] },
    'webhooks.secrets must be a list of at least one secret, without a comma in it',
  ],
  [
    'a text',
    { secrets: CANARY },
    'webhooks.secrets must be a list of at least one secret, without a comma in it',
  ],
  [
    'a comma',
    { secrets: [`${CANARY},${CANARY}`] },
    'webhooks.secrets must be a list of at least one secret, without a comma in it',
  ],
  [
    'a short secret',
    { secrets: [CANARY, 'short'] },
    'webhooks.secrets must have at least 32 bytes in each of its secrets',
  ],
  [
    'a header of HTTP',
    { secrets: [CANARY], secretHeader: 'host' },
    'webhooks.secretHeader must be a header of its own such as x-webhook-secret, not one that HTTP or proxies use',
  ],
])('webhooks with %s are a fault', async (_name, webhooks, fault) => {
  const options = { upstream: canaryCredentials, authenticate: () => null, webhooks };
  // As a program in JavaScript may give them.
  const failure = createGateway(options as GatewayOptions);
  await expect(failure).rejects.toMatchObject({ faults: [fault] });
  await expect(failure).rejects.not.toThrow(CANARY);
});
