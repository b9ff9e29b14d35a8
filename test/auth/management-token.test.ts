// The management token: when one is minted, and when it is not.
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

  it('is minted once for all who ask at the same time and after', async () => {
    const { tokens } = setUp();
    const all = await Promise.all([tokens.get(), tokens.get(), tokens.get()]);
    expect(new Set([...all, await tokens.get()]).size).toBe(1);
  });

  it('is replaced when four fifths of its life are over, while the old one still holds', async () => {
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

  it("follows the upstream's clock once a rejection has told it", async () => {
    const { clock, tokens } = setUp();
    tokens.reject(await tokens.get(), clock.now() - 600_000);
    expect(decodeJwt(await tokens.get()).nbf).toBe(clock.now() / 1000 - 660);
  });

  it('and its secret show in no inspection', async () => {
    const { tokens } = setUp();
    const token = await tokens.get();
    const shown = inspect(tokens, { depth: 10, showHidden: true }) + JSON.stringify(tokens);
    expect(shown).not.toContain(CANARY);
    expect(shown).not.toContain(token);
  });
});
