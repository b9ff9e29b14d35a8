// Unusual forms of HTTP requests: offers of other protocols, targets in absolute form, slashes at the end.
import { describe, expect, it } from 'vitest';
import { exchangeRaw, sendRaw, upgradeRequest } from '../../support/raw-http.ts';
import { graphiqlOf, knownCallers, startTestServer } from '../../support/server.ts';
import { openRawSocket } from '../../support/raw-socket.ts';

const BODY = '{"query":"{ hello }"}';
const HELLO = /\r\n\r\n[^]*\{"data":\{"hello":"world"\}\}/;

/** Headers that offer another protocol, as clients send them with an ordinary request. */
const offers = [
  [
    "Java's HttpClient",
    'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA\r\n',
  ],
  [
    'curl --http2',
    'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n',
  ],
  ['a client that offers TLS', 'Connection: Upgrade\r\nUpgrade: TLS/1.2\r\n'],
  ['a client that offers several', 'Connection: upgrade\r\nUpgrade: h2c, foo/2\r\n'],
] as const;

describe.each(offers)('with the offer of %s', (_client, offer) => {
  it('a POST is answered, and the connection serves the next request', async () => {
    await using server = await startTestServer();
    const request = `POST /graphql HTTP/1.1\r\nHost: localhost\r\n${offer}Content-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
    const end = /world"\}\}\r\n0\r\n\r\n$|world"\}\}$/;
    expect(await exchangeRaw(server.url, request, end, 3)).toMatch(/^HTTP\/1.1 200 /);
  });

  it.each([
    ['/graphql?query=%7Bhello%7D', 200, HELLO],
    ['/health', 200, /\{"status":"ok"\}/],
    ['/nowhere', 404, /Not found/],
  ])('GET %s is answered with %s', async (path, status, body) => {
    await using server = await startTestServer();
    const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${offer}\r\n`;
    const answer = await exchangeRaw(server.url, request, body);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toMatch(body);
  });
});

describe('an upgrade to WebSocket', () => {
  it.each(['/health', '/nowhere'])('of %s is ignored', async (path) => {
    await using server = await startTestServer();
    const answer = await exchangeRaw(server.url, upgradeRequest(path), /\}/);
    expect(answer).toMatch(path === '/health' ? /^HTTP\/1.1 200 / : /^HTTP\/1.1 404 /);
  });

  it.each(['/graphql/', '/graphql/?x=1', 'http://localhost/graphql'])('of %s is accepted', async (path) => {
    await using server = await startTestServer();
    const { socket, answer } = await sendRaw(server.url, upgradeRequest(path));
    expect(answer).toMatch(/^HTTP\/1.1 101 /);
    socket.destroy();
  });

  it('by POST is ignored', async () => {
    await using server = await startTestServer();
    const request = upgradeRequest('/graphql', {
      'content-type': 'application/json',
      'content-length': String(BODY.length),
    });
    const answer = await exchangeRaw(server.url, request.replace('GET', 'POST') + BODY, HELLO);
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
  });

  it('without credentials in connection_init is closed with a reason that names them', async () => {
    await using server = await startTestServer({ authentication: knownCallers({ ada: null }) });
    await using socket = await openRawSocket(server.url);
    socket.send({ type: 'connection_init' });
    expect(await socket.closed).toMatchObject({
      code: 4403,
      reason:
        'Send `authorization` in the payload of `connection_init`; a header of the upgrade is not read.',
    });
  });
});

describe('a target in absolute form', () => {
  it.each([
    ['POST http://localhost:4000/graphql', HELLO],
    ['POST HTTP://localhost/graphql/', HELLO],
    ['POST https://user@[::1]:4000/graphql?x', HELLO],
    ['GET http://localhost/graphql?query=%7Bhello%7D', HELLO],
    ['GET http://localhost/health', /"ok"\}/],
    ['GET http://localhost', /location: \/graphql/],
    ['GET http://localhost?x=http://evil.example/graphql', /location: \/graphql/],
  ])('%s is served', async (line, body) => {
    await using server = await startTestServer();
    const isPost = line.startsWith('POST');
    const headers = isPost ? `Content-Type: application/json\r\nContent-Length: ${BODY.length}\r\n` : '';
    const request = `${line} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n${isPost ? BODY : ''}`;
    expect(await exchangeRaw(server.url, request, body)).toMatch(body);
  });

  it.each([
    ['http://evil.example/graphql?query=%7Bhello%7D', 421],
    ['http://localhost@evil.example/graphql?query=%7Bhello%7D', 421],
    ['http:///graphql?query=%7Bhello%7D', 400],
  ])('%s is refused with %s: its host replaces Host', async (target, status) => {
    await using server = await startTestServer();
    const answer = await exchangeRaw(server.url, `GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`, /\]\}/);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});

it.each(['/graphql/?query=%7Bhello%7D', '/health/', '/ready/', '/metrics/'])(
  '%s is answered like the path without the slash',
  async (path) => {
    await using server = await startTestServer();
    expect((await fetch(server.url + path)).status).toBe(200);
  },
);

it.each(['//graphql', '/graphql//', '//localhost/graphql', '/x/graphql', '*'])(
  '%s is not found',
  async (target) => {
    await using server = await startTestServer();
    const request = `GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    expect(await exchangeRaw(server.url, request, /\}/)).toMatch(/^HTTP\/1.1 404 /);
  },
);

it('an idle connection is kept for 72 s', async () => {
  await using server = await startTestServer();
  for (const path of ['/health', '/graphql?query=%7Bhello%7D']) {
    const answer = await fetch(server.url + path);
    await answer.text();
    expect(answer.headers.get('keep-alive')).toBe('timeout=72');
  }
});

it.each(['/health', '/nowhere', '/graphql?query=%7Bhello%7D', '/graphql', '/metrics', '/'])(
  '%s is answered with headers against content sniffing and referrers',
  async (path) => {
    await using server = await startTestServer({ graphiql: graphiqlOf('page') });
    const { headers } = await fetch(server.url + path, { redirect: 'manual' });
    expect([headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual([
      'nosniff',
      'no-referrer',
    ]);
  },
);
