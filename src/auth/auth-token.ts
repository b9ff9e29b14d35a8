// Auth tokens, with which participants join a room. The gateway signs them itself with the workspace's secret, so no REST call is
// needed. An error or an inspected object never contains the secret or a token. Source: the vendor's "authentication and tokens"
// page.
import { createSecretKey, randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose/jwt/sign';
import type { Clock } from '../clock.ts';
import type { Secret } from '../secret.ts';

/** `iat` and `nbf` are this far in the past, so that an upstream whose clock is behind accepts the token. */
const BACKDATE_SECONDS = 60;

/** The claims of an auth token. */
export interface AuthTokenClaims {
  /** The vendor's id of the room. */
  readonly roomId: string;
  /** The role to join in: the name of a role of the room's template. Not checked here. */
  readonly role: string;
  /** The app's own id of the person. */
  readonly userId: string;
  /** For how many seconds the token can be used to join. A peer stays connected after that. */
  readonly validForSeconds: number;
}

/** A signed auth token. */
export interface AuthToken {
  /** The JWT; a secret of its holder. */
  readonly token: string;
  /** When the token expires: RFC 3339, in UTC. */
  readonly expiresAt: string;
}

/** Signs auth tokens for one workspace. */
export class AuthTokens {
  readonly #accessKey: string;
  readonly #key: KeyObject;
  readonly #clock: Clock;

  constructor(options: { readonly accessKey: string; readonly secret: Secret; readonly clock: Clock }) {
    this.#accessKey = options.accessKey;
    this.#key = createSecretKey(Buffer.from(options.secret.reveal(), 'utf8'));
    this.#clock = options.clock;
  }

  /** Signs a new token. Two tokens with the same claims differ in their `jti`. */
  async mint({ roomId, role, userId, validForSeconds }: AuthTokenClaims): Promise<AuthToken> {
    const now = Math.floor(this.#clock.now() / 1000);
    const expiresAt = now + validForSeconds;
    const token = await new SignJWT({
      access_key: this.#accessKey,
      type: 'app',
      version: 2,
      room_id: roomId,
      role,
      user_id: userId,
    })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setJti(randomUUID())
      .setIssuedAt(now - BACKDATE_SECONDS)
      .setNotBefore(now - BACKDATE_SECONDS)
      .setExpirationTime(expiresAt)
      .sign(this.#key);
    return { token, expiresAt: new Date(expiresAt * 1000).toISOString() };
  }
}
