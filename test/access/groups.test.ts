// Subscriptions with the same document share their answers only among callers of equal rights.
import { expect, test } from 'vitest';
import { rightsOf } from '../../src/auth/rights.ts';
import { anyone, type Caller } from '../../src/auth/caller.ts';
import { codesOf } from '../support/gateway.ts';
import { eventStreamClient, webSocketClient } from '../support/sockets.ts';
import { startStage, whileTimeGoesOn } from './stage.ts';

const FAST = { pollIntervalMs: 20, pollMaxIntervalMs: 20, sessionCheckMs: 20 };

const document = `subscription ($roomId: ID!) { peerChanges(roomId: $roomId) { __typename
  ... on PeerJoined { peer { name } room { name } } } }`;

test.each([
  ['WebSocket', webSocketClient],
  ['an event stream', eventStreamClient],
] as const)('over %s each caller gets what its own scopes permit, of one event', async (_name, clientOf) => {
  await using stage = await startStage(FAST);
  const { doorkeeper, clock, cast, world, tested } = stage;
  const url = await tested.gateway.listen();
  const keys = [['peers:read'], ['peers:read', 'rooms:read'], ['rooms:read', 'peers:read'], ['peers:read']];
  await using clients = new AsyncDisposableStack();
  const watching = keys.map((scopes) => {
    const client = clients.use(clientOf(url, doorkeeper.key({ scopes })));
    return client.watch(document, { roomId: cast.room });
  });
  const nextOfAll = () => Promise.all(watching.map((each) => whileTimeGoesOn(each.answer(), clock)));
  await nextOfAll();
  world.join(cast.room, { name: 'Late', role: 'guest', userId: 'late' });
  const answers = await nextOfAll();
  expect(answers.map(codesOf)).toEqual([['FORBIDDEN'], [], [], ['FORBIDDEN']]);
  const isRoomShown = answers.map((answer) => JSON.stringify(answer?.data).includes('"room":{"name"'));
  expect(isRoomShown).toEqual([false, true, true, false]);
});

test('rights are equal for the same scopes in the same rooms, in any order, whoever the callers are', () => {
  const caller: Caller = { ...anyone, name: 'key:a', scopes: new Set(['peers:read', 'rooms:read']) };
  const inRooms = (...rooms: string[]): Caller => ({ ...caller, rooms: new Set(rooms) });
  const participant = { roomId: 'r', userId: 'u', role: null };
  const joined: Caller = { ...inRooms('r'), scopes: new Set(), participant };
  expect(rightsOf({ ...caller, name: 'key:b', scopes: new Set(['rooms:read', 'peers:read']) })).toBe(
    rightsOf(caller),
  );
  expect(rightsOf(inRooms('r', 's'))).toBe(rightsOf(inRooms('s', 'r')));
  expect(rightsOf({ ...joined, participant: { ...participant, userId: 'v' } })).toBe(rightsOf(joined));
  const different = [
    caller,
    { ...caller, scopes: new Set(['peers:read'] as const) },
    inRooms('r'),
    inRooms('r', 's'),
    joined,
    { ...joined, participant: null },
  ];
  expect(new Set(different.map(rightsOf)).size).toBe(different.length);
});
