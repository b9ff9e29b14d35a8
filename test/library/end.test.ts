// What a closed gateway leaves behind: nothing that keeps the process running; and what a gateway says of a body that is lost.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { runProcess } from '../support/child-process.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { post } from '../support/server.ts';
import { inNode } from './hosts.ts';
import { ADMIN, stageIn } from './stage.ts';

const admin = { authorization: `Bearer ${ADMIN}` };

it('a process whose gateway, sandbox and server are closed ends by itself', { timeout: 60_000 }, async () => {
  const program = new URL('ending-program.ts', import.meta.url).pathname;
  const output = await runProcess(process.execPath, [program]);
  expect(output).toBe('answered 200, event PeersSnapshot, handlers of signals 0, closed\n');
});

it('a request in flight is answered before the gateway is closed', async () => {
  await using staged = await stageIn(inNode);
  staged.sandbox.faults.set('*', { kind: 'latency', ms: 200 });
  const arrived = staged.sandbox.ledger.arrival(() => true);
  const asked = post(staged.url, { query: `{ room(id: "${staged.room.id}") { name } }` }, admin);
  await arrived;
  await staged.gateway.close();
  expect(await (await asked).json()).toMatchObject({ data: { room: { name: 'physics' } } });
});

it('a body that was read and not kept is told as such', async () => {
  await using staged = await stageIn(async (gateway) => {
    const server = createServer((request, response) => {
      void text(request).then(() => gateway.listener(request, response));
    });
    return listenOnLoopback(server);
  });
  const answer = await post(staged.url, { query: '{ __typename }' }, admin);
  expect([answer.status, await answer.json()]).toMatchObject([
    500,
    { errors: [{ message: expect.stringContaining('was read before the gateway got it') }] },
  ]);
  const request = new Request('http://localhost/graphql', {
    method: 'POST',
    headers: { ...admin, 'content-type': 'application/json' },
    body: '{}',
  });
  await request.text();
  expect((await staged.gateway.fetch(request)).status).toBe(500);
});

it('the metrics count the requests of all handlers', async () => {
  await using staged = await stageIn(inNode);
  await post(staged.url, { query: '{ __typename }' }, admin);
  await staged.gateway.fetch(new Request('http://localhost/graphql?query={__typename}', { headers: admin }));
  expect(await staged.gateway.metrics()).toMatch(/^hms_http_requests_total\{.*status="200".*\} 1$/m);
});
