// The management token: an HS256 JWT with which the gateway calls the REST API, signed here with the workspace's secret.
// An error or an inspected object never contains the secret or a token.
// Source: the vendor's "authentication and tokens" page.
import { createSecretKey, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose/jwt/sign';
import { msBetween, type Clock, type Moment } from '../clock.ts';
import type { Secret } from '../secret.ts';

/** Lifetime of a token. */
const LIFETIME_SECONDS = 3600;
/** `iat` and `nbf` are this far in the past, so that an upstream whose clock is behind accepts the token. */
const BACKDATE_SECONDS = 60;
/** A token is replaced after 80 % of its lifetime. In milliseconds. */
const RENEW_AFTER_MS = LIFETIME_SECONDS * 0.8 * 1000;

/** The workspace's credentials, and the time for the token's claims. */
export interface ManagementTokenOptions {
  readonly accessKey: string;
  readonly secret: Secret;
  /** Decides when the token is renewed. */
  readonly clock: Clock;
}

/** Signs, caches and renews the management token of one workspace. */
export class ManagementToken {
  readonly #accessKey: string;
  // jose signs faster with a KeyObject than with bytes, which it would have to import each time.
  readonly #key: KeyObject;
  readonly #clock: Clock;
  #current: { readonly token: string; readonly mintedAt: Moment; readonly issuedAtMs: number } | null = null;
  #minting: Promise<string> | null = null;
  #skewMs = 0;
  /** How many tokens were refused since the last one that was accepted. */
  #refused = 0;

  constructor(options: ManagementTokenOptions) {
    this.#accessKey = options.accessKey;
    this.#key = createSecretKey(Buffer.from(options.secret.reveal(), 'utf8'));
    this.#clock = options.clock;
  }

  /**
   * The token for the next request: the cached one, or a new one if 80 % of its lifetime is over by one of the two clocks. Both are
   * needed: the monotonic clock stops while the machine sleeps, and the wall clock may be set. Concurrent calls share one
   * signature.
   */
  get(): Promise<string> {
    if (this.#current !== null && this.#isGood(this.#current)) return Promise.resolve(this.#current.token);
    this.#minting ??= this.#mint().finally(() => (this.#minting = null));
    return this.#minting;
  }

  /**
   * Reports that the upstream answered 401 to `token`. If `token` is still cached, the next `get` signs a new one.
   * @param upstreamNowMs the answer's `Date`, in milliseconds since the Unix epoch; new tokens use the upstream's time
   */
  reject(token: string, upstreamNowMs?: number): void {
    if (this.#current?.token !== token) return;
    this.#current = null;
    this.#refused += 1;
    if (upstreamNowMs !== undefined) this.#skewMs = upstreamNowMs - this.#clock.now();
  }

  /** Reports that the upstream accepted a token. */
  accept(): void {
    this.#refused = 0;
  }

  /** Whether a call that was answered 401 may succeed with a new token: not after two refused tokens in a row. */
  get isRenewable(): boolean {
    return this.#refused < 2;
  }

  /** Whether a token can still be used. If its time of issue is in the future, the wall clock has been set back: it cannot. */
  #isGood({ mintedAt, issuedAtMs }: { readonly mintedAt: Moment; readonly issuedAtMs: number }): boolean {
    const ageMs = this.#clock.now() - issuedAtMs;
    const isDue = msBetween(mintedAt, this.#clock.moment()) >= RENEW_AFTER_MS;
    return !isDue && ageMs >= -BACKDATE_SECONDS * 1000 && ageMs < RENEW_AFTER_MS;
  }

  async #mint(): Promise<string> {
    const nowMs = this.#clock.now();
    const mintedAt = this.#clock.moment();
    const issuedAt = Math.floor((nowMs + this.#skewMs) / 1000) - BACKDATE_SECONDS;
    const token = await new SignJWT({ access_key: this.#accessKey, type: 'management', version: 2 })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(issuedAt + BACKDATE_SECONDS + LIFETIME_SECONDS)
      .sign(this.#key);
    this.#current = { token, mintedAt, issuedAtMs: nowMs };
    return token;
  }
}
