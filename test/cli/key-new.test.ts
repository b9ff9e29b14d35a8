// The command `hms-gateway key new` (`npm run create-api-key`), run as a process.
import { chmod, mkdtempDisposable, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Revocation } from '../../src/auth/revocation.ts';
import { ApiKeys } from '../../src/auth/api-keys.ts';
import { runCommand } from '../support/command.ts';

// Time limit for a process of the command; a busy machine is slow to start one.
vi.setConfig({ testTimeout: 60_000 });

const room = '0123456789abcdef01234567';

const run = (...args: string[]) => runCommand(['key', 'new', ...args]);

async function makeFolder() {
  const folder = await mkdtempDisposable(join(tmpdir(), 'hms-gateway-keys-'));
  return {
    file: join(folder.path, 'keys.txt'),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

const keyIn = (output: string) => /^ {2}(hgk_[\w-]{43})$/m.exec(output)?.[1] ?? '';

describe('the command', () => {
  it('prints the key once, and its line for the file', async () => {
    const { code, output, errors } = await run(
      '--name',
      'bot',
      '--scopes',
      'rooms:read,peers:write',
      `--rooms=${room}`,
      '--expires=2099-01-01',
    );
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const key = keyIn(output);
    const line = /^ {2}(bot .*)$/m.exec(output)?.[1] ?? '';
    expect(output).toBe(
      `Key, shown only once:\n  ${key}\nLine for the file of GATEWAY_API_KEYS:\n  ${line}\n`,
    );
    expect(new ApiKeys(line).callerOf(key)).toEqual({
      name: 'key:bot',
      scopes: new Set(['rooms:read', 'peers:read', 'peers:write']),
      rooms: new Set([room]),
      participant: null,
      expiresAt: Date.parse('2099-01-01T00:00:00Z'),
      revocation: new Revocation(),
    });
  });

  it('prints only JSON with --json', async () => {
    const { code, output } = await run('--json', '--name', 'bot', '--scopes', '*:read');
    expect(code).toBe(0);
    const { key, line, ...more } = JSON.parse(output) as Readonly<Record<string, string>>;
    expect(more).toEqual({});
    expect(new ApiKeys(line ?? '').callerOf(key ?? '')?.name).toBe('key:bot');
  });

  it('creates a file that only its owner can read, and appends to it', async () => {
    await using folder = await makeFolder();
    const first = await run('--name', 'one', '--scopes', '*', '--file', folder.file);
    expect((await stat(folder.file)).mode & 0o777).toBe(0o600);
    // The owner changes the permissions and the text; the command must keep both.
    await chmod(folder.file, 0o640);
    await writeFile(folder.file, `# keys\n${(await readFile(folder.file, 'utf8')).trimEnd()}`);
    const second = await run('--name', 'two', '--scopes', '*', '--file', folder.file);
    expect([first.code, second.code]).toEqual([0, 0]);
    expect((await stat(folder.file)).mode & 0o777).toBe(0o640);
    expect(second.output).toContain(`Added to ${folder.file}:\n  two `);
    const kept = await readFile(folder.file, 'utf8');
    expect(kept).toMatch(/^# keys\none \S+ \*\ntwo \S+ \*\n$/);
    expect(kept).not.toContain('hgk_');
    const keys = new ApiKeys(kept);
    expect([first, second].map(({ output }) => keys.callerOf(keyIn(output))?.name)).toEqual([
      'key:one',
      'key:two',
    ]);
  });

  it('does not change a file that cannot be read or would become invalid, and prints no key', async () => {
    await using folder = await makeFolder();
    await run('--name', 'one', '--scopes', '*', '--file', folder.file);
    const before = await readFile(folder.file, 'utf8');
    const again = await run('--name', 'one', '--scopes', '*', '--file', folder.file);
    expect(again).toEqual({
      code: 1,
      output: '',
      errors: `hms-gateway: ${folder.file} was not changed\nhms-gateway: line 2: the same name as in line 1\n`,
    });
    expect(await readFile(folder.file, 'utf8')).toBe(before);
    const nowhere = await run('--name', 'two', '--scopes', '*', '--file', `${folder.file}/keys`);
    expect(nowhere).toMatchObject({ code: 1, output: '', errors: expect.stringContaining('ENOTDIR') });
  });

  it('prints its usage with --help', async () => {
    const { code, output } = await run('--help');
    expect(code).toBe(0);
    for (const part of ['--name', '--scopes', '--rooms', '--expires', '--file', '--json', 'stream-keys']) {
      expect(output).toContain(part);
    }
  });

  it.each<[what: string, args: string[], told: RegExp[]]>([
    ['nothing', [], [/'--name <name>' not specified/]],
    ['no scopes', ['--name', 'bot'], [/'--scopes <list>' not specified/]],
    [
      'an option that there is not',
      ['--name', 'bot', '--scopes', '*', '--room', room],
      [/unknown option '--room'/, /Did you mean --rooms/],
    ],
    ['a word too much', ['--name', 'bot', '--scopes', '*', 'more'], [/too many arguments for 'new'/]],
    ['an end in the past', ['--name', 'bot', '--scopes', '*', '--expires', '2020-01-01'], [/in the past/]],
    [
      'several faults',
      ['--name', 'b t', '--scopes', 'room:read', '--rooms', 'x', '--expires', 'soon'],
      [/the name must be/, /unknown scope `room:read`/, /must be a room id/, /must be a date/],
    ],
  ])('given %s ends with 2 and says why', async (_what, args, told) => {
    const { code, output, errors } = await run(...args);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    const lines = errors.trimEnd().split('\n');
    for (const fault of told) expect(lines).toContainEqual(expect.stringMatching(fault));
    expect(lines[0]).toMatch(/^hms-gateway: /);
  });
});
