// The client against an upstream that misbehaves, over real sockets.
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { inspect } from 'node:util';
import { Pool } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RestClient } from '../../../src/rest/client/client.ts';
import {
  RestAbortedError,
  RestBadResponseError,
  RestBodyTooLargeError,
  RestForbiddenError,
  RestRateLimitedError,
  RestTimeoutError,
  RestUnauthorizedError,
  RestUnavailableError,
} from '../../../src/rest/errors.ts';
import { getActiveRoom } from '../../../src/rest/peers/peers.ts';
import { getRoom, listRooms } from '../../../src/rest/rooms/rooms.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { Secret } from '../../../src/secret.ts';
import { canaryCredentials, gatewayCredentials } from '../../support/canary.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { sandboxedRest } from '../sandboxed.ts';
import { anything, rejection } from './support.ts';

const any = () => true;

/** A client of the server on this loopback port. */
function clientOf(port: number, clock = new ManualClock()): RestClient {
  const client = new RestClient({
    apiUrl: `http://127.0.0.1:${port}/v2`,
    ...gatewayCredentials,
    clock,
  });
  onTestFinished(() => client.close());
  return client;
}

describe('a 401', () => {
  it('that happens once is repaired by a new token', async () => {
    const { sandbox, client } = await sandboxedRest();
    const room = sandbox.world.rooms.create();
    sandbox.faults.set('getRoom', { kind: 'status', status: 401 }, { times: 1 });
    expect((await getRoom(client, room.id)).id).toBe(room.id);
    expect(sandbox.ledger.count({ operationId: 'getRoom' })).toBe(2);
  });

  it('for a wrong secret is retried once and no more', async () => {
    const { sandbox, client } = await sandboxedRest({ secret: new Secret('another secret') });
    await rejection(listRooms(client, { limit: 10 }), RestUnauthorizedError);
    expect(sandbox.ledger.count()).toBe(2);
  });

  it.each([
    ['ahead of', 7_200_000],
    ['behind', -7_200_000],
  ])(
    "because the upstream's clock is %s ours is repaired by the time in its answer",
    async (_, differenceMs) => {
      // node:http writes the system's time into answers, so the gateway's clock is the wrong one here.
      const clock = new ManualClock(Date.now() - differenceMs);
      await using sandbox = await startSandbox({ ...canaryCredentials, data: 'empty' });
      await using client = new RestClient({
        apiUrl: sandbox.url,
        ...gatewayCredentials,
        clock,
      });
      expect((await listRooms(client, { limit: 10 })).items).toEqual([]);
      expect((await listRooms(client, { limit: 11 })).items).toEqual([]);
      expect(sandbox.ledger.entries.map(({ status }) => status)).toEqual([401, 200, 200]);
    },
  );

  it('does not come from an expired token: the token is renewed before', async () => {
    const { sandbox, client, clock } = await sandboxedRest();
    for (let hour = 0; hour < 5; hour += 1) {
      await listRooms(client, { limit: 10 });
      await clock.advance(3_000_000);
    }
    expect(sandbox.ledger.entries.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });
});

describe('an upstream that refuses', () => {
  it('with 403 is called once', async () => {
    const { sandbox, client } = await sandboxedRest();
    sandbox.faults.set('*', { kind: 'status', status: 403 });
    await rejection(listRooms(client, { limit: 10 }), RestForbiddenError);
    expect(sandbox.ledger.count()).toBe(1);
  });

  it('with 429 gets no call for as long as it says, also if only its text says so', async () => {
    const { sandbox, client, clock } = await sandboxedRest();
    const body = { code: 429, message: 'rate limit exceeded, retry after 8 seconds' };
    sandbox.faults.set('*', { kind: 'status', status: 429, body }, { times: 1 });
    const limited = await rejection(listRooms(client, { limit: 10 }), RestRateLimitedError);
    expect(limited.retryAfterSeconds).toBe(8);
    const next = listRooms(client, { limit: 10 });
    await clock.advance(7999);
    expect(sandbox.ledger.count()).toBe(1);
    await clock.advance(1);
    expect((await next).items).toEqual([]);
  });
});

describe('an upstream that', () => {
  it.each([
    ['never answers', { kind: 'hang' }],
    ['stops in the middle of the body', { kind: 'hang-mid-body' }],
    ['drips', { kind: 'drip', bytes: 1, everyMs: 500 }],
  ] as const)('%s fails at the deadline, and its socket is closed', async (_, fault) => {
    const { sandbox, client, clock } = await sandboxedRest();
    sandbox.faults.set('listRooms', fault);
    const arrived = sandbox.ledger.arrival(any);
    const ended = sandbox.ledger.next(any);
    const late = rejection(listRooms(client, { limit: 10 }), RestTimeoutError);
    await arrived;
    for (let second = 0; second < 5; second += 1) await clock.advance(1000);
    expect((await late).message).toBe('GET /rooms: not answered within 5000 ms');
    await ended;
    sandbox.faults.clear();
    expect((await listRooms(client, { limit: 10 })).items).toEqual([]);
  });

  it('does not begin to answer fails at the timeout for headers', async () => {
    const { sandbox, client } = await sandboxedRest({ headersTimeoutMs: 50 });
    sandbox.faults.set('listRooms', { kind: 'hang' });
    const { message } = await rejection(listRooms(client, { limit: 10 }), RestTimeoutError);
    expect(message).toBe('GET /rooms: did not begin to answer in time');
  });

  it('stops in the middle of the body fails at the timeout for bodies', async () => {
    const { sandbox, client } = await sandboxedRest({ bodyTimeoutMs: 50 });
    sandbox.faults.set('listRooms', { kind: 'hang-mid-body' });
    const { message } = await rejection(listRooms(client, { limit: 10 }), RestTimeoutError);
    expect(message).toBe('GET /rooms: stopped in the middle of its answer');
  });

  it.each([
    ['cuts its JSON', { kind: 'cut' }, 'answered with broken JSON', false],
    ['hangs up in the middle of the body', { kind: 'short' }, 'broke off in the middle of its answer', true],
    ['answers nothing', { kind: 'empty' }, 'answered in another shape: the answer is empty', false],
    [
      'answers HTML',
      { kind: 'status', status: 200, body: '<html>', headers: { 'content-type': 'text/html' } },
      'answered with something that is not JSON',
      false,
    ],
    [
      'answers another shape',
      { kind: 'shape', shape: () => ['surprise'] },
      'answered in another shape: the answer must be object',
      false,
    ],
    [
      'answers a null item',
      { kind: 'shape', shape: () => ({ limit: 10, data: [null], last: '' }) },
      'answered in another shape: /data/0 must be object',
      false,
    ],
  ] as const)('%s is reported as a bad response', async (_, fault, what, retryable) => {
    const { sandbox, client } = await sandboxedRest();
    sandbox.world.rooms.create();
    // What may be a chance is asked once more.
    sandbox.faults.set('listRooms', fault, { times: retryable ? 2 : 1 });
    const error = await rejection(listRooms(client, { limit: 10 }), RestBadResponseError);
    expect([error.message, error.retryable]).toEqual([`GET /rooms: ${what}`, retryable]);
    expect((await listRooms(client, { limit: 10 })).items).toHaveLength(1);
  });

  it('hangs up before it answers is reported as unavailable', async () => {
    const { sandbox, client } = await sandboxedRest();
    sandbox.faults.set('listRooms', { kind: 'reset' }, { times: 2 });
    const error = await rejection(listRooms(client, { limit: 10 }), RestUnavailableError);
    expect(error.retryable).toBe(true);
    expect((await listRooms(client, { limit: 10 })).items).toEqual([]);
  });

  it('sends an endless answer is cut off at the cap, and its socket closed', async () => {
    let sent = 0;
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.on('close', resolve);
      const more = (): void => {
        sent += 65_536;
        if (!response.destroyed) response.write('x'.repeat(65_536), () => setImmediate(more));
      };
      more();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void server.close());
    const client = new RestClient({
      // A listening server on a port has an address of this kind.
      apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
      ...gatewayCredentials,
      maxBodyBytes: 1_000_000,
    });
    onTestFinished(() => client.close());
    await rejection(client.get({ route: '/endless', shape: anything }), RestBodyTooLargeError);
    await closed;
    expect(sent).toBeLessThan(20_000_000);
  });

  it('sends more than the cap is cut off, and called again by the next read', async () => {
    const { sandbox, client } = await sandboxedRest({ maxBodyBytes: 1_000_000 });
    sandbox.faults.set('listRooms', { kind: 'huge', bytes: 3_000_000 }, { times: 1 });
    await rejection(listRooms(client, { limit: 10 }), RestBodyTooLargeError);
    expect((await listRooms(client, { limit: 10 })).items).toEqual([]);
  });

  it('redirects is not followed, so that the token goes nowhere else', async () => {
    const { sandbox, client } = await sandboxedRest();
    const elsewhere = await startSandbox({ ...canaryCredentials, data: 'empty' });
    onTestFinished(() => elsewhere.close());
    sandbox.faults.set('listRooms', { kind: 'redirect', location: `${elsewhere.url}/rooms` });
    const error = await rejection(listRooms(client, { limit: 10 }), RestBadResponseError);
    expect(error.status).toBe(302);
    expect(elsewhere.ledger.count()).toBe(0);
  });

  it('does not speak HTTP is reported as a bad response', async () => {
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write('SSH-2.0-OpenSSH_9.9\r\n\r\n'));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    // A listening server on a port has an address of this kind.
    const client = clientOf((server.address() as AddressInfo).port);
    const error = await rejection(listRooms(client, { limit: 10 }), RestBadResponseError);
    expect(error.message).toBe('GET /rooms: answered with something that is not HTTP');
    expect(inspect(error)).not.toContain('OpenSSH');
  });

  it('does not listen is reported as unavailable at once, and called again when it listens', async () => {
    const gone = await startSandbox({ ...canaryCredentials, data: 'empty' });
    const port = Number(new URL(gone.url).port);
    await gone.close();
    const client = new RestClient({ apiUrl: gone.url, ...gatewayCredentials });
    onTestFinished(() => client.close());
    const { message } = await rejection(listRooms(client, { limit: 10 }), RestUnavailableError);
    expect(message).toBe("GET /rooms: can't be reached (ECONNREFUSED)");
    const back = await startSandbox({ ...canaryCredentials, data: 'empty', port });
    onTestFinished(() => back.close());
    expect((await listRooms(client, { limit: 10 })).items).toEqual([]);
  });

  it('has no address is reported as unavailable', async () => {
    // `.invalid` is reserved to never resolve (RFC 6761).
    const client = new RestClient({ apiUrl: 'http://rest.invalid/v2', ...gatewayCredentials });
    onTestFinished(() => client.close());
    const error = await rejection(listRooms(client, { limit: 10 }), RestUnavailableError);
    expect(error.message).toMatch(/^GET \/rooms: can't be reached \((ENOTFOUND|EAI_AGAIN)\)$/);
  });
});

describe('a caller who aborts', () => {
  it('ends the request if no other caller waits for it', async () => {
    const { sandbox, client } = await sandboxedRest();
    sandbox.faults.set('getActiveRoom', { kind: 'hang' });
    const caller = new AbortController();
    const [arrived, ended] = [sandbox.ledger.arrival(any), sandbox.ledger.next(any)];
    const left = rejection(getActiveRoom(client, 'r1', { signal: caller.signal }), RestAbortedError);
    await arrived;
    caller.abort();
    expect((await left).retryable).toBe(false);
    expect((await ended).status).toBeUndefined();
  });

  it('does not end the request of others who wait for it', async () => {
    const { sandbox, client, clock } = await sandboxedRest();
    sandbox.world.rooms.create();
    sandbox.faults.set('listRooms', { kind: 'latency', ms: 1000 });
    const caller = new AbortController();
    const arrived = sandbox.ledger.arrival(any);
    const left = rejection(listRooms(client, { limit: 10 }, { signal: caller.signal }), RestAbortedError);
    const stays = listRooms(client, { limit: 10 });
    await arrived;
    caller.abort();
    await left;
    await settle();
    await clock.advance(1000);
    expect((await stays).items).toHaveLength(1);
    expect(sandbox.ledger.count()).toBe(1);
  });

  it('in the middle of a body ends the request too', async () => {
    const { sandbox, clock } = await sandboxedRest();
    const pool = new Pool(new URL(sandbox.url).origin);
    const begun = Promise.withResolvers<void>();
    const dispatch = pool.dispatch.bind(pool);
    pool.dispatch = (options, handler) => {
      const start = handler.onResponseStart?.bind(handler);
      handler.onResponseStart = (...headers) => {
        start?.(...headers);
        begun.resolve();
      };
      return dispatch(options, handler);
    };
    const client = new RestClient({ apiUrl: sandbox.url, ...gatewayCredentials, clock, dispatcher: pool });
    onTestFinished(() => pool.destroy());
    sandbox.faults.set('listRooms', { kind: 'hang-mid-body' });
    const caller = new AbortController();
    const ended = sandbox.ledger.next(any);
    const left = rejection(listRooms(client, { limit: 10 }, { signal: caller.signal }), RestAbortedError);
    await begun.promise;
    caller.abort();
    await left;
    expect((await ended).status).toBe(200);
  });
});
