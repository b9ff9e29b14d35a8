// The line of the log for each request: its contents, over every transport, and what it never contains.
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../support/manual-clock.ts';
import { memoryLog } from '../support/memory-log.ts';
import { openSession, subscribe } from '../support/raw-socket.ts';
import { knownCallers, post, startTestServer, type TestServerOptions } from '../support/server.ts';
import { openEventStream, webSocketClient } from '../support/sockets.ts';

type Line = Readonly<Record<string, unknown>>;

const INFO = 30;
const KEY = `hgk_${'k'.repeat(43)}`;

async function startLogged(options: TestServerOptions = {}) {
  const { log, text } = memoryLog();
  const authentication = knownCallers({ 'key:desk': null, 'jwt:ada@example.com': null });
  const limits = { pointsPerMinute: 1000, ...options.limits };
  const server = await startTestServer({ authentication, log, ...options, limits });
  const all = () =>
    text()
      .split('\n')
      .filter((line) => line !== '')
      // pino writes an object a line.
      .map((line) => JSON.parse(line) as Line);
  /** The lines about requests at `info`, once there are `count`: a response ends before its line is written. */
  const lines = async (count: number): Promise<readonly Line[]> => {
    const found = () => all().filter(({ level }) => level === INFO);
    await expect.poll(() => found().length, { interval: 5 }).toBe(count);
    return found();
  };
  return { ...server, text, all, lines };
}

const as = (name: string, more: Readonly<Record<string, string>> = {}) => ({
  authorization: `Bearer ${name}`,
  ...more,
});

describe('a request', () => {
  it('is one line with its caller, operation, outcome and cost', async () => {
    await using server = await startLogged();
    const query = 'query Greeting { hello calls(count: 2) }';
    const response = await post(server.url, { query }, as('key:desk', { 'x-request-id': 'r-1' }));
    const { extensions } = (await response.json()) as { extensions: { cost: { actual: number } } };
    const [line] = await server.lines(1);
    expect(line).toMatchObject({
      msg: 'request',
      requestId: 'r-1',
      transport: 'http',
      method: 'POST',
      path: '/graphql',
      status: 200,
      type: 'query',
      operation: 'Greeting',
      caller: 'key:desk',
      points: extensions.cost.actual,
      restCalls: 0,
      durationMs: expect.any(Number),
    });
    expect(line).not.toHaveProperty('code');
    expect(line).not.toHaveProperty('aborted');
  });

  it('by GET, of a mutation, or without a name has a line too', async () => {
    await using server = await startLogged();
    const url = `${server.url}/graphql?query=${encodeURIComponent('query Q { hello }')}`;
    await (await fetch(url, { headers: { ...as('key:desk'), accept: 'application/json' } })).text();
    await (await post(server.url, { query: 'mutation { change }' }, as('key:desk'))).text();
    const [get, mutation] = await server.lines(2);
    expect(get).toMatchObject({ method: 'GET', path: '/graphql', operation: 'Q', type: 'query' });
    expect(mutation).toMatchObject({ type: 'mutation' });
    expect(mutation).not.toHaveProperty('operation');
  });

  it('has its duration', async () => {
    const clock = new ManualClock();
    await using server = await startLogged({ clock });
    const answer = post(server.url, { query: '{ hang }' }, as('key:desk'));
    await expect.poll(() => server.started.fields, { interval: 5 }).toEqual(['hang']);
    await clock.advance(30_000);
    await (await answer).text();
    const [line] = await server.lines(1);
    expect(line).toMatchObject({ durationMs: 30_000, code: 'LIMIT_EXCEEDED' });
  });

  it.each([
    ['that fails in a field', '{ breaks }', {}, { status: 200, code: 'INTERNAL', type: 'query' }],
    [
      'that does not fit the schema',
      'query Odd { nothing }',
      {},
      { code: 'GRAPHQL_VALIDATION_FAILED', operation: 'Odd' },
    ],
    ['that cannot be parsed', '{', {}, { code: 'GRAPHQL_PARSE_FAILED', caller: 'key:desk' }],
    [
      'of somebody unknown',
      '{ hello }',
      { authorization: 'Bearer x' },
      { status: 401, code: 'UNAUTHENTICATED' },
    ],
    [
      'of a foreign page',
      '{ hello }',
      { origin: 'https://evil.example' },
      { status: 403, code: 'FORBIDDEN' },
    ],
  ])('%s has the code of its first error', async (_what, query, headers, seen) => {
    await using server = await startLogged();
    await (await post(server.url, { query }, { ...as('key:desk'), ...headers })).text();
    expect((await server.lines(1))[0]).toMatchObject(seen);
  });

  it('of a caller without points has the caller and the code', async () => {
    await using server = await startLogged({ limits: { pointsPerMinute: 1 } });
    for (let turn = 0; turn < 2; turn += 1)
      await (await post(server.url, { query: '{ hello }' }, as('key:desk'))).text();
    const [, refused] = await server.lines(2);
    expect(refused).toMatchObject({ status: 429, code: 'RATE_LIMITED', caller: 'key:desk' });
  });

  it('whose client disconnects is logged as aborted', async () => {
    await using server = await startLogged();
    const leaving = new AbortController();
    const answer = fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...as('key:desk') },
      body: JSON.stringify({ query: 'query Gone { hang }' }),
      signal: leaving.signal,
    });
    await expect.poll(() => server.started.fields, { interval: 5 }).toEqual(['hang']);
    leaving.abort();
    await expect(answer).rejects.toThrow();
    expect((await server.lines(1))[0]).toMatchObject({ operation: 'Gone', aborted: true });
  });
});

describe('a subscription', () => {
  it('over server-sent events is a line at its start and one at its end', async () => {
    await using server = await startLogged();
    const headers = as('key:desk', { 'x-request-id': 's-1' });
    await using stream = await openEventStream(
      server.url,
      'subscription Ticks { ticks(count: 2) }',
      {},
      headers,
    );
    await stream.next();
    await stream.next();
    const [start] = await server.lines(1);
    expect(start).toMatchObject({
      msg: 'subscription',
      requestId: 's-1',
      transport: 'sse',
      operation: 'Ticks',
      type: 'subscription',
      caller: 'key:desk',
    });
    await stream[Symbol.asyncDispose]();
    const [, end] = await server.lines(2);
    expect(end).toMatchObject({ msg: 'request', requestId: 's-1', transport: 'sse', events: 2, status: 200 });
  });

  it('that fails has the code at its end', async () => {
    await using server = await startLogged();
    await using stream = await openEventStream(server.url, 'subscription { breaks }', {}, as('key:desk'));
    await stream.next();
    const [, end] = await server.lines(2);
    expect(end).toMatchObject({ code: 'INTERNAL', transport: 'sse' });
  });

  it('over WebSocket is the same two lines, and a query is one', async () => {
    await using server = await startLogged();
    await using client = webSocketClient(server.url, 'key:desk');
    await using ticks = client.watch<unknown>('subscription Ticks { ticks(count: 2) }', {});
    await ticks.next();
    await ticks.next();
    expect((await server.lines(1))[0]).toMatchObject({ msg: 'subscription', transport: 'websocket' });
    await ticks.stop();
    expect((await server.lines(2))[1]).toMatchObject({ msg: 'request', events: 2, operation: 'Ticks' });
    await using hello = client.watch<unknown>('query Hi { hello }', {});
    await hello.next();
    const line = (await server.lines(3))[2];
    expect(line).toMatchObject({
      msg: 'request',
      transport: 'websocket',
      operation: 'Hi',
      type: 'query',
      caller: 'key:desk',
      points: 1,
      restCalls: 0,
    });
    expect(line).not.toHaveProperty('events');
    expect(line).not.toHaveProperty('aborted');
  });

  it('whose socket is cut has its end, and so has a query that is refused or abandoned', async () => {
    await using server = await startLogged();
    await using raw = await openSession(server.url, { authorization: 'Bearer key:desk' });
    subscribe(raw, '1', 'subscription Long { ticks(count: 1) }');
    await raw.next();
    subscribe(raw, '2', 'query Wrong { nothing }');
    await raw.next();
    subscribe(raw, '3', 'query Slow { hang }');
    await expect.poll(() => server.started.fields, { interval: 5 }).toContain('hang');
    raw.socket.terminate();
    const lines = (await server.lines(4)).slice(1);
    const named = Object.fromEntries(lines.map((line) => [line['operation'], line]));
    expect(named['Long']).toMatchObject({ msg: 'request', events: 1 });
    expect(named['Wrong']).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
    expect(named['Slow']).toMatchObject({ aborted: true });
    const socket = server.all().filter(({ msg }) => typeof msg === 'string' && msg.startsWith('a WebSocket'));
    expect(socket.map(({ msg, level }) => [msg, level])).toEqual([
      ['a WebSocket was opened', 20],
      ['a WebSocket was closed', 20],
    ]);
  });
});

describe('the log', () => {
  it('at info has no line for health, readiness and metrics, nor for a page', async () => {
    await using server = await startLogged();
    for (const path of ['/health', '/ready', '/metrics', '/nowhere', '/']) {
      await (await fetch(`${server.url}${path}`, { redirect: 'manual' })).text();
    }
    await expect.poll(() => server.all().length, { interval: 5 }).toBe(5);
    expect(server.all().map(({ level }) => level)).toEqual([20, 20, 20, 20, 20]);
  });

  it('at warn has no line for requests at all', async () => {
    const written: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line) => void written.push(line) });
    await using server = await startLogged({ log });
    await (await post(server.url, { query: '{ hello }' }, as('key:desk'))).text();
    await using client = webSocketClient(server.url, 'key:desk');
    await using ticks = client.watch<unknown>('subscription { ticks(count: 1) }', {});
    await ticks.next();
    await ticks.stop();
    expect(written).toEqual([]);
  });

  it('never has a text, a variable, a header or a key, by whatever way it is sent', async () => {
    await using server = await startLogged();
    const secret = 'hunter2-hunter2';
    const query = `query ${KEY} ($value: String) { # ${secret}\n odd(value: $value) paint }`;
    const body = { query, variables: { value: secret }, extensions: { note: secret } };
    await (await post(server.url, body, as('key:desk', { 'x-note': secret, cookie: secret }))).text();
    const url = `${server.url}/graphql?query={hello}&variables={"a":"${secret}"}&access_token=${KEY}`;
    await (await fetch(url, { headers: { ...as('key:desk'), accept: 'application/json' } })).text();
    await using raw = await openSession(server.url, { authorization: 'Bearer key:desk', note: secret });
    subscribe(raw, secret, `query ${KEY} { hello }`, { variables: { value: secret } });
    await raw.next();
    await server.lines(3);
    expect(server.text()).not.toContain(secret);
    expect(server.text()).not.toContain(KEY);
    expect(server.text()).toContain('"operation":"[api key]"');
  });

  it('cuts the name of an operation, and has only the kind of callers who are people', async () => {
    await using server = await startLogged();
    const query = `query ${'x'.repeat(5000)} { hello }`;
    await (await post(server.url, { query }, as('jwt:ada@example.com'))).text();
    const [line] = await server.lines(1);
    expect(line).toMatchObject({ operation: 'x'.repeat(100), caller: 'jwt' });
  });
});
