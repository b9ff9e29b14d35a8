// Mutations that return tokens with which people join a room. Source: the vendor's page on tokens, and its API that exchanges a
// room code for a token.
import { decodeJwt } from 'jose/jwt/decode';
import type { AuthToken } from '../../src/auth/auth-token.ts';
import * as rest from '../../src/rest/rooms/room-codes.ts';
import type { Context } from '../context.ts';
import { hmsIdOf, roomCodeOf } from '../ids.ts';
import { invalidInput, issueIf, NotFoundError, outcomeOf, refuseIssues } from '../outcomes.ts';
import { roomNode } from '../rooms/room-node.ts';
import { rolesOfTemplate, ruleOfRole, templateOfRoom } from '../templates/templates.ts';

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
  refuseIssues([
    ...issueIf(userId === '', 'userId', 'must not be empty'),
    ...issueIf(
      validForSeconds < 1 || validForSeconds > MAX_TOKEN_SECONDS,
      'validForSeconds',
      `must be from 1 to ${MAX_TOKEN_SECONDS}`,
    ),
  ]);
  const room = await roomNode.loader(context).load(roomId);
  if (room === null) throw new NotFoundError('The room does not exist.');
  const template = await templateOfRoom(room, context);
  const names = template === null ? null : rolesOfTemplate(template).map(({ name }) => name);
  if (names !== null && !names.includes(role)) {
    throw invalidInput('role', ruleOfRole(names));
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
  const token = await outcomeOf({
    missing: 'The room code does not exist or is disabled.',
    write: () => rest.exchangeRoomCode(context.authHost, known, userId ?? undefined, context.call),
  });
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
