// Who a caller is: what they show is checked by the one method that it is of, and only if that method is accepted.
// An answer never says more than that something is not accepted or has expired, and never what was shown.
import { decodeProtectedHeader, errors } from 'jose';
import type { Clock } from '../clock.ts';
import { API_KEY_PREFIX, type ApiKeys } from './api-keys.ts';
import { anyone, type Caller } from './caller.ts';
import { UnauthenticatedError } from './errors.ts';
import { VENDOR_ALGORITHM } from './participants.ts';

/** Checks one kind of token. It throws what `Authenticator.callerOf` throws, or an error of jose's. */
export interface TokenVerifier {
  callerOf(token: string): Promise<Caller>;
}

/** The methods that are accepted; none at all: authentication is off, and every caller may do everything. */
export interface AuthMethods {
  readonly apiKeys?: ApiKeys;
  readonly jwt?: TokenVerifier;
  readonly participants?: TokenVerifier;
}

/** Longer credentials are nobody's, and are not looked at. Characters. */
const MAX_LENGTH = 8192;

/** Tells callers by what they show. */
export class Authenticator {
  readonly #methods: AuthMethods;
  readonly #clock: Clock;
  /** Whether everybody is let in as `anyone`, whatever they show. */
  readonly isOff: boolean;

  constructor(methods: AuthMethods, clock: Clock) {
    this.#methods = methods;
    this.#clock = clock;
    this.isOff = Object.values(methods).every((method) => method === undefined);
  }

  /**
   * The caller that the value of an `Authorization` header names.
   * @throws UnauthenticatedError where it is missing, malformed, not accepted or expired
   * @throws AuthUnavailableError where it cannot be checked now; a later attempt may succeed
   */
  async callerOf(authorization: string | null | undefined): Promise<Caller> {
    if (this.isOff) return anyone;
    const credential = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (credential === undefined) {
      throw new UnauthenticatedError('Send `Authorization: Bearer <key or token>`.');
    }
    if (credential.length > MAX_LENGTH) throw refusal();
    try {
      return await this.#check(credential);
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new UnauthenticatedError('The token has expired.');
      throw error instanceof errors.JOSEError ? refusal() : error;
    }
  }

  async #check(credential: string): Promise<Caller> {
    const { apiKeys, jwt, participants } = this.#methods;
    if (credential.startsWith(API_KEY_PREFIX)) return this.#callerOfKey(credential, apiKeys);
    const verifier = isOfVendorsKind(credential) ? participants : jwt;
    if (verifier === undefined) throw refusal();
    return verifier.callerOf(credential);
  }

  #callerOfKey(key: string, apiKeys: ApiKeys | undefined): Caller {
    const caller = apiKeys?.callerOf(key) ?? null;
    if (caller === null) throw refusal();
    if (caller.expiresAt !== null && caller.expiresAt <= this.#clock.now()) {
      throw new UnauthenticatedError('The API key has expired.');
    }
    return caller;
  }
}

/**
 * What a token says of itself decides only who checks it. The algorithm tells the two kinds apart without doubt, for
 * no algorithm is accepted for both; a claim such as `type` may stand in tokens of either.
 */
function isOfVendorsKind(token: string): boolean {
  try {
    return decodeProtectedHeader(token).alg === VENDOR_ALGORITHM;
  } catch {
    throw refusal();
  }
}

function refusal(): UnauthenticatedError {
  return new UnauthenticatedError('The key or token is not accepted.');
}
