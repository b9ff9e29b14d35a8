// The workspace's access key and secret: what verifies management tokens and signs the tokens of participants.
// Both are HS256 JWTs with the claims of the vendor's authentication guide.
import { createSecretKey, type KeyObject } from 'node:crypto';
import { jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { Clock } from '../../clock.ts';
import { ApiError } from './errors.ts';

const APP_TOKEN_LIFE_SECONDS = 24 * 3600;

/** What the token of a participant says of it. */
export interface Participant {
  readonly roomId: string;
  readonly role: string;
  readonly userId: string;
}

export class Credentials {
  readonly #accessKey: string;
  readonly #key: KeyObject;
  readonly #clock: Clock;

  constructor(accessKey: string, secret: string, clock: Clock) {
    this.#accessKey = accessKey;
    this.#key = createSecretKey(Buffer.from(secret));
    this.#clock = clock;
  }

  /** Throws a 401 unless `authorization` holds a management token of this workspace that is valid now. */
  async verify(authorization: string | undefined): Promise<void> {
    await this.#verified(authorization, 'management');
  }

  async #verified(authorization: string | undefined, type: 'management' | 'app'): Promise<JWTPayload> {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new ApiError(401, 'Authentication error', ['not found']);
    const claims = await this.#claims(token);
    if (claims['type'] !== type) throw refused(`token type is not ${type}`);
    if (claims['access_key'] !== this.#accessKey) throw refused('access key is unknown');
    return claims;
  }

  /** Who holds this participant's token; throws a 401 unless it is one of this workspace that is valid now. */
  async participant(authorization: string | undefined): Promise<Participant> {
    const claims = await this.#verified(authorization, 'app');
    const { room_id: roomId, role, user_id: userId } = claims;
    if (typeof roomId !== 'string' || typeof role !== 'string') throw refused('room_id and role are needed');
    return { roomId, role, userId: typeof userId === 'string' ? userId : '' };
  }

  /** A participant's token for one room and role, good for 24 hours. */
  async signAppToken(
    jti: string,
    claims: { room_id: string; role: string; user_id: string },
  ): Promise<string> {
    const now = Math.floor(this.#clock.now() / 1000);
    return new SignJWT({ access_key: this.#accessKey, type: 'app', version: 2, ...claims })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setJti(jti)
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(now + APP_TOKEN_LIFE_SECONDS)
      .sign(this.#key);
  }

  async #claims(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ['HS256'],
        currentDate: new Date(this.#clock.now()),
        requiredClaims: ['iat', 'nbf', 'exp', 'jti'],
      });
      return payload;
    } catch (error) {
      throw refused(error instanceof Error ? error.message : 'not a token');
    }
  }
}

function refused(detail: string): ApiError {
  return new ApiError(401, 'Token validation error', [detail]);
}
