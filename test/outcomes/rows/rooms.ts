// Rooms, room codes and tokens: what causes each outcome of their mutations.
import { inRoom } from '../../access/kinds.ts';
import { by, disabled, forbidden, MISSING, outcomes } from '../row.ts';

const inNoRoom = by(() => `roomId: "${MISSING}"`);
const noSuchRoom = by(() => `id: "${MISSING}"`);
const noSuchCode = by(() => 'code: "abc-defg-hij"');

outcomes({
  createRoom: {
    InvalidInputError: by(() => 'maxDurationSeconds: 119'),
    ConflictError: by(({ world, room }) => `name: "${world.rooms.get(room).name}"`),
    // The vendor answers 400, not 404.
    RefusedError: by(() => `templateId: "${MISSING}"`),
  },
  updateRoom: {
    NotFoundError: by(() => `id: "${MISSING}", size: 9`),
    InvalidInputError: by(({ room }) => `id: "${room}", maxDurationSeconds: 43201`),
    ConflictError: by(
      ({ room }) => `id: "${room}", name: "taken"`,
      ({ world, lockRoom }) => void world.rooms.update(lockRoom, { name: 'taken' }),
    ),
    RefusedError: forbidden,
  },
  enableRoom: { NotFoundError: noSuchRoom, RefusedError: forbidden },
  disableRoom: { NotFoundError: noSuchRoom, RefusedError: forbidden },
  createRoomCodes: { NotFoundError: inNoRoom, RefusedError: { before: disabled } },
  createRoomCode: {
    NotFoundError: by((cast) => `${inRoom(cast)}, role: "king"`),
    InvalidInputError: by((cast) => `${inRoom(cast)}, role: ""`),
    RefusedError: { before: disabled },
  },
  enableRoomCode: {
    NotFoundError: noSuchCode,
    RefusedError: {
      before: ({ world, room }) => void world.templates.deleteRole(world.rooms.get(room).templateId, 'host'),
    },
  },
  disableRoomCode: { NotFoundError: noSuchCode, RefusedError: forbidden },
  exchangeRoomCode: { NotFoundError: noSuchCode },
  createAuthToken: {
    NotFoundError: by(() => `roomId: "${MISSING}", role: "host", userId: "u"`),
    InvalidInputError: by((cast) => `${inRoom(cast)}, role: "king", userId: "u"`),
  },
});
