// Rooms and room codes: which fields serve which operations.
import { cover, inRoom, list, mutation, query } from '../row.ts';

cover({
  listRooms: { fields: ['rooms'], document: list('rooms') },
  getRoom: {
    fields: ['room', 'Session.room'],
    document: query(({ room }) => `room(id: "${room}") { name }`),
  },
  createRoom: { fields: ['createRoom'], document: mutation('createRoom', () => 'name: "made-here"') },
  updateRoom: {
    fields: ['updateRoom', 'enableRoom', 'disableRoom'],
    document: mutation('updateRoom', ({ idleRoom }) => `id: "${idleRoom}", description: "changed"`),
  },
  createRoomCodes: { fields: ['createRoomCodes'], document: mutation('createRoomCodes', inRoom) },
  listRoomCodes: {
    fields: ['Room.roomCodes'],
    document: query(({ room }) => `room(id: "${room}") { roomCodes { code } }`),
  },
  createRoomCodeForRole: {
    fields: ['createRoomCode'],
    document: mutation('createRoomCode', (cast) => `${inRoom(cast)}, role: "host"`),
  },
  updateRoomCode: {
    fields: ['enableRoomCode', 'disableRoomCode'],
    document: mutation('enableRoomCode', ({ roomCode }) => `code: "${roomCode}"`),
  },
  exchangeRoomCode: {
    fields: ['exchangeRoomCode'],
    document: mutation('exchangeRoomCode', ({ roomCode }) => `code: "${roomCode}"`),
  },
});
