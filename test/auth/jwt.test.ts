// Tokens of an identity provider: which claims count, and which tokens are refused. jwt-keys.test.ts has the tests of
// the provider's keys.
import { createHmac } from 'node:crypto';
import { errors, exportJWK, exportSPKI, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { UnauthenticatedError } from '../../src/auth/errors.ts';
import { JwtVerifier } from '../../src/auth/jwt.ts';
import {
  audience,
  issuer,
  makeKey,
  signToken,
  startIdentityProvider,
  type SigningKey,
} from '../support/identity-provider.ts';
import { ManualClock } from '../support/manual-clock.ts';

// Generating a key is slow, so all tests that do not change it share one.
let key: SigningKey;
let stranger: SigningKey;
beforeAll(async () => {
  [key, stranger] = await Promise.all([makeKey('k1'), makeKey('k1')]);
});

async function setUp(...keys: SigningKey[]) {
  const clock = new ManualClock();
  const provider = await startIdentityProvider(clock, keys.length === 0 ? [key] : keys);
  const verifier = new JwtVerifier({ jwksUrl: provider.jwksUrl, issuer, audience, clock });
  return { clock, provider, verifier, [Symbol.asyncDispose]: () => provider[Symbol.asyncDispose]() };
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a good token', () => {
  it('names a caller, who has no scopes unless a claim lists some and may see all rooms, until a minute after its expiry', async () => {
    await using stage = await setUp();
    expect(await stage.verifier.callerOf(await stage.provider.sign())).toEqual({
      name: 'jwt:ada',
      scopes: new Set(),
      rooms: null,
      participant: null,
      expiresAt: stage.clock.now() + 3_660_000,
    });
  });

  it.each<[what: string, claims: Record<string, unknown>, scopes: string[]]>([
    ['a text of scopes', { scope: 'rooms:write polls:read' }, ['rooms:read', 'rooms:write', 'polls:read']],
    ['a list of scopes', { scopes: ['sip:read', 'polls:read'] }, ['sip:read', 'polls:read']],
    ['both', { scope: 'sip:read', scopes: ['polls:read'] }, ['sip:read', 'polls:read']],
    ['scopes of other services', { scope: 'openid  profile rooms:read room:write' }, ['rooms:read']],
    ['scopes of another shape', { scope: ['rooms:read'], scopes: 'rooms:read' }, []],
    ['a list that holds something else', { scopes: ['rooms:read', 1] }, []],
  ])('allows what it says by %s', async (_what, claims, scopes) => {
    await using stage = await setUp();
    const caller = await stage.verifier.callerOf(await stage.provider.sign(claims));
    expect(caller.scopes).toEqual(new Set(scopes));
  });

  it.each<[rooms: unknown, seen: string[]]>([
    [
      ['r1', 'r2'],
      ['r1', 'r2'],
    ],
    [[], []],
    ['r1', []],
    [null, []],
    [['r1', 2], []],
  ])('with the rooms %j is good for %j', async (rooms, seen) => {
    await using stage = await setUp();
    const caller = await stage.verifier.callerOf(await stage.provider.sign({ rooms }));
    expect(caller.rooms).toEqual(new Set(seen));
  });

  it.each('RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' '))(
    'may be signed by %s',
    async (alg) => {
      await using stage = await setUp(await makeKey('other', alg));
      expect((await stage.verifier.callerOf(await stage.provider.sign())).name).toBe('jwt:ada');
    },
  );

  it('may name several audiences', async () => {
    await using stage = await setUp();
    const token = await stage.provider.sign({ aud: ['others', audience] });
    expect((await stage.verifier.callerOf(token)).name).toBe('jwt:ada');
  });
});

describe('time', () => {
  it('a token is accepted until exactly one minute after `exp`', async () => {
    await using stage = await setUp();
    const token = await stage.provider.sign({ exp: stage.clock.now() / 1000 + 100 });
    await stage.clock.advance(159_999);
    const { expiresAt } = await stage.verifier.callerOf(token);
    await stage.clock.advance(1);
    expect(expiresAt).toBe(stage.clock.now());
    await expect(stage.verifier.callerOf(token)).rejects.toThrow(errors.JWTExpired);
  });

  it('a token is accepted from one minute before `nbf`', async () => {
    await using stage = await setUp();
    const token = await stage.provider.sign({ nbf: stage.clock.now() / 1000 + 100 });
    await stage.clock.advance(39_000);
    await expect(stage.verifier.callerOf(token)).rejects.toThrow(errors.JWTClaimValidationFailed);
    await stage.clock.advance(1000);
    expect((await stage.verifier.callerOf(token)).name).toBe('jwt:ada');
  });
});

describe('a token is refused', () => {
  it.each<[what: string, claims: Record<string, unknown>]>([
    ['of another issuer', { iss: 'https://login.example' }],
    ['of no issuer', { iss: undefined }],
    ['for another audience', { aud: 'others' }],
    ['for no audience', { aud: undefined }],
    ['without a subject', { sub: undefined }],
    ['without an end', { exp: undefined }],
    ['whose end is a text', { exp: '4102444800' }],
  ])('%s', async (_what, claims) => {
    await using stage = await setUp();
    const token = await stage.provider.sign(claims);
    await expect(stage.verifier.callerOf(token)).rejects.toThrow(errors.JWTClaimValidationFailed);
  });

  it.each([[''], [7], [null], [{ name: 'ada' }]])('whose subject is %j', async (sub) => {
    await using stage = await setUp();
    // Signed from JSON text, because jose's own builder refuses such a subject.
    const token = await new SignJWT(JSON.parse(JSON.stringify(claimsOf(stage.clock, { sub }))))
      .setProtectedHeader({ alg: key.alg, kid: key.kid })
      .sign(key.privateKey);
    await expect(stage.verifier.callerOf(token)).rejects.toThrow(UnauthenticatedError);
  });

  it('that is signed by another key under a known key id', async () => {
    await using stage = await setUp();
    const token = await signToken(stranger, stage.clock);
    await expect(stage.verifier.callerOf(token)).rejects.toThrow(errors.JWSSignatureVerificationFailed);
  });

  it('that was changed in any of its three parts', async () => {
    await using stage = await setUp();
    const [header = '', , signature = ''] = (await stage.provider.sign()).split('.');
    const other = (await stage.provider.sign({ sub: 'eve' })).split('.')[1] ?? '';
    const forged = `${header}.${other}.${signature}`;
    await expect(stage.verifier.callerOf(forged)).rejects.toThrow(errors.JWSSignatureVerificationFailed);
  });

  it('that is not signed at all', async () => {
    await using stage = await setUp();
    const unsigned = new UnsecuredJWT(claimsOf(stage.clock)).encode();
    await expect(stage.verifier.callerOf(unsigned)).rejects.toThrow(errors.JOSEError);
    const named = `${encoded({ alg: 'none', kid: key.kid })}.${unsigned.split('.')[1]}.`;
    await expect(stage.verifier.callerOf(named)).rejects.toThrow(errors.JOSEError);
  });

  it('that is signed with HMAC, with the published key as the secret', async () => {
    const rsa = await makeKey('k1', 'RS256');
    await using stage = await setUp(rsa);
    const published = await importJWK({ ...rsa.jwk, ext: true }, 'RS256');
    if (published instanceof Uint8Array) throw new Error('not a public key');
    const content = `${encoded({ alg: 'HS256', kid: 'k1' })}.${encoded(claimsOf(stage.clock))}`;
    for (const secret of [await exportSPKI(published), JSON.stringify(await exportJWK(published))]) {
      const signature = createHmac('sha256', secret).update(content).digest('base64url');
      await expect(stage.verifier.callerOf(`${content}.${signature}`)).rejects.toThrow(
        errors.JOSEAlgNotAllowed,
      );
    }
    expect(stage.provider.requests).toBe(0);
  });

  it('whose header contains a key or the URL of one, which is not requested', async () => {
    await using stage = await setUp();
    await using theirs = await startIdentityProvider(stage.clock, [stranger]);
    const headers = [{ jwk: stranger.jwk }, { jku: theirs.jwksUrl }, { x5u: theirs.jwksUrl }];
    for (const header of headers) {
      const token = await theirs.sign({}, header);
      await expect(stage.verifier.callerOf(token)).rejects.toThrow(errors.JWSSignatureVerificationFailed);
    }
    expect(theirs.requests).toBe(0);
  });

  it('with a critical header that is not supported', async () => {
    await using stage = await setUp();
    const [, payload, signature] = (await stage.provider.sign()).split('.');
    const header = encoded({ alg: key.alg, kid: key.kid, crit: ['x-new'], 'x-new': 1 });
    await expect(stage.verifier.callerOf(`${header}.${payload}.${signature}`)).rejects.toThrow(
      errors.JOSENotSupported,
    );
  });
});

function claimsOf(clock: ManualClock, changes: Readonly<Record<string, unknown>> = {}) {
  return { iss: issuer, aud: audience, sub: 'ada', exp: clock.now() / 1000 + 3600, ...changes };
}
