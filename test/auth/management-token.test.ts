// The management token: when a new one is signed.
import { createSecretKey } from 'node:crypto';
import { inspect } from 'node:util';
import { decodeJwt, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { ManagementToken } from '../../src/auth/management-token.ts';
import { CANARY, gatewayCredentials } from '../support/canary.ts';
import { ManualClock } from '../support/manual-clock.ts';

function setUp() {
  const clock = new ManualClock();
  return { clock, tokens: new ManagementToken({ ...gatewayCredentials, clock }) };
}

describe('the management token', () => {
  it('is signed with the secret', async () => {
    const { clock, tokens } = setUp();
    const key = createSecretKey(Buffer.from(CANARY));
    const { payload } = await jwtVerify(await tokens.get(), key, { currentDate: new Date(clock.now()) });
    expect(payload).toMatchObject({ access_key: 'sandbox', type: 'management', version: 2 });
  });

  it('is signed once for concurrent and later calls', async () => {
    const { tokens } = setUp();
    const all = await Promise.all([tokens.get(), tokens.get(), tokens.get()]);
    expect(new Set([...all, await tokens.get()]).size).toBe(1);
  });

  it('is replaced after four fifths of its lifetime, while the old one is still valid', async () => {
    const { clock, tokens } = setUp();
    const first = await tokens.get();
    await clock.advance(2_879_999);
    expect(await tokens.get()).toBe(first);
    await clock.advance(1);
    const second = await tokens.get();
    expect(second).not.toBe(first);
    expect(decodeJwt(first).exp).toBeGreaterThan(clock.now() / 1000);
    expect(decodeJwt(second).exp).toBe(clock.now() / 1000 + 3600);
  });

  it('is replaced when it was rejected, but not for the rejection of an older one', async () => {
    const { tokens } = setUp();
    const first = await tokens.get();
    tokens.reject(first);
    const second = await tokens.get();
    tokens.reject(first);
    expect(await tokens.get()).toBe(second);
    expect(second).not.toBe(first);
  });

  it("follows the upstream's clock after a rejection with its time", async () => {
    const { clock, tokens } = setUp();
    tokens.reject(await tokens.get(), clock.now() - 600_000);
    expect(decodeJwt(await tokens.get()).nbf).toBe(clock.now() / 1000 - 660);
  });

  it('and its secret are not part of an inspected object', async () => {
    const { tokens } = setUp();
    const token = await tokens.get();
    const shown = inspect(tokens, { depth: 10, showHidden: true }) + JSON.stringify(tokens);
    expect(shown).not.toContain(CANARY);
    expect(shown).not.toContain(token);
  });
});
