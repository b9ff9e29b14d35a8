// Unexpected errors, wherever in the gateway they arise and whatever the transport: the client gets an id, and
// the log has the whole of it under that id.
import { describe, expect, it } from 'vitest';
import type { Gateway } from '../../src/gateway.ts';
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

interface Shown {
  readonly errors: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
}

/** The one error of an answer has an id under which the log has the fault, which the answer does not tell. */
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
  it('an error within a field has an id that the log has', async () => {
    const { log, text } = memoryLog();
    await using staged = await stage({ log });
    breakService(staged.gateway, 'catalog', 'rooms', () => Promise.reject(new TypeError(FAULT)));
    expectMasked(await send(staged.url, { query: `{ room(id: "${staged.room.id}") { name } }` }), text());
  });

  it('an error in the making of an operation’s context has one too', async () => {
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

it('an error in making an operation ready over WebSocket has an id that the log has, and the socket stays', async () => {
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

it('an error in finding out who a caller is has an id that the log has', async () => {
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

describe.each(watchers)('of a subscription over %s', (_name, clientOf) => {
  it('an error at its start has an id that the log has', async () => {
    const { log, text } = memoryLog();
    await using staged = await stage({ log });
    await using client = clientOf(staged.url);
    breakService(staged.gateway, 'live', 'peerChanges', () => {
      throw new TypeError(FAULT);
    });
    expectMasked(await watchPeers(client, staged, '').answer(), text());
  });

  it('an error in answering an event has one, and the subscription goes on', async () => {
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

  it('an error of its source has one', async () => {
    const { log, text } = memoryLog();
    await using staged = await stage({ log });
    await using client = clientOf(staged.url);
    breakService(staged.gateway, 'live', 'peerChanges', async function* () {
      await Promise.resolve();
      yield* [];
      throw new TypeError(FAULT);
    });
    expectMasked(await watchPeers(client, staged, '').answer(), text());
  });
});
