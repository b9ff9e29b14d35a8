// Authentication with the vendor's auth token. Every participant of a room has one, and the gateway has the secret that
// verifies it. This file checks the token only. resolvers/participants.ts checks that a connected peer of the room has
// the token's `user_id`, and which role that peer has now.
// Source: the vendor's "authentication and tokens" page.
import { createSecretKey, type KeyObject } from 'node:crypto';
import { jwtVerify } from 'jose/jwt/verify';
import type { Clock } from '../clock.ts';
import type { Secret } from '../secret.ts';
import type { Caller } from './caller.ts';
import { UnauthenticatedError } from './errors.ts';

/** The workspace's credentials, and the clock that expiry is checked with. */
export interface ParticipantOptions {
  readonly accessKey: string;
  readonly secret: Secret;
  readonly clock: Clock;
}

/** The only algorithm that is accepted for the vendor's tokens. */
export const VENDOR_ALGORITHM = 'HS256';

const CLOCK_TOLERANCE_SECONDS = 60;
const ROOM_ID = /^[0-9a-f]{24}$/;

/** Checks the auth tokens of one workspace. An inspected verifier shows neither the secret nor a token. */
export class ParticipantVerifier {
  readonly #accessKey: string;
  // jose verifies faster with a KeyObject than with bytes, which it would have to import each time.
  readonly #key: KeyObject;
  readonly #clock: Clock;

  constructor(options: ParticipantOptions) {
    this.#accessKey = options.accessKey;
    this.#key = createSecretKey(Buffer.from(options.secret.reveal(), 'utf8'));
    this.#clock = options.clock;
  }

  /**
   * The participant of a token. Whether this person is in the room, and in which role, must be checked elsewhere.
   * @throws UnauthenticatedError if a claim of a participant's token is missing or wrong, or names another workspace
   * @throws JOSEError if the signature or the time of the token is wrong
   */
  async callerOf(token: string): Promise<Caller> {
    const { payload } = await jwtVerify(token, this.#key, {
      algorithms: [VENDOR_ALGORITHM],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(this.#clock.now()),
      requiredClaims: ['exp'],
    });
    const { type, access_key: accessKey, room_id: roomId, user_id: userId, role, exp = 0 } = payload;
    if (type !== 'app' || accessKey !== this.#accessKey) {
      throw new UnauthenticatedError('The token is not an auth token for participants of this workspace.');
    }
    if (typeof roomId !== 'string' || !ROOM_ID.test(roomId)) {
      throw new UnauthenticatedError('The auth token has no valid `room_id`.');
    }
    if (typeof userId !== 'string' || userId === '') {
      throw new UnauthenticatedError('The auth token has no `user_id`, which identifies the participant.');
    }
    return {
      name: `participant:${roomId}:${userId}`,
      scopes: new Set(),
      rooms: new Set([roomId]),
      participant: { roomId, userId, role: typeof role === 'string' ? role : null },
      expiresAt: (exp + CLOCK_TOLERANCE_SECONDS) * 1000,
    };
  }
}
