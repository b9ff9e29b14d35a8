// Tokens of the operator's own identity provider: JWTs signed with a key of its published set (RFC 7519, RFC 8725).
// Algorithms are pinned to public-key ones: a token can be checked with what everybody may know, and made by nobody
// who knows only that. A key comes from the configured set alone, never from what a token's header names or holds.
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import type { Clock } from '../clock.ts';
import type { Caller } from './caller.ts';
import { AuthUnavailableError, UnauthenticatedError } from './errors.ts';
import { parseScopes } from './scopes.ts';

export interface JwtOptions {
  /** Where the provider publishes its keys. Redirects are not followed. */
  readonly jwksUrl: string;
  /** The `iss` that a token must have. */
  readonly issuer: string;
  /** What a token's `aud` must be or hold. */
  readonly audience: string;
  readonly clock: Clock;
  /** How long reading the keys may take, milliseconds; default 5000. */
  readonly timeoutMs?: number;
}

const ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');
const CLOCK_TOLERANCE_SECONDS = 60;
/** Keys are used for 10 minutes; after that they must be read again. */
const KEEP_KEYS_MS = 600_000;
/** An unknown key id makes the keys be read again, but not within this time after the last reading. */
const REREAD_AFTER_MS = 30_000;
/** After a failure to read the keys, the next attempt is not before this. */
const RETRY_AFTER_MS = 5000;

/** Checks tokens of one issuer. */
export class JwtVerifier {
  readonly #options: JwtOptions;
  readonly #keys: JWTVerifyGetKey;

  constructor(options: JwtOptions) {
    this.#options = options;
    this.#keys = publishedKeys(options);
  }

  /**
   * Whose token this is. `scope` (names with blanks between them) and `scopes` (a list) say what it allows; names that
   * the gateway does not know are another service's and passed over. `rooms` (a list) says where; without it: anywhere.
   * @throws UnauthenticatedError where `sub` is no name
   * @throws JOSEError where it is no token of the issuer for this audience, or is not good now
   * @throws AuthUnavailableError where the issuer's keys cannot be read
   */
  async callerOf(token: string): Promise<Caller> {
    const { issuer, audience, clock } = this.#options;
    const { payload } = await jwtVerify(token, this.#keys, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(clock.now()),
      requiredClaims: ['exp', 'sub'],
    });
    const { exp = 0 } = payload;
    return {
      name: `jwt:${subjectOf(payload)}`,
      scopes: parseScopes(scopeNamesOf(payload)).scopes,
      rooms: roomsOf(payload),
      participant: null,
      expiresAt: (exp + CLOCK_TOLERANCE_SECONDS) * 1000,
    };
  }
}

/** The provider's keys. Their age is measured by jose, with the machine's own time and not the clock of the options. */
function publishedKeys({ jwksUrl, clock, timeoutMs = 5000 }: JwtOptions): JWTVerifyGetKey {
  let failure: { readonly error: AuthUnavailableError; readonly until: number } | null = null;
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    cacheMaxAge: KEEP_KEYS_MS,
    cooldownDuration: REREAD_AFTER_MS,
    timeoutDuration: timeoutMs,
    [customFetch]: (url, init) => {
      // A provider in trouble is left alone for a while, and callers need not wait to hear of it.
      if (failure !== null && clock.now() < failure.until) throw failure.error;
      return fetch(url, init);
    },
  });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (isOfTheToken(error) || error instanceof AuthUnavailableError) throw error;
      failure = {
        error: new AuthUnavailableError({ cause: error }),
        until: clock.now() + RETRY_AFTER_MS,
      };
      throw failure.error;
    }
  };
}

/** Whether a token names a key that there is not; any other error means that the set of keys is at fault. */
function isOfTheToken(error: unknown): boolean {
  return error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
}

function subjectOf({ sub }: JWTPayload): string {
  // The type is jose's promise; the token may hold anything there.
  if (typeof sub !== 'string' || sub === '') throw new UnauthenticatedError('The token names no subject.');
  return sub;
}

function scopeNamesOf({ scope, scopes }: JWTPayload): string[] {
  const names = typeof scope === 'string' ? scope.split(' ') : [];
  return [...names, ...(textsOf(scopes) ?? [])];
}

/** No claim: all rooms. A claim that is no list of texts allows none. */
function roomsOf({ rooms }: JWTPayload): ReadonlySet<string> | null {
  return rooms === undefined ? null : new Set(textsOf(rooms) ?? []);
}

function textsOf(claim: unknown): string[] | null {
  return Array.isArray(claim) && claim.every((item) => typeof item === 'string') ? claim : null;
}
