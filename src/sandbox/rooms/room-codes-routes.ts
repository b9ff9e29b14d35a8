// Room codes over REST, and their exchange for a participant's token, which the vendor serves from another host.
// The codes of a disabled room can be neither listed nor created. A code can be disabled but not deleted.
import type { RoomCode, RoomCodeCreateResult, RoomCodeList } from '../../openapi/types.ts';
import { ApiError, notFound } from '../http/errors.ts';
import { param, type Call, type Family } from '../family.ts';
import { inMillis, inSeconds, type Instant } from '../instant.ts';
import type { RoomCodeRecord, RoomRecord } from '../records.ts';
import type { World } from '../live/world.ts';
import { roomInPath } from './rooms-routes.ts';

/** The documented maximum of codes per room. The answer to a further code is not documented. */
const MAX_CODES = 100;
/** Page size in the documentation's sample; neither a default nor bounds are documented. */
const DEFAULT_LIMIT = 20;

interface CodeQuery {
  readonly role?: string;
  readonly enabled?: boolean;
  readonly limit?: number;
  readonly start?: string;
}

/** Room codes: create, list, enable, disable, exchange. */
export const roomCodes: Family = {
  answers: { createRoomCodes, listRoomCodes, createRoomCodeForRole, updateRoomCode, exchangeRoomCode },
};

function enabledRoomInPath(call: Call): RoomRecord {
  const room = roomInPath(call);
  if (!room.enabled) throw new ApiError(403, 'Room is disabled');
  return room;
}

function rolesOf(world: World, room: RoomRecord): string[] {
  return [...world.templates.get(room.templateId).roles.keys()];
}

/** Creates the codes that are missing; existing codes are answered too. Codes of removed roles are disabled. */
function createRoomCodes(call: Call): RoomCodeCreateResult {
  const { world } = call;
  const room = enabledRoomInPath(call);
  const roles = rolesOf(world, room);
  const known = world.roomCodes.ofRoom(room.id);
  for (const { code, role, enabled } of known) {
    if (enabled && !roles.includes(role)) world.roomCodes.setEnabled(code, false);
  }
  const codes = roles.map((role) => known.find((code) => code.role === role) ?? newCode(world, room, role));
  return { data: codes.map((code) => asRoomCode(code, inSeconds)) };
}

function createRoomCodeForRole(call: Call): RoomCode {
  const room = enabledRoomInPath(call);
  const role = param(call, 'role');
  if (!rolesOf(call.world, room).includes(role)) throw notFound('Role');
  return asRoomCode(newCode(call.world, room, role), inSeconds);
}

function newCode(world: World, room: RoomRecord, role: string): RoomCodeRecord {
  if (world.roomCodes.ofRoom(room.id).length >= MAX_CODES) {
    throw new ApiError(400, 'Room code limit reached', [`a room has at most ${MAX_CODES} codes`]);
  }
  return world.roomCodes.create(room.id, role);
}

function listRoomCodes(call: Call<unknown, CodeQuery>): RoomCodeList {
  const { world, query } = call;
  const room = enabledRoomInPath(call);
  const { role } = query;
  const found = world.roomCodes
    .ofRoom(room.id)
    .filter((code) => role === undefined || code.role === role)
    .filter((code) => query.enabled === undefined || code.enabled === query.enabled);
  if (role !== undefined && found.length === 0 && !rolesOf(world, room).includes(role))
    throw notFound('Role');
  const limit = Math.min(MAX_CODES, Math.max(1, query.limit ?? DEFAULT_LIMIT));
  const from = query.start ? found.findIndex(({ code }) => code === query.start) + 1 : 0;
  const page = found.slice(from, from + limit);
  const hasMore = from + limit < found.length;
  return {
    limit,
    data: page.map((code) => asRoomCode(code, inMillis)),
    last: (hasMore && page.at(-1)?.code) || '',
  };
}

function updateRoomCode({ world, body }: Call<{ code: string; enabled: boolean }>): RoomCode {
  const { code, enabled } = body;
  const known = world.roomCodes.all.get(code);
  if (known === undefined) throw notFound('Code');
  const isUsable = rolesOf(world, world.rooms.get(known.roomId)).includes(known.role);
  if (enabled && !isUsable) throw new ApiError(403, 'Code cannot be enabled', ['its role no longer exists']);
  return asRoomCode(world.roomCodes.setEnabled(code, enabled) ?? known, inMillis);
}

async function exchangeRoomCode(call: Call<{ code: string; user_id?: string }>): Promise<{ token: string }> {
  const { world, credentials } = call;
  const { code, user_id: userId } = call.body;
  const known = world.roomCodes.all.get(code);
  if (known?.enabled !== true) throw notFound('Code');
  const claims = { room_id: known.roomId, role: known.role, user_id: userId ?? world.ids.uuid() };
  return { token: await credentials.signAppToken(world.ids.uuid(), claims) };
}

function asRoomCode(code: RoomCodeRecord, text: (instant: Instant) => string): RoomCode {
  return {
    code: code.code,
    room_id: code.roomId,
    role: code.role,
    enabled: code.enabled,
    created_at: text(code.createdAt),
    updated_at: text(code.updatedAt),
  };
}
