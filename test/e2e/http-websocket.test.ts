// The gateway over WebSocket (graphql-transport-ws): operations have the same results as over HTTP, and a failed
// operation does not close the socket.
import { createClient, type Client } from 'graphql-ws';
import { describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { openSocket, sendRaw, upgradeRequest } from '../support/raw-http.ts';
import { SearchedSocket } from '../support/searched-socket.ts';

interface Listening extends TestGateway {
  readonly url: string;
}

async function listening(options: TestGatewayOptions = {}): Promise<Listening> {
  const tested = await startTestGateway(options);
  return { ...tested, url: await tested.gateway.listen() };
}

interface Connected extends AsyncDisposable {
  readonly client: Client;
  /** The codes of closed sockets. */
  readonly closeCodes: readonly number[];
  /** Resolves with the code when the socket closes. */
  readonly closed: Promise<number>;
  opened(): number;
}

function connect(url: string): Connected {
  const closeCodes: number[] = [];
  let opened = 0;
  const gone = Promise.withResolvers<number>();
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: SearchedSocket,
    retryAttempts: 0,
    lazy: false,
    onNonLazyError: () => undefined,
    on: {
      opened: () => {
        opened += 1;
      },
      // graphql-ws types the event as unknown; with the library `ws` it is a CloseEvent.
      closed: (event) => {
        const { code } = event as { code: number };
        closeCodes.push(code);
        gone.resolve(code);
      },
    },
  });
  return {
    client,
    closeCodes,
    closed: gone.promise,
    opened: () => opened,
    [Symbol.asyncDispose]: async () => {
      await client.dispose();
    },
  };
}

/** The only result of a query. If the operation has an error, throws what the client throws. */
async function ask(client: Client, query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
  for await (const result of client.iterate({ query, variables })) return result;
  return null;
}

describe('a query over WebSocket', () => {
  it('is answered like one over HTTP', async () => {
    await using tested = await listening();
    await using connected = connect(tested.url);
    const query = '{ rooms(first: 3) { edges { node { name } } pageInfo { hasNextPage } } }';
    expect(await ask(connected.client, query)).toEqual(await tested.ask(query));
  });

  it('has its variables checked, and gets the same errors as over HTTP', async () => {
    await using tested = await listening();
    await using connected = connect(tested.url);
    const query = 'query ($id: ID!) { room(id: $id) { name } }';
    const overHttp = await tested.ask(query, { id: 'x' });
    expect(overHttp.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(await ask(connected.client, query, { id: 'x' })).toEqual(overHttp);
  });

  it.each([
    ['a syntax error', '{ rooms', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ moons }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a fragment circle', '{ ...a } fragment a on Query { ...a }', 'GRAPHQL_VALIDATION_FAILED'],
    ['brackets without end', '{'.repeat(20_000), 'GRAPHQL_PARSE_FAILED'],
  ])('with %s is answered with that error, and the socket stays open', async (_fault, query, code) => {
    await using tested = await listening();
    await using connected = connect(tested.url);
    await expect(ask(connected.client, query)).rejects.toMatchObject([{ extensions: { code } }]);
    expect(await ask(connected.client, '{ __typename }')).toEqual({ data: { __typename: 'Query' } });
    expect(connected.opened()).toBe(1);
    expect(connected.closeCodes).toEqual([]);
  });

  it('cannot read the schema if introspection is off', async () => {
    await using tested = await listening({ config: { introspection: false } });
    await using connected = connect(tested.url);
    await expect(ask(connected.client, '{ a: __type(name: "Room") { name } }')).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  });

  it('ends with the socket, which is closed with 1001 when the gateway stops', async () => {
    await using tested = await listening();
    await using connected = connect(tested.url);
    await ask(connected.client, '{ __typename }');
    await tested.gateway.close();
    expect(await connected.closed).toBe(1001);
  });
});

describe('an upgrade', () => {
  it.each([
    { from: 'a foreign page', path: '/graphql', origin: 'https://evil.example.com', status: '403' },
    { from: 'a sandboxed frame', path: '/graphql', origin: 'null', status: '403' },
    { from: 'an allowed page', path: '/graphql', origin: 'https://app.example.com', status: '101' },
    { from: "the gateway's own page", path: '/graphql', origin: 'http://localhost:4000', status: '101' },
    { from: 'no page at all', path: '/graphql?x=1', origin: undefined, status: '101' },
    { from: 'anybody, to another path', path: '/elsewhere', origin: undefined, status: '404' },
    { from: 'anybody, to no path', path: '//', origin: undefined, status: '404' },
  ])('from $from is answered $status', async ({ path, origin, status }) => {
    await using tested = await listening({ config: { allowedOrigins: ['https://app.example.com'] } });
    const headers: Record<string, string> = origin === undefined ? {} : { origin };
    const { socket, answer } = await sendRaw(tested.url, upgradeRequest(path, headers));
    expect(answer).toContain(`HTTP/1.1 ${status}`);
    socket.destroy();
    expect((await fetch(`${tested.url}/health`)).status).toBe(200);
  });

  it("from the gateway's own origin is refused if the gateway serves no page", async () => {
    await using tested = await listening({
      config: { graphiql: false, livePage: false, localOrigins: false },
    });
    const { socket, answer } = await sendRaw(
      tested.url,
      upgradeRequest('/graphql', { origin: 'http://localhost:4000' }),
    );
    expect(answer).toContain('HTTP/1.1 403');
    socket.destroy();
  });

  it('whose client hangs up at once does not stop the gateway', async () => {
    await using tested = await listening();
    for (let turn = 0; turn < 20; turn += 1) {
      const socket = await openSocket(tested.url);
      socket.on('error', () => undefined);
      socket.write(upgradeRequest('/elsewhere'), () => socket.resetAndDestroy());
    }
    expect((await fetch(`${tested.url}/health`)).status).toBe(200);
  });
});
