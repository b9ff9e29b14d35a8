// Rows for links: the scopes that a field to another family needs beyond those of its object. Each row starts from an
// object that participants can reach, if there is one, so that a refusal is caused by the link itself.
import type { Scope } from '../../src/auth/scopes.ts';
import { row, type AccessCast, type ParticipantRule, type Row, type RowDetails } from './row.ts';

/** The smallest selection of a list. */
export const PAGE = '{ edges { cursor } }';

export type Link = readonly [field: string, scope: Scope, selection: string, more?: Partial<RowDetails>];

/** Details of links that are open to participants. */
export const open = { participants: 'open' as ParticipantRule };

/**
 * A path to an object of a type: the scopes that it requires, and the REST operations that run before a link of the
 * object is refused.
 */
export interface Way {
  readonly type: string;
  readonly scopes: readonly Scope[];
  readonly reads: readonly string[];
  /**
   * The REST operations that run before a caller bound to another room is refused; none if an argument names the room.
   */
  readonly readsOfRoom?: readonly string[];
  readonly document: (selection: string, cast: AccessCast) => string;
}

export const roomWay: Way = {
  type: 'Room',
  scopes: ['rooms:read'],
  reads: ['getRoom'],
  document: (selection, cast) => `{ room(id: "${cast.room}") { ${selection} } }`,
};

export const sessionWay: Way = {
  type: 'Session',
  scopes: ['rooms:read', 'sessions:read'],
  reads: ['getRoom', 'getActiveRoom', 'listSessions', 'getSession'],
  document: (selection, cast) => `{ room(id: "${cast.room}") { activeSession { ${selection} } } }`,
};

export const peerWay: Way = {
  type: 'Peer',
  scopes: ['rooms:read', 'peers:read'],
  reads: ['getRoom', 'listActivePeers'],
  document: (selection, cast) =>
    `{ room(id: "${cast.room}") { peers(first: 1) { edges { node { ${selection} } } } } }`,
};

export const roomCodeWay: Way = {
  type: 'RoomCode',
  scopes: ['rooms:read', 'room-codes:read'],
  reads: ['getRoom', 'listRoomCodes'],
  document: (selection, cast) => `{ room(id: "${cast.room}") { roomCodes { ${selection} } } }`,
};

export const jobWays: readonly Way[] = [
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

export function linkRows(way: Way, links: readonly Link[]): Row[] {
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
