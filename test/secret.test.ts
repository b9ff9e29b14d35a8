// Secrets, which are never printed, and texts of others from which secrets are removed.
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createApiKey } from '../src/auth/api-keys.ts';
import { redact, Secret } from '../src/secret.ts';
import { CANARY } from './support/canary.ts';
import { managementToken } from './support/sandbox-client.ts';

describe('a secret', () => {
  const secret = new Secret(CANARY);

  it('returns its value to code that asks for it', () => {
    expect(secret.reveal()).toBe(CANARY);
  });

  it.each<[way: string, shown: string]>([
    ['as a string', String(secret)],
    ['by its `toString`', secret.toString()],
    ['joined with a text', ['is ', secret].join('')],
    ['in JSON', JSON.stringify({ config: { secret } })],
    ['by inspection', inspect({ config: { secret } }, { depth: 9, showHidden: true })],
    ['by inspection of its class', inspect(secret, { customInspect: false, showHidden: true })],
    ['by its keys', JSON.stringify([Object.entries(secret), Object.assign({}, secret)])],
    ['as a clone', inspect(structuredClone(secret))],
  ])('is not shown %s', (_way, shown) => {
    expect(shown).not.toContain(CANARY);
  });

  it('is printed as `[secret]`', () => {
    expect([`a ${String(secret)}`, JSON.stringify(secret), inspect(secret)]).toEqual([
      'a [secret]',
      '"[secret]"',
      '[secret]',
    ]);
  });
});

describe('a text that is redacted', () => {
  it('is redacted: no token, no API key and no secret remains', async () => {
    const token = await managementToken();
    const { key } = createApiKey({ name: 'bot', scopes: ['*'], rooms: [], expires: null });
    const text = `Bearer ${token}, \\n${token}; (${key}) x${key.slice(0, 30)} =${CANARY}= ${CANARY}`;
    expect(redact(text, [new Secret(CANARY)])).toBe(
      'Bearer [token], \\n[token]; ([api key]) x[api key] =[secret]= [secret]',
    );
  });

  it('is still JSON, also if the secret is escaped in it', () => {
    const value = 'a "quoted" \\ secret';
    const line = JSON.stringify({ msg: `it is ${value}.` });
    expect(JSON.parse(redact(line, [new Secret(value)]))).toEqual({ msg: 'it is [secret].' });
  });

  it('is unchanged if it contains no secret', () => {
    const text = 'eyJ is how tokens begin, hgk_ how keys do; ab.cd.ef, GET /rooms/{room_id}';
    expect(redact(text, [new Secret(''), new Secret('room'), new Secret(CANARY)])).toBe(text);
  });

  it('is redacted in milliseconds, whatever it contains', () => {
    const startedAt = performance.now();
    for (const part of ['eyJ', 'eyJabcdefgh.', 'hgk_', 'CANARY-'])
      redact(part.repeat(100_000), [new Secret(CANARY)]);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
