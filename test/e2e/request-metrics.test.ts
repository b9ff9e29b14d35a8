// The metrics of requests, operations, REST calls, caches, points and sockets at /metrics, compared with the ledger.
import { expect, test } from 'vitest';
import { followPeers } from './documents.ts';
import { stage } from './stage.ts';
import { eventStreamClient, webSocketClient } from '../support/sockets.ts';
import { figures } from '../support/figures.ts';
import { ManualClock } from '../support/manual-clock.ts';

function ask(url: string, query: string, variables: object = {}): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
}

const ROOM = 'query OneRoom($id: ID!) { room(id: $id) { name } }';

test('operations are counted by name, kind and result, and REST calls by endpoint and result', async () => {
  await using staged = await stage({ client: { connections: 4 } });
  const { url, room, sandbox } = staged;
  const before = sandbox.ledger.count({ operationId: 'getRoom' });
  for (let turn = 0; turn < 3; turn += 1) expect((await ask(url, ROOM, { id: room.id })).status).toBe(200);
  await (await ask(url, 'query Wrong { nothing }')).text();
  const heal = sandbox.faults.set('*', { kind: 'status', status: 500 });
  await (await ask(url, '{ template(id: "0123456789abcdef01234567") { name } }')).text();
  heal();
  await (await fetch(`${url}/nowhere`)).text();
  // A request is counted when its connection has taken the answer, which may be after the client has it.
  const isCounted = 'hms_http_requests_total{route="other",method="GET",status="404"}';
  await expect.poll(async () => (await figures(url))[isCounted]).toBe(1);
  const seen = await figures(url);
  expect(seen).toMatchObject({
    'hms_operations_total{operation="OneRoom",kind="query",result="ok"}': 3,
    'hms_operation_duration_seconds_count{operation="OneRoom",kind="query"}': 3,
    'hms_operations_total{operation="(other)",kind="query",result="GRAPHQL_VALIDATION_FAILED"}': 1,
    'hms_operations_total{operation="(anonymous)",kind="query",result="UPSTREAM_UNAVAILABLE"}': 1,
    'hms_http_requests_total{route="/graphql",method="POST",status="200"}': 5,
    'hms_upstream_requests_total{method="GET",route="/rooms/{room_id}",result="ok"}':
      sandbox.ledger.count({ operationId: 'getRoom' }) - before,
    'hms_cache_lookups_total{cache="rooms",result="miss"}': 1,
    'hms_cache_lookups_total{cache="rooms",result="fresh"}': 2,
  });
  const failed =
    'hms_upstream_requests_total{method="GET",route="/templates/{template_id}",result="unavailable"}';
  expect(seen[failed]).toBeGreaterThanOrEqual(1);
});

test('objects that are answered as they were read last, as the REST API is out, are counted', async () => {
  const clock = new ManualClock();
  await using staged = await stage({ clock });
  const { url, room, sandbox } = staged;
  await (await ask(url, ROOM, { id: room.id })).text();
  sandbox.faults.set('*', { kind: 'status', status: 503 });
  await clock.advance(60_000);
  const answer = await (await ask(url, ROOM, { id: room.id })).text();
  expect(answer).toContain('"ageSeconds":60');
  expect(await figures(url)).toMatchObject({
    'hms_cache_lookups_total{cache="rooms",result="miss"}': 2,
    'hms_cache_lookups_total{cache="rooms",result="outage"}': 1,
  });
});

test('points are counted as they are spent and refused', async () => {
  await using staged = await stage({ limits: { pointsPerMinute: 40 } });
  const { url, room } = staged;
  const answer = (await (await ask(url, ROOM, { id: room.id })).json()) as {
    readonly extensions: { readonly cost: { readonly actual: number } };
  };
  const refused = await ask(url, 'query Many { rooms(first: 25) { edges { node { name } } } }');
  expect(await refused.text()).toContain('RATE_LIMITED');
  const isCounted = 'hms_operations_total{operation="(other)",kind="query",result="RATE_LIMITED"}';
  await expect.poll(async () => (await figures(url))[isCounted]).toBe(1);
  const seen = await figures(url);
  expect(seen['hms_points_spent_total']).toBe(answer.extensions.cost.actual);
  expect(seen['hms_points_refused_total']).toBe(35);
});

test('sockets and subscriptions are counted while they are open', async () => {
  await using staged = await stage();
  const { url, room } = staged;
  {
    await using client = webSocketClient(url);
    await using other = eventStreamClient(url);
    await client.watch(followPeers, { roomId: room.id }).next();
    await other.watch(followPeers, { roomId: room.id }).next();
    expect(await figures(url)).toMatchObject({
      hms_websockets: 1,
      'hms_subscriptions{transport="websocket"}': 1,
      'hms_subscriptions{transport="sse"}': 1,
    });
  }
  await expect
    .poll(() => figures(url))
    .toMatchObject({
      hms_websockets: 0,
      'hms_subscriptions{transport="websocket"}': 0,
      'hms_subscriptions{transport="sse"}': 0,
      'hms_websockets_closed_total{code="1000"}': 1,
    });
  const seen = await figures(url);
  const ended = Object.keys(seen).filter((name) => /^hms_operations_total.*kind="subscription"/.test(name));
  expect(ended.length).toBeGreaterThan(0);
  expect(Object.keys(seen).some((name) => /duration_seconds.*kind="subscription"/.test(name))).toBe(false);
});
