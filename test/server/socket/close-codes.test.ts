// Every close code of a graphql-transport-ws socket, caused by messages that a test writes itself.
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { memoryLog } from '../../support/memory-log.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { openSocket, upgradeRequest } from '../../support/raw-http.ts';
import { openRawSocket, openSession, subscribe, type Message } from '../../support/raw-socket.ts';
import { knownCallers, post, startTestServer } from '../../support/server.ts';

const TICKS = 'subscription { ticks }';

describe('4400', () => {
  it.each([
    ['no JSON', 'hello'],
    ['no JSON, in binary', Buffer.from([1, 2, 3])],
    ['no object', '[]'],
    ['null', 'null'],
    ['an unknown type', '{"type":"start"}'],
    ['no type', '{"id":"1"}'],
    ['a type that is not a string', '{"type":1}'],
    ['a payload that is not an object', '{"type":"connection_init","payload":"x"}'],
    ['an operation without an id', '{"type":"subscribe","payload":{"query":"{ hello }"}}'],
    ['an operation without a query', '{"type":"subscribe","id":"1","payload":{}}'],
    ['a message that only a server may send', '{"type":"connection_ack"}'],
  ])('for a message that is %s', async (_what, message) => {
    const { log, text } = memoryLog();
    await using server = await startTestServer({ log });
    await using raw = await openRawSocket(server.url);
    raw.socket.send(message);
    expect((await raw.closed).code).toBe(4400);
    expect(text()).not.toContain('unexpectedly');
  });
});

describe('4401', () => {
  it('for an operation before the connection is initialised', async () => {
    await using server = await startTestServer();
    await using raw = await openRawSocket(server.url);
    subscribe(raw, '1', '{ hello }');
    expect((await raw.closed).code).toBe(4401);
    expect(server.started.fields).toEqual([]);
  });

  it('for an operation while the authentication is in progress', async () => {
    const known = Promise.withResolvers<{ name: string; expiresAt: null }>();
    await using server = await startTestServer({
      authentication: { isOff: false, callerOf: () => known.promise },
    });
    await using raw = await openRawSocket(server.url);
    raw.send({ type: 'connection_init' });
    subscribe(raw, '1', '{ hello }');
    expect((await raw.closed).code).toBe(4401);
    known.resolve({ name: 'ada', expiresAt: null });
    await settle();
    expect(server.started.fields).toEqual([]);
  });
});

describe('4403', () => {
  it('for an invalid key', async () => {
    await using server = await startTestServer({ authentication: knownCallers({}) });
    await using raw = await openRawSocket(server.url);
    raw.send({ type: 'connection_init', payload: { authorization: 'Bearer eve' } });
    expect((await raw.closed).code).toBe(4403);
  });

  it('for a token that has expired since connection_init', async () => {
    const clock = new ManualClock();
    const authentication = knownCallers({ ada: clock.now() + 1000 });
    await using server = await startTestServer({ authentication, clock });
    await using raw = await openSession(server.url, { authorization: 'Bearer ada' });
    await clock.advance(1000);
    expect((await raw.closed).code).toBe(4403);
  });
});

describe('4406', () => {
  /**
   * The code of the close frame that follows an upgrade. The `ws` client fails at such an upgrade and does not report
   * it.
   */
  async function codeAfterUpgrade(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
    const socket = await openSocket(url);
    socket.write(upgradeRequest('/graphql', headers));
    let bytes = Buffer.alloc(0);
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      bytes = Buffer.concat([bytes, chunk]);
      const frame = bytes.indexOf('\r\n\r\n') + 4;
      // The head of the frame has two bytes; the code follows.
      if (frame > 3 && bytes.length >= frame + 4) return bytes.readUInt16BE(frame + 2);
    }
    throw new Error('There was no close frame');
  }

  it.each(['graphql-ws', 'soap'])('for the subprotocol %s', async (protocol) => {
    await using server = await startTestServer();
    const headers = { 'sec-websocket-protocol': protocol };
    expect(await codeAfterUpgrade(server.url, headers)).toBe(4406);
  });

  it('for a missing subprotocol', async () => {
    await using server = await startTestServer();
    await using raw = await openRawSocket(server.url, []);
    expect((await raw.closed).code).toBe(4406);
  });
});

describe('4408', () => {
  it('for a client that does not send connection_init in time', async () => {
    await using server = await startTestServer({ webSocket: { initTimeoutMs: 20 } });
    await using raw = await openRawSocket(server.url);
    expect((await raw.closed).code).toBe(4408);
  });

  it('not for a client that sends it', async () => {
    await using server = await startTestServer({ webSocket: { initTimeoutMs: 500 } });
    await using late = await openRawSocket(server.url);
    await using raw = await openSession(server.url);
    await late.closed;
    subscribe(raw, '1', '{ hello }');
    expect(await raw.next()).toMatchObject({ payload: { data: { hello: 'world' } } });
  });
});

describe('4409', () => {
  it('for an id that is in use', async () => {
    await using server = await startTestServer();
    await using raw = await openSession(server.url);
    subscribe(raw, '1', TICKS);
    await raw.next();
    subscribe(raw, '1', '{ hello }');
    expect(await raw.closed).toEqual({ code: 4409, reason: 'Subscriber for 1 already exists' });
    await expect.poll(() => server.started.ended, { interval: 5 }).toBe(1);
  });
});

describe('4429', () => {
  it('for a connection that is initialised twice', async () => {
    await using server = await startTestServer();
    await using raw = await openSession(server.url);
    raw.send({ type: 'connection_init' });
    expect((await raw.closed).code).toBe(4429);
  });
});

describe('4500', () => {
  it('for an unexpected failure of the gateway, which is logged and not shown to the client', async () => {
    const { log, text } = memoryLog();
    // A clock that throws when the expiry of the caller is checked.
    const clock = {
      ...systemClock,
      now: () => {
        throw new Error('CANARY');
      },
      schedule: () => () => undefined,
    };
    const authentication = { isOff: false, callerOf: async () => ({ name: 'ada', expiresAt: 1 }) };
    await using server = await startTestServer({ log, clock, authentication });
    await using raw = await openRawSocket(server.url);
    raw.send({ type: 'connection_init' });
    expect(await raw.closed).toEqual({ code: 4500, reason: 'Internal server error' });
    expect(text()).toContain('CANARY');
  });

  it.each([
    ['a text that is not a document', '{', ['error']],
    ['an invalid document', '{ none }', ['error']],
    ['a field that fails', '{ breaks }', ['next', 'complete']],
    ['a subscription that is refused', 'subscription { fails }', ['next', 'complete']],
    ['a subscription that fails to begin', 'subscription { throws }', ['next', 'complete']],
    ['a subscription that fails later', 'subscription { breaks }', ['next', 'error']],
  ])('not for %s: only that operation ends, and the others go on', async (_what, query, types) => {
    await using server = await startTestServer();
    await using raw = await openSession(server.url);
    subscribe(raw, 'other', TICKS);
    await raw.next();
    subscribe(raw, '1', query);
    const messages: Message[] = [];
    for (const type of types) {
      const message = await raw.next();
      expect(message).toMatchObject({ id: '1', type });
      messages.push(message);
    }
    expect(JSON.stringify(messages)).not.toContain('CANARY');
    subscribe(raw, '2', '{ hello }');
    expect(await raw.next()).toMatchObject({ id: '2', payload: { data: { hello: 'world' } } });
    expect(server.started.ended).toBe(0);
  });
});

describe('1001', () => {
  it('when the gateway closes', async () => {
    const server = await startTestServer();
    await using raw = await openSession(server.url);
    subscribe(raw, '1', TICKS);
    await raw.next();
    const ended = server[Symbol.asyncDispose]();
    expect(await raw.closed).toEqual({ code: 1001, reason: 'The gateway is going away' });
    await ended;
    expect(server.started.ended).toBe(1);
  });
});

describe('1007', () => {
  it('for text that is not UTF-8', async () => {
    await using server = await startTestServer();
    await using raw = await openSession(server.url);
    raw.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect((await raw.closed).code).toBe(1007);
  });
});

describe('1009', () => {
  it('for a message over 256 KiB; other sockets are still served', async () => {
    await using server = await startTestServer();
    await using raw = await openSession(server.url);
    subscribe(raw, '1', `# ${'x'.repeat(300 * 1024)}\n{ hello }`);
    expect((await raw.closed).code).toBe(1009);
    expect((await post(server.url, { query: '{ hello }' })).status).toBe(200);
    expect(server.started.fields).toEqual(['hello']);
  });
});

describe('1013', () => {
  it('for one socket over the limit of its caller', async () => {
    await using server = await startTestServer({
      authentication: knownCallers({ ada: null }),
      limits: { socketsPerCaller: 0 },
    });
    await using raw = await openRawSocket(server.url);
    raw.send({ type: 'connection_init', payload: { authorization: 'Bearer ada' } });
    expect((await raw.closed).code).toBe(1013);
  });
});
