// Mutations of room codes and join tokens. Source: the vendor's Room Codes API and its page on tokens.
import { decodeJwt } from 'jose';
import type { AuthToken } from '../../src/auth/auth-token.ts';
import { filledIn } from '../../src/rest/catalog/written.ts';
import * as rest from '../../src/rest/rooms/room-codes.ts';
import type { RoomCodeResource } from '../../src/rest/rooms/room-codes.ts';
import type { Context } from '../context.ts';
import { hmsIdOf, roomCodeOf } from '../ids.ts';
import { invalidInput, NotFoundError, outcomeOf } from '../outcomes.ts';
import { rolesOfTemplate, templateOfRoom } from '../templates/templates.ts';
import { codesOfRoomLoader } from './room-code-node.ts';
import { roomNode } from './room-node.ts';

/** The codes that the vendor returned for the roles of a room. */
export interface RoomCodes {
  readonly roomId: string;
  readonly codes: readonly RoomCodeResource[];
}

const NO_ROOM = 'The room does not exist.';

/** Creates codes for all roles of a room: one REST call. @throws NotFoundError for an unknown room. */
export async function createRoomCodes(roomId: string, context: Context): Promise<RoomCodes> {
  const id = hmsIdOf('Room', 'roomId', roomId);
  const codes = await outcomeOf(
    NO_ROOM,
    () => rest.createRoomCodes(context.client, id, context.call),
    () => codesOfRoomLoader(context).clear(id),
  );
  layCodes(id, codes, context);
  return { roomId: id, codes };
}

/** Creates one more code for a role of a room: one REST call. @throws NotFoundError for an unknown room or role. */
export async function createRoomCode(
  { roomId, role }: { readonly roomId: string; readonly role: string },
  context: Context,
): Promise<RoomCodeResource> {
  const id = hmsIdOf('Room', 'roomId', roomId);
  if (role === '') throw invalidInput('role', 'must not be empty');
  const code = await outcomeOf(
    'The room does not exist or has no role of that name.',
    () => rest.createRoomCodeForRole(context.client, id, role, context.call),
    () => codesOfRoomLoader(context).clear(id),
  );
  layCodes(id, [code], context);
  return code;
}

/** Lays written codes over the room's codes as read: replaces those that the read has, and puts new ones first. */
function layCodes(roomId: string, written: readonly RoomCodeResource[], context: Context): void {
  context.catalog.written.roomCodes.lay(roomId, (read) => {
    const known = new Set(read.map(({ code }) => code));
    const changed = new Map(written.map((code) => [code.code, code]));
    return [
      ...written.filter(({ code }) => !known.has(code)),
      ...read.map((code) => ({ ...code, ...filledIn(changed.get(code.code) ?? code) })),
    ];
  });
}

/** Enables or disables a code, given itself or by its global id: one REST call. @throws NotFoundError for an unknown code. */
export async function setRoomCodeEnabled(
  code: string,
  enabled: boolean,
  context: Context,
): Promise<RoomCodeResource> {
  const known = roomCodeOf('code', code);
  const changed = await outcomeOf('The room code does not exist.', () =>
    rest.updateRoomCode(context.client, known, enabled, context.call),
  );
  codesOfRoomLoader(context).clear(changed.room_id);
  layCodes(changed.room_id, [changed], context);
  return changed;
}

/** The claims of a join token. `validForSeconds` is 1 to `MAX_TOKEN_SECONDS`. */
export interface AuthTokenInput {
  readonly roomId: string;
  readonly role: string;
  readonly userId: string;
  readonly validForSeconds: number;
}

/** The longest validity of a token, in seconds: two weeks, the limit of the vendor's dashboard. */
export const MAX_TOKEN_SECONDS = 14 * 24 * 3600;

/**
 * Signs a join token without a REST call. The room and its template are loaded first, so that no token is signed for a
 * room or role that does not exist.
 * @throws NotFoundError for an unknown room; InvalidInputError for an unknown role, an empty `userId` or a duration out
 * of bounds.
 */
export async function createAuthToken(input: AuthTokenInput, context: Context): Promise<AuthToken> {
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

/**
 * Exchanges a code for a token at the vendor's auth host, which is not the REST API's. The expiry is read from the token
 * without a check of its signature.
 * @throws NotFoundError for an unknown or disabled code.
 */
export async function exchangeRoomCode(
  { code, userId }: { readonly code: string; readonly userId?: string | null | undefined },
  context: Context,
): Promise<JoinToken> {
  const known = roomCodeOf('code', code);
  const token = await outcomeOf('The room code does not exist or is disabled.', () =>
    rest.exchangeRoomCode(context.authHost, known, userId ?? undefined, context.call),
  );
  return { token, expiresAt: expiryOf(token) };
}

/** A token with which a client SDK joins a room; `expiresAt` is null if the token has no readable expiry. */
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
