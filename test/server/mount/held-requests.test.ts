// Requests that a host's own handlers have held before the gateway gets them, such as those that look a session up: the client may
// have left, the body may have been read, and something else may have answered.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { listenOnLoopback, type Loopback } from '../../support/loopback.ts';
import { openSocket } from '../../support/raw-http.ts';
import { mountTestServer, post } from '../../support/server.ts';

type Mount = ReturnType<typeof mountTestServer>;
type Held = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;

/** A server that hands each request over when `held` has resolved. */
function holding({ listener }: Mount, held: Held): Promise<Loopback> {
  return listenOnLoopback(
    createServer((request, response) => {
      void held(request, response).then(() => listener(request, response));
    }),
  );
}

/** Whether `close` resolves without waiting for a request. */
async function closesAtOnce(mount: Mount): Promise<boolean> {
  let isClosed = false;
  void mount.close().then(() => (isClosed = true));
  await settle();
  return isClosed;
}

const BODY = '{"query":"mutation { change }"}';
const withBody = (length: number) =>
  `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${BODY}`;

describe('a client that left before the gateway got its request', () => {
  it.each([
    ['with the whole of a mutation', withBody(BODY.length)],
    ['with half of its body', withBody(BODY.length * 2)],
    ['with a query by GET', 'GET /graphql?query={hello} HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    [
      'with a subscription',
      'GET /graphql?query=subscription{ticks} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n',
    ],
  ])('%s: nothing runs, and nothing is waited for', async (_what, request) => {
    const mount = mountTestServer({ clock: new ManualClock() });
    const { promise: handedOver, resolve } = Promise.withResolvers<void>();
    await using server = await holding(mount, async (incoming, response) => {
      incoming.on('error', () => undefined);
      await once(response, 'close');
      setImmediate(resolve);
    });
    const socket = await openSocket(server.url);
    socket.write(request);
    // The server has the headers by now, or reads them together with the end of the connection.
    await settle();
    socket.end();
    socket.destroy();
    await handedOver;
    await settle();
    expect(mount.started.fields).toEqual([]);
    expect(await closesAtOnce(mount)).toBe(true);
  });
});

it('a mutation whose request something else has answered does not run', async () => {
  const mount = mountTestServer();
  await using server = await holding(mount, async (request, response) => {
    Object.assign(request, { body: JSON.parse(await text(request)) as unknown });
    response.end('too late');
  });
  const answer = await post(server.url, BODY);
  expect(await answer.text()).toBe('too late');
  expect(mount.started.fields).toEqual([]);
  await mount.close();
});

describe('an empty body that was read before is refused with 400', () => {
  it.each([
    ['by a parser that stores nothing', undefined, 'The body must be a JSON object in UTF-8.'],
    ['by a parser of text', '', 'The body must be a JSON object in UTF-8.'],
    ['by a parser of bytes', new Uint8Array(), 'The body must be a JSON object in UTF-8.'],
    ['by a parser of JSON', {}, 'Must provide query string.'],
  ])('%s', async (_parser, body, message) => {
    const mount = mountTestServer();
    await using server = await holding(mount, async (request) => {
      await text(request);
      Object.assign(request, { body });
    });
    const answer = await post(server.url, '');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ message }] });
    await mount.close();
  });
});
