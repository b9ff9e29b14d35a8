// Authentication over HTTP, server-sent events and WebSocket, and tokens that expire during a subscription.
import { describe, expect, it } from 'vitest';
import { AuthUnavailableError } from '../../src/auth/errors.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { memoryLog } from '../support/memory-log.ts';
import { openRawSocket, openSession, subscribe } from '../support/raw-socket.ts';
import { knownCallers, post, startTestServer } from '../support/server.ts';
import { eventsOf } from '../support/sockets.ts';

const ada = { authorization: 'Bearer ada' };
const unavailable = {
  isOff: false,
  callerOf: () => Promise.reject(new AuthUnavailableError({ cause: 'CANARY' })),
};
const broken = { isOff: false, callerOf: () => Promise.reject(new Error('CANARY')) };

describe('over HTTP', () => {
  it('the operation gets the authenticated caller', async () => {
    await using server = await startTestServer({ authentication: knownCallers({ ada: null }) });
    const answer = await post(server.url, { query: '{ whoAmI }' }, ada);
    expect(await answer.json()).toEqual({ data: { whoAmI: 'ada' } });
  });

  it.each([
    ['a missing key', {}],
    ['an unknown key', { authorization: 'Bearer eve' }],
  ])('%s is answered with 401 and a GraphQL error, and nothing runs', async (_what, headers) => {
    await using server = await startTestServer({ authentication: knownCallers({ ada: null }) });
    const answer = await post(server.url, { query: '{ hello }' }, headers);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await answer.json()).toEqual({
      errors: [{ message: 'The key or token is not accepted.', extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(server.started.fields).toEqual([]);
  });

  it('the body is not read before the caller is authenticated', async () => {
    await using server = await startTestServer({ authentication: knownCallers({}) });
    for (const body of ['{"query":"{"}', 'no json', '[]']) {
      expect((await post(server.url, body)).status).toBe(401);
    }
  });

  it('a GET request and an event stream are authenticated too', async () => {
    await using server = await startTestServer({ authentication: knownCallers({ ada: null }) });
    const url = `${server.url}/graphql?query=${encodeURIComponent('{ hello }')}`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: ada })).status).toBe(200);
    const stream = `${server.url}/graphql?query=${encodeURIComponent('subscription { ticks }')}`;
    expect((await fetch(stream, { headers: { accept: 'text/event-stream' } })).status).toBe(401);
    expect(server.started.fields).toEqual(['hello']);
  });

  it('a token that cannot be checked, because the keys cannot be read, is answered with 503 instead of 401', async () => {
    await using server = await startTestServer({ authentication: unavailable });
    const answer = await post(server.url, { query: '{ hello }' }, ada);
    expect(answer.status).toBe(503);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }] });
    expect(text).not.toContain('CANARY');
  });

  it('an unexpected failure of the check is masked', async () => {
    await using server = await startTestServer({ authentication: broken });
    const answer = await post(server.url, { query: '{ hello }' }, ada);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('CANARY');
  });

  it('an event stream ends with an error when the token expires', async () => {
    const clock = new ManualClock();
    const authentication = knownCallers({ ada: clock.now() + 60_000 });
    await using server = await startTestServer({ authentication, clock });
    const response = await post(
      server.url,
      { query: 'subscription { ticks }' },
      { ...ada, accept: 'text/event-stream' },
    );
    const events = eventsOf(response);
    expect((await events.next()).value).toMatchObject({ event: 'next', data: '{"data":{"ticks":1}}' });
    await clock.advance(59_999);
    expect(server.started.ended).toBe(0);
    await clock.advance(1);
    const last = (await events.next()).value;
    expect(JSON.parse(last?.data ?? '')).toEqual({
      errors: [{ message: 'The token has expired.', extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect((await events.next()).value).toMatchObject({ event: 'complete' });
    expect((await events.next()).done).toBe(true);
    expect(server.started.ended).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('an event stream that its reader cancels leaves no timer running', async () => {
    const clock = new ManualClock();
    const authentication = knownCallers({ ada: clock.now() + 60_000 });
    await using server = await startTestServer({ authentication, clock });
    const leaving = new AbortController();
    const response = await fetch(`${server.url}/graphql?query=subscription%20%7B%20ticks%20%7D`, {
      headers: { ...ada, accept: 'text/event-stream' },
      signal: leaving.signal,
    });
    await eventsOf(response).next();
    expect(clock.pending).toBe(1);
    leaving.abort();
    await expect.poll(() => clock.pending, { interval: 5 }).toBe(0);
    expect(server.started.ended).toBe(1);
  });
});

describe('over WebSocket', () => {
  it.each(['authorization', 'Authorization'])(
    'a caller is authenticated by `%s` in connection_init',
    async (key) => {
      const authentication = knownCallers({ ada: null });
      await using server = await startTestServer({ authentication });
      await using raw = await openSession(server.url, { [key]: 'Bearer ada' });
      subscribe(raw, '1', '{ whoAmI }');
      expect(await raw.next()).toMatchObject({ payload: { data: { whoAmI: 'ada' } } });
      subscribe(raw, '2', '{ whoAmI }');
      await raw.next();
      expect(authentication.asked).toEqual(['Bearer ada']);
    },
  );

  it.each([
    [
      'a missing key',
      undefined,
      'Send `authorization` in the payload of `connection_init`; a header of the upgrade is not read.',
    ],
    ['an unknown key', { authorization: 'Bearer eve' }, 'The key or token is not accepted.'],
    ['a list in `authorization`', { authorization: ['Bearer ada'] }, '`authorization` must be a string.'],
    ['an object in `authorization`', { authorization: { toString: 1 } }, '`authorization` must be a string.'],
  ])('%s closes the socket with 4403', async (_what, payload, reason) => {
    await using server = await startTestServer({ authentication: knownCallers({ ada: null }) });
    await using raw = await openRawSocket(server.url);
    raw.send({ type: 'connection_init', payload });
    expect(await raw.closed).toEqual({ code: 4403, reason });
  });

  it.each([
    ['cannot be checked now', unavailable],
    ['causes an unexpected failure', broken],
  ])('a caller whose token %s is closed with 1013', async (_what, authentication) => {
    const { log, text } = memoryLog();
    await using server = await startTestServer({ authentication, log });
    await using raw = await openRawSocket(server.url);
    raw.send({ type: 'connection_init', payload: ada });
    expect(await raw.closed).toEqual({ code: 1013, reason: 'Try again later' });
    expect(text().includes('CANARY')).toBe(authentication === broken);
  });

  it('the socket is closed when the token expires, and its subscriptions end', async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({
      authentication: knownCallers({ ada: clock.now() + 60_000 }),
      clock,
      webSocket: { keepAliveMs: 3_600_000 },
    });
    await using raw = await openSession(server.url, ada);
    subscribe(raw, '1', 'subscription { ticks }');
    await raw.next();
    await clock.advance(60_000);
    expect(await raw.closed).toEqual({ code: 4403, reason: 'The token has expired.' });
    await expect.poll(() => server.started.ended, { interval: 5 }).toBe(1);
  });

  it('a token that expires in years is not treated as expired', async () => {
    const clock = new ManualClock();
    const years = 2 * 365 * 86_400_000;
    await using server = await startTestServer({
      authentication: knownCallers({ ada: clock.now() + years }),
      clock,
      webSocket: { keepAliveMs: 2 * years },
    });
    await using raw = await openSession(server.url, ada);
    clock.step(years - 60_001);
    await clock.advance(60_000);
    subscribe(raw, '1', '{ whoAmI }');
    expect(await raw.next()).toMatchObject({ payload: { data: { whoAmI: 'ada' } } });
    await clock.advance(1);
    expect((await raw.closed).code).toBe(4403);
  });

  it('operations are refused once the token has expired, even if the timer is late', async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({
      authentication: knownCallers({ ada: clock.now() + 1000 }),
      clock,
    });
    await using raw = await openSession(server.url, ada);
    clock.step(1000);
    subscribe(raw, '1', '{ hello }');
    expect((await raw.closed).code).toBe(4403);
    expect(server.started.fields).toEqual([]);
  });
});

describe("an event after the wall clock was set beyond the token's expiry", () => {
  const setUp = async (stepMs: number) => {
    const clock = new ManualClock();
    const authentication = knownCallers({ ada: clock.now() + stepMs });
    return { clock, server: await startTestServer({ authentication, clock }) };
  };

  it.each([120_000, 7_200_000])('is not sent over WebSocket (%i ms)', async (stepMs) => {
    const { clock, server } = await setUp(stepMs);
    await using _ = server;
    await using raw = await openSession(server.url, ada);
    subscribe(raw, '1', 'subscription { changes }');
    await expect.poll(() => server.started.changed.listenerCount('change'), { interval: 5 }).toBe(1);
    server.started.changed.emit('change', 'before');
    expect(await raw.next()).toMatchObject({ payload: { data: { changes: 'before' } } });
    clock.step(stepMs);
    server.started.changed.emit('change', 'after');
    await expect(raw.next()).rejects.toThrow('closed with 4403 The token has expired.');
  });

  it.each([120_000, 7_200_000])('is not sent as a server-sent event (%i ms)', async (stepMs) => {
    const { clock, server } = await setUp(stepMs);
    await using _ = server;
    const accept = 'text/event-stream';
    const response = await post(server.url, { query: 'subscription { changes }' }, { ...ada, accept });
    const events = eventsOf(response);
    server.started.changed.emit('change', 'before');
    expect((await events.next()).value?.data).toBe('{"data":{"changes":"before"}}');
    clock.step(stepMs);
    server.started.changed.emit('change', 'after');
    expect((await events.next()).value?.data).toContain('The token has expired.');
    expect((await events.next()).value).toMatchObject({ event: 'complete' });
  });
});
