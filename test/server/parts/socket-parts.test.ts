// Answers in parts over WebSocket: beside other operations of a socket, and when the gateway stops.
import { expect, it } from 'vitest';
import { memoryLog } from '../../support/memory-log.ts';
import { openSession, subscribe } from '../../support/raw-socket.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

const HELD = 'query Held { hello ... @defer { held } }';

const begun = ({ started }: TestServer, field: string) =>
  expect.poll(() => started.fields.includes(field), { interval: 2 }).toBe(true);

it('a client that completes an answer ends it alone', async () => {
  const { log, text } = memoryLog();
  await using server = await startTestServer({ log });
  await using raw = await openSession(server.url);
  subscribe(raw, '1', HELD);
  expect(await raw.next()).toMatchObject({ id: '1', type: 'next', payload: { hasNext: true } });
  await begun(server, 'held');
  raw.send({ type: 'complete', id: '1' });
  await expect.poll(() => server.started.signals[0]?.aborted, { interval: 2 }).toBe(true);
  subscribe(raw, '1', '{ hello ... @defer { whoAmI } }');
  const messages = [await raw.next(), await raw.next(), await raw.next(), await raw.next()];
  expect(messages).toMatchObject([
    { id: '1', type: 'next', payload: { data: { hello: 'world' } } },
    { id: '1', type: 'next', payload: { incremental: [{ data: { whoAmI: 'anyone' } }] } },
    { id: '1', type: 'next', payload: { hasNext: false } },
    { id: '1', type: 'complete' },
  ]);
  const lines = () =>
    text()
      .split('\n')
      .filter((line) => line.includes('"msg":"request"') && line.includes('"transport":"websocket"'));
  await expect.poll(() => lines().length, { interval: 2 }).toBe(2);
  expect(lines().map((line) => JSON.parse(line) as object)).toMatchObject([
    { type: 'query', operation: 'Held', aborted: true },
    { type: 'query' },
  ]);
  expect(lines()[1]).not.toContain('"aborted"');
});

it('a gateway that stops closes the socket when all parts are sent', async () => {
  const server = await startTestServer();
  await using raw = await openSession(server.url);
  subscribe(raw, '1', HELD);
  await raw.next();
  await begun(server, 'held');
  const closed = server[Symbol.asyncDispose]();
  // Another socket is refused from now on, so the closing has begun.
  await expect
    .poll(
      () =>
        openSession(server.url).then(
          () => 'open',
          () => 'refused',
        ),
      { interval: 2 },
    )
    .toBe('refused');
  server.started.changed.emit('release');
  expect(await raw.next()).toMatchObject({ payload: { incremental: [{ data: { held: 'released' } }] } });
  expect(await raw.next()).toMatchObject({ payload: { hasNext: false } });
  expect(await raw.next()).toMatchObject({ type: 'complete' });
  expect(await raw.closed).toMatchObject({ code: 1001 });
  await closed;
});
