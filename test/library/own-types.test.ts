// Types of the host: they are joined with the graph of their gateway alone, and keep the rules of the graph.
import { printSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema as graph } from '../../schema/index.ts';
import { OwnTypesError, withOwnTypes } from '../../schema/own-types/own-types.ts';
import { calls, createGateway, roomById, type DefineTypes } from '../../src/library.ts';
import { CANARY } from '../support/canary.ts';
import { post } from '../support/server.ts';
import { openEventStream } from '../support/sockets.ts';
import { inNode } from './hosts.ts';
import { stageIn } from './stage.ts';

/** Lessons of a school, each in a room. */
const lessons: DefineTypes = (builder, { Room, Peer }) => {
  const Lesson = builder
    .objectRef<{ readonly subject: string; readonly roomId: string }>('Lesson')
    .implement({
      description: 'A lesson, held in a room.',
      fields: (t) => ({
        subject: t.exposeString('subject'),
        room: t.field({
          type: Room,
          nullable: true,
          access: { scope: 'rooms:read' },
          ...calls(1),
          resolve: ({ roomId }, _args, context) => roomById(roomId, context),
        }),
      }),
    });
  builder.queryField('lessons', (t) =>
    t.field({
      type: [Lesson],
      access: { scope: 'rooms:read' },
      args: { roomIds: t.arg.idList({ required: true }), before: t.arg({ type: 'DateTime' }) },
      resolve: (_root, { roomIds }) => roomIds.map((roomId) => ({ roomId, subject: 'physics' })),
    }),
  );
  builder.objectField(Peer, 'asked', (t) =>
    t.string({ resolve: (peer, _args, { caller }) => `${peer.live?.name} by ${caller.name}` }),
  );
};

const document = (roomId: string) => ({
  query: `{ lessons(roomIds: ["${roomId}", "${roomId}"]) { subject room { name } } }`,
});
const scopesIn = ({ headers }: { readonly headers: Headers }) => ({
  name: headers.get('x-caller') ?? 'ada',
  scopes: [headers.get('x-scope') === 'none' ? ('peers:read' as const) : ('*' as const)],
});

it('fields of the host are answered, with the loaders, the price and the access of the graph', async () => {
  await using staged = await stageIn(inNode, { types: lessons, authenticate: scopesIn });
  const answer = await (await post(staged.url, document(staged.room.id))).json();
  const lesson = { subject: 'physics', room: { name: 'physics' } };
  expect(answer).toMatchObject({ data: { lessons: [lesson, lesson] }, extensions: { cost: { actual: 14 } } });
  expect(staged.sandbox.ledger.lines()).toEqual([`GET /rooms/${staged.room.id}`]);
  const refused = await (await post(staged.url, document(staged.room.id), { 'x-scope': 'none' })).json();
  expect(refused).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN', scope: 'rooms:read' } }] });
});

it('an event is made for each caller apart, as fields of the host may depend on more than rights', async () => {
  await using staged = await stageIn(inNode, { types: lessons, authenticate: scopesIn });
  const watch =
    'subscription ($roomId: ID!) { peerChanges(roomId: $roomId) { ... on PeersSnapshot { peers { asked } } } }';
  const open = (caller: string) =>
    openEventStream(staged.url, watch, { roomId: staged.room.id }, { 'x-caller': caller });
  await using ada = await open('ada');
  await using ben = await open('ben');
  expect([(await ada.next())?.data, (await ben.next())?.data]).toEqual([
    expect.stringContaining('Ada by own:ada'),
    expect.stringContaining('Ada by own:ben'),
  ]);
});

it('another gateway of the process and the graph itself do not get them', async () => {
  const before = printSchema(graph);
  await using one = await stageIn(inNode, { types: lessons, authenticate: scopesIn });
  await using other = await stageIn(inNode, { authenticate: scopesIn });
  expect(printSchema(one.gateway.schema)).toContain('type Lesson');
  expect(printSchema(other.gateway.schema)).toBe(before);
  expect(printSchema(graph)).toBe(before);
  const answers = await Promise.all([one, other].map(({ url, room }) => post(url, document(room.id))));
  expect(await answers[0]?.json()).toMatchObject({ data: { lessons: [{}, {}] } });
  expect(await answers[1]?.json()).toMatchObject({
    errors: [{ message: expect.stringContaining('lessons') }],
  });
});

describe('types are refused', () => {
  it.each<[string, DefineTypes, string[]]>([
    [
      'with a name of the graph',
      (builder) =>
        builder.objectType(builder.objectRef<object>('PeerChange'), {
          fields: (t) => ({ a: t.string({ resolve: () => '' }) }),
        }),
      ['PeerChange is a type of the graph already'],
    ],
    [
      'with a field of the graph',
      (builder, { Room }) => builder.objectField(Room, 'name', (t) => t.string({ resolve: () => '' })),
      ['Room.name is a field of the graph already'],
    ],
    [
      'without access to a root field',
      (builder) => builder.mutationField('open', (t) => t.string({ resolve: () => '' })),
      ['Mutation.open has no `access`, which says what a caller needs for it'],
    ],
    [
      'with a field of an interface',
      (builder, { MediaJob }) =>
        builder.interfaceField(MediaJob, 'open', (t) => t.string({ resolve: () => '' })),
      ['MediaJob takes no more fields: fields can be added to object types alone'],
    ],
    [
      'that are Nodes',
      (builder) =>
        builder.node(builder.objectRef<object>('Lesson'), {
          id: { resolve: () => '1' },
          fields: (t) => ({ a: t.string({ resolve: () => '' }) }),
        }),
      ["Lesson is a Node, but `node` and `nodes` look up the graph's own types alone"],
    ],
    [
      'without fields',
      (builder) =>
        builder.queryField('empty', (t) =>
          t.field({
            type: builder.objectRef<object>('Empty').implement({}),
            access: { scope: 'rooms:read' },
            resolve: () => ({}),
          }),
        ),
      ['Type Empty must define one or more fields.'],
    ],
  ])('%s', (_case, define, faults) => {
    expect(() => withOwnTypes(graph, define)).toThrow(new OwnTypesError(faults));
  });

  it('by createGateway with the other faults of its options', async () => {
    const types: DefineTypes = (builder) =>
      builder.queryField('open', (t) => t.string({ resolve: () => '' }));
    const options = { upstream: { accessKey: 'key', secret: CANARY }, authenticate: () => null, types };
    await expect(createGateway(options)).rejects.toThrow('types: Query.open has no `access`');
  });
});
