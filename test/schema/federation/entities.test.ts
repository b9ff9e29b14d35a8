// `_entities` and `_service`, as the router of a supergraph asks for them.
import { describe, expect, it } from 'vitest';
import { decodeGlobalId, encodeGlobalId } from '../../../resolvers/ids.ts';
import { federatedSdl } from '../../../schema/federation/sdl.ts';
import { federated } from '../../../schema/federation/subgraph.ts';
import { schema } from '../../../schema/index.ts';
import { readConfig } from '../../../src/config.ts';
import { federateOf } from '../../../src/core.ts';
import { anySize, codesOf, startTestGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { idsOfEachNode } from '../../support/nodes.ts';
import { representationsOf, type Representation } from '../../support/representations.ts';
import { nodeTypes, selectEverything, type FieldFilter } from '../../support/select-everything.ts';
import { addPeers, addRooms } from '../../support/worlds.ts';

const NOWHERE = 'f'.repeat(24);
const NOW = Date.parse('2026-03-12T16:00:00Z');

const start = (options: TestGatewayOptions = {}) => startTestGateway({ ...options, federate: federated });

const NAMES = `query ($all: [_Any!]!) {
  _entities(representations: $all) { __typename ... on Room { hmsId name } ... on Peer { peer: hmsId } }
}`;

/** Fetches `$all` with the fields that each object has in itself; without `_entities` by `nodes`. */
function fieldsOfEach(root: string, type: string): string {
  const selections = nodeTypes().map((name) => `... on ${name} ${selectEverything(name, isItsOwn)}`);
  return `query ($all: [${type}!]!) { found: ${root}: $all) { __typename ${selections.join(' ')} } }`;
}

const isItsOwn: FieldFilter = ({ extensions }) => extensions['price'] === undefined;

/** The representations of the object with a global id, one for each key. */
function representationsById(id: string): readonly Representation[] {
  const { typename, id: localId } = decodeGlobalId(id);
  return representationsOf(typename, localId);
}

it.each(['compiled', 'reference'] as const)(
  'entities have by each key the fields that `nodes` answers, executed by %s',
  async (executor) => {
    await using tested = await start({ limits: anySize, config: { executor }, clock: new ManualClock(NOW) });
    const ids = await idsOfEachNode(tested);
    const all = ids.flatMap(representationsById);
    const { data } = await tested.ask(fieldsOfEach('_entities(representations', '_Any'), { all });
    const expected = await tested.ask(fieldsOfEach('nodes(ids', 'ID'), {
      all: ids.flatMap((id) => representationsById(id).map(() => id)),
    });
    expect(data).toEqual(expected.data);
    expect(JSON.stringify(data)).not.toContain('null,null');
    expect(expected.errors).toBeUndefined();
  },
);

describe('a batch of entities', () => {
  it('of 50 rooms costs the REST calls of 50 `nodes`, and the same points', async () => {
    const asking = {
      entities: 'query ($all: [_Any!]!) { found: _entities(representations: $all) { ... on Room { name } } }',
      nodes: 'query ($all: [ID!]!) { found: nodes(ids: $all) { ... on Room { name } } }',
    };
    const answers = new Map<string, unknown>();
    for (const [root, document] of Object.entries(asking)) {
      await using tested = await start({
        sandbox: { data: 'empty' },
        limits: { pointsPerMinute: 60_000 },
        clock: new ManualClock(NOW),
      });
      const rooms = addRooms(tested.sandbox.world, 50);
      const all = rooms.map(({ id }) =>
        root === 'nodes' ? encodeGlobalId('Room', id) : { __typename: 'Room', hmsId: id },
      );
      const { data, extensions } = await tested.ask(document, { all });
      expect(data).toEqual({ found: rooms.map(({ name }) => ({ name })) });
      expect(tested.sandbox.ledger.lines()).toEqual(['GET /rooms?limit=100']);
      answers.set(root, extensions);
    }
    expect(answers.get('entities')).toMatchObject({ cost: { requested: 550, actual: 60 } });
    expect(answers.get('entities')).toEqual(answers.get('nodes'));
  });

  it('of several types and keys, with repetitions, reads each object once', async () => {
    await using tested = await start({ sandbox: { data: 'empty' } });
    const { world, ledger } = tested.sandbox;
    const [room] = addRooms(world, 1);
    const roomId = room?.id ?? '';
    const [peer] = addPeers(world, roomId, 1);
    const all = [
      { __typename: 'Room', hmsId: roomId },
      { __typename: 'Room', id: encodeGlobalId('Room', roomId) },
      { __typename: 'Room', hmsId: roomId.toUpperCase() },
      { __typename: 'Template', hmsId: room?.templateId },
      { __typename: 'Peer', hmsId: peer?.id, room: { hmsId: roomId } },
      { __typename: 'Session', hmsId: world.sessions.active(roomId)?.id },
    ];
    expect(await tested.data(NAMES, { all })).toEqual({
      _entities: [
        ...[0, 1, 2].map(() => ({ __typename: 'Room', hmsId: roomId, name: 'room-0' })),
        { __typename: 'Template' },
        { __typename: 'Peer', peer: peer?.id },
        { __typename: 'Session' },
      ],
    });
    const asked = ledger.entries.map(({ operationId }) => operationId ?? '');
    expect(asked.toSorted((one, other) => one.localeCompare(other))).toEqual([
      'getActivePeer',
      'getRoom',
      'getSession',
      'getTemplate',
    ]);
  });

  it('is refused like `nodes` where it may cost more than an operation may', async () => {
    await using tested = await start({ limits: { cost: 549 } });
    const all = Array.from({ length: 50 }, () => ({ __typename: 'Room', hmsId: NOWHERE }));
    const answer = await tested.ask(NAMES, { all });
    expect(codesOf(answer)).toEqual(['LIMIT_EXCEEDED']);
    expect(codesOf(await tested.ask(NAMES, { all: all.slice(1) }))).toEqual([]);
  });
});

describe('a representation', () => {
  const bad: readonly (readonly [string, unknown, RegExp])[] = [
    ['that is no object', 'Room', /^`__typename` must be one of Room, Session, /],
    ['without a type', { hmsId: NOWHERE }, /^`__typename` must be one of .*; it is null\.$/],
    ['of a type that is no entity', { __typename: 'PageInfo', id: 'x' }, /; it is "PageInfo"\.$/],
    ['of a name that all objects have', { __typename: 'constructor', id: 'x' }, /; it is "constructor"\.$/],
    ['without a key', { __typename: 'Room' }, /^A representation of a Room must have .*: `id` or `hmsId`\.$/],
    ['with a key that is no text', { __typename: 'Room', hmsId: { $ne: 1 } }, /^A representation of a Room/],
    [
      'with an id that no URL may have',
      { __typename: 'Room', hmsId: '../rooms' },
      /^A representation of a Room/,
    ],
    ['with an invalid global id', { __typename: 'Room', id: 'x' }, /^"x" is not an id/],
    [
      'with the id of another type',
      { __typename: 'Session', id: encodeGlobalId('Room', NOWHERE) },
      /^`id` must be what `Session\.id` answers; .* is the id of a Room\.$/,
    ],
    ['of a peer without its room', { __typename: 'Peer', hmsId: 'a-b' }, /`hmsId room \{ hmsId \}`\.$/],
    ['of a role by `hmsId`', { __typename: 'Role', hmsId: 'host' }, /of a Role must have .*: `id`\.$/],
  ];

  it.each(bad)('%s is null with an error, and its neighbours are answered', async (_name, one, message) => {
    await using tested = await start({ sandbox: { data: 'empty' } });
    const [room] = addRooms(tested.sandbox.world, 1);
    const good = { __typename: 'Room', hmsId: room?.id };
    const found = { __typename: 'Room', hmsId: room?.id, name: 'room-0' };
    const { data, errors } = await tested.ask(NAMES, { all: [good, one, good] });
    expect(data).toEqual({ _entities: [found, null, found] });
    expect(errors).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(message),
        path: ['_entities', 1],
        extensions: { code: 'BAD_USER_INPUT' },
      }),
    ]);
    expect(tested.sandbox.ledger.count()).toBe(1);
  });

  it('of an object that does not exist is null without an error', async () => {
    await using tested = await start({ sandbox: { data: 'empty' } });
    const all = (['Room', 'Session', 'Template'] as const).map((type) => ({
      __typename: type,
      hmsId: NOWHERE,
    }));
    expect(await tested.data(NAMES, { all })).toEqual({ _entities: [null, null, null] });
  });
});

describe('the schema for routers', () => {
  const document = '{ _service { sdl } }';

  it('is the printed subgraph, for the points of its size', async () => {
    await using tested = await start({ limits: { pointsPerMinute: 60_000 } });
    const { data, extensions } = await tested.ask(document);
    expect(data).toEqual({ _service: { sdl: federatedSdl(schema) } });
    expect(extensions).toMatchObject({ cost: { requested: 25, actual: 25 } });
  });

  it('is refused where introspection is off', async () => {
    await using tested = await start({ config: { introspection: false } });
    const answer = await tested.ask(document);
    expect(answer.data).toBeUndefined();
    expect(codesOf(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(codesOf(await tested.ask(NAMES, { all: [] }))).toEqual([]);
  });
});

it('the configuration decides whether the graph becomes a subgraph', async () => {
  expect(await federateOf(readConfig({ GATEWAY_FEDERATION: 'on' }))).toBe(federated);
  expect(await federateOf(readConfig({}))).toBeUndefined();
});

it('a gateway that is no subgraph has neither `_service` nor `_entities`', async () => {
  await using tested = await startTestGateway();
  for (const selection of ['_service { sdl }', '_entities(representations: []) { __typename }']) {
    expect(codesOf(await tested.ask(`{ ${selection} }`))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  }
});
