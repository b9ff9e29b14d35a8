// The rows of the access table for rooms and room codes: the scopes that their fields need.
import { byArgument, inRoom, mutation, ofWorkspace, read } from '../kinds.ts';
import { access, covered, row, type AccessCast } from '../row.ts';
import { linkRows, roomCodeWay, roomWay } from '../ways.ts';

const itsId = ({ room }: AccessCast) => `id: "${room}"`;
const itsCode = ({ roomCode }: AccessCast) => `code: "${roomCode}"`;
const byCode = { rooms: 'code', reads: read('listRoomCodes') } as const;

access({
  nodes: [
    { name: 'Room', scope: 'rooms:read', rooms: 'object', localId: ({ room }) => room, reads: ['getRoom'] },
    {
      name: 'RoomCode',
      scope: 'room-codes:read',
      rooms: 'object',
      localId: ({ room, roomCode }) => `${room}:${roomCode}`,
      reads: ['listRoomCodes'],
    },
  ],
  rows: [
    row('Query.room', 'rooms:read', { rooms: 'argument', participants: 'open' }, covered('getRoom')),
    row(
      'Query.rooms',
      'rooms:read',
      { rooms: 'filtered' },
      () => '{ rooms(first: 50) { edges { node { hmsId } } } }',
    ),
    ...linkRows(roomWay, [['roomCodes', 'room-codes:read', '{ code }']]),
    ...linkRows(roomCodeWay, [
      ['templateRole', 'templates:read', '{ name }'],
      ['room', 'rooms:read', '{ name }'],
    ]),
    ofWorkspace('createRoom', 'rooms:write', covered('createRoom')),
    mutation('updateRoom', 'rooms:write', byArgument, (cast) => `${itsId(cast)}, description: "changed"`),
    mutation('disableRoom', 'rooms:write', byArgument, itsId),
    mutation('enableRoom', 'rooms:write', byArgument, itsId),
    mutation('createRoomCodes', 'room-codes:write', byArgument, inRoom),
    mutation('createRoomCode', 'room-codes:write', byArgument, (cast) => `${inRoom(cast)}, role: "host"`),
    mutation('disableRoomCode', 'room-codes:write', byCode, itsCode),
    mutation('enableRoomCode', 'room-codes:write', byCode, itsCode),
    mutation('exchangeRoomCode', 'tokens:write', byCode, itsCode),
    mutation(
      'createAuthToken',
      'tokens:write',
      byArgument,
      (cast) => `${inRoom(cast)}, role: "host", userId: "u"`,
    ),
  ],
});
