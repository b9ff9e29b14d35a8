// Unexpected errors in any part of the gateway and over any transport: the client gets an id, and the log has the whole
// error under that id.
import { describe, expect, it } from 'vitest';
import type { Gateway } from '../../src/gateway.ts';
import { Deliveries } from '../../src/live/log/deliveries.ts';
import { LiveStream } from '../../src/live/log/live-stream.ts';
import { Subscriber } from '../../src/live/log/subscriber.ts';
import type { Told } from '../../src/live/log/told.ts';
import { transports } from '../support/transports.ts';
import { memoryLog } from '../support/memory-log.ts';
import { openSession, subscribe } from '../support/raw-socket.ts';
import { post } from '../support/server.ts';
import { eventStreamClient, webSocketClient } from '../support/sockets.ts';
import { newcomer, stage, type Stage } from './stage.ts';

const FAULT = 'what went wrong within';

/** Replaces a method of one of the services. */
function breakService(
  { services }: Gateway,
  name: 'catalog' | 'live',
  method: string,
  broken: (...args: never[]) => unknown,
): void {
  Object.assign(services[name], { [method]: broken });
}

/** Events that end with an error at once. */
function failingStream(): LiveStream<object> {
  const source = { take: () => undefined, bytesOf: () => 0, onEnd() {}, deliveries: new Deliveries() };
  const events = new Subscriber<Told<object>>(source);
  events.end(new TypeError(FAULT));
  return new LiveStream(events);
}

interface Shown {
  readonly errors: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
}

/**
 * Asserts that the answer has one error, which has an id and not the message, and that the log has the error under that
 * id.
 */
function expectMasked(answer: unknown, log: string): void {
  const { errors } = answer as Shown;
  expect(errors).toEqual([
    expect.objectContaining({
      message: 'Something went wrong in the gateway.',
      extensions: { code: 'INTERNAL', id: expect.stringMatching(/^[\da-f-]{36}$/) as unknown },
    }),
  ]);
  expect(JSON.stringify(answer)).not.toContain(FAULT);
  const id = String(errors[0]?.extensions['id']);
  const lines = log.split('\n').filter((line) => line.includes(id));
  expect(lines).toEqual([expect.stringContaining(FAULT)]);
}

describe.each(transports)('over %s', (_name, send) => {
  it('an error within a field has an id that is also in the log', async () => {
    const { log, text } = memoryLog();
    await using staged = await stage({ log });
    breakService(staged.gateway, 'catalog', 'rooms', () => Promise.reject(new TypeError(FAULT)));
    expectMasked(await send(staged.url, { query: `{ room(id: "${staged.room.id}") { name } }` }), text());
  });

  it('an error while the operation’s context is created has such an id too', async () => {
    const { log, text } = memoryLog();
    await using staged = await stage({ log });
    Object.defineProperty(staged.gateway.services, 'clock', {
      enumerable: true,
      get: () => {
        throw new TypeError(FAULT);
      },
    });
    expectMasked(await send(staged.url, { query: '{ __typename }' }), text());
  });
});

it('an error before an operation runs over WebSocket has an id that is also in the log, and the socket stays open', async () => {
  const { log, text } = memoryLog();
  await using staged = await stage({ log });
  await using raw = await openSession(staged.url);
  const { getEnveloped } = staged.gateway.graphql;
  Object.assign(staged.gateway.graphql, {
    getEnveloped: () => {
      throw new RangeError(FAULT);
    },
  });
  subscribe(raw, '1', '{ __typename }');
  expectMasked({ errors: (await raw.next()).payload }, text());
  Object.assign(staged.gateway.graphql, { getEnveloped });
  subscribe(raw, '2', '{ __typename }');
  expect(await raw.next()).toMatchObject({ type: 'next', payload: { data: { __typename: 'Query' } } });
});

it('an error while the caller is authenticated has an id that is also in the log', async () => {
  const { log, text } = memoryLog();
  const authentication = { isOff: false, callerOf: () => Promise.reject(new TypeError(FAULT)) };
  await using staged = await stage({ log, authentication });
  const answer = await post(staged.url, { query: '{ __typename }' }, { authorization: 'Bearer x' });
  expect(answer.status).toBe(500);
  expectMasked(await answer.json(), text());
});

const watchers: readonly (readonly [
  name: string,
  clientOf: (url: string) => ReturnType<typeof webSocketClient>,
])[] = [
  ['WebSocket', webSocketClient],
  ['an event stream', eventStreamClient],
];

function watchPeers(client: ReturnType<typeof webSocketClient>, { room }: Stage, fields: string) {
  const document = `subscription ($id: ID!) { peerChanges(roomId: $id) { cursor ${fields} } }`;
  return client.watch<{ readonly peerChanges: unknown }>(document, { id: room.id });
}

describe.each(watchers)('a subscription over %s', (_name, clientOf) => {
  it('that fails at its start reports an id that is also in the log', async () => {
    const { log, text } = memoryLog();
    await using staged = await stage({ log });
    await using client = clientOf(staged.url);
    breakService(staged.gateway, 'live', 'peerChanges', () => {
      throw new TypeError(FAULT);
    });
    expectMasked(await watchPeers(client, staged, '').answer(), text());
  });

  it('that fails at one event reports such an id, and goes on', async () => {
    const { log, text } = memoryLog();
    await using staged = await stage({ log });
    await using client = clientOf(staged.url);
    const watching = watchPeers(client, staged, '... on PeerJoined { room { name } }');
    await watching.next();
    const rooms = staged.gateway.services.catalog.rooms.bind(staged.gateway.services.catalog);
    breakService(staged.gateway, 'catalog', 'rooms', () => Promise.reject(new TypeError(FAULT)));
    staged.world.join(staged.room.id, newcomer('Grace'));
    expectMasked(await watching.answer(), text());
    breakService(staged.gateway, 'catalog', 'rooms', rooms);
    staged.world.join(staged.room.id, newcomer('Emmy'));
    expect(await watching.next()).toMatchObject({ peerChanges: { room: { name: staged.room.name } } });
  });

  it('whose source fails reports such an id', async () => {
    const { log, text } = memoryLog();
    await using staged = await stage({ log });
    await using client = clientOf(staged.url);
    breakService(staged.gateway, 'live', 'peerChanges', failingStream);
    expectMasked(await watchPeers(client, staged, '').answer(), text());
  });
});
