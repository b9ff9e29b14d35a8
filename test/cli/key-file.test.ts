// The subcommands `key list` and `key revoke` on a file of keys.
import { chmod, mkdtempDisposable, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createApiKey } from '../../src/auth/api-keys.ts';
import { openKeyFile } from '../../src/auth/key-file.ts';
import { systemClock } from '../../src/clock.ts';
import { runCommand } from '../support/command.ts';

const room = '0123456789abcdef01234567';

/** A file with a comment and the keys one, two (for one room) and old (expired); its mode is 640. */
async function makeFile() {
  const folder = await mkdtempDisposable(join(tmpdir(), 'hms-gateway-keys-'));
  const keys = [
    createApiKey({ name: 'one', scopes: ['*'], rooms: [], expires: null }),
    createApiKey({
      name: 'two',
      scopes: ['rooms:read', 'peers:write'],
      rooms: [room],
      expires: '2099-01-01',
    }),
    createApiKey({ name: 'old', scopes: ['*:read'], rooms: [], expires: '2020-01-01' }),
  ];
  const path = join(folder.path, 'keys');
  await writeFile(path, `# who may call\n${keys.map(({ line }) => line).join('\n')}\n`);
  await chmod(path, 0o640);
  return { path, folder: folder.path, keys, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

describe.concurrent('key list', { timeout: 60_000 }, () => {
  it('prints names and rights of the file that GATEWAY_API_KEYS names, and no hash', async () => {
    await using file = await makeFile();
    const { code, output } = await runCommand(['key', 'list'], { GATEWAY_API_KEYS: file.path });
    expect(code).toBe(0);
    expect(output.split('\n')).toEqual([
      'NAME  SCOPES                  ROOMS                     EXPIRES',
      'one   *                       all                       never',
      `two   rooms:read,peers:write  ${room}  2099-01-01T00:00:00.000Z`,
      'old   *:read                  all                       2020-01-01T00:00:00.000Z (expired)',
      '',
    ]);
  });

  it('prints one object a line with --json', async () => {
    await using file = await makeFile();
    const { output } = await runCommand(['key', 'list', '--file', file.path, '--json']);
    const listed = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(listed[1]).toEqual({
      name: 'two',
      scopes: ['rooms:read', 'peers:write'],
      rooms: [room],
      expiresAt: '2099-01-01T00:00:00.000Z',
      expired: false,
    });
    expect(output).not.toContain('sha256');
  });

  it('without a file says how to name one', async () => {
    const { code, errors } = await runCommand(['key', 'list']);
    expect(code).toBe(2);
    expect(errors).toBe('hms-gateway: no file of keys: give --file, or set GATEWAY_API_KEYS\n');
  });

  it('tells the faults of a faulty file, with its lines', async () => {
    await using file = await makeFile();
    await writeFile(file.path, 'one sha256:0 *\n');
    const { code, errors } = await runCommand(['key', 'list', '--file', file.path]);
    expect(code).toBe(1);
    expect(errors).toContain(`${file.path}: line 1: the hash must be`);
  });
});

describe.concurrent('key revoke', { timeout: 60_000 }, () => {
  it('removes one line; the mode of the file, its other lines and a link to it stay', async () => {
    await using file = await makeFile();
    const link = join(file.folder, 'link');
    await symlink(file.path, link);
    const { code, output } = await runCommand(['key', 'revoke', 'two', '--file', link]);
    expect({ code, output }).toEqual({ code: 0, output: `Revoked two; ${link} has 2 more\n` });
    const [one, , old] = file.keys.map(({ line }) => line);
    expect(await readFile(file.path, 'utf8')).toBe(`# who may call\n${one}\n${old}\n`);
    expect((await stat(file.path)).mode & 0o777).toBe(0o640);
    expect((await readdir(file.folder)).toSorted()).toEqual(['keys', 'link']);
  });

  it('takes the key from a gateway that runs', async () => {
    await using file = await makeFile();
    const changed = Promise.withResolvers<readonly string[]>();
    using open = await openKeyFile({
      path: file.path,
      clock: systemClock,
      observer: { onChange: ({ revoked }) => changed.resolve(revoked), onFault: changed.reject },
    });
    const [one] = file.keys;
    expect(open.callerOf(one?.key ?? '')).not.toBeNull();
    await runCommand(['key', 'revoke', 'one', '--file', file.path]);
    expect(await changed.promise).toEqual(['key:one']);
    expect(open.callerOf(one?.key ?? '')).toBeNull();
  });

  it('names the keys that there are if the name is unknown', async () => {
    await using file = await makeFile();
    const before = await readFile(file.path, 'utf8');
    const { code, errors } = await runCommand(['key', 'revoke', 'tow', '--file', file.path]);
    expect(code).toBe(1);
    expect(errors).toBe(`hms-gateway: ${file.path} has no key of this name; it has one, two, old\n`);
    expect(await readFile(file.path, 'utf8')).toBe(before);
  });

  it('refuses to remove the last key, which a gateway would keep in use', async () => {
    await using file = await makeFile();
    await writeFile(file.path, file.keys[0]?.line ?? '');
    const { code, errors } = await runCommand(['key', 'revoke', 'one', '--file', file.path]);
    expect(code).toBe(1);
    expect(errors).toContain('it has no other key');
    expect(await readFile(file.path, 'utf8')).toBe(file.keys[0]?.line);
  });
});
