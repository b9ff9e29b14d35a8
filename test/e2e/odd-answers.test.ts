// One malformed element in an answer of the REST API: the other elements are returned, and /metrics counts the repair.
import { expect, test } from 'vitest';
import { startTestGateway, type Answer } from '../support/gateway.ts';
import { addPeers, addRooms } from '../support/worlds.ts';

type Json = Record<string, unknown>;

/** Replaces the elements of the list or map under `key` in an answer. */
function withElements(key: string, change: (elements: [string, Json][]) => [string, unknown][]) {
  return (body: unknown): unknown => {
    const answer: Json = Object(body);
    const elements = answer[key];
    const changed = change(Object.entries<Json>(Object(elements)));
    const list = changed.map(([, element]) => element);
    return { ...answer, [key]: Array.isArray(elements) ? list : Object.fromEntries(changed) };
  };
}

async function repairs(url: string): Promise<string[]> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return text.split('\n').filter((line) => line.startsWith('hms_upstream_repaired_total{'));
}

const named = (answer: Answer, path: readonly string[]): unknown[] => {
  const { edges } = path.reduce<Json>((value, key) => Object(value[key]), Object(answer.data)) as {
    edges: { node: Json }[];
  };
  return edges.map(({ node }) => node);
};

test('a malformed peer is repaired or left out, and the other peers of its room are returned', async () => {
  await using lab = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world, faults } = lab.sandbox;
  const [room] = addRooms(world, 1);
  const roomId = room?.id ?? '';
  const [first, second, third] = addPeers(world, roomId, 4);
  const odd = withElements('peers', (peers) =>
    peers.map(([id, peer]) => {
      if (id === first?.id) return [id, { ...peer, user_id: 42, metadata: 'hand up' }];
      if (id === second?.id) return [id, { ...peer, metadata: { hand: true } }];
      return id === third?.id ? [id, null] : [id, { ...peer, metadata: 'hand up' }];
    }),
  );
  faults.set('listActivePeers', { kind: 'shape', shape: odd });
  const answer = await lab.ask(
    'query ($id: ID!) { room(id: $id) { peers { edges { node { name userId metadata } } } } }',
    {
      id: roomId,
    },
  );
  expect(answer.errors).toBeUndefined();
  expect(named(answer, ['room', 'peers'])).toEqual([
    { name: 'Peer 0', userId: '42', metadata: 'hand up' },
    { name: 'Peer 1', userId: 'user-1', metadata: null },
    { name: 'Peer 3', userId: 'user-3', metadata: 'hand up' },
  ]);
  expect(await repairs(await lab.gateway.listen())).toEqual([
    'hms_upstream_repaired_total{operation="listActivePeers",key="peers.user_id",action="converted"} 1',
    'hms_upstream_repaired_total{operation="listActivePeers",key="peers.metadata",action="nulled"} 1',
    'hms_upstream_repaired_total{operation="listActivePeers",key="peers",action="left-out"} 1',
  ]);
});

test('a page of which an element was left out still counts as full, so the list goes on after it', async () => {
  await using lab = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world, faults, ledger } = lab.sandbox;
  addRooms(world, 25);
  const odd = withElements('data', (rooms) =>
    rooms.map(([place, room]) => {
      if (room['name'] === 'room-20') return [place, null];
      return [place, room['name'] === 'room-3' ? { ...room, updated_at: 1_700_000_000 } : room];
    }),
  );
  faults.set('listRooms', { kind: 'shape', shape: odd });
  const names: unknown[] = [];
  let after: unknown = null;
  for (let page = 0; page < 5; page += 1) {
    const answer = await lab.ask(
      'query ($after: String) { rooms(first: 10, after: $after) { edges { node { name } } pageInfo { endCursor hasNextPage } } }',
      { after },
    );
    expect(answer.errors).toBeUndefined();
    names.push(...named(answer, ['rooms']).map((node) => Object(node).name));
    const { pageInfo } = Object(answer.data).rooms;
    after = pageInfo.endCursor;
    if (pageInfo.hasNextPage !== true) break;
  }
  const all = Array.from({ length: 25 }, (_, index) => `room-${24 - index}`);
  expect(names).toEqual(all.filter((name) => name !== 'room-20'));
  expect(ledger.count({ operationId: 'listRooms' })).toBeLessThanOrEqual(5);
});

test('a session whose peers are a list instead of a map is left out, and the other sessions are returned', async () => {
  await using lab = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world, faults } = lab.sandbox;
  const rooms = addRooms(world, 3);
  for (const { id } of rooms) addPeers(world, id, 1);
  const odd = withElements('data', ([newest, ...rest]) => [
    [newest?.[0] ?? '0', { ...newest?.[1], peers: [] }],
    ...rest,
  ]);
  faults.set('listSessions', { kind: 'shape', shape: odd });
  const answer = await lab.ask('{ sessions(first: 10) { edges { node { room { name } } } } }');
  expect(answer.errors).toBeUndefined();
  expect(named(answer, ['sessions']).map((node) => Object(node).room.name)).toEqual(['room-1', 'room-0']);
});

test('a room without its id is an error, and so is a list without any readable element', async () => {
  await using lab = await startTestGateway({ sandbox: { data: 'empty' } });
  const [room] = addRooms(lab.sandbox.world, 2);
  lab.sandbox.faults.set('getRoom', { kind: 'shape', shape: (body) => ({ ...Object(body), id: null }) });
  lab.sandbox.faults.set('listRooms', {
    kind: 'shape',
    shape: withElements('data', (rooms) => rooms.map(([place]) => [place, 7])),
  });
  const single = await lab.ask('query ($id: ID!) { room(id: $id) { name } }', { id: room?.id });
  const list = await lab.ask('{ rooms(first: 10) { edges { node { name } } } }');
  for (const { errors } of [single, list]) {
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['UPSTREAM_BAD_RESPONSE']);
  }
  expect(await repairs(await lab.gateway.listen())).toEqual([]);
});
