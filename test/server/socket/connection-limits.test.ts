// The limits of sockets, operations and subscriptions, and the end of a socket whose client does not read.
import { describe, expect, it } from 'vitest';
import { openRawSocket, openSession, subscribe } from '../../support/raw-socket.ts';
import { sendRaw, upgradeRequest } from '../../support/raw-http.ts';
import { knownCallers, post, startTestServer } from '../../support/server.ts';

const TICKS = 'subscription { ticks }';
const ada = { authorization: 'Bearer ada' };
const eve = { authorization: 'Bearer eve' };
const authentication = knownCallers({ ada: null, eve: null });

describe('sockets', () => {
  it.each([
    ['in all', { sockets: 2 }, '503 Service Unavailable'],
    ['from one address', { socketsPerAddress: 2 }, '429 Too Many Requests'],
  ])('%s are limited, and a closed socket frees its place', async (_which, limits, status) => {
    await using server = await startTestServer({ limits });
    await using first = await openRawSocket(server.url);
    await using _second = await openRawSocket(server.url);
    const { socket, answer } = await sendRaw(server.url, upgradeRequest('/graphql'));
    socket.destroy();
    expect(answer).toContain(`HTTP/1.1 ${status}`);
    first.socket.close();
    await first.closed;
    await using again = await openSession(server.url);
    expect(again.socket.readyState).toBe(again.socket.OPEN);
  });

  it('of one caller are limited, and those of other callers do not count', async () => {
    await using server = await startTestServer({ authentication, limits: { socketsPerCaller: 1 } });
    await using first = await openSession(server.url, ada);
    await using second = await openRawSocket(server.url);
    second.send({ type: 'connection_init', payload: ada });
    expect(await second.closed).toEqual({
      code: 1013,
      reason: 'You have 1 connections, which is the limit',
    });
    await using _other = await openSession(server.url, eve);
    first.socket.close();
    await first.closed;
    await using _again = await openSession(server.url, ada);
  });
});

describe('operations on one socket', () => {
  it('that their client has completed are aborted, and free their place', async () => {
    await using server = await startTestServer({ limits: { operationsPerSocket: 1 } });
    await using raw = await openSession(server.url);
    subscribe(raw, '1', '{ hang }');
    await expect.poll(() => server.started.signals.length).toBe(1);
    raw.send({ type: 'complete', id: '1' });
    await expect.poll(() => server.started.signals[0]?.aborted).toBe(true);
    subscribe(raw, '1', '{ hello }');
    expect(await raw.next()).toMatchObject({ type: 'next', id: '1', payload: { data: { hello: 'world' } } });
  });

  it('do not accumulate when a client begins and completes one after another', async () => {
    await using server = await startTestServer({ limits: { operationsPerSocket: 3 } });
    await using raw = await openSession(server.url);
    for (let count = 0; count < 50; count += 1) {
      // The id of a completed operation may be used again.
      subscribe(raw, '1', '{ hang }');
      raw.send({ type: 'complete', id: '1' });
      // The answer to another message shows that some operations have begun.
      raw.send({ type: 'ping' });
      expect(await raw.next()).toEqual({ type: 'pong' });
    }
    subscribe(raw, '1', '{ hello }');
    expect(await raw.next()).toEqual({ type: 'next', id: '1', payload: { data: { hello: 'world' } } });
    expect(await raw.next()).toEqual({ type: 'complete', id: '1' });
    expect(server.started.signals.filter(({ aborted }) => !aborted)).toEqual([]);
  });

  it('are limited: one over the limit is refused, and the others go on', async () => {
    await using server = await startTestServer({ limits: { operationsPerSocket: 2 } });
    await using raw = await openSession(server.url);
    subscribe(raw, '1', TICKS);
    subscribe(raw, '2', TICKS);
    await raw.next();
    await raw.next();
    subscribe(raw, '3', TICKS);
    expect(await raw.next()).toEqual({
      type: 'error',
      id: '3',
      payload: [
        {
          message: 'This connection has 2 operations, which is the limit.',
          extensions: { code: 'LIMIT_EXCEEDED', limit: 'operations' },
        },
      ],
    });
    raw.send({ type: 'complete', id: '1' });
    subscribe(raw, '4', '{ hello }');
    expect(await raw.next()).toMatchObject({ id: '4', payload: { data: { hello: 'world' } } });
    expect(server.started.ended).toBe(1);
  });
});

describe('subscriptions of one caller', () => {
  it('that are completed before they have begun free their places', async () => {
    await using server = await startTestServer({ limits: { subscriptionsPerCaller: 3 } });
    await using raw = await openSession(server.url);
    for (let count = 0; count < 20; count += 1) {
      subscribe(raw, '1', TICKS);
      raw.send({ type: 'complete', id: '1' });
      raw.send({ type: 'ping' });
      expect(await raw.next()).toEqual({ type: 'pong' });
    }
    subscribe(raw, '1', TICKS);
    expect(await raw.next()).toEqual({ type: 'next', id: '1', payload: { data: { ticks: 1 } } });
    expect(server.started.ended).toBe(server.started.fields.length - 1);
  });

  const refused = [
    {
      message: 'You have 2 subscriptions, which is the limit.',
      extensions: { code: 'LIMIT_EXCEEDED', limit: 'subscriptions' },
    },
  ];

  it('are limited over all transports together', async () => {
    await using server = await startTestServer({ authentication, limits: { subscriptionsPerCaller: 2 } });
    await using raw = await openSession(server.url, ada);
    subscribe(raw, '1', TICKS);
    await raw.next();
    const leaving = new AbortController();
    const stream = (headers: Readonly<Record<string, string>>) =>
      fetch(`${server.url}/graphql?query=${encodeURIComponent(TICKS)}`, {
        headers: { ...headers, accept: 'text/event-stream' },
        signal: leaving.signal,
      });
    const held = await stream(ada);
    subscribe(raw, '2', TICKS);
    expect(await raw.next()).toEqual({ type: 'error', id: '2', payload: refused });
    expect(await (await stream(ada)).text()).toContain('"limit":"subscriptions"');
    const other = await stream(eve);
    expect(other.status).toBe(200);
    // Queries do not count.
    expect(await (await post(server.url, { query: '{ hello }' }, ada)).json()).toMatchObject({ data: {} });
    leaving.abort();
    await Promise.allSettled([held.text(), other.text()]);
    await expect.poll(() => server.started.ended, { interval: 5 }).toBe(2);
    subscribe(raw, '3', TICKS);
    expect(await raw.next()).toMatchObject({ type: 'next', id: '3' });
  });

  it.each([
    ['variables', (size: number) => ({ query: TICKS, variables: { padding: 'x'.repeat(size) } })],
    ['texts', (size: number) => ({ query: TICKS + ' '.repeat(size) })],
  ])('are limited by the size of their %s', async (_what, paramsOf) => {
    await using server = await startTestServer({ limits: { subscriptionCharactersPerCaller: 10_000 } });
    await using raw = await openSession(server.url);
    const begin = (id: string, size: number) => raw.send({ type: 'subscribe', id, payload: paramsOf(size) });
    begin('1', 6000);
    expect(await raw.next()).toMatchObject({ type: 'next', id: '1' });
    begin('2', 6000);
    expect(await raw.next()).toMatchObject({
      type: 'error',
      id: '2',
      payload: [{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'subscriptions' } }],
    });
    const answer = await post(server.url, paramsOf(6000), { accept: 'text/event-stream' });
    expect(await answer.text()).toContain('which is the limit');
    raw.send({ type: 'complete', id: '1' });
    begin('3', 6000);
    expect(await raw.next()).toMatchObject({ type: 'next', id: '3' });
  });

  it('free their places, however they end', async () => {
    await using server = await startTestServer({ limits: { subscriptionsPerCaller: 1 } });
    for (let turn = 0; turn < 3; turn += 1) {
      await using raw = await openSession(server.url);
      subscribe(raw, '1', TICKS);
      expect(await raw.next()).toMatchObject({ type: 'next' });
      raw.send({ type: 'complete', id: '1' });
      subscribe(raw, '2', TICKS);
      expect(await raw.next()).toMatchObject({ type: 'next', id: '2' });
      raw.socket.terminate();
      await expect.poll(() => server.started.ended, { interval: 5 }).toBe(2 * turn + 2);
      await expect
        .poll(async () => (await post(server.url, { query: 'subscription { fails }' })).text(), {
          interval: 5,
        })
        .toContain('It fails.');
    }
  });
});

describe('a socket whose client does not read', () => {
  it('is closed when its send queue is over the limit', async () => {
    await using server = await startTestServer();
    await using raw = await openSession(server.url);
    // The client stops reading, and sends pings with large payloads, which the server must answer.
    raw.socket.pause();
    const payload = { text: 'x'.repeat(200_000) };
    const ping = JSON.stringify({ type: 'ping', payload });
    for (let count = 0; count < 200; count += 1) raw.socket.send(ping);
    raw.send({ type: 'subscribe', id: 'last', payload: { query: '{ hang }' } });
    // Messages are handled in order, so all earlier pings have been answered by then.
    await expect.poll(() => server.started.fields, { interval: 5, timeout: 10_000 }).toEqual(['hang']);
    raw.socket.resume();
    expect(await raw.closed).toEqual({ code: 1013, reason: 'Too slow' });
  });
});
