// Invalid input for every argument of every root field: the answer is a clear error or null, and no REST call is sent.
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { idCursorsOf } from '../../resolvers/connection.ts';
import { encodeGlobalId } from '../../resolvers/ids.ts';
import { schema } from '../../schema/index.ts';
import { startTestGateway, type Answer } from '../support/gateway.ts';

const HEX = 'abcdef0123456789abcdef01';
const UUID = '0b1c2d3e-4f50-4a61-8b72-9c83ad94be05';

const hostileTexts = [
  '',
  ' ',
  'x',
  '..',
  '../rooms',
  `../${HEX}`,
  `${HEX}/../../templates`,
  `${HEX}?limit=100`,
  `${HEX}#`,
  `${HEX}\u0000`,
  `${HEX}\n`,
  `${HEX}%2f..`,
  `${HEX}0`,
  HEX.slice(1),
  'ｆ'.repeat(24),
  '\ud800',
  '__proto__',
  'constructor',
  'x'.repeat(10_240),
  HEX.repeat(430),
];

/** Malformed global ids: of a wrong form, of a wrong type, or not encoded as this graph encodes them. */
const forgedIds = [
  Buffer.from('Room').toString('base64url'),
  Buffer.from('Room:').toString('base64url'),
  Buffer.from('Room:../templates').toString('base64url'),
  Buffer.from(`Room:${HEX}?x`).toString('base64url'),
  Buffer.from(`Query:${HEX}`).toString('base64url'),
  Buffer.from(`__proto__:${HEX}`).toString('base64url'),
  Buffer.from(`Peer:${HEX}`).toString('base64url'),
  Buffer.from(`Peer:${HEX}:../..`).toString('base64url'),
  Buffer.from(`Role:${HEX}:`).toString('base64url'),
  Buffer.from(`RoomCode:${HEX}:../../x`).toString('base64url'),
  `${encodeGlobalId('Room', HEX)}=`,
];

const globalIds = {
  Room: encodeGlobalId('Room', HEX),
  Session: encodeGlobalId('Session', HEX),
  Template: encodeGlobalId('Template', HEX),
  Peer: encodeGlobalId('Peer', `${HEX}:${UUID}`),
  Role: encodeGlobalId('Role', `${HEX}:host`),
  RoomCode: encodeGlobalId('RoomCode', `${HEX}:abc-defg-hij`),
  LiveStream: encodeGlobalId('LiveStream', HEX),
  ExternalStream: encodeGlobalId('ExternalStream', HEX),
  Recording: encodeGlobalId('Recording', HEX),
  RecordingAsset: encodeGlobalId('RecordingAsset', HEX),
  Poll: encodeGlobalId('Poll', HEX),
};

const cursors = ['rooms', 'sessions', 'templates', 'peers'].map((list) => ({
  list,
  cursor:
    list === 'peers'
      ? Buffer.from(`peers:2026-03-12T16:00:00/${UUID}`).toString('base64url')
      : idCursorsOf(list).encode(HEX),
}));

const badDateTimes = [
  '',
  'yesterday',
  '2026-03-12',
  '2026-03-12T16:00:00',
  '2026-13-45T16:00:00Z',
  '2026-03-12T16:00:00.1234567890Z',
  '2026-03-12T16:00:00Z&active=true',
  '2026-03-12T16:00:00Z\u0000',
  1_773_331_200,
  true,
  {},
];

type Field = GraphQLField<unknown, unknown>;

/** The Node type whose id an argument takes, found by the argument's name; null if it takes another kind of id. */
function typeNamedBy(argument: string, field: Field): keyof typeof globalIds | null {
  const name =
    argument === 'id'
      ? getNamedType(field.type).name
      : argument.charAt(0).toUpperCase() + argument.slice(1).replace(/Id$/, '');
  // The condition checks that the name is a key of the record.
  return Object.hasOwn(globalIds, name) ? (name as keyof typeof globalIds) : null;
}

interface Case {
  readonly where: string;
  readonly field: Field;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Valid values for the required arguments of a field. */
function requiredOf(field: Field): Record<string, unknown> {
  const args = field.args.filter((arg) => isNonNullType(arg.type));
  return Object.fromEntries(args.map(({ name }) => [name, typeNamedBy(name, field) === 'Peer' ? UUID : HEX]));
}

function badIds(where: string, argument: string, field: Field): readonly unknown[] {
  if (where === 'node.id') return [...hostileTexts, ...forgedIds, HEX, UUID];
  if (where === 'nodes.ids') return badIds('node.id', 'id', field).map((id) => [id, id]);
  const mine = typeNamedBy(argument, field);
  // The gateway cannot check the form of other ids: any word may be one.
  if (mine === null) return hostileTexts.filter((text) => !/^\w[\w.-]{0,199}$/.test(text));
  const others = Object.entries(globalIds).filter(([typename]) => typename !== mine);
  return [...hostileTexts, ...forgedIds, ...others.map(([, id]) => id), mine === 'Peer' ? HEX : UUID];
}

function badValues(
  where: string,
  { type, name }: GraphQLArgument | GraphQLInputField,
  field: Field,
): readonly unknown[] {
  const named = getNamedType(type);
  if (named.name === 'ID') return badIds(where, name, field);
  if (named.name === 'Int') return [-1, 501, 2 ** 31, 1.5, '10', 'x'];
  if (named.name === 'DateTime') return badDateTimes;
  if (isEnumType(named)) return ['NO_SUCH_VALUE', 'constructor', '', 1, true, {}, [[]]];
  if (name === 'after' || name === 'before') {
    const others = cursors.filter(({ list }) => !where.startsWith(`${list}.`)).map(({ cursor }) => cursor);
    return [...hostileTexts, ...others, globalIds.Room, HEX, `${idCursorsOf('rooms').encode(HEX)}=`];
  }
  return [];
}

interface Leaf {
  readonly where: string;
  readonly leaf: GraphQLArgument | GraphQLInputField;
  readonly variablesOf: (value: unknown) => Record<string, unknown>;
}

/** The arguments of a field; an input object is replaced by its fields. */
function leavesOf(field: Field): Leaf[] {
  return field.args.flatMap((arg): Leaf[] => {
    const type = getNamedType(arg.type);
    if (!isInputObjectType(type)) {
      const where = `${field.name}.${arg.name}`;
      return [{ where, leaf: arg, variablesOf: (value: unknown) => ({ [arg.name]: value }) }];
    }
    return Object.values(type.getFields()).map((input) => ({
      where: `${field.name}.${arg.name}.${input.name}`,
      leaf: input,
      variablesOf: (value: unknown) => ({ [arg.name]: { [input.name]: value } }),
    }));
  });
}

function casesOf(field: Field): Case[] {
  return leavesOf(field).flatMap(({ where, leaf, variablesOf }) =>
    badValues(where, leaf, field).map((value) => ({
      where,
      field,
      variables: { ...requiredOf(field), ...variablesOf(value) },
    })),
  );
}

/** A query of one root field. All its arguments are variables. */
function documentOf(field: Field): string {
  const variables = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`);
  const args = field.args.map((arg) => `${arg.name}: $${arg.name}`);
  return `query (${variables.join(', ')}) { answer: ${field.name}(${args.join(', ')}) { __typename } }`;
}

function isRefusal({ errors, data }: Answer): boolean {
  const codes = (errors ?? []).map(({ extensions }) => extensions['code']);
  const found = (data as { readonly answer?: unknown } | undefined)?.answer;
  return codes.length === 0
    ? found === null
    : codes.every((code) => code === 'BAD_USER_INPUT') && [found].flat().every((one) => one == null);
}

const rootFields = Object.values(schema.getQueryType()?.getFields() ?? {});

describe.each(rootFields.map((field) => ({ field, name: field.name })))(
  'invalid input of `$name`',
  ({ field }) => {
    it('is answered with a short error or null, without a REST call', async () => {
      const cases = casesOf(field);
      expect(cases.length).toBeGreaterThan(5);
      await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
      for (const { where, variables } of cases) {
        const answer = await tested.ask(documentOf(field), variables);
        const shown = `${where} ${JSON.stringify(variables).slice(0, 120)} -> ${JSON.stringify(answer).slice(0, 400)}`;
        expect(isRefusal(answer), shown).toBe(true);
        expect(JSON.stringify(answer).length, shown).toBeLessThan(1500);
      }
      expect(tested.sandbox.ledger.lines()).toEqual([]);
    });

    it('is tested for every argument, except those that accept any value', () => {
      const tried = new Set(casesOf(field).map(({ where }) => where));
      const free = leavesOf(field).filter(({ where }) => !tried.has(where));
      expect(
        free.filter(({ leaf }) => !['Boolean', 'String'].includes(getNamedType(leaf.type).name)),
      ).toEqual([]);
    });
  },
);

describe('invalid input below the root', () => {
  const nested = [
    'peers(first: -1) { totalCount }',
    'peers(last: 501) { totalCount }',
    'peers(after: "garbage") { totalCount }',
    `peers(before: "${idCursorsOf('rooms').encode(HEX)}") { totalCount }`,
    'sessions(first: -1) { edges { cursor } }',
    'sessions(after: "garbage") { edges { cursor } }',
  ];

  it.each(nested)('fails only its own field: %s', async (selection) => {
    await using tested = await startTestGateway();
    const [room] = tested.sandbox.world.rooms.all.values();
    const answer = await tested.ask(`query ($id: ID!) { room(id: $id) { name bad: ${selection} } }`, {
      id: room?.id,
    });
    expect(answer.data).toEqual({ room: { name: room?.name, bad: null } });
    expect(answer.errors).toMatchObject([{ path: ['room', 'bad'], extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('finds no role and no room code for a hostile role name', async () => {
    await using tested = await startTestGateway();
    const [room] = tested.sandbox.world.rooms.all.values();
    const document = `query ($id: ID!, $name: String!) {
      room(id: $id) { template { role(name: $name) { id } } roomCodes(role: $name) { id } }
    }`;
    for (const name of hostileTexts) {
      const { errors, data } = await tested.ask(document, { id: room?.id, name });
      expect(errors).toBeUndefined();
      expect(data).toEqual({ room: { template: { role: null }, roomCodes: [] } });
    }
  });

  it('sends a hostile name of a room as one value of the query, and finds no room', async () => {
    await using tested = await startTestGateway();
    for (const name of hostileTexts.filter((text) => text !== '')) {
      const { errors, data } = await tested.ask(
        'query ($name: String!) { rooms(filter: { name: $name }) { edges { cursor } } }',
        { name },
      );
      expect(errors).toBeUndefined();
      expect(data).toEqual({ rooms: { edges: [] } });
    }
    expect(new Set(tested.sandbox.ledger.entries.map(({ operationId }) => operationId))).toEqual(
      new Set(['listRooms']),
    );
  });

  it.each([
    ['"2026-02-30T00:00:00Z"', '{ createdAfter: "2026-02-30T00:00:00Z" }'],
    ['20260230', '{ enabled: true, createdBefore: 20260230 }'],
  ])('says at which place of the document %s is no DateTime', async (value, filter) => {
    await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
    const document = `{ rooms(filter: ${filter}) { edges { cursor } } }`;
    const { errors } = await tested.ask(document);
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining(`; ${value} is not one.`),
        locations: [{ line: 1, column: document.indexOf(value) + 1 }],
      },
    ]);
  });

  it('refuses a literal DateTime as it does one in a variable', async () => {
    await using tested = await startTestGateway();
    const answer = await tested.ask('{ rooms(filter: { createdAfter: "soon" }) { edges { cursor } } }');
    expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(tested.sandbox.ledger.count()).toBe(0);
  });
});
