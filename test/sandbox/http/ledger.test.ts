// The ledger: what tests can read about the requests that the sandbox received.
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { START_MS, startTestSandbox } from '../../support/sandbox-client.ts';

test('each request is recorded with its operation, path template, status and time', async () => {
  await using lab = await startTestSandbox();
  const room = lab.world.rooms.create();
  await lab.rest.get('/rooms?limit=10');
  await lab.clock.advance(5);
  await lab.rest.post(`/rooms/${room.id}`, { size: 1e6 });
  expect(lab.sandbox.ledger.entries).toEqual([
    {
      method: 'GET',
      path: '/rooms?limit=10',
      route: '/rooms',
      operationId: 'listRooms',
      status: 200,
      startedAt: START_MS,
    },
    {
      method: 'POST',
      path: `/rooms/${room.id}`,
      route: '/rooms/{room_id}',
      operationId: 'updateRoom',
      status: 400,
      startedAt: START_MS + 5,
    },
  ]);
});

test('a request for an unknown path is recorded too, and answered with a 404', async () => {
  await using lab = await startTestSandbox();
  for (const path of ['/nothing', '/rooms/', '/room-codes/code/x']) {
    expect(await lab.rest.get(path)).toMatchObject({ status: 404, body: { code: 404 } });
  }
  expect((await fetch(`${lab.sandbox.url}/rooms`, { method: 'PUT' })).status).toBe(404);
  expect((await fetch(lab.sandbox.url.replace('/v2', '/v3/rooms'))).status).toBe(404);
  expect(lab.sandbox.ledger.count({ route: undefined, status: 404 })).toBe(5);
  expect(lab.sandbox.ledger.lines().slice(3)).toEqual(['PUT /rooms', 'GET /v3/rooms']);
});

test('requests are counted by any of their properties, listed as lines and cleared', async () => {
  await using lab = await startTestSandbox();
  const { ledger } = lab.sandbox;
  await lab.rest.get('/rooms');
  await lab.rest.get('/rooms?limit=20&enabled=true');
  await lab.rest.get('/sessions/x');
  expect(ledger.count()).toBe(3);
  expect(ledger.count({ operationId: 'listRooms' })).toBe(2);
  expect(ledger.count({ method: 'GET', status: 404 })).toBe(1);
  expect(ledger.lines()).toEqual(['GET /rooms', 'GET /rooms?limit=20&enabled=true', 'GET /sessions/x']);
  ledger.clear();
  expect(ledger.count()).toBe(0);
});

test('a test can wait for the arrival of a request and for its answer', async () => {
  await using lab = await startTestSandbox();
  const { ledger, faults } = lab.sandbox;
  faults.set('listRooms', { kind: 'latency', ms: 1000 });
  const arrived = ledger.arrival(({ operationId }) => operationId === 'listRooms');
  const answered = ledger.next(({ operationId, status }) => operationId === 'listRooms' && status === 200);
  const pending = lab.rest.get('/rooms');
  expect(await arrived).toMatchObject({ path: '/rooms', status: undefined });
  await lab.clock.advance(1000);
  expect(await answered).toMatchObject({ path: '/rooms', status: 200 });
  expect((await pending).status).toBe(200);
});

test('a request that its client aborts ends without a status', async () => {
  await using lab = await startTestSandbox();
  const { ledger, faults } = lab.sandbox;
  faults.set('*', { kind: 'hang' });
  const [arrived, ended] = [ledger.arrival(() => true), ledger.next(() => true)];
  const abort = new AbortController();
  const pending = fetch(`${lab.sandbox.url}/rooms`, { signal: abort.signal });
  await arrived;
  abort.abort();
  await expect(pending).rejects.toThrow('aborted');
  expect(await ended).toMatchObject({ path: '/rooms', status: undefined });
});

test('an invalid request target is answered, and the sandbox keeps running', async () => {
  await using lab = await startTestSandbox();
  const socket = connect(Number(new URL(lab.sandbox.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.end('GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 404 /);
  expect((await lab.rest.get('/rooms')).status).toBe(200);
});
