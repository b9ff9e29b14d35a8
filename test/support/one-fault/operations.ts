// The operations whose answers get a fault: every list, every object and every Node of the graph, with all fields of its
// type. Made from the schema, so that a new list or type is among them.
import {
  getNamedType,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { encodeGlobalId } from '../../../resolvers/ids.ts';
import { schema } from '../../../schema/index.ts';
import { selectEverything } from '../select-everything.ts';
import type { Subjects } from './world.ts';

/** An operation, and where its answer has the list that it is about. */
export interface ReadOperation {
  readonly name: string;
  readonly document: string;
  /** The keys that lead to the list: a connection or a plain list. Null: the operation is about one object. */
  readonly list: readonly string[] | null;
}

/** Elements of a list that one REST page holds, and that two hold. */
const ONE_PAGE = 12;
const TWO_PAGES = 110;
/** Lists of the workspace; of the others a room or a session has too few elements for two pages. */
const LONG_LISTS = new Set([
  'rooms',
  'liveStreams',
  'recordings',
  'recordingAssets',
  'externalStreams',
  'sessions',
]);

/** All operations about the objects of a workspace. */
export function readOperations(subjects: Subjects): readonly ReadOperation[] {
  const query = schema.getQueryType();
  if (!query) throw new Error('the graph has no queries');
  const ways = waysTo(subjects);
  return [
    ...rootLists(query, subjects),
    ...Object.entries(ways).flatMap(([typename, way]) => listsBelow(typename, way)),
    ...Object.entries(ways).map(([typename, way]) => single(typename, way)),
    ...nodesOf(subjects),
    ...byArgument(subjects),
  ];
}

/** Fields that call another endpoint where an argument is given, and one that no list or link leads to. */
function byArgument({ poll, session, workflow }: Subjects): readonly ReadOperation[] {
  const runs = `sessions(sessionId: "${session}") { edges { node ${ownFieldsOf('PollSession')} } }`;
  return [
    {
      name: 'poll.sessions of one session',
      document: `{ poll(id: "${poll}") { ${runs} } }`,
      list: ['poll', 'sessions'],
    },
    {
      name: 'webhookReplay: everything',
      document: `{ webhookReplay(workflowId: "${workflow}") ${selectEverything('WebhookReplay')} }`,
      list: null,
    },
  ];
}

/** How a field selects one object of each type. */
type Way = readonly [field: string, args: string];

function waysTo(subjects: Subjects): Readonly<Record<string, Way>> {
  const byId = (field: keyof Subjects): Way => [field, `(id: "${subjects[field]}")`];
  return {
    Room: byId('room'),
    Session: byId('session'),
    Template: byId('template'),
    Poll: byId('poll'),
    LiveStream: byId('liveStream'),
    Recording: byId('recording'),
    ExternalStream: byId('externalStream'),
    RecordingAsset: byId('recordingAsset'),
    Peer: ['peer', `(roomId: "${subjects.room}", id: "${subjects.peer}")`],
    StreamKey: ['streamKey', `(roomId: "${subjects.room}")`],
    PeerQualityStats: ['peerQualityStats', `(sessionId: "${subjects.session}", peerId: "${subjects.peer}")`],
  };
}

function single(typename: string, [field, args]: Way): ReadOperation {
  return {
    name: `${field}: everything`,
    document: `{ ${field}${args} ${selectEverything(typename)} }`,
    list: null,
  };
}

function nodesOf(subjects: Subjects): readonly ReadOperation[] {
  const { room, template } = subjects;
  const localIds: Readonly<Record<string, string>> = {
    Peer: `${room}:${subjects.peer}`,
    Role: `${template}:host`,
    RoomLayout: `${room}:host`,
    RoomCode: `${room}:${subjects.roomCode}`,
    Room: room,
    Session: subjects.session,
    Template: template,
    Poll: subjects.poll,
    LiveStream: subjects.liveStream,
    Recording: subjects.recording,
    ExternalStream: subjects.externalStream,
    RecordingAsset: subjects.recordingAsset,
  };
  const departed = { Peer: `${room}:${subjects.departed}` };
  return [...Object.entries(localIds), ...Object.entries(departed)].map(([typename, localId]) => ({
    name: `node: ${typename}${localId === departed.Peer ? ' who left' : ''}`,
    document: `{ node(id: "${encodeGlobalId(typename, localId)}") { __typename ... on ${typename} ${selectEverything(typename)} } }`,
    list: null,
  }));
}

function rootLists(query: GraphQLObjectType, subjects: Subjects): readonly ReadOperation[] {
  const connections = Object.values(query.getFields()).filter(isConnection);
  return connections.flatMap((field) => {
    const required = field.args.some(({ type }) => isNonNullType(type)) ? [`roomId: "${subjects.room}"`] : [];
    const of = (first: number): ReadOperation => ({
      name: `${field.name}: ${first}`,
      document: `{ ${field.name}${argsOf(...required, `first: ${first}`)} ${pageOf(field)} }`,
      list: [field.name],
    });
    return LONG_LISTS.has(field.name) ? [of(ONE_PAGE), of(TWO_PAGES)] : [of(ONE_PAGE)];
  });
}

function listsBelow(typename: string, [root, args]: Way): readonly ReadOperation[] {
  const type = schema.getType(typename);
  if (!isObjectType(type)) throw new Error(`${typename} is no object`);
  const lists = Object.values(type.getFields()).filter(
    (field) => isConnection(field) || isListOfObjects(field),
  );
  return lists.map((field) => {
    const list = isConnection(field)
      ? `${field.name}${argsOf(`first: ${ONE_PAGE}`)} ${pageOf(field)}`
      : `${field.name} ${ownFieldsOf(getNamedType(field.type).name)}`;
    return {
      name: `${root}.${field.name}`,
      document: `{ ${root}${args} { ${list} } }`,
      list: [root, field.name],
    };
  });
}

const argsOf = (...args: readonly string[]) => `(${args.join(', ')})`;

type Field = GraphQLField<unknown, unknown>;

function isConnection({ type }: Field): boolean {
  return getNamedType(type).name.endsWith('Connection');
}

function isListOfObjects({ type }: Field): boolean {
  return isListType(getNullableType(type)) && isObjectType(getNamedType(type));
}

function pageOf({ type }: Field): string {
  const connection = getNamedType(type);
  if (!isObjectType(connection)) throw new Error(`${connection.name} is no object`);
  const { totalCount, edges } = connection.getFields();
  const edge = edges === undefined ? undefined : getNamedType(edges.type);
  const node = isObjectType(edge) ? edge.getFields()['node'] : undefined;
  if (node === undefined) throw new Error(`${connection.name} has no nodes`);
  return `{ ${totalCount === undefined ? '' : 'totalCount'}
    pageInfo { hasNextPage endCursor }
    edges { cursor node ${ownFieldsOf(getNamedType(node.type).name)} } }`;
}

/** The fields that come with an element of a list: those that cost no REST call of their own. */
function ownFieldsOf(typename: string): string {
  return selectEverything(typename, ({ extensions, type }) => {
    // Extensions are untyped; the schema sets this one as a price (schema/prices.ts).
    const price = extensions['price'] as { readonly calls: unknown } | undefined;
    return (price === undefined || price.calls === 0) && !getNamedType(type).name.endsWith('Connection');
  });
}

const instantAliases = new Set(
  Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields())
          .filter((field) => getNamedType(field.type).name === 'DateTime')
          .map((field) => `${type.name}_${field.name}`)
      : [],
  ),
);

/** Whether a key of an answer is the alias that `selectEverything` gives to a field of the type `DateTime`. */
export function isInstant(alias: string): boolean {
  return instantAliases.has(alias);
}
