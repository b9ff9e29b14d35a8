// The gateway over real HTTP: its routes, its headers, and what it refuses.
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  startTestGateway,
  type Answer,
  type TestGateway,
  type TestGatewayOptions,
} from '../support/gateway.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { sendRaw, upgradeRequest } from '../support/raw-http.ts';
import { memoryLog } from '../support/memory-log.ts';

interface Listening extends TestGateway {
  readonly url: string;
}

async function listening(options: TestGatewayOptions = {}): Promise<Listening> {
  const tested = await startTestGateway(options);
  return { ...tested, url: await tested.gateway.listen() };
}

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const NAMES = '{ rooms(first: 2) { edges { node { name } } } }';

describe('/graphql', () => {
  it('answers a query by POST and by GET', async () => {
    await using tested = await listening();
    const posted = await post(tested.url, { query: NAMES });
    const got = await fetch(`${tested.url}/graphql?query=${encodeURIComponent(NAMES)}`, {
      headers: { accept: 'application/graphql-response+json' },
    });
    expect([posted.status, got.status]).toEqual([200, 200]);
    const body: unknown = await posted.json();
    expect(body).toMatchObject({ data: { rooms: { edges: [{}, {}] } } });
    expect(await got.json()).toEqual(body);
  });

  it('says what is wrong with a document that cannot be parsed or does not fit the schema', async () => {
    await using tested = await listening();
    const codes = await Promise.all(
      ['{ rooms', '{ moons }'].map(async (query) => (await post(tested.url, { query })).json()),
    );
    expect(codes).toMatchObject([
      { errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] },
      { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
    ]);
  });

  it('refuses a body above 256 KiB with 413, without a REST call', async () => {
    await using tested = await listening();
    const comment = '#'.repeat(300 * 1024);
    expect((await post(tested.url, { query: `${comment}\n${NAMES}` })).status).toBe(413);
    expect(tested.sandbox.ledger.count()).toBe(0);
  });

  it.each(['', 'not json', '[]', 'null', '{"query":7}', '[{"query":"{ __typename }"}]'])(
    'refuses the body %j with 400',
    async (body) => {
      await using tested = await listening();
      const answer = await post(tested.url, body, { accept: 'application/graphql-response+json' });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    },
  );

  it('serves GraphiQL to browsers only, and only if it is on', async () => {
    await using tested = await listening();
    await using closed = await listening({ config: { graphiql: false } });
    const visit = { headers: { accept: 'text/html,application/xhtml+xml' } };
    const page = await fetch(`${tested.url}/graphql`, visit);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('hms-gateway');
    const refused = await fetch(`${closed.url}/graphql`, visit);
    expect(refused.status).toBeGreaterThanOrEqual(400);
  });

  it('refuses introspection if it is off', async () => {
    await using tested = await listening({ config: { introspection: false } });
    for (const query of ['{ __schema { types { name } } }', '{ a: __type(name: "Room") { name } }']) {
      const answer = (await (await post(tested.url, { query })).json()) as Answer;
      expect(answer.data).toBeUndefined();
      expect(answer.errors?.[0]?.extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
      expect(JSON.stringify(answer)).not.toContain('RoomConnection');
    }
    expect(await (await post(tested.url, { query: '{ __typename }' })).json()).toEqual({
      data: { __typename: 'Query' },
    });
  });
});

describe('browsers of other origins', () => {
  const friend = 'https://app.example.com';
  const preflight = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  };

  it('may read answers if they are allowed', async () => {
    await using tested = await listening({ config: { allowedOrigins: [friend] } });
    const asked = await fetch(`${tested.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: friend, ...preflight },
    });
    expect(asked.headers.get('access-control-allow-origin')).toBe(friend);
    const answer = await post(tested.url, { query: NAMES }, { origin: friend });
    expect(answer.headers.get('access-control-allow-origin')).toBe(friend);
  });

  it.each(['https://evil.example.com', 'null', 'https://app.example.com.evil.example'])(
    'may not read answers if they are not allowed: %s',
    async (origin) => {
      await using tested = await listening({ config: { allowedOrigins: [friend] } });
      const asked = await fetch(`${tested.url}/graphql`, {
        method: 'OPTIONS',
        headers: { origin, ...preflight },
      });
      const answer = await post(tested.url, { query: NAMES }, { origin });
      for (const { headers } of [asked, answer]) {
        expect(headers.get('access-control-allow-origin')).toBeNull();
        expect(headers.get('access-control-allow-credentials')).toBeNull();
      }
    },
  );
});

describe('the other routes', () => {
  it('redirect from the root to the graph, and answer unknown paths in JSON', async () => {
    await using tested = await listening();
    const root = await fetch(tested.url, { redirect: 'manual' });
    expect([root.status, root.headers.get('location')]).toEqual([302, '/graphql']);
    for (const path of ['/nothing', '/graphql//', '/__proto__', '//', '/%00']) {
      const missing = await fetch(tested.url + path);
      expect(missing.status, path).toBe(404);
      expect(await missing.json()).toMatchObject({ error: expect.any(String) });
    }
  });

  it("return the request's id and trace; a missing or invalid id is replaced by a new one", async () => {
    await using tested = await listening();
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const followed = await fetch(`${tested.url}/health`, {
      headers: { 'x-request-id': 'abc-123', traceparent },
    });
    expect(followed.headers.get('x-request-id')).toBe('abc-123');
    expect(followed.headers.get('traceparent')).toBe(traceparent);
    for (const odd of ['', 'a b', 'x'.repeat(500), '{"a":1}']) {
      const { headers } = await fetch(`${tested.url}/health`, {
        headers: { 'x-request-id': odd, traceparent: odd },
      });
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('traceparent')).toBeNull();
    }
    expect(
      (await post(tested.url, { query: NAMES }, { 'x-request-id': 'q-1' })).headers.get('x-request-id'),
    ).toBe('q-1');
  });

  it('report in /health only that the process runs', async () => {
    await using tested = await listening();
    tested.sandbox.faults.set('*', { kind: 'reset' });
    const health = await fetch(`${tested.url}/health`);
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('report in /ready whether the REST API can be reached, with at most one REST call in 5 s', async () => {
    const clock = new ManualClock();
    await using tested = await listening({ clock });
    const { faults, ledger } = tested.sandbox;
    const ready = () => fetch(`${tested.url}/ready`);
    expect((await Promise.all([ready(), ready(), ready()])).map(({ status }) => status)).toEqual([
      200, 200, 200,
    ]);
    faults.set('*', { kind: 'status', status: 500 });
    await clock.advance(4999);
    expect((await ready()).status).toBe(200);
    expect(ledger.count()).toBe(1);
    await clock.advance(1);
    const lost = await ready();
    expect([lost.status, await lost.json()]).toEqual([503, { status: 'upstream unavailable' }]);
    faults.clear();
    await clock.advance(30_000);
    expect((await ready()).status).toBe(200);
  });
});

describe('stopping', () => {
  it('shows in /ready while clients still disconnect, and does not wait for a client for ever', async () => {
    await using tested = await listening({ lingerMs: 300 });
    // A client that never answers the close frame.
    const { socket, answer } = await sendRaw(tested.url, upgradeRequest('/graphql'));
    expect(answer).toContain('101 Switching Protocols');
    const closed = tested.gateway.close();
    const ready = await fetch(`${tested.url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'draining' }]);
    await closed;
    await expect(fetch(`${tested.url}/health`)).rejects.toThrow('fetch failed');
    socket.destroy();
  });

  // Less than the 10 s after which the gateway cuts all connections.
  const timeout = 8000;
  it('lets a running request finish, and does not wait for idle connections', { timeout }, async () => {
    await using tested = await listening();
    const { port, hostname } = new URL(tested.url);
    const silent = connect(Number(port), hostname);
    await once(silent, 'connect');
    const { faults, ledger } = tested.sandbox;
    faults.set('listRooms', { kind: 'latency', ms: 300 });
    const arrived = ledger.arrival(({ operationId }) => operationId === 'listRooms');
    const answer = post(tested.url, { query: NAMES });
    await arrived;
    const closed = tested.gateway.close();
    expect(await (await answer).json()).toMatchObject({ data: { rooms: { edges: [{}, {}] } } });
    await closed;
    silent.destroy();
  });
});

describe('errors', () => {
  it('that the gateway throws on purpose keep their message, as all modules share one copy of graphql', async () => {
    await using tested = await listening();
    const answer: unknown = await (await post(tested.url, { query: '{ room(id: "x") { name } }' })).json();
    expect(answer).toMatchObject({
      errors: [{ message: expect.stringContaining('must be the id of a Room') }],
    });
  });

  it('that are unexpected are masked, with an id that is also in the log', async () => {
    const { log, text } = memoryLog();
    await using tested = await listening({ log });
    Object.assign(tested.gateway.services.catalog, {
      rooms: () => Promise.reject(new Error('the secret of the gateway')),
    });
    const answer = (await (
      await post(tested.url, { query: '{ room(id: "64a000000000000000000000") { name } }' })
    ).json()) as {
      errors: { message: string; extensions: Record<string, unknown> }[];
    };
    expect(answer).toMatchObject({
      data: { room: null },
      errors: [
        { message: 'Something went wrong in the gateway.', path: ['room'], extensions: { code: 'INTERNAL' } },
      ],
    });
    expect(JSON.stringify(answer)).not.toContain('secret of the gateway');
    expect(text()).toContain(String(answer.errors[0]?.extensions['id']));
    expect(text()).toContain('the secret of the gateway');
  });
});
