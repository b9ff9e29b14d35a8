// How join codes and join tokens are made.
import { decodeJwt } from 'jose';
import type { AuthToken } from '../../src/auth/auth-token.ts';
import {
  createRoomCodeForRole,
  createRoomCodes,
  exchangeRoomCode,
  updateRoomCode,
  type RoomCodeResource,
} from '../../src/rest/rooms/room-codes.ts';
import type { Context } from '../context.ts';
import { hmsIdOf, roomCodeOf } from '../ids.ts';
import { invalidInput, NotFoundError, outcomeOf } from '../outcomes.ts';
import { rolesOfTemplate, templateOfRoom } from '../templates/templates.ts';
import { codesOfRoomLoader } from './room-code-node.ts';
import { roomNode } from './room-node.ts';

export interface RoomCodes {
  readonly roomId: string;
  readonly codes: readonly RoomCodeResource[];
}

const NO_ROOM = 'The room does not exist.';

export async function createRoomCodesOf(roomId: string, context: Context): Promise<RoomCodes> {
  const id = hmsIdOf('Room', 'roomId', roomId);
  const codes = await outcomeOf(
    NO_ROOM,
    () => createRoomCodes(context.client, id, context.call),
    () => codesOfRoomLoader(context).clear(id),
  );
  return { roomId: id, codes };
}

export async function createRoomCodeOf(
  { roomId, role }: { readonly roomId: string; readonly role: string },
  context: Context,
): Promise<RoomCodeResource> {
  const id = hmsIdOf('Room', 'roomId', roomId);
  if (role === '') throw invalidInput('role', 'must not be empty');
  return outcomeOf(
    'The room does not exist or has no role of that name.',
    () => createRoomCodeForRole(context.client, id, role, context.call),
    () => codesOfRoomLoader(context).clear(id),
  );
}

export async function setRoomCodeEnabled(
  code: string,
  enabled: boolean,
  context: Context,
): Promise<RoomCodeResource> {
  const known = roomCodeOf('code', code);
  const changed = await outcomeOf('The room code does not exist.', () =>
    updateRoomCode(context.client, known, enabled, context.call),
  );
  codesOfRoomLoader(context).clear(changed.room_id);
  return changed;
}

export interface AuthTokenInput {
  readonly roomId: string;
  readonly role: string;
  readonly userId: string;
  readonly validForSeconds: number;
}

/** The longest that a token may be valid, in seconds: two weeks, as the vendor's dashboard allows. */
export const MAX_TOKEN_SECONDS = 14 * 24 * 3600;

/** Made here, without a call; the room and its roles are read first, so that no useless token is given out. */
export async function createAuthTokenOf(input: AuthTokenInput, context: Context): Promise<AuthToken> {
  const { role, userId, validForSeconds } = input;
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  if (userId === '') throw invalidInput('userId', 'must not be empty');
  if (validForSeconds < 1 || validForSeconds > MAX_TOKEN_SECONDS) {
    throw invalidInput('validForSeconds', `must be from 1 to ${MAX_TOKEN_SECONDS}`);
  }
  const room = await roomNode.loader(context).load(roomId);
  if (room === null) throw new NotFoundError(NO_ROOM);
  const template = await templateOfRoom(room, context);
  const names = template === null ? null : rolesOfTemplate(template).map(({ name }) => name);
  if (names !== null && !names.includes(role)) {
    throw invalidInput('role', `must be a role of the room's template: ${names.join(', ')}`);
  }
  return context.authTokens.mint({ roomId, role, userId, validForSeconds });
}

/** A token as the vendor's other host gives it for a code. Its end is read from the token, unchecked. */
export async function exchangeRoomCodeOf(
  { code, userId }: { readonly code: string; readonly userId?: string | null | undefined },
  context: Context,
): Promise<JoinToken> {
  const known = roomCodeOf('code', code);
  const token = await outcomeOf('The room code does not exist or is disabled.', () =>
    exchangeRoomCode(context.authHost, known, userId ?? undefined, context.call),
  );
  return { token, expiresAt: expiryOf(token) };
}

/** A token with which someone joins; its end is null where it is not known. */
export interface JoinToken extends Omit<AuthToken, 'expiresAt'> {
  readonly expiresAt: string | null;
}

function expiryOf(token: string): string | null {
  try {
    const { exp } = decodeJwt(token);
    return exp === undefined ? null : new Date(exp * 1000).toISOString();
  } catch {
    return null;
  }
}
