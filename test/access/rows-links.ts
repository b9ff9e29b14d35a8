// What links between families ask beyond the object that they start from. Where participants have a way to an object,
// it is the way taken here, so that their being kept out of a link is the link's own doing.
import type { Scope } from '../../src/auth/scopes.ts';
import { row, type AccessCast, type ParticipantRule, type Row, type RowDetails } from './row.ts';

const PAGE = 'edges { cursor }';

type Link = readonly [field: string, scope: Scope, selection: string, more?: Partial<RowDetails>];

const open = { participants: 'open' as ParticipantRule };

const ofRoom: readonly Link[] = [
  ['template', 'templates:read', '{ name }'],
  ['activeSession', 'sessions:read', '{ active }', open],
  ['peers', 'peers:read', `{ ${PAGE} }`, open],
  ['peerCount', 'peers:read', '', open],
  ['sessions', 'sessions:read', `{ ${PAGE} }`],
  ['roomCodes', 'room-codes:read', '{ code }'],
  [
    'polls',
    'polls:read',
    '{ title }',
    { rooms: 'workspace', reads: { scope: ['getRoom'], room: ['getRoom'] } },
  ],
  ['streamKey', 'stream-keys:read', '{ enabled }'],
  ['liveStreams', 'live-streams:read', `{ ${PAGE} }`],
  ['recordings', 'recordings:read', `{ ${PAGE} }`],
  ['recordingAssets', 'recordings:read', `{ ${PAGE} }`],
  ['externalStreams', 'external-streams:read', `{ ${PAGE} }`],
  ['analyticsEvents', 'analytics:read', `{ ${PAGE} }`],
];

const ofSession: readonly Link[] = [
  ['room', 'rooms:read', '{ name }', open],
  ['peers', 'peers:read', `{ ${PAGE} }`],
  ['attendance', 'peers:read', '{ userId }'],
  ['liveStreams', 'live-streams:read', `{ ${PAGE} }`],
  ['recordings', 'recordings:read', `{ ${PAGE} }`],
  ['recordingAssets', 'recordings:read', `{ ${PAGE} }`],
  ['externalStreams', 'external-streams:read', `{ ${PAGE} }`],
];

const ofPeer: readonly Link[] = [
  ['templateRole', 'templates:read', '{ name }'],
  ['session', 'sessions:read', '{ hmsId }', open],
  ['room', 'rooms:read', '{ name }', open],
  ['qualityStats', 'analytics:read', '{ __typename }'],
];

const ofRoomCode: readonly Link[] = [
  ['templateRole', 'templates:read', '{ name }'],
  ['room', 'rooms:read', '{ name }'],
];

const ofJob: readonly Link[] = [
  ['startedBy', 'peers:read', '{ name }'],
  ['stoppedBy', 'peers:read', '{ name }'],
  ['room', 'rooms:read', '{ name }'],
  ['session', 'sessions:read', '{ hmsId }'],
  ['assets', 'recordings:read', '{ type }'],
];

/** A way to an object of a type: what it asks, and what it reads before a link of the object is refused. */
interface Way {
  readonly type: string;
  readonly scopes: readonly Scope[];
  readonly reads: readonly string[];
  /** What is read before a caller bound to another room is refused; nothing where an argument tells the room. */
  readonly readsOfRoom?: readonly string[];
  readonly document: (selection: string, cast: AccessCast) => string;
}

const room: Way = {
  type: 'Room',
  scopes: ['rooms:read'],
  reads: ['getRoom'],
  document: (selection, cast) => `{ room(id: "${cast.room}") { ${selection} } }`,
};

const session: Way = {
  type: 'Session',
  scopes: ['rooms:read', 'sessions:read'],
  reads: ['getRoom', 'getActiveRoom', 'listSessions', 'getSession'],
  document: (selection, cast) => `{ room(id: "${cast.room}") { activeSession { ${selection} } } }`,
};

const peer: Way = {
  type: 'Peer',
  scopes: ['rooms:read', 'peers:read'],
  reads: ['getRoom', 'listActivePeers'],
  document: (selection, cast) =>
    `{ room(id: "${cast.room}") { peers(first: 1) { edges { node { ${selection} } } } } }`,
};

const roomCode: Way = {
  type: 'RoomCode',
  scopes: ['rooms:read', 'room-codes:read'],
  reads: ['getRoom', 'listRoomCodes'],
  document: (selection, cast) => `{ room(id: "${cast.room}") { roomCodes { ${selection} } } }`,
};

const jobs: readonly Way[] = [
  {
    type: 'LiveStream',
    scopes: ['live-streams:read'],
    reads: ['getLiveStream'],
    readsOfRoom: ['getLiveStream'],
    document: (selection, { liveStream }) => `{ liveStream(id: "${liveStream}") { ${selection} } }`,
  },
  {
    type: 'Recording',
    scopes: ['recordings:read'],
    reads: ['getRecording'],
    readsOfRoom: ['getRecording'],
    document: (selection, { recording }) => `{ recording(id: "${recording}") { ${selection} } }`,
  },
  {
    type: 'ExternalStream',
    scopes: ['external-streams:read'],
    reads: ['getExternalStream'],
    readsOfRoom: ['getExternalStream'],
    document: (selection, { externalStream }) =>
      `{ externalStream(id: "${externalStream}") { ${selection} } }`,
  },
];

function rowsOf(way: Way, links: readonly Link[]): Row[] {
  return links.map(([field, scope, selection, more]) =>
    row(
      `${way.type}.${field}`,
      scope,
      {
        rooms: way.readsOfRoom === undefined ? 'argument' : 'object',
        way: way.scopes,
        reads: { scope: way.reads, room: way.readsOfRoom ?? [] },
        ...more,
      },
      (cast) => way.document(`${field} ${selection}`, cast),
    ),
  );
}

export const linkRows: readonly Row[] = [
  ...rowsOf(room, ofRoom),
  ...rowsOf(session, ofSession),
  ...rowsOf(peer, ofPeer),
  ...rowsOf(roomCode, ofRoomCode),
  ...jobs.flatMap((job) => rowsOf(job, ofJob)),
];
