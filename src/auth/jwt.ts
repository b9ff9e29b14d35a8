// Tokens of the operator's own identity provider: JWTs signed with a key of its published set (RFC 7515, RFC 8725).
// Algorithms are pinned to public-key ones: a token can be checked with what everybody may know, and made by nobody
// who knows only that.
import { createRemoteJWKSet, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../clock.ts';
import type { Caller } from './caller.ts';
import { parseScopes } from './scopes.ts';

export interface JwtOptions {
  /** Where the provider publishes its keys. They are kept for 10 minutes, and read again for an unknown key id. */
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly clock: Clock;
}

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const CLOCK_TOLERANCE_SECONDS = 60;

/** Checks tokens of one issuer. */
export class JwtVerifier {
  readonly #options: JwtOptions;
  readonly #keys: JWTVerifyGetKey;

  constructor(options: JwtOptions) {
    this.#options = options;
    this.#keys = createRemoteJWKSet(new URL(options.jwksUrl), {
      cacheMaxAge: 600_000,
      timeoutDuration: 5000,
    });
  }

  /**
   * Whose token this is. `scope` (a text) or `scopes` (a list) say what it allows, `rooms` (a list) where.
   * @throws an error of jose's, which never shows the token.
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
    return {
      name: `jwt:${payload.sub ?? ''}`,
      scopes: parseScopes(scopeNamesOf(payload)).scopes,
      rooms: roomsOf(payload),
      participant: null,
      expiresAt: (payload.exp ?? 0) * 1000,
    };
  }
}

function scopeNamesOf({ scope, scopes }: JWTPayload): string[] {
  if (typeof scope === 'string') return scope.split(' ');
  return textsOf(scopes) ?? [];
}

/** No claim: all rooms. A claim that is no list of texts allows none. */
function roomsOf({ rooms }: JWTPayload): ReadonlySet<string> | null {
  return rooms === undefined ? null : new Set(textsOf(rooms) ?? []);
}

function textsOf(claim: unknown): string[] | null {
  return Array.isArray(claim) && claim.every((item) => typeof item === 'string') ? claim : null;
}
