// Determines the caller from an `Authorization` header. Each credential is checked by exactly one method, and only if that method
// is accepted. A refusal says only that the credential is not accepted or has expired, and never quotes it.
import { decodeProtectedHeader } from 'jose/decode/protected_header';
import { JOSEError, JWTExpired } from 'jose/errors';
import type { Clock } from '../clock.ts';
import { API_KEY_PREFIX, type ApiKeys } from './api-keys.ts';
import type { KeyFile } from './key-file.ts';
import { anyone, type Caller } from './caller.ts';
import { UnauthenticatedError } from './errors.ts';
import { VENDOR_ALGORITHM } from './participants.ts';

/** Checks one kind of token. */
export interface TokenVerifier {
  /**
   * The caller of a token. Throws what `Authenticator.callerOf` throws, or a JOSEError, which counts as not accepted.
   */
  callerOf(token: string): Promise<Caller>;
}

/** The accepted methods. Without any, authentication is off and every caller may do everything. */
export interface AuthMethods {
  /** Checks credentials that begin with `hgk_`. */
  readonly apiKeys?: ApiKeys | KeyFile;
  /** Checks tokens signed with any algorithm but HS256. */
  readonly jwt?: TokenVerifier;
  /** Checks tokens signed with HS256, the vendor's algorithm. */
  readonly participants?: TokenVerifier;
}

/** The longest credential, in characters. A longer one is refused without being parsed. */
const MAX_LENGTH = 8192;

/** Authenticates callers. Disposing of it ends the watch over the file of API keys. */
export class Authenticator implements Disposable {
  readonly #methods: AuthMethods;
  readonly #clock: Clock;
  /** Whether every caller is `anyone`, with or without a credential. */
  readonly isOff: boolean;

  constructor(methods: AuthMethods, clock: Clock) {
    this.#methods = methods;
    this.#clock = clock;
    this.isOff = Object.values(methods).every((method) => method === undefined);
  }

  /**
   * The caller of an `Authorization` header. For a token the result is a promise.
   * @throws UnauthenticatedError if the header is missing or malformed, or its credential is not accepted or has expired
   * @throws AuthUnavailableError if the credential cannot be checked now; a later attempt may succeed
   */
  callerOf(authorization: string | null | undefined): Caller | Promise<Caller> {
    if (this.isOff) return anyone;
    const credential = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (credential === undefined) {
      throw new UnauthenticatedError('Send `Authorization: Bearer <key or token>`.');
    }
    if (credential.length > MAX_LENGTH) throw refusal();
    const { apiKeys, jwt, participants } = this.#methods;
    if (credential.startsWith(API_KEY_PREFIX)) return this.#callerOfKey(credential, apiKeys);
    const verifier = isVendorToken(credential) ? participants : jwt;
    if (verifier === undefined) throw refusal();
    return this.#callerOfToken(credential, verifier);
  }

  [Symbol.dispose](): void {
    const { apiKeys } = this.#methods;
    if (apiKeys !== undefined && Symbol.dispose in apiKeys) apiKeys[Symbol.dispose]();
  }

  async #callerOfToken(token: string, verifier: TokenVerifier): Promise<Caller> {
    try {
      return await verifier.callerOf(token);
    } catch (error) {
      if (error instanceof JWTExpired) throw new UnauthenticatedError('The token has expired.');
      throw error instanceof JOSEError ? refusal() : error;
    }
  }

  #callerOfKey(key: string, apiKeys: AuthMethods['apiKeys']): Caller {
    const caller = apiKeys?.callerOf(key) ?? null;
    if (caller === null) throw refusal();
    if (caller.expiresAt !== null && caller.expiresAt <= this.#clock.now()) {
      throw new UnauthenticatedError('The API key has expired.');
    }
    return caller;
  }
}

/**
 * Whether the vendor's method checks a token. The unverified header only chooses the method, which then verifies the signature. The
 * algorithm is unambiguous, because no algorithm is accepted by both methods; a claim such as `type` would not be.
 */
function isVendorToken(token: string): boolean {
  try {
    return decodeProtectedHeader(token).alg === VENDOR_ALGORITHM;
  } catch {
    throw refusal();
  }
}

function refusal(): UnauthenticatedError {
  return new UnauthenticatedError('The key or token is not accepted.');
}
