// The credentials of these tests and the authenticator that checks them: API keys created during the test, tokens of an
// identity provider on loopback, and the workspace's auth tokens.
import type { JWTPayload } from 'jose';
import { ApiKeys, createApiKey } from '../../src/auth/api-keys.ts';
import { Authenticator } from '../../src/auth/authenticator.ts';
import type { AuthTokens } from '../../src/auth/auth-token.ts';
import type { Caller } from '../../src/auth/caller.ts';
import { JwtVerifier } from '../../src/auth/jwt.ts';
import { ParticipantVerifier } from '../../src/auth/participants.ts';
import type { Clock } from '../../src/clock.ts';
import type { Authentication } from '../../src/server/entrance.ts';
import { gatewayCredentials } from '../support/canary.ts';
import {
  audience,
  issuer,
  makeKey,
  signToken,
  startIdentityProvider,
  type IdentityProvider,
} from '../support/identity-provider.ts';

/** What an API key allows. Without `rooms` it allows all rooms; without `expires` it never expires. */
export interface KeyRequest {
  readonly scopes: readonly string[];
  readonly rooms?: readonly string[];
  readonly expires?: string;
}

export interface Doorkeeper extends Authentication<Caller>, AsyncDisposable {
  /** A key that is accepted from now on. The same request returns the same key. */
  key(request: KeyRequest): string;
  /** A token of the identity provider with these claims; valid for an hour unless they say otherwise. */
  token(claims: JWTPayload): Promise<string>;
}

/** Accepts API keys, tokens of the identity provider and tokens of participants. */
export async function hireDoorkeeper(clock: Clock): Promise<Doorkeeper> {
  const provider = await startIdentityProvider(clock, [await makeKey('known')]);
  const lines: string[] = [];
  const keys = new Map<string, string>();
  let authenticator = authenticatorOf(provider, clock, lines);
  return {
    isOff: false,
    callerOf: (authorization) => authenticator.callerOf(authorization),
    key(request) {
      const id = JSON.stringify(request);
      const known = keys.get(id);
      if (known !== undefined) return known;
      const { scopes, rooms = [], expires = null } = request;
      const { key, line } = createApiKey({ name: `key-${lines.length}`, scopes, rooms, expires });
      keys.set(id, key);
      lines.push(line);
      authenticator = authenticatorOf(provider, clock, lines);
      return key;
    },
    token: (claims) => provider.sign(claims),
    [Symbol.asyncDispose]: () => provider[Symbol.asyncDispose](),
  };
}

function authenticatorOf(
  { jwksUrl }: IdentityProvider,
  clock: Clock,
  lines: readonly string[],
): Authenticator {
  return new Authenticator(
    {
      ...(lines.length === 0 ? {} : { apiKeys: new ApiKeys(lines.join('\n')) }),
      jwt: new JwtVerifier({ jwksUrl, issuer, audience, clock }),
      participants: new ParticipantVerifier({ ...gatewayCredentials, clock }),
    },
    clock,
  );
}

/** A token with the provider's claims, signed with another key. */
export async function strangersToken(clock: Clock): Promise<string> {
  return signToken(await makeKey('known'), clock, { scopes: ['*'] });
}

/** The token with which a person joined a room; valid for an hour by default. */
export async function joiningToken(
  tokens: AuthTokens,
  who: {
    readonly roomId: string;
    readonly userId: string;
    readonly role: string;
    readonly validForSeconds?: number;
  },
): Promise<string> {
  return (await tokens.mint({ validForSeconds: 3600, ...who })).token;
}
