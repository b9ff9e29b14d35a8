// The keys of an identity provider: when they are cached and read again, and what the gateway does if they cannot be
// read.
import { errors } from 'jose';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { AuthUnavailableError } from '../../src/auth/errors.ts';
import { JwtVerifier } from '../../src/auth/jwt.ts';
import {
  audience,
  issuer,
  makeKey,
  signToken,
  startIdentityProvider,
  type JwksAnswer,
  type SigningKey,
} from '../support/identity-provider.ts';
import { clockSteps, ManualClock } from '../support/manual-clock.ts';

let first: SigningKey;
let second: SigningKey;
beforeAll(async () => {
  [first, second] = await Promise.all([makeKey('first'), makeKey('second')]);
});

/** A provider with one key, and a verifier that takes all times from `clock`. */
async function setUp(options: { readonly timeoutMs?: number } = {}) {
  const clock = new ManualClock();
  // The library jose measures the age of the keys by the system clock.
  const time = vi.spyOn(Date, 'now').mockImplementation(() => clock.now());
  const provider = await startIdentityProvider(clock, [first]);
  const verifier = new JwtVerifier({ jwksUrl: provider.jwksUrl, issuer, audience, clock, ...options });
  return {
    clock,
    provider,
    verifier,
    nameOf: async (token: string) => (await verifier.callerOf(token)).name,
    async [Symbol.asyncDispose]() {
      time.mockRestore();
      await provider[Symbol.asyncDispose]();
    },
  };
}

describe('the keys of a provider', () => {
  it('are read at the first token, once for concurrent callers', async () => {
    await using stage = await setUp();
    expect(stage.provider.requests).toBe(0);
    const token = await stage.provider.sign();
    await Promise.all([1, 2, 3].map(() => stage.nameOf(token)));
    expect(stage.provider.requests).toBe(1);
  });

  it.each(clockSteps)(
    'are read again when the wall clock is set %s, and new keys are accepted',
    async (_what, stepMs) => {
      await using stage = await setUp();
      const old = await stage.provider.sign();
      await stage.nameOf(old);
      stage.clock.step(stepMs);
      stage.provider.keys = [second];
      expect(await stage.nameOf(await stage.provider.sign())).toBe('jwt:ada');
      expect(stage.provider.requests).toBe(2);
    },
  );

  it('are kept for ten minutes', async () => {
    await using stage = await setUp();
    const token = await stage.provider.sign();
    await stage.nameOf(token);
    await stage.clock.advance(599_999);
    await stage.nameOf(token);
    expect(stage.provider.requests).toBe(1);
    await stage.clock.advance(1);
    await stage.nameOf(token);
    expect(stage.provider.requests).toBe(2);
  });

  it('are read again for an unknown key id; a key that is missing in the new set is no longer accepted', async () => {
    await using stage = await setUp();
    const old = await stage.provider.sign();
    await stage.nameOf(old);
    await stage.clock.advance(30_000);
    stage.provider.keys = [second];
    expect(await stage.nameOf(await stage.provider.sign())).toBe('jwt:ada');
    expect(stage.provider.requests).toBe(2);
    await expect(stage.verifier.callerOf(old)).rejects.toThrow(errors.JWKSNoMatchingKey);
  });

  it('are read at most once in 30 s for unknown key ids', async () => {
    await using stage = await setUp();
    await stage.nameOf(await stage.provider.sign());
    for (const kid of ['a', 'b', 'c']) {
      await expect(stage.verifier.callerOf(await stage.provider.sign({}, { kid }))).rejects.toThrow(
        errors.JWKSNoMatchingKey,
      );
    }
    expect(stage.provider.requests).toBe(1);
    await stage.clock.advance(30_000);
    const unknown = await stage.provider.sign({}, { kid: 'd' });
    await expect(stage.verifier.callerOf(unknown)).rejects.toThrow(errors.JWKSNoMatchingKey);
    expect(stage.provider.requests).toBe(2);
  });

  it('are not tried one by one: a token without a key id is refused if there are several keys', async () => {
    await using stage = await setUp();
    const token = await stage.provider.sign({}, { kid: undefined });
    expect(await stage.nameOf(token)).toBe('jwt:ada');
    await stage.clock.advance(600_000);
    stage.provider.keys = [first, second];
    await expect(stage.verifier.callerOf(token)).rejects.toThrow(errors.JWKSMultipleMatchingKeys);
  });
});

describe('a provider without readable keys', () => {
  it.each<[what: string, answer: JwksAnswer]>([
    ['fails', { status: 500, body: 'oh no' }],
    ['answers with a page', { status: 200, body: '<html></html>' }],
    ['answers with something else', { status: 200, body: '{"keys": {}}' }],
    ['does not answer', 'nothing'],
  ])('and %s is no fault of the caller', async (_what, answer) => {
    await using stage = await setUp({ timeoutMs: 100 });
    stage.provider.answer = answer;
    const attempt = stage.verifier.callerOf(await stage.provider.sign());
    await expect(attempt).rejects.toThrow(AuthUnavailableError);
    await expect(attempt).rejects.toMatchObject({
      retryable: true,
      message: 'Callers cannot be checked right now. Try again in a few seconds.',
    });
  });

  it.each([
    [{}, 5000],
    [{ timeoutMs: 100 }, 100],
  ])('with the options %j is waited for no longer than %d ms', async (options, ms) => {
    using limits = vi.spyOn(AbortSignal, 'timeout');
    await using stage = await setUp(options);
    await stage.nameOf(await stage.provider.sign());
    expect(limits.mock.calls).toEqual([[ms]]);
  });

  it('that redirects is not followed', async () => {
    await using stage = await setUp();
    await using elsewhere = await startIdentityProvider(stage.clock, [first]);
    stage.provider.answer = { status: 302, body: '', location: elsewhere.jwksUrl };
    const token = await stage.provider.sign();
    await expect(stage.verifier.callerOf(token)).rejects.toThrow(AuthUnavailableError);
    expect(elsewhere.requests).toBe(0);
  });

  it('that is down is reported as an outage, not as an invalid token; the log has the cause', async () => {
    const clock = new ManualClock();
    const { jwksUrl, [Symbol.asyncDispose]: stop } = await startIdentityProvider(clock, [first]);
    await stop();
    const verifier = new JwtVerifier({ jwksUrl, issuer, audience, clock });
    const error: unknown = await verifier
      .callerOf(await signToken(first, clock))
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(AuthUnavailableError);
    expect(error).toMatchObject({ cause: { cause: { code: 'ECONNREFUSED' } } });
  });

  it('gets no request for five seconds after a failure', async () => {
    await using stage = await setUp();
    stage.provider.answer = { status: 503, body: '' };
    const token = await stage.provider.sign();
    await expect(stage.verifier.callerOf(token)).rejects.toThrow(AuthUnavailableError);
    stage.provider.answer = 'keys';
    await stage.clock.advance(4999);
    await expect(stage.verifier.callerOf(token)).rejects.toThrow(AuthUnavailableError);
    expect(stage.provider.requests).toBe(1);
    await stage.clock.advance(1);
    expect(await stage.nameOf(token)).toBe('jwt:ada');
    expect(stage.provider.requests).toBe(2);
  });

  it('does not affect tokens signed by cached keys', async () => {
    await using stage = await setUp();
    const token = await stage.provider.sign();
    await stage.nameOf(token);
    await stage.clock.advance(60_000);
    stage.provider.answer = { status: 503, body: '' };
    const unknown = await signToken(second, stage.clock);
    await expect(stage.verifier.callerOf(unknown)).rejects.toThrow(AuthUnavailableError);
    expect(await stage.nameOf(token)).toBe('jwt:ada');
  });
});

it.each([1, 2])(
  'a key set of %i MiB is too large: it is not read to the end, and callers are told of an outage',
  async (mebibytes) => {
    await using stage = await setUp();
    const token = await stage.provider.sign();
    const body = JSON.stringify({ keys: [], padding: 'x'.repeat(mebibytes * 1024 * 1024) });
    stage.provider.answer = { status: 200, body };
    await expect(stage.nameOf(token)).rejects.toThrow(AuthUnavailableError);
  },
);
