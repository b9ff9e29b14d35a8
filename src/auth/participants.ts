// The vendor's own auth token as a login: whoever is in a room has one, and the gateway knows the secret that it is
// signed with. It is good while a connected peer of that room has its `user_id`, with that peer's present role: that
// is for those to ask who know the room; here only the token is checked.
// Source: the vendor's "authentication and tokens" page.
import { createSecretKey, type KeyObject } from 'node:crypto';
import { jwtVerify } from 'jose';
import type { Clock } from '../clock.ts';
import type { Secret } from '../secret.ts';
import type { Caller } from './caller.ts';
import { UnauthenticatedError } from './errors.ts';

export interface ParticipantOptions {
  readonly accessKey: string;
  readonly secret: Secret;
  readonly clock: Clock;
}

/** The only algorithm of the vendor's tokens. */
export const VENDOR_ALGORITHM = 'HS256';

const CLOCK_TOLERANCE_SECONDS = 60;
const ROOM_ID = /^[0-9a-f]{24}$/;

/** Checks auth tokens of one workspace. Neither the secret nor a token is part of what inspection shows. */
export class ParticipantVerifier {
  readonly #accessKey: string;
  // A KeyObject: jose verifies with one markedly faster than with bytes.
  readonly #key: KeyObject;
  readonly #clock: Clock;

  constructor(options: ParticipantOptions) {
    this.#accessKey = options.accessKey;
    this.#key = createSecretKey(Buffer.from(options.secret.reveal(), 'utf8'));
    this.#clock = options.clock;
  }

  /**
   * Whose token this is. Whether that person is in the room, and in which role now, is not the token's to say.
   * @throws UnauthenticatedError where the claims are not those of a participant's token
   * @throws JOSEError where it is no token, is not signed with the secret, or is not good now
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
      throw new UnauthenticatedError('This is no auth token of a participant.');
    }
    if (typeof roomId !== 'string' || !ROOM_ID.test(roomId)) {
      throw new UnauthenticatedError('The auth token names no room.');
    }
    if (typeof userId !== 'string' || userId === '') {
      throw new UnauthenticatedError('The auth token names no `user_id`, by which a participant is known.');
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
