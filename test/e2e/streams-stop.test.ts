// How streams end when the gateway stops, so that clients know that they should reconnect.
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { openSocket } from '../support/raw-http.ts';
import { openSession, subscribe } from '../support/raw-socket.ts';
import { openEventStream, subscriptionUrl, type StreamEvent } from '../support/sockets.ts';
import { addRooms } from '../support/worlds.ts';
import { followPeers, followSessions } from './documents.ts';
import { stage } from './stage.ts';

const followEvents = 'subscription ($roomId: ID!) { roomEvents(roomId: $roomId) { type } }';

/** The rest of a stream, up to its end. */
async function rest(stream: { next(): Promise<StreamEvent | null> }): Promise<string[]> {
  const events: string[] = [];
  for (let event = await stream.next(); event !== null; event = await stream.next()) events.push(event.event);
  return events;
}

describe('when the gateway stops', () => {
  it.each([
    ['peerChanges', followPeers, true],
    ['sessionChanges', followSessions, true],
    ['roomEvents', followEvents, false],
  ])('an event stream of `%s` ends without `complete`', async (_field, document, hasSnapshot) => {
    await using staged = await stage();
    await using stream = await openEventStream(staged.url, document, { roomId: staged.room.id });
    if (hasSnapshot) expect((await stream.next())?.event).toBe('next');
    const closed = staged.gateway.close();
    expect(await rest(stream)).toEqual([]);
    await closed;
  });

  it('an event stream that waits for its first event ends without `complete`', async () => {
    await using staged = await stage();
    staged.sandbox.faults.set('*', { kind: 'hang' });
    await using stream = await openEventStream(staged.url, followPeers, { roomId: staged.room.id });
    const closed = staged.gateway.close();
    expect(await rest(stream)).toEqual([]);
    await closed;
  });

  it('a query whose answer is an event stream is completed', async () => {
    await using staged = await stage();
    staged.sandbox.faults.set('*', { kind: 'latency', ms: 100 });
    const query = `{ room(id: "${staged.room.id}") { name } }`;
    await using stream = await openEventStream(staged.url, query, {});
    const closed = staged.gateway.close();
    expect(await rest(stream)).toEqual(['next', 'complete']);
    await closed;
  });

  it('a subscription that arrives over an open connection ends without `complete`, and without an error status', async () => {
    await using staged = await stage({ lingerMs: 1000 });
    const socket = await openSocket(staged.url);
    const { pathname, search } = new URL(
      subscriptionUrl(staged.url, followPeers, { roomId: staged.room.id }),
    );
    const get = (path: string) =>
      socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n`);
    get('/health');
    await once(socket, 'data');
    const rest = text(socket);
    const closed = staged.gateway.close();
    const state = () => openSocket(staged.url).then((other) => other.destroy() && 'open', String);
    await expect.poll(state, { interval: 20 }).toContain('ECONNREFUSED');
    get(`${pathname}${search}`);
    const answer = await rest;
    expect(answer).toMatch(/^HTTP\/1.1 200 [^]*connection: close\r\n/i);
    expect(answer).not.toContain('event: ');
    await closed;
  });

  it('a WebSocket is closed with 1001, and none of its subscriptions is completed', async () => {
    await using staged = await stage();
    await using raw = await openSession(staged.url);
    subscribe(raw, '1', `subscription { peerChanges(roomId: "${staged.room.id}") { cursor } }`);
    subscribe(raw, '2', 'subscription { sessionChanges { cursor } }');
    expect(new Set([(await raw.next()).id, (await raw.next()).id])).toEqual(new Set(['1', '2']));
    const unread = expect(raw.next()).rejects.toThrow('closed with 1001 The gateway is going away');
    await staged.gateway.close();
    await unread;
  });

  it('a WebSocket is closed when its query is answered, and begins no other operation', async () => {
    await using staged = await stage();
    const [other] = addRooms(staged.world, 1);
    await using raw = await openSession(staged.url);
    const { faults, ledger } = staged.sandbox;
    faults.set('*', { kind: 'latency', ms: 300 });
    const arrived = ledger.arrival(({ operationId }) => operationId === 'getRoom');
    subscribe(raw, '1', `{ room(id: "${staged.room.id}") { name } }`);
    await arrived;
    const closed = staged.gateway.close();
    subscribe(raw, '2', `{ room(id: "${other?.id}") { name } }`);
    expect(await raw.next()).toMatchObject({ id: '1', type: 'next', payload: { data: { room: {} } } });
    expect(await raw.next()).toEqual({ id: '1', type: 'complete' });
    await expect(raw.next()).rejects.toThrow('closed with 1001 The gateway is going away');
    await closed;
    expect(ledger.count({ operationId: 'getRoom' })).toBe(1);
  });
});
