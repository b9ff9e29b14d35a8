// How long a client may take to send a request, over real connections.
import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createListener, type RequestTimes } from '../../../src/server/http/listener.ts';
import { openSocket } from '../../support/raw-http.ts';

const HEADERS_MS = 400;

/** Sends `text` and no more. Returns the milliseconds until the server answers, and the status line of the answer. */
async function cutAfter(
  text: string,
  requestMs: number,
): Promise<{ readonly afterMs: number; readonly answer: string }> {
  const listener = createListener({
    handle: (request) => request.resume(),
    maxConnections: 10,
    times: { headersMs: HEADERS_MS, requestMs, unreadMs: 60_000 },
  });
  const socket = await openSocket(await listener.listen(0, '127.0.0.1'));
  const startedAt = performance.now();
  socket.write(text);
  // Slow bytes do not extend the time limit.
  const dripping = setInterval(() => socket.write('x'), 50);
  socket.on('error', () => undefined);
  // A Buffer, because no encoding is set.
  const [data] = (await once(socket, 'data')) as [Buffer];
  clearInterval(dripping);
  socket.destroy();
  await listener.close();
  return { afterMs: performance.now() - startedAt, answer: data.toString().split('\r\n', 1)[0] ?? '' };
}

describe('a client that is slow to send', () => {
  it.each([
    ['the request line', 'GET /'],
    ['the headers', 'GET / HTTP/1.1\r\nhost: x\r\nx-slow: '],
  ])('%s is disconnected within the time limit for headers', async (_what, text) => {
    const { afterMs, answer } = await cutAfter(text, 60_000);
    expect(answer).toBe('HTTP/1.1 408 Request Timeout');
    expect(afterMs).toBeGreaterThan(HEADERS_MS / 2);
    // By default Node checks every 30 s.
    expect(afterMs).toBeLessThan(5000);
  });

  it('that sends only a part of the body is disconnected within the time limit for whole requests', async () => {
    const { afterMs, answer } = await cutAfter(
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 999\r\n\r\n',
      800,
    );
    expect(answer).toBe('HTTP/1.1 408 Request Timeout');
    expect(afterMs).toBeGreaterThan(HEADERS_MS);
  });

  it('is disconnected within 10 s for headers and 30 s for the whole request by default', () => {
    const { server } = createListener({ handle: () => undefined, maxConnections: 10 });
    // Node keeps the option as a property that its types lack.
    const { connectionsCheckingInterval: checkMs } = server as unknown as {
      connectionsCheckingInterval: number;
    };
    expect(server.headersTimeout + checkMs).toBe(10_000);
    expect(server.requestTimeout + checkMs).toBe(30_000);
  });
});

it('an idle connection is kept for 72 s, which each answer tells the client', async () => {
  const listener = createListener({
    handle: (_request, response) => response.end('done'),
    maxConnections: 10,
  });
  expect(listener.server.keepAliveTimeout).toBe(72_000);
  const socket = await openSocket(await listener.listen(0, '127.0.0.1'));
  for (let time = 0; time < 2; time += 1) {
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    // A Buffer, because no encoding is set.
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/\r\nkeep-alive: timeout=72\r\n/i);
  }
  socket.destroy();
  await listener.close();
});

describe('a client that does not read', () => {
  /**
   * Sends `requests` at once. Returns how many ran, how many ran at the same time, and whether the connection was
   * closed.
   */
  async function pipelined(requests: number) {
    let [ran, running, most] = [0, 0, 0];
    const listener = createListener({
      handle: (_request, response) => {
        ran += 1;
        running += 1;
        most = Math.max(most, running);
        setTimeout(() => {
          running -= 1;
          response.end('x');
        }, 5);
      },
      maxConnections: 10,
    });
    const socket = await openSocket(await listener.listen(0, '127.0.0.1'));
    let text = '';
    socket.on('error', () => undefined);
    const answers = () => text.split('200 OK').length - 1;
    const isCut = await new Promise<boolean>((resolve) => {
      socket.once('close', () => resolve(true));
      socket.on('data', (data: Buffer) => {
        text += data.toString();
        if (answers() === requests) resolve(false);
      });
      socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(requests));
    });
    socket.destroy();
    await listener.close();
    return { ran, most, isCut };
  }

  it.each([2, 8])('may send %i requests at once, which run one after another', async (requests) => {
    expect(await pipelined(requests)).toEqual({ ran: requests, most: 1, isCut: false });
  });

  it.each([9, 40])('is disconnected if %i requests wait for answers', async (requests) => {
    expect(await pipelined(requests)).toEqual({ ran: 1, most: 1, isCut: true });
  });

  it('that does not read a large answer in time is disconnected', async () => {
    const times: RequestTimes = { headersMs: 10_000, requestMs: 30_000, unreadMs: 100 };
    const ended = Promise.withResolvers<boolean>();
    const listener = createListener({
      handle: (_request, response) => {
        response.once('close', () => ended.resolve(response.writableFinished));
        response.end(Buffer.alloc(64 * 1024 * 1024));
      },
      maxConnections: 10,
      times,
    });
    const socket = await openSocket(await listener.listen(0, '127.0.0.1'));
    socket.on('error', () => undefined);
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await ended.promise).toBe(false);
    socket.destroy();
    await listener.close();
  });
});

describe('closing', () => {
  const GET = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';

  /** A server that answers after `ms`, and a connection to it that has had one answer; `rest` is what it gets from then on. */
  async function served(ms: number) {
    const arrivals = new EventEmitter();
    const listener = createListener({
      handle: (_request, response) => {
        arrivals.emit('one');
        setTimeout(() => response.end('done'), ms);
      },
      maxConnections: 10,
    });
    const url = await listener.listen(0, '127.0.0.1');
    const socket = await openSocket(url);
    let text = '';
    socket.on('data', (data: Buffer) => (text += data.toString()));
    socket.write(GET);
    await expect.poll(() => text, { interval: 5 }).toContain('done');
    text = '';
    const rest = once(socket, 'close').then(() => text);
    return { listener, url, socket, arrived: () => once(arrivals, 'one'), rest };
  }

  it('finishes requests in flight, and their answers close the connection', async () => {
    const { listener, url, socket, arrived, rest } = await served(300);
    socket.write(GET);
    await arrived();
    const closed = listener.close();
    await expect(openSocket(url)).rejects.toThrow('ECONNREFUSED');
    await closed;
    expect(await rest).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*connection: close\r\n[^]*done$/i);
  });

  it('finishes all requests that a connection has sent at once', async () => {
    const { listener, socket, arrived, rest } = await served(50);
    socket.write(GET.repeat(3));
    await arrived();
    await listener.close();
    const text = await rest;
    expect(text.match(/done/g)).toHaveLength(3);
    expect(text.match(/connection: close/gi)).toHaveLength(1);
  });

  it('answers a request that comes over an idle connection at the same time', async () => {
    const { listener, socket, rest } = await served(0);
    socket.write(GET);
    await listener.close();
    expect(await rest).toMatch(/connection: close\r\n[^]*done$/i);
  });

  it('does not wait for clients that send one request after another', async () => {
    const { listener, url, socket } = await served(0);
    // Its own connection, so that the requests that follow one another are not the only ones.
    const slow = await openSocket(url);
    const again = () => void (socket.writable && socket.write(GET));
    socket.on('data', again);
    slow.on('error', () => undefined);
    again();
    const startedAt = performance.now();
    await listener.close();
    expect(performance.now() - startedAt).toBeLessThan(5000);
    slow.destroy();
  });
});
