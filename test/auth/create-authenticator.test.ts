// The authenticator of a configuration: which methods it accepts, and the file of API keys.
import { chmod, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createApiKey } from '../../src/auth/api-keys.ts';
import { AuthTokens } from '../../src/auth/auth-token.ts';
import { createAuthenticator, type AuthenticationSettings } from '../../src/auth/create-authenticator.ts';
import { ApiKeyError } from '../../src/auth/errors.ts';
import { audience, issuer, makeKey, startIdentityProvider } from '../support/identity-provider.ts';
import { gatewayCredentials } from '../support/canary.ts';
import { ManualClock } from '../support/manual-clock.ts';

const off: AuthenticationSettings = { apiKeysFile: null, jwt: null, hmsToken: false };

/** A folder with a file of API keys in it. */
async function withFile(text: string) {
  const folder = await mkdtempDisposable(join(tmpdir(), 'hms-gateway-keys-'));
  const apiKeysFile = join(folder.path, 'keys.txt');
  await writeFile(apiKeysFile, text);
  return { folder: folder.path, apiKeysFile, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

function create(settings: Partial<AuthenticationSettings>, clock = new ManualClock()) {
  return createAuthenticator({ ...off, ...settings }, { ...gatewayCredentials, clock });
}

describe('an authenticator', () => {
  it('is off if no method is configured', async () => {
    expect((await create({})).isOff).toBe(true);
  });

  it('accepts the keys of the file', async () => {
    const { key, line } = createApiKey({ name: 'bot', scopes: ['*'], rooms: [], expires: null });
    await using file = await withFile(`${line}\n`);
    const authenticator = await create(file);
    expect((await authenticator.callerOf(`Bearer ${key}`)).name).toBe('key:bot');
  });

  it('accepts the tokens of the identity provider', async () => {
    const clock = new ManualClock();
    await using provider = await startIdentityProvider(clock, [await makeKey('k1')]);
    const authenticator = await create({ jwt: { jwksUrl: provider.jwksUrl, issuer, audience } }, clock);
    expect(provider.requests).toBe(0);
    expect((await authenticator.callerOf(`Bearer ${await provider.sign()}`)).name).toBe('jwt:ada');
  });

  it('accepts the auth tokens of the workspace', async () => {
    const clock = new ManualClock();
    const authenticator = await create({ hmsToken: true }, clock);
    const claims = { roomId: 'a'.repeat(24), role: 'host', userId: 'ada', validForSeconds: 60 };
    const { token } = await new AuthTokens({ ...gatewayCredentials, clock }).mint(claims);
    const { participant } = await authenticator.callerOf(`Bearer ${token}`);
    expect(participant).toEqual({ roomId: claims.roomId, userId: 'ada', role: claims.role });
  });
});

const isRoot = process.getuid?.() === 0 ? ' (skipped: root may read every file)' : '';

describe('a file of API keys', () => {
  it('that does not exist stops the start, and the error names it', async () => {
    await using file = await withFile('');
    const apiKeysFile = `${file.apiKeysFile}.old`;
    await expect(create({ apiKeysFile })).rejects.toThrow(
      new ApiKeyError([`${apiKeysFile} cannot be read (ENOENT)`]),
    );
  });

  it('that is a folder stops the start', async () => {
    await using file = await withFile('');
    await expect(create({ apiKeysFile: file.folder })).rejects.toThrow(
      new ApiKeyError([`${file.folder} cannot be read (EISDIR)`]),
    );
  });

  it.skipIf(isRoot !== '')(
    `that the user may not read stops the start, and the error says what to do${isRoot}`,
    async () => {
      await using file = await withFile('');
      await chmod(file.apiKeysFile, 0o000);
      await expect(create(file)).rejects.toThrow(
        `${file.apiKeysFile} cannot be read (EACCES): user ${process.getuid?.()} must have the right to read it; ` +
          'it has only hashes of the keys, so `chmod 644` is safe',
      );
    },
  );

  it('that is empty or faulty stops the start, and the error lists every fault', async () => {
    await using empty = await withFile('');
    await expect(create(empty)).rejects.toThrow(/^The API keys .*\n {2}- the file has no key; /);
    await using faulty = await withFile('bot x rooms:read\nb@t sha256:y *\n');
    await expect(create(faulty)).rejects.toThrow(
      /^The API keys \(GATEWAY_API_KEYS\) cannot be used:\n {2}- line 1: the hash .*\n {2}- line 2: the name .*\n {2}- line 2: the hash .*$/,
    );
  });
});
