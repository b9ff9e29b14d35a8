// The token with which a participant joins a room: made here, without a call, signed with the workspace's secret.
// Source: the vendor's "authentication and tokens" page.
import { createSecretKey, randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Clock } from '../clock.ts';
import type { Secret } from '../secret.ts';

/** `iat` and `nbf` lie this far back, for an upstream whose clock is behind. */
const BACKDATE_SECONDS = 60;

/** Who may join, where and as what. */
export interface AuthTokenClaims {
  readonly roomId: string;
  /** A role of the room's template, by name. */
  readonly role: string;
  /** The app's own id of the person. */
  readonly userId: string;
  /** How long the token lets its holder join, in seconds. */
  readonly validForSeconds: number;
}

export interface AuthToken {
  readonly token: string;
  /** RFC 3339. */
  readonly expiresAt: string;
}

/** Makes tokens for participants. Neither the secret nor a token is part of what inspection shows. */
export class AuthTokens {
  readonly #accessKey: string;
  readonly #key: KeyObject;
  readonly #clock: Clock;

  constructor(options: { readonly accessKey: string; readonly secret: Secret; readonly clock: Clock }) {
    this.#accessKey = options.accessKey;
    this.#key = createSecretKey(Buffer.from(options.secret.reveal(), 'utf8'));
    this.#clock = options.clock;
  }

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
