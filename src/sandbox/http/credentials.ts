// The workspace's access key and secret, which verify management tokens and sign participants' tokens. Both kinds are
// HS256 JWTs with the claims of the vendor's authentication guide.
import { createSecretKey, type KeyObject } from 'node:crypto';
import { jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { Clock } from '../../clock.ts';
import { ApiError } from './errors.ts';

const APP_TOKEN_LIFE_SECONDS = 24 * 3600;
/** The most tokens whose claims are kept. */
const MAX_KNOWN = 1000;

/** The claims of a participant's token. */
export interface Participant {
  readonly roomId: string;
  readonly role: string;
  /** `''` if the token has no `user_id`. */
  readonly userId: string;
}

/** Verifies and signs tokens. The sandbox's clock decides whether a token is valid now. */
export class Credentials {
  readonly #accessKey: string;
  readonly #key: KeyObject;
  readonly #clock: Clock;
  /**
   * The claims of verified tokens. Clients send the same token with each request, and verifying it costs more than most answers.
   */
  readonly #known = new Map<string, JWTPayload>();

  constructor(accessKey: string, secret: string, clock: Clock) {
    this.#accessKey = accessKey;
    this.#key = createSecretKey(Buffer.from(secret));
    this.#clock = clock;
  }

  /** Throws a 401 unless the `Authorization` header has a valid management token of this workspace. */
  async verify(authorization: string | undefined): Promise<void> {
    await this.#verified(authorization, 'management');
  }

  async #verified(authorization: string | undefined, type: 'management' | 'app'): Promise<JWTPayload> {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new ApiError(401, 'Authentication error', ['not found']);
    const claims = await this.#claims(token);
    if (claims['type'] !== type) throw refused(`the token's type is not ${type}`);
    if (claims['access_key'] !== this.#accessKey) throw refused('the access key is unknown');
    return claims;
  }

  /** The participant whose token is in the `Authorization` header; throws a 401 unless the token is valid. */
  async participant(authorization: string | undefined): Promise<Participant> {
    const claims = await this.#verified(authorization, 'app');
    const { room_id: roomId, role, user_id: userId } = claims;
    if (typeof roomId !== 'string' || typeof role !== 'string')
      throw refused('room_id and role are required');
    return { roomId, role, userId: typeof userId === 'string' ? userId : '' };
  }

  /** A participant's token for one room and role, valid for 24 hours. */
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
    const now = this.#clock.now();
    const known = this.#known.get(token);
    if (known !== undefined && isValidAt(known, now)) return known;
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ['HS256'],
        currentDate: new Date(now),
        requiredClaims: ['iat', 'nbf', 'exp', 'jti'],
      });
      if (this.#known.size >= MAX_KNOWN) this.#known.clear();
      this.#known.set(token, payload);
      return payload;
    } catch (error) {
      throw refused(error instanceof Error ? error.message : 'invalid token');
    }
  }
}

/** Whether the time of a verified token has begun and is not over, as `jwtVerify` decides it. */
function isValidAt({ nbf = Infinity, exp = 0 }: JWTPayload, now: number): boolean {
  const seconds = Math.floor(now / 1000);
  return nbf <= seconds && seconds < exp;
}

function refused(detail: string): ApiError {
  return new ApiError(401, 'Token validation error', [detail]);
}
