// RoomCode: its fields. Source: the vendor's Room Codes API.
import { roomCodeByNodeId } from '../../resolvers/rooms/room-codes.ts';
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import { roleOfRoom } from '../../resolvers/templates/templates.ts';
import { instantOrNull } from '../../resolvers/values.ts';
import { reads } from '../access.ts';
import { builder } from '../builder.ts';
import { onceForAll } from '../prices.ts';
import { Role, Room, RoomCode } from '../refs.ts';

builder.node(RoomCode, {
  description:
    'A short code by which anyone can join a room in one role. It never expires, but it can be disabled.',
  access: { ...reads('room-codes'), room: (roomCode) => roomCode.room_id },
  id: { resolve: (roomCode) => `${roomCode.room_id}:${roomCode.code}` },
  loadWithoutCache: (id, context) => roomCodeByNodeId(id, context),
  fields: (t) => ({
    code: t.exposeID('code', { description: 'The code itself; the vendor has no other id for it.' }),
    enabled: t.boolean({
      pure: true,
      description: 'Whether the code lets people in.',
      resolve: (roomCode) => roomCode.enabled ?? false,
    }),
    role: t.exposeString('role', { description: 'The name of the role that people join with by the code.' }),
    templateRole: t.field({
      type: Role,
      nullable: true,
      access: reads('templates'),
      ...onceForAll(2),
      description:
        "The role of the code, as in the room's template; null if the template no longer has a role of that name.",
      resolve: (roomCode, _args, context) => roleOfRoom(roomCode.room_id, roomCode.role, context),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      access: reads('rooms'),
      ...onceForAll(1),
      description: 'The room that people join by the code.',
      resolve: (roomCode, _args, context) => roomWithId(roomCode.room_id, context),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: true,
      description: 'The time at which the code was created; null if the vendor omits it.',
      resolve: (roomCode) => instantOrNull(roomCode.created_at),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: true,
      description: 'The time at which the code was last enabled or disabled; null if the vendor omits it.',
      resolve: (roomCode) => instantOrNull(roomCode.updated_at),
    }),
  }),
});
