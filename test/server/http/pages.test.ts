// Pages in browsers: pages of other origins may do nothing unless they are allowed (CSRF, CORS, DNS rebinding), and
// answers are not cached.
import { describe, expect, it } from 'vitest';
import { createGraphiql } from '../../../src/server/graphiql/page.ts';
import { createStaticFile } from '../../../src/server/http/static-file.ts';
import { graphiqlOf, knownCallers, post, startTestServer } from '../../support/server.ts';
import { memoryLog } from '../../support/memory-log.ts';
import { openSocket, sendRaw, upgradeRequest } from '../../support/raw-http.ts';
import { eventsOf } from '../../support/sockets.ts';

const friend = 'https://app.example.com';
const HELLO = `?query=${encodeURIComponent('{ hello }')}`;
const TICKS = `?query=${encodeURIComponent('subscription { ticks }')}`;

/** Sends a request without `fetch`, which does not allow some headers to be set. */
async function request(url: string, path: string, headers: Readonly<Record<string, string>>) {
  const lines = Object.entries({ host: 'localhost', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const { socket, answer } = await sendRaw(url, `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  socket.destroy();
  return answer;
}

const status = (answer: string) => Number(answer.split(' ')[1]);

describe('a page of another origin', () => {
  it.each([
    ['an image or a script', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['a page of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }],
    ['a link', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', accept: 'text/html' }],
    ['a page of another origin', { origin: 'https://evil.example.com' }],
    ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['an allowed page whose name was lengthened', { origin: `${friend}.evil.example` }],
    ['the same host by another scheme', { origin: 'ftp://localhost' }],
  ])('%s runs no query and no subscription', async (_who, headers) => {
    await using server = await startTestServer({ allowedOrigins: [friend] });
    for (const path of [`/graphql${HELLO}`, `/graphql${TICKS}`]) {
      const answer = await request(server.url, path, headers);
      expect(status(answer)).toBe(403);
      expect(answer).toContain('"code":"FORBIDDEN"');
      expect(answer.toLowerCase()).not.toContain('access-control');
    }
    expect(server.started.fields).toEqual([]);
  });

  it.each([
    ['a person who types the address', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
    ['a page of the same origin', { 'sec-fetch-site': 'same-origin' }],
    ['an allowed page', { origin: friend, 'sec-fetch-site': 'cross-site' }],
    ['no browser', {}],
  ])('but %s does', async (_who, headers) => {
    await using server = await startTestServer({ allowedOrigins: [friend] });
    expect(status(await request(server.url, `/graphql${HELLO}`, headers))).toBe(200);
    expect(server.started.fields).toEqual(['hello']);
  });

  it("is also any page of the gateway's own host, unless GraphiQL is on", async () => {
    await using server = await startTestServer({ graphiql: graphiqlOf('page') });
    await using without = await startTestServer();
    const own = { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' };
    expect(status(await request(server.url, `/graphql${HELLO}`, own))).toBe(200);
    expect(status(await request(without.url, `/graphql${HELLO}`, own))).toBe(403);
  });
});

it('a link of another page may open GraphiQL, which no other page may frame', async () => {
  const graphiql = createGraphiql({ variables: {}, needsToken: false });
  await using server = await startTestServer({ graphiql });
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', accept: 'text/html' };
  const answer = await request(server.url, `/graphql${HELLO}`, link);
  expect(status(answer)).toBe(200);
  expect(answer.toLowerCase()).toContain('x-frame-options: deny');
  expect(server.started.fields).toEqual([]);
});

it.each(['%%%', 'localhost:99999', 'an invalid host name is refused: %s', '[::1'])(
  'the name of no host is refused: %s',
  async (host) => {
    await using server = await startTestServer({ authentication: knownCallers({}) });
    const answer = await request(server.url, `/graphql${HELLO}`, { host });
    expect(status(answer)).toBe(400);
    expect(answer).toContain('"code":"BAD_USER_INPUT"');
    expect(answer).not.toContain('node_modules');
  },
);

describe('a Host that is not a loopback name', () => {
  it.each([
    'evil.example.com',
    'evil.example.com:4000',
    'localhost.evil.example.com',
    '127.0.0.1.evil.example',
  ])('%s is refused with 421 if authentication is off', async (host) => {
    await using server = await startTestServer({ graphiql: graphiqlOf('page') });
    expect(status(await request(server.url, `/graphql${HELLO}`, { host }))).toBe(421);
    expect(status(await request(server.url, '/graphql', { host, accept: 'text/html' }))).toBe(421);
    const { socket, answer } = await sendRaw(server.url, upgradeRequest('/graphql', { host }));
    expect(answer).toContain('HTTP/1.1 421 Misdirected Request');
    socket.destroy();
    expect(server.started.fields).toEqual([]);
  });

  it.each(['localhost', 'LOCALHOST:4000', 'app.localhost', '127.0.0.1:1', '127.9.9.9', '[::1]:4000'])(
    'does not include %s, which is answered',
    async (host) => {
      await using server = await startTestServer();
      expect(status(await request(server.url, `/graphql${HELLO}`, { host }))).toBe(200);
    },
  );

  it('is accepted if authentication is on', async () => {
    await using server = await startTestServer({ authentication: knownCallers({ ada: null }) });
    const headers = { host: 'gateway.example.com', authorization: 'Bearer ada' };
    expect(status(await request(server.url, `/graphql${HELLO}`, headers))).toBe(200);
  });

  it('is accepted by the other routes', async () => {
    await using server = await startTestServer();
    expect(status(await request(server.url, '/health', { host: 'tunnel.example.com' }))).toBe(200);
  });
});

describe('a body', () => {
  it.each([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/graphql',
    'application/graphql+json',
    'application/json, text/plain',
    'text/plain; application/json',
    'message/rfc822',
    'application/jsonx',
  ])('of the type %s is refused with 415', async (type) => {
    await using server = await startTestServer();
    const answer = await post(server.url, { query: 'mutation { change }' }, { 'content-type': type });
    expect(answer.status).toBe(415);
    expect(answer.headers.get('accept-post')).toBe('application/json');
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(server.started.fields).toEqual([]);
  });

  it('without a type is refused with 415', async () => {
    await using server = await startTestServer();
    const body = new TextEncoder().encode('{"query":"mutation { change }"}');
    const answer = await fetch(`${server.url}/graphql`, { method: 'POST', body });
    expect(answer.status).toBe(415);
  });

  it('that is compressed is refused with 415', async () => {
    await using server = await startTestServer();
    const answer = await post(server.url, { query: '{ hello }' }, { 'content-encoding': 'gzip' });
    expect(answer.status).toBe(415);
  });

  it.each([
    ['identity', 200],
    [' Identity ', 200],
    ['', 200],
    ['identity, gzip', 415],
    ['br', 415],
  ])('with the Content-Encoding %j is answered with %s', async (coding, status) => {
    await using server = await startTestServer();
    for (const accept of ['application/json', 'text/event-stream']) {
      const headers = { 'content-encoding': coding, accept };
      const answer = await post(server.url, { query: '{ hello }' }, headers);
      expect(answer.status).toBe(status);
      await answer.text();
    }
  });

  it.each(['application/json', 'application/json; charset=utf-8'])(
    'of the type %s is accepted',
    async (type) => {
      await using server = await startTestServer();
      const answer = await post(server.url, { query: '{ hello }' }, { 'content-type': type });
      expect(await answer.json()).toEqual({ data: { hello: 'world' } });
    },
  );

  it('with several operations is refused, and the error says why', async () => {
    await using server = await startTestServer();
    const answer = await post(server.url, [{ query: '{ hello }' }, { query: '{ hello }' }]);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      errors: [{ message: 'Batching is not supported.', extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(server.started.fields).toEqual([]);
  });
});

it.each(['/', '/health', '/ready', '/metrics', '/live'])(
  '%s can be read, and refuses other methods with 405',
  async (path) => {
    const livePage = new Map([['/live', createStaticFile('text/html', '<p>/graphql</p>')]]);
    await using server = await startTestServer({ livePage });
    const ask = (method: string) => fetch(server.url + path, { method, redirect: 'manual' });
    const { status } = await ask('GET');
    expect(status).toBe(path === '/' ? 302 : 200);
    expect((await ask('HEAD')).status).toBe(status);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const answer = await ask(method);
      expect([answer.status, answer.headers.get('allow')], method).toEqual([405, 'GET, HEAD']);
      expect(await answer.text()).toContain('/graphql');
    }
  },
);

it('a mutation by GET is refused with 405', async () => {
  await using server = await startTestServer();
  const answer = await fetch(`${server.url}/graphql?query=${encodeURIComponent('mutation { change }')}`);
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  expect(server.started.fields).toEqual([]);
});

describe('parameters of a URL that are not JSON are refused with 400, and nothing is logged:', () => {
  it.each([
    'variables={',
    'variables={}%23',
    'extensions={',
    'variables=%FF',
    'variables={}&extensions=undefined',
  ])('%s', async (parameters) => {
    const { log, text } = memoryLog();
    log.level = 'warn';
    await using server = await startTestServer({ log });
    const answer = await fetch(`${server.url}/graphql${HELLO}&${parameters}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      errors: [
        {
          message: '`variables` and `extensions` must be JSON.',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    });
    expect([text(), server.started.fields]).toEqual(['', []]);
  });

  it('over an event stream the error is an event', async () => {
    await using server = await startTestServer();
    const answer = await fetch(`${server.url}/graphql${HELLO}&variables=%7B`, {
      headers: { accept: 'text/event-stream' },
    });
    const { value } = await eventsOf(answer).next();
    expect(JSON.parse(value?.data ?? '')).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });
});

describe('an answer of /graphql', () => {
  it.each([
    ['a result', { query: '{ hello }' }, {}],
    ['an error', { query: '{' }, {}],
    ['a stream', { query: 'subscription { ticks }' }, { accept: 'text/event-stream' }],
  ])('may not be cached: %s', async (_what, body, headers: Record<string, string>) => {
    await using server = await startTestServer({ allowedOrigins: [friend] });
    const answer = await post(server.url, body, { ...headers, origin: friend });
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('vary')).toContain('Origin');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    await answer.body?.cancel();
  });

  it('may be read by an allowed page, which may send the listed headers but no cookies', async () => {
    await using server = await startTestServer({ allowedOrigins: [friend] });
    const headers = [
      'authorization',
      'content-type',
      'x-request-id',
      'traceparent',
      'x-gateway-upstream',
      'last-event-id',
    ];
    const asked = await fetch(`${server.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin: friend,
        'access-control-request-method': 'POST',
        'access-control-request-headers': headers.join(', '),
      },
    });
    const allowed = asked.headers.get('access-control-allow-headers')?.split(', ') ?? [];
    expect(allowed).toEqual(expect.arrayContaining(headers));
    expect(asked.headers.get('access-control-allow-methods')).toBe('GET, POST');
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
    const answer = await post(server.url, { query: '{ hello }' }, { origin: friend });
    expect(answer.headers.get('access-control-allow-origin')).toBe(friend);
    expect(answer.headers.get('access-control-expose-headers')).toContain('retry-after');
  });

  it('to a preflight of another origin has no CORS headers', async () => {
    await using server = await startTestServer({ allowedOrigins: [friend] });
    for (const origin of ['https://evil.example.com', 'null']) {
      const asked = await fetch(`${server.url}/graphql`, { method: 'OPTIONS', headers: { origin } });
      expect([...asked.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

it('client connections over the limit are dropped', async () => {
  await using server = await startTestServer({ maxConnections: 2 });
  const [first, second] = [await openSocket(server.url), await openSocket(server.url)];
  const third = await openSocket(server.url);
  third.on('error', () => undefined);
  await new Promise((resolve) => third.once('close', resolve));
  for (const socket of [first, second]) socket.destroy();
});
