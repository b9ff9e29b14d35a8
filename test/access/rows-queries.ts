// What the fields of Query ask of their callers, and the Nodes of each type that `node` and `nodes` fetch.
import { encodeGlobalId } from '../../resolvers/ids.ts';
import type { Scope } from '../../src/auth/scopes.ts';
import { covered, row, type AccessCast, type ReadsBeforeRefusal, type RoomBinding, type Row } from './row.ts';

/** A list of the workspace that callers bound to rooms must narrow to one. */
function listRow(field: string, scope: Scope, selection = 'edges { cursor }'): Row {
  return row(
    `Query.${field}`,
    scope,
    { rooms: 'filter' },
    ({ room }) => `{ ${field}(first: 1, filter: { roomId: "${room}" }) { ${selection} } }`,
  );
}

/** The same list of the whole workspace: for callers who are bound to no room. */
function wholeListRow(field: string, scope: Scope): Row {
  return row(
    `Query.${field}`,
    scope,
    { rooms: 'workspace', about: 'without a filter' },
    () => `{ ${field}(first: 1) { edges { cursor } } }`,
  );
}

const lists: readonly (readonly [string, Scope])[] = [
  ['sessions', 'sessions:read'],
  ['liveStreams', 'live-streams:read'],
  ['recordings', 'recordings:read'],
  ['recordingAssets', 'recordings:read'],
  ['externalStreams', 'external-streams:read'],
  ['webhookDeliveries', 'webhooks:read'],
];

const read = (operationId: string): ReadsBeforeRefusal => ({ room: [operationId] });

const fields: readonly Row[] = [
  row('Query.room', 'rooms:read', { rooms: 'argument', participants: 'open' }, covered('getRoom')),
  row(
    'Query.rooms',
    'rooms:read',
    { rooms: 'filtered' },
    () => '{ rooms(first: 50) { edges { node { hmsId } } } }',
  ),
  row(
    'Query.session',
    'sessions:read',
    { rooms: 'object', reads: read('getSession') },
    covered('getSession'),
  ),
  row('Query.template', 'templates:read', { rooms: 'shared' }, covered('getTemplate')),
  row('Query.templates', 'templates:read', { rooms: 'shared' }, covered('listTemplates')),
  row(
    'Query.peer',
    'peers:read',
    { rooms: 'argument' },
    ({ room, peer }) => `{ peer(roomId: "${room}", id: "${peer}") { name } }`,
  ),
  row(
    'Query.liveStream',
    'live-streams:read',
    { rooms: 'object', reads: read('getLiveStream') },
    covered('getLiveStream'),
  ),
  row(
    'Query.recording',
    'recordings:read',
    { rooms: 'object', reads: read('getRecording') },
    covered('getRecording'),
  ),
  row(
    'Query.recordingAsset',
    'recordings:read',
    { rooms: 'object', reads: read('getRecordingAsset') },
    covered('getRecordingAsset'),
  ),
  row(
    'Query.externalStream',
    'external-streams:read',
    { rooms: 'object', reads: read('getExternalStream') },
    covered('getExternalStream'),
  ),
  row('Query.streamKey', 'stream-keys:read', { rooms: 'argument' }, covered('getStreamKey')),
  row('Query.poll', 'polls:read', { rooms: 'workspace' }, covered('getPoll')),
  row('Query.analyticsEvents', 'analytics:read', { rooms: 'argument' }, covered('listAnalyticsEvents')),
  row(
    'Query.peerQualityStats',
    'analytics:read',
    { rooms: 'object', reads: read('getSession') },
    covered('getPeerQualityStats'),
  ),
  row('Query.webhookReplay', 'webhooks:read', { rooms: 'workspace' }, covered('getWebhookReplay')),
  ...lists.flatMap(([field, scope]) => [listRow(field, scope), wholeListRow(field, scope)]),
];

/** A type that is a Node: how its ids are made, and how a Node is read, which comes before all refusals. */
interface NodeType {
  readonly name: string;
  readonly scope: Scope;
  readonly rooms: RoomBinding;
  readonly localId: (cast: AccessCast) => string;
  readonly reads: readonly string[];
}

const nodeTypes: readonly NodeType[] = [
  { name: 'Room', scope: 'rooms:read', rooms: 'object', localId: ({ room }) => room, reads: ['getRoom'] },
  {
    name: 'Session',
    scope: 'sessions:read',
    rooms: 'object',
    localId: ({ session }) => session,
    reads: ['getSession'],
  },
  {
    name: 'Peer',
    scope: 'peers:read',
    rooms: 'object',
    localId: ({ room, peer }) => `${room}:${peer}`,
    reads: ['getActivePeer'],
  },
  {
    name: 'Template',
    scope: 'templates:read',
    rooms: 'shared',
    localId: ({ template }) => template,
    reads: ['getTemplate'],
  },
  {
    name: 'Role',
    scope: 'templates:read',
    rooms: 'shared',
    localId: ({ template }) => `${template}:host`,
    reads: ['getTemplate'],
  },
  {
    name: 'RoomCode',
    scope: 'room-codes:read',
    rooms: 'object',
    localId: ({ room, roomCode }) => `${room}:${roomCode}`,
    reads: ['listRoomCodes'],
  },
  {
    name: 'LiveStream',
    scope: 'live-streams:read',
    rooms: 'object',
    localId: ({ liveStream }) => liveStream,
    reads: ['getLiveStream'],
  },
  {
    name: 'Recording',
    scope: 'recordings:read',
    rooms: 'object',
    localId: ({ recording }) => recording,
    reads: ['getRecording'],
  },
  {
    name: 'RecordingAsset',
    scope: 'recordings:read',
    rooms: 'object',
    localId: ({ asset }) => asset,
    reads: ['getRecordingAsset'],
  },
  {
    name: 'ExternalStream',
    scope: 'external-streams:read',
    rooms: 'object',
    localId: ({ externalStream }) => externalStream,
    reads: ['getExternalStream'],
  },
  { name: 'Poll', scope: 'polls:read', rooms: 'workspace', localId: ({ poll }) => poll, reads: ['getPoll'] },
];

const nodes = nodeTypes.flatMap(({ name, scope, rooms, localId, reads }): Row[] => {
  const id = (cast: AccessCast) => encodeGlobalId(name, localId(cast));
  const details = { about: name, rooms, reads: { scope: reads, room: reads } };
  return [
    row('Query.node', scope, details, (cast) => `{ node(id: "${id(cast)}") { __typename } }`),
    row('Query.nodes', scope, details, (cast) => `{ nodes(ids: ["${id(cast)}"]) { __typename } }`),
  ];
});

export const queryRows: readonly Row[] = [...fields, ...nodes];
