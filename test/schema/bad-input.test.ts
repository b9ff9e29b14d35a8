// Bad input, for every argument of every root field: a clear refusal or null, and nothing sent upstream.
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
import { hexCursorsOf } from '../../resolvers/connection.ts';
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

/** Global ids that are not what they say, or not as this graph writes them. */
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
  Recording: encodeGlobalId('Recording', HEX),
  RecordingAsset: encodeGlobalId('RecordingAsset', HEX),
  ExternalStream: encodeGlobalId('ExternalStream', HEX),
  Poll: encodeGlobalId('Poll', HEX),
};

const cursors = ['rooms', 'sessions', 'templates', 'peers'].map((list) => ({
  list,
  cursor:
    list === 'peers'
      ? Buffer.from(`peers:2026-03-12T16:00:00/${UUID}`).toString('base64url')
      : hexCursorsOf(list).encode(HEX),
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

/** The type that the id of an argument must be of. */
const typeOfId: Readonly<Record<string, keyof typeof globalIds>> = {
  'room.id': 'Room',
  'session.id': 'Session',
  'template.id': 'Template',
  'peer.roomId': 'Room',
  'peer.id': 'Peer',
  'rooms.filter.templateId': 'Template',
  'sessions.filter.roomId': 'Room',
  'poll.id': 'Poll',
  'analyticsEvents.roomId': 'Room',
  'analyticsEvents.filter.sessionId': 'Session',
  'analyticsEvents.filter.peerId': 'Peer',
  'peerQualityStats.sessionId': 'Session',
  'peerQualityStats.peerId': 'Peer',
  'webhookDeliveries.filter.roomId': 'Room',
  'liveStream.id': 'LiveStream',
  'recording.id': 'Recording',
  'recordingAsset.id': 'RecordingAsset',
  'externalStream.id': 'ExternalStream',
  'streamKey.roomId': 'Room',
  'liveStreams.filter.roomId': 'Room',
  'liveStreams.filter.sessionId': 'Session',
  'recordings.filter.roomId': 'Room',
  'recordings.filter.sessionId': 'Session',
  'recordingAssets.filter.roomId': 'Room',
  'recordingAssets.filter.sessionId': 'Session',
  'externalStreams.filter.roomId': 'Room',
  'externalStreams.filter.sessionId': 'Session',
};

interface Case {
  readonly where: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Values for the arguments that a field cannot do without. */
const required: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  peer: { roomId: HEX, id: UUID },
  analyticsEvents: { roomId: HEX },
  peerQualityStats: { sessionId: HEX, peerId: UUID },
};

function badValues(where: string, { type, name }: GraphQLArgument | GraphQLInputField): readonly unknown[] {
  const scalar = getNamedType(type).name;
  if (where === 'node.id') return [...hostileTexts, ...forgedIds, HEX, UUID];
  if (where === 'nodes.ids')
    return [...hostileTexts, ...forgedIds, HEX, UUID].map((id) => [globalIds.Room, id]);
  if (where === 'webhookReplay.workflowId')
    return hostileTexts.filter((text) => !/^\w[\w.-]{0,199}$/.test(text));
  if (isEnumType(getNamedType(type))) return ['NO_SUCH_VALUE', '', 1, true, {}, [[]]];
  if (scalar === 'ID') {
    const mine = typeOfId[where];
    if (mine === undefined) throw new Error(`say in typeOfId which type ${where} names`);
    const others = Object.entries(globalIds).filter(([typename]) => typename !== mine);
    return [...hostileTexts, ...forgedIds, ...others.map(([, id]) => id), mine === 'Peer' ? HEX : UUID];
  }
  if (scalar === 'Int') return [-1, 501, 2 ** 31, 1.5, '10', 'x'];
  if (scalar === 'DateTime') return badDateTimes;
  if (name === 'after' || name === 'before') {
    const others = cursors.filter(({ list }) => !where.startsWith(`${list}.`)).map(({ cursor }) => cursor);
    return [...hostileTexts, ...others, globalIds.Room, HEX, `${hexCursorsOf('rooms').encode(HEX)}=`];
  }
  return [];
}

function casesOf(field: GraphQLField<unknown, unknown>): Case[] {
  const base = required[field.name] ?? {};
  return field.args.flatMap((arg): Case[] => {
    const type = getNamedType(arg.type);
    if (!isInputObjectType(type)) {
      const where = `${field.name}.${arg.name}`;
      return badValues(where, arg).map((value) => ({
        where,
        field,
        variables: { ...base, [arg.name]: value },
      }));
    }
    return Object.values(type.getFields()).flatMap((input) => {
      const where = `${field.name}.${arg.name}.${input.name}`;
      return badValues(where, input).map((value) => ({
        where,
        field,
        variables: { ...base, [arg.name]: { [input.name]: value } },
      }));
    });
  });
}

/** A query of one root field that takes all its arguments from variables. */
function documentOf(field: GraphQLField<unknown, unknown>): string {
  const variables = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`);
  const args = field.args.map((arg) => `${arg.name}: $${arg.name}`);
  return `query (${variables.join(', ')}) { answer: ${field.name}(${args.join(', ')}) { __typename } }`;
}

function isRefusal({ errors, data }: Answer): boolean {
  const codes = (errors ?? []).map(({ extensions }) => extensions['code']);
  const found = (data as { readonly answer?: unknown } | undefined)?.answer;
  return codes.length === 0
    ? found === null
    : codes.every((code) => code === 'BAD_USER_INPUT') && found == null;
}

const rootFields = Object.values(schema.getQueryType()?.getFields() ?? {});

describe.each(rootFields.map((field) => ({ field, name: field.name })))(
  'bad input of `$name`',
  ({ field }) => {
    it('is refused or null, with a short message, and goes nowhere', async () => {
      const cases = casesOf(field);
      expect(cases.length).toBeGreaterThan(5);
      await using tested = await startTestGateway();
      for (const { where, variables } of cases) {
        const answer = await tested.ask(documentOf(field), variables);
        const shown = `${where} ${JSON.stringify(variables).slice(0, 120)} -> ${JSON.stringify(answer).slice(0, 400)}`;
        expect(isRefusal(answer), shown).toBe(true);
        expect(JSON.stringify(answer).length, shown).toBeLessThan(1500);
      }
      expect(tested.sandbox.ledger.lines()).toEqual([]);
    });

    it('names no argument that this table has forgotten', () => {
      const tabled = new Set(casesOf(field).map(({ where }) => where));
      const leaves = field.args.flatMap((arg) => {
        const type = getNamedType(arg.type);
        if (!isInputObjectType(type)) return [{ where: `${field.name}.${arg.name}`, scalar: type.name }];
        return Object.values(type.getFields()).map((input) => ({
          where: `${field.name}.${arg.name}.${input.name}`,
          scalar: getNamedType(input.type).name,
        }));
      });
      // Booleans, names and the app's own ids are free: no value of theirs is bad.
      const isFree = /\.(name|userId|beamId)$/;
      const checked = leaves.filter(({ where, scalar }) => scalar !== 'Boolean' && !isFree.test(where));
      expect(checked.map(({ where }) => where)).toEqual([...tabled]);
      expect(Object.keys(required)).toEqual(
        expect.arrayContaining(
          field.args.filter((arg) => isNonNullType(arg.type)).length > 1 ? [field.name] : [],
        ),
      );
    });
  },
);

describe('bad input below the root', () => {
  const nested = [
    'peers(first: -1) { totalCount }',
    'peers(last: 501) { totalCount }',
    'peers(after: "garbage") { totalCount }',
    `peers(before: "${hexCursorsOf('rooms').encode(HEX)}") { totalCount }`,
    'sessions(first: -1) { edges { cursor } }',
    'sessions(after: "garbage") { edges { cursor } }',
  ];

  it.each(nested)('fails the field alone: %s', async (selection) => {
    await using tested = await startTestGateway();
    const [room] = tested.sandbox.world.rooms.values();
    const answer = await tested.ask(`query ($id: ID!) { room(id: $id) { name bad: ${selection} } }`, {
      id: room?.id,
    });
    expect(answer.data).toEqual({ room: { name: room?.name, bad: null } });
    expect(answer.errors).toMatchObject([{ path: ['room', 'bad'], extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('finds no role and no code of a hostile name', async () => {
    await using tested = await startTestGateway();
    const [room] = tested.sandbox.world.rooms.values();
    const document = `query ($id: ID!, $name: String!) {
      room(id: $id) { template { role(name: $name) { id } } roomCodes(role: $name) { id } }
    }`;
    for (const name of hostileTexts) {
      const { errors, data } = await tested.ask(document, { id: room?.id, name });
      expect(errors).toBeUndefined();
      expect(data).toEqual({ room: { template: { role: null }, roomCodes: [] } });
    }
  });

  it('sends a hostile name of a room as one value, and finds nothing', async () => {
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

  it('refuses a literal DateTime as it refuses one in a variable', async () => {
    await using tested = await startTestGateway();
    const answer = await tested.ask('{ rooms(filter: { createdAfter: "soon" }) { edges { cursor } } }');
    expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(tested.sandbox.ledger.count()).toBe(0);
  });
});
