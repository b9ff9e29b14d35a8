// The file of API keys while the gateway runs: which changes of it are noticed, and what each does to the callers.
import {
  appendFile,
  mkdir,
  mkdtempDisposable,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createApiKey, type KeyChanges } from '../../src/auth/api-keys.ts';
import { openKeyFile } from '../../src/auth/key-file.ts';
import { ManualClock } from '../support/manual-clock.ts';

const keyOf = (name: string, scopes = ['*']) => createApiKey({ name, scopes, rooms: [], expires: null });

const [bot, desk] = [keyOf('bot'), keyOf('desk')];
const BOTH = `${bot.line}\n${desk.line}\n`;
const ONE = `${desk.line}\n`;

/** A folder with a file of both keys, and what happens to the file. With `link` the file is a link to one in this folder. */
async function stage({ link }: { readonly link?: string } = {}) {
  const folder = await mkdtempDisposable(join(tmpdir(), 'hms-gateway-keys-'));
  const path = join(folder.path, 'mounted', 'keys');
  await mkdir(join(folder.path, 'mounted'));
  if (link === undefined) await writeFile(path, BOTH);
  else {
    const target = join(folder.path, link);
    await mkdir(join(target, '..'), { recursive: true });
    await writeFile(target, BOTH);
    await symlink(target, path);
  }
  const clock = new ManualClock();
  const [changes, faults]: [KeyChanges[], string[]] = [[], []];
  const file = await openKeyFile({
    path,
    clock,
    observer: {
      onChange: (change) => changes.push(change),
      onFault: ({ message }) => faults.push(message),
    },
  });
  return {
    folder: folder.path,
    path,
    clock,
    file,
    changes,
    faults,
    accepted: () => [bot, desk].filter(({ key }) => file.callerOf(key) !== null).length,
    /** Lets the quiet time pass after the folder has reported a change, and waits for `told`. */
    async told(told: readonly unknown[]) {
      await expect.poll(() => clock.pending, { interval: 5 }).toBe(2);
      await expect
        .poll(
          async () => {
            await clock.advance(200);
            return told.length;
          },
          { interval: 20 },
        )
        .toBe(1);
    },
    async [Symbol.asyncDispose]() {
      file[Symbol.dispose]();
      expect(clock.pending).toBe(0);
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('a change of the file takes keys back', () => {
  it.each<[string, (path: string) => Promise<unknown>]>([
    [
      'by a rename',
      async (path) => {
        await writeFile(`${path}.new`, ONE);
        await rename(`${path}.new`, path);
      },
    ],
    [
      'by an editor that empties it and then writes it',
      async (path) => {
        await truncate(path);
        await appendFile(path, ONE);
      },
    ],
    [
      'by an editor that renames it and writes a new one',
      async (path) => {
        await rename(path, `${path}~`);
        await writeFile(path, ONE);
      },
    ],
  ])('%s', async (_what, change) => {
    await using keys = await stage();
    const [taken, kept] = [keys.file.callerOf(bot.key), keys.file.callerOf(desk.key)];
    await change(keys.path);
    await keys.told(keys.changes);
    expect(keys.changes).toEqual([{ keys: 1, added: [], revoked: ['key:bot'] }]);
    expect(keys.file.callerOf(bot.key)).toBeNull();
    expect(taken?.revocation?.isRevoked).toBe(true);
    expect(keys.file.callerOf(desk.key)).toBe(kept);
    expect(kept?.revocation?.isRevoked).toBe(false);
  });

  it('by the swap of a link, as Kubernetes updates a mounted secret', async () => {
    const folder = await mkdtempDisposable(join(tmpdir(), 'hms-gateway-secret-'));
    const at = (...names: string[]) => join(folder.path, ...names);
    await mkdir(at('..1'));
    await mkdir(at('..2'));
    await writeFile(at('..1', 'keys'), BOTH);
    await writeFile(at('..2', 'keys'), ONE);
    await symlink('..1', at('..data'));
    await symlink(join('..data', 'keys'), at('keys'));
    const changes: KeyChanges[] = [];
    const clock = new ManualClock();
    const observer = {
      onChange: (change: KeyChanges) => changes.push(change),
      onFault: () => expect.fail('a fault'),
    };
    using file = await openKeyFile({ path: at('keys'), clock, observer });
    await symlink('..2', at('..data_tmp'));
    await rename(at('..data_tmp'), at('..data'));
    await rm(at('..1'), { recursive: true });
    await expect.poll(() => clock.pending, { interval: 5 }).toBe(2);
    await clock.advance(200);
    await expect.poll(() => changes, { interval: 5 }).toEqual([{ keys: 1, added: [], revoked: ['key:bot'] }]);
    expect(file.callerOf(bot.key)).toBeNull();
    await folder[Symbol.asyncDispose]();
  });

  it('within 10 s where the folder reports nothing', async () => {
    await using keys = await stage({ link: join('elsewhere', 'keys') });
    await writeFile(join(keys.folder, 'elsewhere', 'keys'), ONE);
    await keys.clock.advance(10_000);
    await keys.told(keys.changes);
    expect(keys.accepted()).toBe(1);
  });

  it('when the folder itself was replaced, and when it changes after that', async () => {
    await using keys = await stage();
    const mounted = join(keys.path, '..');
    await rename(mounted, join(keys.folder, 'old'));
    await mkdir(mounted);
    await writeFile(keys.path, ONE);
    await keys.clock.advance(10_000);
    await keys.told(keys.changes);
    keys.changes.length = 0;
    await writeFile(keys.path, BOTH);
    await keys.told(keys.changes);
    expect(keys.changes).toEqual([{ keys: 2, added: ['key:bot'], revoked: [] }]);
  });
});

it('other rights of a key end those that it had, and are its new ones', async () => {
  await using keys = await stage();
  const earlier = keys.file.callerOf(bot.key);
  await writeFile(keys.path, BOTH.replace(bot.line, bot.line.replace(' *', ' rooms:read')));
  await keys.told(keys.changes);
  expect(keys.changes).toEqual([{ keys: 2, added: ['key:bot'], revoked: ['key:bot'] }]);
  expect(earlier?.revocation?.isRevoked).toBe(true);
  expect([...(keys.file.callerOf(bot.key)?.scopes ?? [])]).toEqual(['rooms:read']);
});

it('a change that concerns no key changes no caller', async () => {
  await using keys = await stage();
  const earlier = keys.file.callerOf(bot.key);
  await writeFile(keys.path, `# keys\n${ONE}${bot.line} # the bot\n`);
  await keys.told(keys.changes);
  expect(keys.changes).toEqual([{ keys: 2, added: [], revoked: [] }]);
  expect(keys.file.callerOf(bot.key)).toBe(earlier);
});

describe('a file that cannot be used is reported, and the earlier keys stay', () => {
  it.each<[string, (path: string) => Promise<unknown>, RegExp]>([
    ['a faulty one', (path) => writeFile(path, `${bot.key} x y\n${ONE}`), /line 1: the first word must be/],
    ['an empty one', (path) => truncate(path), /the file has no key/],
    ['a missing one', (path) => rm(path), /keys cannot be read \(ENOENT\)/],
    ['a folder', (path) => rm(path).then(() => mkdir(path)), /keys cannot be read \(EISDIR\)/],
  ])('%s', async (_what, change, message) => {
    await using keys = await stage();
    await change(keys.path);
    await keys.told(keys.faults);
    expect(keys.faults[0]).toMatch(message);
    expect(keys.faults[0]).not.toContain(bot.key);
    expect(keys.accepted()).toBe(2);
    // It is reported once, and a good file takes effect again.
    await keys.clock.advance(60_000);
    expect(keys.faults).toHaveLength(1);
    await rm(keys.path, { recursive: true, force: true });
    await writeFile(keys.path, ONE);
    await expect
      .poll(
        async () => {
          await keys.clock.advance(10_000);
          return keys.accepted();
        },
        { interval: 20 },
      )
      .toBe(1);
  });
});

it('a file that is being written is not read before its folder has been quiet for 200 ms', async () => {
  await using keys = await stage();
  await truncate(keys.path);
  await expect.poll(() => keys.clock.pending, { interval: 5 }).toBe(2);
  await keys.clock.advance(199);
  await appendFile(keys.path, ONE);
  await keys.told(keys.changes);
  expect([keys.accepted(), keys.faults]).toEqual([1, []]);
});
