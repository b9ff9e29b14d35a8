// Who a caller is: what they show is checked by the one method that it is of, and only if that method is accepted.
import { decodeJwt } from 'jose';
import { API_KEY_PREFIX, type ApiKeys } from './api-keys.ts';
import type { Caller } from './caller.ts';
import type { JwtVerifier } from './jwt.ts';
import type { ParticipantVerifier } from './participants.ts';
import { allScopes } from './scopes.ts';

/** The methods that are accepted; none at all: authentication is off, and every caller may do everything. */
export interface AuthMethods {
  readonly apiKeys?: ApiKeys;
  readonly jwt?: JwtVerifier;
  readonly participants?: ParticipantVerifier;
}

/** Why a caller is not let in. The message may be shown; it never holds what the caller showed. */
export class UnauthenticatedError extends Error {
  override readonly name = 'UnauthenticatedError';
}

/** Everybody, where authentication is off. */
export const anyone: Caller = {
  name: 'anyone',
  scopes: new Set(allScopes),
  rooms: null,
  participant: null,
  expiresAt: null,
};

/** Longer credentials are nobody's. */
const MAX_LENGTH = 8192;

export class Authenticator {
  readonly #methods: AuthMethods;

  constructor(methods: AuthMethods) {
    this.#methods = methods;
  }

  get isOff(): boolean {
    const { apiKeys, jwt, participants } = this.#methods;
    return apiKeys === undefined && jwt === undefined && participants === undefined;
  }

  /**
   * The caller that an `Authorization` header names.
   * @throws UnauthenticatedError
   */
  async callerOf(authorization: string | null | undefined): Promise<Caller> {
    if (this.isOff) return anyone;
    const credential = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (credential === undefined)
      throw new UnauthenticatedError('Send `Authorization: Bearer <key or token>`.');
    if (credential.length > MAX_LENGTH) throw refused;
    try {
      return await this.#check(credential);
    } catch (error) {
      if (error instanceof UnauthenticatedError) throw error;
      throw isExpired(error) ? new UnauthenticatedError('The token has expired.') : refused;
    }
  }

  async #check(credential: string): Promise<Caller> {
    const { apiKeys, jwt, participants } = this.#methods;
    if (credential.startsWith(API_KEY_PREFIX)) {
      const caller = apiKeys?.callerOf(credential) ?? null;
      if (caller === null) throw refused;
      return caller;
    }
    // What a token says of itself decides only who checks it.
    if (decodeJwt(credential)['type'] === 'app') {
      if (participants === undefined) throw refused;
      return participants.callerOf(credential);
    }
    if (jwt === undefined) throw refused;
    return jwt.callerOf(credential);
  }
}

const refused = new UnauthenticatedError('The key or token is not accepted.');

function isExpired(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_JWT_EXPIRED';
}
