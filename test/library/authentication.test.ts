// Callers that the host knows: what its function is asked, what its answer allows, and that no answer reaches another caller.
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  AuthUnavailableError,
  UnauthenticatedError,
  type Authenticate,
  type GatewayCaller,
  type Sender,
} from '../../src/library.ts';
import { followPeers } from '../e2e/documents.ts';
import { post } from '../support/server.ts';
import { openEventStream, webSocketClient } from '../support/sockets.ts';
import { inNode } from './hosts.ts';
import { stageIn } from './stage.ts';

const rooms = { query: '{ rooms { edges { node { name } } } }' };
const admin: GatewayCaller = { name: 'admin', scopes: ['*'] };
const fromTest = (authenticate: Authenticate) => stageIn(inNode, { authenticate });
const codesIn = (answer: unknown) => JSON.stringify(answer).match(/"code":"\w+"/g);

it('the function gets the host’s request, its headers and the credential, and of a WebSocket the payload', async () => {
  const senders: Sender[] = [];
  await using staged = await fromTest((sender) => {
    senders.push(sender);
    return admin;
  });
  const query = new URLSearchParams(rooms);
  await post(staged.url, rooms, { authorization: 'Session 1', cookie: 'a=b' });
  await fetch(`${staged.url}/graphql?${query}`, { headers: { cookie: 'c=d' } });
  await staged.gateway.fetch(new Request(`http://localhost/x?${query}`, { headers: { cookie: 'e=f' } }));
  await using client = webSocketClient(staged.url, 'token');
  await client.watch(followPeers, { roomId: staged.room.id }).next();
  const seen = senders.map(({ headers, authorization, connectionParams, request }) => ({
    cookie: headers.get('cookie'),
    authorization,
    connectionParams,
    isOfFetch: request instanceof Request,
  }));
  const http = { authorization: null, connectionParams: null, isOfFetch: false };
  const connectionParams = { authorization: 'Bearer token' };
  expect(seen).toEqual([
    { ...http, cookie: 'a=b', authorization: 'Session 1' },
    { ...http, cookie: 'c=d' },
    { ...http, cookie: 'e=f', isOfFetch: true },
    { ...http, cookie: null, authorization: 'Bearer token', connectionParams },
  ]);
});

describe('a caller', () => {
  it('may do what the scopes allow, in the rooms that are named', async () => {
    let caller = admin;
    await using staged = await fromTest(() => caller);
    const other = staged.sandbox.world.rooms.create({ name: 'other' });
    const ask = async (roomId: string) =>
      (await post(staged.url, { query: `{ room(id: "${roomId}") { name peers { totalCount } } }` })).json();
    caller = { name: 'reader', scopes: ['rooms:read'] };
    expect(await ask(other.id)).toMatchObject({ data: { room: { name: 'other', peers: null } } });
    caller = { name: 'pupil', scopes: ['*:read'], rooms: [staged.room.id] };
    expect(await ask(staged.room.id)).toMatchObject({ data: { room: { peers: { totalCount: 1 } } } });
    expect(codesIn(await ask(other.id))).toEqual(['"code":"FORBIDDEN"']);
    caller = { name: 'pupil', scopes: ['*'], rooms: [] };
    expect(codesIn(await ask(staged.room.id))).toEqual(['"code":"FORBIDDEN"']);
  });

  it('of equal name but other rights gets no answer that was made for the first', async () => {
    const given: GatewayCaller[] = [admin, { ...admin, rooms: [] }, { ...admin, name: 'other' }];
    await using staged = await fromTest(({ headers }) => given[Number(headers.get('x-caller'))]);
    staged.sandbox.faults.set('*', { kind: 'latency', ms: 100 });
    const query = { query: `{ room(id: "${staged.room.id}") { name } }` };
    const ask = async (caller: number) => (await post(staged.url, query, { 'x-caller': `${caller}` })).json();
    const answers = await Promise.all([0, 0, 1, 2].map(ask));
    expect(answers.map((answer) => JSON.stringify(answer).includes('physics'))).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  it('is asked for at each request, so rights that the host changes in place count from the next one on', async () => {
    const scopes: ('*' | 'rooms:read')[] = ['rooms:read'];
    await using staged = await fromTest(() => ({ name: 'ada', scopes }));
    expect(codesIn(await (await post(staged.url, rooms)).json())).toBeNull();
    scopes.pop();
    expect(codesIn(await (await post(staged.url, rooms)).json())).toEqual(['"code":"FORBIDDEN"']);
  });

  it('whose rights expire has their stream ended', async () => {
    await using staged = await fromTest(() => ({ ...admin, expiresAt: new Date(Date.now() + 1000) }));
    await using stream = await openEventStream(staged.url, followPeers, { roomId: staged.room.id });
    expect(stream.response.status).toBe(200);
    let last: string | undefined;
    for (let event = await stream.next(); event !== null; event = await stream.next()) {
      if (event.event === 'next') last = event.data;
    }
    expect(last).toContain('UNAUTHENTICATED');
  });
});

describe('a request is refused', () => {
  const wrong = (changes: object) => () => ({ ...admin, ...changes }) as GatewayCaller;
  const failing = (failure: Error) => () => {
    throw failure;
  };
  it.each<[string, Authenticate, number, string, number]>([
    ['that nobody is known for', () => null, 401, 'The caller is not known.', 4403],
    ['for a reason', failing(new UnauthenticatedError('Log in.')), 401, 'Log in.', 4403],
    [
      'whose caller cannot be told now',
      failing(new AuthUnavailableError({ cause: 'CANARY' })),
      503,
      'Callers cannot be checked right now. Try again in a few seconds.',
      1013,
    ],
    [
      'when the function fails',
      failing(new Error('CANARY')),
      500,
      'Something went wrong in the gateway.',
      1013,
    ],
    [
      'whose rights have expired',
      wrong({ expiresAt: new Date(0) }),
      401,
      'The rights of the caller have expired.',
      4403,
    ],
    ['without a name', wrong({ name: '' }), 500, 'Something went wrong in the gateway.', 1013],
    [
      'with an unknown scope',
      wrong({ scopes: ['rooms:dance'] }),
      500,
      'Something went wrong in the gateway.',
      1013,
    ],
    [
      'with a room that is none',
      wrong({ rooms: ['physics'] }),
      500,
      'Something went wrong in the gateway.',
      1013,
    ],
    [
      'with a date that is none',
      wrong({ expiresAt: new Date('x') }),
      500,
      'Something went wrong in the gateway.',
      1013,
    ],
  ])('%s', async (_case, authenticate, status, message, closeCode) => {
    await using staged = await fromTest(authenticate);
    const answer = await post(staged.url, rooms);
    expect([answer.status, await answer.json()]).toMatchObject([
      status,
      { errors: [{ message: expect.stringContaining(message) }] },
    ]);
    expect(await closeCodeOf(staged.url)).toBe(closeCode);
    expect(staged.sandbox.ledger.entries).toEqual([]);
  });
});

/** The code with which a socket is closed after `connection_init`. */
function closeCodeOf(url: string): Promise<number> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket.on('open', () => socket.send('{"type":"connection_init"}'));
  return new Promise((resolve) => socket.on('close', resolve));
}
