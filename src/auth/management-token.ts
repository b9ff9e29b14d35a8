// The token with which the gateway speaks to the REST API: an HS256 JWT signed here with the workspace's secret.
// Neither the secret nor a token is ever part of an error or of what inspection shows.
// Source: the vendor's "authentication and tokens" page.
import { createSecretKey, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Clock } from '../clock.ts';
import type { Secret } from '../secret.ts';

/** Seconds that a token lives. */
const LIFETIME_SECONDS = 3600;
/** `iat` and `nbf` lie this far back, so that an upstream whose clock is behind takes the token. */
const BACKDATE_SECONDS = 60;
/** The share of its life after which a token is replaced. */
const RENEW_AT = 0.8;

export interface ManagementTokenOptions {
  readonly accessKey: string;
  readonly secret: Secret;
  readonly clock: Clock;
}

/** Mints, keeps and renews the management token. */
export class ManagementToken {
  readonly #accessKey: string;
  // A KeyObject: jose signs with one markedly faster than with bytes.
  readonly #key: KeyObject;
  readonly #clock: Clock;
  #current: { readonly token: string; readonly renewAt: number } | null = null;
  #minting: Promise<string> | null = null;
  #skewMs = 0;

  constructor(options: ManagementTokenOptions) {
    this.#accessKey = options.accessKey;
    this.#key = createSecretKey(Buffer.from(options.secret.reveal(), 'utf8'));
    this.#clock = options.clock;
  }

  /** The token to send now. Concurrent callers share one signature. */
  get(): Promise<string> {
    if (this.#current !== null && this.#clock.now() < this.#current.renewAt) {
      return Promise.resolve(this.#current.token);
    }
    this.#minting ??= this.#mint().finally(() => (this.#minting = null));
    return this.#minting;
  }

  /**
   * The upstream answered 401 to `token`: unless it has been replaced since, the next `get` mints anew.
   * @param upstreamNowMs the answer's `Date`, from which the difference between the two clocks is learnt.
   */
  reject(token: string, upstreamNowMs?: number): void {
    if (this.#current?.token !== token) return;
    this.#current = null;
    if (upstreamNowMs !== undefined) this.#skewMs = upstreamNowMs - this.#clock.now();
  }

  async #mint(): Promise<string> {
    const nowMs = this.#clock.now();
    const issuedAt = Math.floor((nowMs + this.#skewMs) / 1000) - BACKDATE_SECONDS;
    const token = await new SignJWT({ access_key: this.#accessKey, type: 'management', version: 2 })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(issuedAt + BACKDATE_SECONDS + LIFETIME_SECONDS)
      .sign(this.#key);
    this.#current = { token, renewAt: nowMs + LIFETIME_SECONDS * RENEW_AT * 1000 };
    return token;
  }
}
