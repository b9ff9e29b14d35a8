// RoomCode: its fields. Source: the vendor's Room Codes API.
import { roomCodeByNodeId } from '../../resolvers/rooms/room-codes.ts';
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import { roleOfRoom } from '../../resolvers/templates/templates.ts';
import { instantOrNull } from '../../resolvers/values.ts';
import { reads } from '../access.ts';
import { builder } from '../builder.ts';
import { batched } from '../prices.ts';
import { Role, Room, RoomCode } from '../refs.ts';

builder.node(RoomCode, {
  description:
    'A short code with which anyone who has it joins a room in one role. It never expires; it can be disabled.',
  authScopes: (roomCode) => ({ ...reads('room-codes'), room: roomCode.room_id }),
  id: { resolve: (roomCode) => `${roomCode.room_id}:${roomCode.code}` },
  loadWithoutCache: (id, context) => roomCodeByNodeId(id, context),
  fields: (t) => ({
    code: t.exposeString('code', { description: "The code, which is also the vendor's only id of it." }),
    enabled: t.boolean({
      description: 'Whether it lets people in.',
      resolve: (roomCode) => roomCode.enabled ?? false,
    }),
    role: t.exposeString('role', { description: 'Name of the role in which it lets people in.' }),
    templateRole: t.field({
      type: Role,
      nullable: true,
      authScopes: reads('templates'),
      ...batched,
      description:
        "The role of that name in the room's template; null when the template has none of that name now.",
      resolve: (roomCode, _args, context) => roleOfRoom(roomCode.room_id, roomCode.role, context),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      authScopes: reads('rooms'),
      ...batched,
      description: 'The room that it opens.',
      resolve: (roomCode, _args, context) => roomWithId(roomCode.room_id, context),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was made.',
      resolve: (roomCode) => instantOrNull(roomCode.created_at),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was last enabled or disabled.',
      resolve: (roomCode) => instantOrNull(roomCode.updated_at),
    }),
  }),
});
