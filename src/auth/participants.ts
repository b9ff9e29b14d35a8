// The vendor's own auth token as a login: whoever is in a room has one, and the gateway knows the secret that it is
// signed with. It is good while a connected peer of that room has its `user_id`, with that peer's present role.
import { createSecretKey, type KeyObject } from 'node:crypto';
import { jwtVerify } from 'jose';
import type { Clock } from '../clock.ts';
import type { Caller } from './caller.ts';

export interface ParticipantOptions {
  readonly accessKey: string;
  readonly secret: string;
  readonly clock: Clock;
}

const CLOCK_TOLERANCE_SECONDS = 60;
const ROOM_ID = /^[0-9a-f]{24}$/;

/** The token is no auth token of this workspace. */
export class NoParticipantError extends Error {
  override readonly name = 'NoParticipantError';
}

/** Checks auth tokens of one workspace. */
export class ParticipantVerifier {
  readonly #accessKey: string;
  readonly #key: KeyObject;
  readonly #clock: Clock;

  constructor(options: ParticipantOptions) {
    this.#accessKey = options.accessKey;
    this.#key = createSecretKey(Buffer.from(options.secret, 'utf8'));
    this.#clock = options.clock;
  }

  /**
   * Whose token this is. Whether that person is in the room, and in which role, is not the token's to say.
   * @throws NoParticipantError, or an error of jose's, which never shows the token.
   */
  async callerOf(token: string): Promise<Caller> {
    const { payload } = await jwtVerify(token, this.#key, {
      algorithms: ['HS256'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(this.#clock.now()),
      requiredClaims: ['exp'],
    });
    const { type, access_key: accessKey, room_id: roomId, user_id: userId, exp } = payload;
    if (type !== 'app' || accessKey !== this.#accessKey)
      throw new NoParticipantError('not an auth token of ours');
    if (typeof roomId !== 'string' || !ROOM_ID.test(roomId)) throw new NoParticipantError('it names no room');
    if (typeof userId !== 'string' || userId === '') throw new NoParticipantError('it names no user');
    return {
      name: `participant:${roomId}:${userId}`,
      scopes: new Set(),
      rooms: new Set([roomId]),
      participant: { roomId, userId },
      expiresAt: (exp ?? 0) * 1000,
    };
  }
}
