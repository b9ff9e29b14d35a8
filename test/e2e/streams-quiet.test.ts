// Event streams before their first event: the response begins at once, and a client that leaves causes no line in the
// log.
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { memoryLog } from '../support/memory-log.ts';
import { openSocket } from '../support/raw-http.ts';
import { openEventStream, subscriptionUrl, type RawStream } from '../support/sockets.ts';
import { followPeers, followSessions } from './documents.ts';
import { newcomer, nextChange, noneLeft, stage, type Stage } from './stage.ts';

const followEvents = 'subscription ($roomId: ID!) { roomEvents(roomId: $roomId) { type } }';

/** The first bytes of an event stream. */
async function beginning(
  url: string,
  headers: Record<string, string>,
): Promise<[number, string | null, string]> {
  const leaving = new AbortController();
  const response = await fetch(url, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: leaving.signal,
  });
  const { value = new Uint8Array() } = (await response.body?.getReader().read()) ?? {};
  leaving.abort();
  return [response.status, response.headers.get('content-type'), new TextDecoder().decode(value)];
}

const PING = [200, 'text/event-stream', ':\n\n'];

/** Reads the id of a stream's first event, then closes the stream. */
async function firstId(stream: RawStream): Promise<string> {
  const event = await stream.next();
  await stream[Symbol.asyncDispose]();
  return event?.id ?? '';
}

describe('a subscription without an event yet is answered with 200 and a ping at once', () => {
  it('a resume of `peerChanges` in a quiet room', async () => {
    await using staged = await stage();
    const { url, room, world } = staged;
    const variables = { roomId: room.id };
    const id = await firstId(await openEventStream(url, followPeers, variables));
    const address = subscriptionUrl(url, followPeers, variables);
    expect(await beginning(address, { 'last-event-id': id })).toEqual(PING);
    await using resumed = await openEventStream(url, followPeers, variables, { 'last-event-id': id });
    world.join(room.id, newcomer('Grace'));
    expect((await nextChange(resumed)).change.__typename).toBe('PeerJoined');
  });

  it('a resume of `sessionChanges` without changes', async () => {
    await using staged = await stage();
    const id = await firstId(await openEventStream(staged.url, followSessions, {}));
    const address = subscriptionUrl(staged.url, followSessions, {});
    expect(await beginning(address, { 'last-event-id': id })).toEqual(PING);
  });

  it('`roomEvents`, before a first webhook', async () => {
    await using staged = await stage();
    const address = subscriptionUrl(staged.url, followEvents, { roomId: staged.room.id });
    expect(await beginning(address, {})).toEqual(PING);
  });

  it.each([
    ['peerChanges', followPeers],
    ['sessionChanges', followSessions],
    ['roomEvents', followEvents],
  ])('`%s`, while the REST API has not answered', async (_field, document) => {
    await using staged = await stage();
    staged.sandbox.faults.set('*', { kind: 'hang' });
    const address = subscriptionUrl(staged.url, document, { roomId: staged.room.id });
    expect(await beginning(address, {})).toEqual(PING);
    await noneLeft(staged.gateway);
  });

  it('but an invalid cursor is answered with its error, and a page of another origin with 403', async () => {
    await using staged = await stage();
    const variables = { roomId: staged.room.id };
    await using stream = await openEventStream(staged.url, followPeers, variables, { 'last-event-id': 'x' });
    expect((await stream.next())?.data).toContain('"BAD_USER_INPUT"');
    expect((await stream.next())?.event).toBe('complete');
    const refused = await fetch(subscriptionUrl(staged.url, followPeers, variables), {
      headers: { accept: 'text/event-stream', origin: 'https://evil.example' },
    });
    expect(refused.status).toBe(403);
  });
});

describe('a client that hangs up before its first event causes no line in the log', () => {
  /** Writes a POST to a socket, waits until the gateway calls the REST API, and closes the socket. */
  async function hangUp({ url, sandbox, gateway }: Stage, query: string, whole = true): Promise<void> {
    const body = JSON.stringify({ query });
    const { length } = sandbox.ledger.entries;
    const socket = await openSocket(url);
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: ${new URL(url).host}\r\naccept: text/event-stream\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length + (whole ? 0 : 9)}\r\n\r\n${body}`,
    );
    if (whole)
      await expect.poll(() => sandbox.ledger.entries.length, { interval: 2 }).toBeGreaterThan(length);
    else await wait(20);
    socket.destroy();
    await noneLeft(gateway);
  }

  it.each([
    ['peerChanges', (id: string) => `subscription { peerChanges(roomId: "${id}") { cursor } }`],
    ['sessionChanges', () => 'subscription { sessionChanges { cursor } }'],
    ['roomEvents', (id: string) => `subscription { roomEvents(roomId: "${id}") { type } }`],
    ['a query', (id: string) => `{ room(id: "${id}") { peers { totalCount } } }`],
  ])('%s', async (_field, queryOf) => {
    const { log, text, clear } = memoryLog();
    await using staged = await stage({ log });
    staged.sandbox.faults.set('*', { kind: 'hang' });
    clear();
    for (let turn = 0; turn < 3; turn += 1) await hangUp(staged, queryOf(staged.room.id));
    await expect.poll(() => text().split('"msg":"request"').length, { interval: 5 }).toBeGreaterThan(3);
    await staged[Symbol.asyncDispose]();
    expect(text()).not.toMatch(/"level":[4-6]0/);
  });

  it('in the middle of its request', async () => {
    const { log, text, clear } = memoryLog();
    await using staged = await stage({ log });
    clear();
    for (let turn = 0; turn < 3; turn += 1) {
      await hangUp(staged, 'subscription { sessionChanges { cursor } }', false);
    }
    await expect.poll(() => text().split('"msg":"request"').length, { interval: 5 }).toBeGreaterThan(3);
    expect(text()).not.toMatch(/"level":[4-6]0/);
  });
});
