// Which credentials are accepted: each method alone, and several methods together.
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ApiKeys, createApiKey } from '../../src/auth/api-keys.ts';
import { AuthTokens } from '../../src/auth/auth-token.ts';
import { Authenticator, type AuthMethods } from '../../src/auth/authenticator.ts';
import { anyone } from '../../src/auth/caller.ts';
import { AuthUnavailableError, UnauthenticatedError } from '../../src/auth/errors.ts';
import { JwtVerifier } from '../../src/auth/jwt.ts';
import { ParticipantVerifier } from '../../src/auth/participants.ts';
import { fuzzRuns } from '../support/fuzz.ts';
import {
  audience,
  issuer,
  makeKey,
  startIdentityProvider,
  type SigningKey,
} from '../support/identity-provider.ts';
import { gatewayCredentials } from '../support/canary.ts';
import { ManualClock } from '../support/manual-clock.ts';

const claims = { roomId: 'a'.repeat(24), role: 'host', userId: 'ada', validForSeconds: 600 };

let signingKey: SigningKey;
beforeAll(async () => {
  signingKey = await makeKey('k1');
});

/** One credential of each method, and authenticators that accept the named methods. */
async function setUp() {
  const clock = new ManualClock();
  const provider = await startIdentityProvider(clock, [signingKey]);
  const expires = new Date(clock.now() + 600_000).toISOString();
  const apiKey = createApiKey({ name: 'bot', scopes: ['*'], rooms: [], expires });
  const methods: Required<AuthMethods> = {
    apiKeys: new ApiKeys(apiKey.line),
    jwt: new JwtVerifier({ jwksUrl: provider.jwksUrl, issuer, audience, clock }),
    participants: new ParticipantVerifier({ ...gatewayCredentials, clock }),
  };
  const accepting = (...names: readonly (keyof AuthMethods)[]) =>
    new Authenticator(Object.fromEntries(names.map((name) => [name, methods[name]])), clock);
  const credentials = {
    apiKeys: apiKey.key,
    jwt: await provider.sign({ exp: clock.now() / 1000 + 600 }),
    participants: (await new AuthTokens({ ...gatewayCredentials, clock }).mint(claims)).token,
  };
  const all = accepting('apiKeys', 'jwt', 'participants');
  return {
    clock,
    provider,
    accepting,
    credentials,
    all,
    [Symbol.asyncDispose]: () => provider[Symbol.asyncDispose](),
  };
}

/** A refusal of an API key is thrown, and that of a token is a rejection; here both are rejections. */
const callerOf = async (authenticator: Authenticator, authorization: string | null | undefined) =>
  authenticator.callerOf(authorization);

const names = { apiKeys: 'key:bot', jwt: 'jwt:ada', participants: `participant:${claims.roomId}:ada` };
const methodNames = ['apiKeys', 'jwt', 'participants'] as const;

describe('a credential', () => {
  it.each(methodNames)('of %s is accepted if that method is configured', async (method) => {
    await using stage = await setUp();
    for (const authenticator of [stage.all, stage.accepting(method)]) {
      expect((await authenticator.callerOf(`Bearer ${stage.credentials[method]}`)).name).toBe(names[method]);
    }
  });

  it.each(methodNames)('of %s is refused if only other methods are configured', async (method) => {
    await using stage = await setUp();
    const others = stage.accepting(...methodNames.filter((name) => name !== method));
    await expect(callerOf(others, `Bearer ${stage.credentials[method]}`)).rejects.toThrow(
      new UnauthenticatedError('The key or token is not accepted.'),
    );
  });

  it('is checked by the verifier of its kind only, and by none if it is no token', async () => {
    await using stage = await setUp();
    const { apiKeys, jwt, participants } = stage.credentials;
    const trusting = { callerOf: () => Promise.resolve(anyone) };
    const shown = {
      jwt: [apiKeys, participants, 'garbage', 'a.b.c'],
      participants: [apiKeys, jwt, 'garbage', 'a.b.c'],
    };
    for (const [method, credentials] of Object.entries(shown)) {
      const authenticator = new Authenticator({ [method]: trusting }, stage.clock);
      for (const credential of credentials) {
        await expect(callerOf(authenticator, `Bearer ${credential}`)).rejects.toThrow(UnauthenticatedError);
      }
    }
  });

  it('may have 8192 characters; one with 8193 is refused', async () => {
    const jwt = { callerOf: () => Promise.resolve(anyone) };
    const authenticator = new Authenticator({ jwt }, new ManualClock());
    const token = `${Buffer.from('{"alg":"ES256"}').toString('base64url')}.e30.`.padEnd(8192, 'x');
    expect(await authenticator.callerOf(`Bearer ${token}`)).toBe(anyone);
    await expect(callerOf(authenticator, `Bearer ${token}x`)).rejects.toThrow(
      new UnauthenticatedError('The key or token is not accepted.'),
    );
  });

  it('is checked by the method that its algorithm belongs to, whatever its claims are', async () => {
    await using stage = await setUp();
    const token = await stage.provider.sign({ type: 'app', room_id: claims.roomId, user_id: 'eve' });
    expect((await stage.all.callerOf(`Bearer ${token}`)).participant).toBeNull();
  });

  it.each([
    ['apiKeys', 'The API key has expired.', 600_000],
    ['jwt', 'The token has expired.', 660_000],
    ['participants', 'The token has expired.', 660_000],
  ] as const)('of %s that has expired is refused as expired', async (method, message, afterMs) => {
    await using stage = await setUp();
    const authorization = `Bearer ${stage.credentials[method]}`;
    await stage.clock.advance(afterMs - 1);
    const { expiresAt } = await stage.all.callerOf(authorization);
    expect(expiresAt).toBe(stage.clock.now() + 1);
    await stage.clock.advance(1);
    await expect(callerOf(stage.all, authorization)).rejects.toThrow(new UnauthenticatedError(message));
  });

  it('may follow the word `Bearer` in any case, and may be followed by spaces', async () => {
    await using stage = await setUp();
    for (const scheme of ['bearer ', 'BEARER ', 'Bearer    ']) {
      expect((await stage.all.callerOf(scheme + stage.credentials.apiKeys)).name).toBe('key:bot');
    }
  });

  it('that cannot be checked because the provider’s keys cannot be read is not reported as invalid', async () => {
    await using stage = await setUp();
    stage.provider.answer = { status: 503, body: '' };
    await expect(callerOf(stage.all, `Bearer ${stage.credentials.jwt}`)).rejects.toThrow(
      AuthUnavailableError,
    );
  });
});

describe('a caller is refused', () => {
  it.each([
    undefined,
    null,
    '',
    'Bearer',
    'Bearer ',
    'Basic YTpi',
    'hgk_',
    'Bearer a b',
    'Bearer a\nb',
    ' Bearer a',
  ])('who sends %j, with a message that says what to send', async (authorization) => {
    await using stage = await setUp();
    await expect(callerOf(stage.all, authorization)).rejects.toThrow(
      new UnauthenticatedError('Send `Authorization: Bearer <key or token>`.'),
    );
  });

  it('for a credential that is too long', async () => {
    await using stage = await setUp();
    const token = await stage.provider.sign({ scope: 'x'.repeat(8192) });
    await expect(callerOf(stage.all, `Bearer ${token}`)).rejects.toThrow(UnauthenticatedError);
    expect(stage.provider.requests).toBe(0);
  });

  it('after an error in the gateway, with an error that does not blame the caller', async () => {
    await using stage = await setUp();
    const jwt = { callerOf: () => Promise.reject(new TypeError('a fault of the program')) };
    const authenticator = new Authenticator({ jwt }, stage.clock);
    await expect(callerOf(authenticator, `Bearer ${stage.credentials.jwt}`)).rejects.toThrow(TypeError);
  });
});

describe('an arbitrary credential', () => {
  const part = fc.oneof(
    fc.base64String().map((text) => text.replaceAll(/[+/=]/g, '_')),
    fc.json().map((text) => Buffer.from(text).toString('base64url')),
    fc
      .record({
        alg: fc.constantFrom('none', 'HS256', 'ES256', 'RS256', 'EdDSA', 'dir', 'PBES2-HS256+A128KW'),
        kid: fc.constantFrom('k1', 'k2'),
        type: fc.constantFrom('app', 'management'),
      })
      .map((header) => Buffer.from(JSON.stringify(header)).toString('base64url')),
  );
  const credential = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string().map((text) => `Bearer ${text}`),
    fc.string().map((text) => `Bearer hgk_${text}`),
    fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => `Bearer ${parts.join('.')}`),
    fc.tuple(part, part, part).map((parts) => `Bearer ${parts.join('.')}`),
  );

  it('is refused without a crash, and the error does not quote it', async () => {
    await using stage = await setUp();
    await fc.assert(
      fc.asyncProperty(credential, async (authorization) => {
        const error: unknown = await callerOf(stage.all, authorization).then(
          () => null,
          (caught: unknown) => caught,
        );
        expect(error).toBeInstanceOf(UnauthenticatedError);
        expect([
          'The key or token is not accepted.',
          'Send `Authorization: Bearer <key or token>`.',
        ]).toContain((error as Error).message);
      }),
      fuzzRuns(500),
    );
  });

  it('that differs from a valid one in one character is refused', async () => {
    await using stage = await setUp();
    const credentials = methodNames.map((method) => stage.credentials[method]);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...credentials),
        fc.nat(),
        fc.constantFrom('A', 'a', '0', '_', '-', '.'),
        async (good, at, sign) => {
          // Base64url decoders ignore the last bits of some lengths, so another last character may decode to the same
          // bytes.
          const index = at % good.length;
          fc.pre(good[index] !== sign && good[index + 1] !== '.' && index + 1 < good.length);
          const bad = good.slice(0, index) + sign + good.slice(index + 1);
          await expect(callerOf(stage.all, `Bearer ${bad}`)).rejects.toThrow(UnauthenticatedError);
        },
      ),
      fuzzRuns(300),
    );
  });
});

describe('authentication without a method', () => {
  it('accepts every caller, with any credential', async () => {
    const authenticator = new Authenticator({}, new ManualClock());
    expect(authenticator.isOff).toBe(true);
    expect(await authenticator.callerOf(undefined)).toBe(anyone);
    expect(await authenticator.callerOf('Bearer hgk_nobody')).toBe(anyone);
  });

  it('is on as soon as one method is accepted', async () => {
    await using stage = await setUp();
    expect(methodNames.map((name) => stage.accepting(name).isOff)).toEqual([false, false, false]);
  });
});
