// An identity provider on loopback: it signs tokens and publishes the keys that verify them.
import { createServer, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import type { Clock } from '../../src/clock.ts';
import { listenOnLoopback } from './loopback.ts';

export const issuer = 'https://login.example/';
export const audience = 'rooms';

/** A key of the provider, published or not. */
export interface SigningKey {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/** The provider's answer to a request for its keys. */
export type JwksAnswer =
  | 'keys'
  | 'nothing'
  | { readonly status: number; readonly body: string; readonly location?: string };

export interface IdentityProvider extends AsyncDisposable {
  readonly jwksUrl: string;
  /** The published keys; the first one signs. */
  keys: readonly SigningKey[];
  answer: JwksAnswer;
  /** The number of requests for the keys. */
  readonly requests: number;
  /** A valid token of one hour, with these claims changed; a claim that is `undefined` is left out. */
  sign(changes?: JWTPayload, header?: Readonly<Record<string, unknown>>): Promise<string>;
}

export async function makeKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** A token that is valid for an hour by the clock, with these claims changed. */
export function signToken(
  key: SigningKey,
  clock: Clock,
  changes: JWTPayload = {},
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const now = Math.floor(clock.now() / 1000);
  return new SignJWT({ iss: issuer, aud: audience, sub: 'ada', iat: now, exp: now + 3600, ...changes })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
    .sign(key.privateKey);
}

export async function startIdentityProvider(
  clock: Clock,
  keys: readonly SigningKey[],
): Promise<IdentityProvider> {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    respond(response, provider.answer, provider.keys);
  });
  const listening = await listenOnLoopback(server);
  const provider: IdentityProvider = {
    jwksUrl: `${listening.url}/keys`,
    keys,
    answer: 'keys',
    get requests() {
      return requests;
    },
    sign(changes, header) {
      const [key] = this.keys;
      if (key === undefined) throw new Error('no key to sign with');
      return signToken(key, clock, changes, header);
    },
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  };
  return provider;
}

function respond(response: ServerResponse, answer: JwksAnswer, keys: readonly SigningKey[]): void {
  if (answer === 'nothing') return;
  if (answer === 'keys') response.end(JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }));
  else {
    const { status, body, location } = answer;
    response.writeHead(status, location === undefined ? {} : { location }).end(body);
  }
}
