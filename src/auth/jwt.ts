// Tokens of the operator's identity provider: JWTs signed with a key of its published set (RFC 7519, RFC 8725).
// Only public-key algorithms are accepted, so the published keys can verify a token but not sign one. Keys come from the
// configured URL only, never from a URL or key in a token's header.
import { JWKSMultipleMatchingKeys, JWKSNoMatchingKey } from 'jose/errors';
import { createRemoteJWKSet, customFetch } from 'jose/jwks/remote';
import { jwtVerify, type JWTVerifyGetKey } from 'jose/jwt/verify';
import type { JWTPayload } from 'jose';
import { fetch as fetchThrough } from 'undici';
import { momentAfter, wallOffsetMs, type Clock, type Moment } from '../clock.ts';
import { proxyAgentFor, type ProxySettings } from '../proxy.ts';
import type { Caller } from './caller.ts';
import { AuthUnavailableError, UnauthenticatedError } from './errors.ts';
import { parseScopes } from './scopes.ts';

/** The identity provider, and the claims that its tokens must have. */
export interface JwtOptions {
  /** The URL of the provider's published keys (a JWK set). Redirects are not followed. */
  readonly jwksUrl: string;
  /** The `iss` that a token must have. */
  readonly issuer: string;
  /** The `aud` that a token must have, alone or in a list. */
  readonly audience: string;
  readonly clock: Clock;
  /** The proxy to read the keys through, see src/proxy.ts; default: none. */
  readonly proxy?: ProxySettings | null;
  /** Time limit for reading the keys, in milliseconds. Default 5000. */
  readonly timeoutMs?: number;
}

const ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');
const CLOCK_TOLERANCE_SECONDS = 60;
/** Keys are used for 10 minutes, then read again before the next check. */
const KEEP_KEYS_MS = 600_000;
/** A token with an unknown key id makes the gateway read the keys again, at most once in this time. */
const REREAD_AFTER_MS = 30_000;
/** After a failure to read the keys, no request is sent for this time: every check fails at once. */
const RETRY_AFTER_MS = 5000;
/** If the wall clock has moved against the monotonic one by more than this, it was set, and the keys are read again. */
const CLOCK_STEP_MS = 5000;
/** The largest set of keys; those of providers have some 10 kB. */
const MAX_SET_BYTES = 1024 * 1024;

/** Checks the tokens of one issuer. The keys are read at the first token. */
export class JwtVerifier {
  readonly #options: JwtOptions;
  readonly #keys: JWTVerifyGetKey;

  constructor(options: JwtOptions) {
    this.#options = options;
    this.#keys = publishedKeys(options);
  }

  /**
   * The caller of a token. Its scopes are the claims `scope` (names separated by spaces) and `scopes` (a list);
   * unknown names are ignored, because they may be another service's. The claim `rooms` (a list of vendor ids) restricts
   * the caller to these rooms; without the claim, all rooms are allowed.
   * @throws UnauthenticatedError if `sub` is not a text, or is empty
   * @throws JOSEError if the signature, issuer, audience or time of the token is wrong
   * @throws AuthUnavailableError if the issuer's keys cannot be read
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

/**
 * Returns the key of a token from the provider's set. jose measures the age of the set by the wall clock. If the wall clock is set
 * back by hours, jose would use the old keys for these hours, and refuse tokens that are signed with new ones. So the keys are read
 * again when the wall clock has been set.
 */
function publishedKeys({ jwksUrl, clock, proxy, timeoutMs = 5000 }: JwtOptions): JWTVerifyGetKey {
  const dispatcher = proxyAgentFor(jwksUrl, proxy);
  let failure: { readonly error: AuthUnavailableError; readonly until: Moment } | null = null;
  const readSet = () =>
    createRemoteJWKSet(new URL(jwksUrl), {
      cacheMaxAge: KEEP_KEYS_MS,
      cooldownDuration: REREAD_AFTER_MS,
      timeoutDuration: timeoutMs,
      [customFetch]: (url, init) => {
        // While the provider fails, callers get the error at once, and the provider gets no further requests.
        if (failure !== null && clock.moment() < failure.until) throw failure.error;
        if (dispatcher === null) return bounded(fetch(url, init));
        // undici's own fetch fits its dispatchers; its Response differs from the global type in iterators only.
        return bounded(fetchThrough(url, { ...init, dispatcher }) as unknown as Promise<Response>);
      },
    });
  let keys = readSet();
  let wallOffset = wallOffsetMs(clock);
  return async (header, token) => {
    const offset = wallOffsetMs(clock);
    if (Math.abs(offset - wallOffset) > CLOCK_STEP_MS) {
      wallOffset = offset;
      keys = readSet();
    }
    try {
      return await keys(header, token);
    } catch (error) {
      if (isFaultOfToken(error) || error instanceof AuthUnavailableError) throw error;
      failure = {
        error: new AuthUnavailableError({ cause: error }),
        until: momentAfter(clock.moment(), RETRY_AFTER_MS),
      };
      throw failure.error;
    }
  };
}

/** The response with a set of keys. Its body fails after 1 MiB, so that a larger one is not read to its end. */
async function bounded(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  let left = MAX_SET_BYTES;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      left -= chunk.byteLength;
      if (left < 0) throw new RangeError('The set of keys is larger than 1 MiB.');
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body?.pipeThrough(counted) ?? null, response);
}

/** Whether the token names a key that is not in the set. Any other error means that the set could not be read. */
function isFaultOfToken(error: unknown): boolean {
  return error instanceof JWKSNoMatchingKey || error instanceof JWKSMultipleMatchingKeys;
}

function subjectOf({ sub }: JWTPayload): string {
  // jose declares `sub` as a string but does not check it.
  if (typeof sub !== 'string' || sub === '')
    throw new UnauthenticatedError('The token has no subject (`sub`).');
  return sub;
}

function scopeNamesOf({ scope, scopes }: JWTPayload): string[] {
  const names = typeof scope === 'string' ? scope.split(' ') : [];
  return [...names, ...(textsOf(scopes) ?? [])];
}

/**
 * The rooms that a token allows; null (all rooms) without the claim. A claim that is not a list of texts allows no
 * room.
 */
function roomsOf({ rooms }: JWTPayload): ReadonlySet<string> | null {
  return rooms === undefined ? null : new Set(textsOf(rooms) ?? []);
}

function textsOf(claim: unknown): string[] | null {
  return Array.isArray(claim) && claim.every((item) => typeof item === 'string') ? claim : null;
}
