// `hms-gateway watch` and `rooms` in a pipe: what they print, when they end, and what they say if there is no gateway.
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createApiKey } from '../../src/auth/api-keys.ts';
import { openKeyFile } from '../../src/auth/key-file.ts';
import { Authenticator } from '../../src/auth/authenticator.ts';
import { systemClock } from '../../src/clock.ts';
import { newcomer, stage } from '../e2e/stage.ts';
import { runCommand } from '../support/command.ts';
import { freePort } from '../support/loopback.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';

// A process takes long to start on a busy machine.
describe.concurrent('watch in a pipe', { timeout: 60_000 }, () => {
  it('prints each event as a line, without escape sequences, until SIGINT', async () => {
    await using it = await stage();
    const ended = await runCommand(['watch', it.room.name, '--url', it.url], {}, (output, child) => {
      if (output.includes('Grace \uFFFD[2J joined')) child.kill('SIGINT');
      else if (/1 person/.test(output))
        it.world.join(it.room.id, { ...newcomer('Grace'), name: 'Grace \u001B[2J' });
    });
    expect(ended).toEqual({
      code: 0,
      errors: '',
      output: expect.stringMatching(
        /^\d\d:\d\d:\d\d {2}1 person in the room: Ada\n\d\d:\d\d:\d\d {2}Grace \uFFFD\[2J joined as guest\n$/,
      ),
    });
  });

  it('prints each event as JSON with --json, and goes on after the cursor of one', async () => {
    await using it = await stage();
    let cursor = '';
    await runCommand(['watch', it.room.id, '--json'], { GATEWAY_URL: it.url }, (output, child) => {
      ({ cursor } = JSON.parse(output) as { cursor: string });
      child.kill('SIGTERM');
    });
    // The gateway keeps the events of a room that somebody watches.
    const other = runCommand(['watch', it.room.id, '--json'], { GATEWAY_URL: it.url }, (output, child) => {
      if (output.includes('Grace')) child.kill('SIGTERM');
      else it.world.join(it.room.id, newcomer('Grace'));
    });
    await other;
    const later = await runCommand(
      ['watch', it.room.id, '--json', '--after', cursor],
      { GATEWAY_URL: it.url },
      (_output, child) => void child.kill('SIGTERM'),
    );
    const [first = ''] = later.output.split('\n');
    expect(JSON.parse(first)).toMatchObject({ __typename: 'PeerJoined', peer: { name: 'Grace' } });
  });

  it.each(['reset', 'cut'] as const)(
    'says on stderr that its connection is lost and found again, and resumes (%s)',
    async (trouble) => {
      await using it = await stage();
      await using proxy = await TcpProxy.start(Number(new URL(it.url).port));
      const url = `http://127.0.0.1:${proxy.port}`;
      const ended = await runCommand(['watch', it.room.id, '--url', url], {}, (output, child) => {
        if (output.includes('Emmy')) child.kill('SIGINT');
        if (!output.endsWith('Ada\n')) return;
        child.stderr?.on('data', (text: Buffer) => {
          if (text.includes('again')) it.world.join(it.room.id, newcomer('Emmy'));
        });
        proxy[trouble]();
        if (trouble === 'cut')
          void vi.waitUntil(() => proxy.refused >= 2, { timeout: 20_000 }).finally(() => proxy.heal());
      });
      expect(ended).toEqual({
        code: 0,
        output: expect.stringMatching(/ in the room: Ada\n.* Emmy joined as guest\n$/),
        errors:
          'hms-gateway: lost the connection to the gateway\nhms-gateway: connected to the gateway again\n',
      });
    },
  );

  it('ends with 0 when its reader has enough', async () => {
    await using it = await stage();
    const ended = await runCommand(['watch', it.room.id, '--json', '--url', it.url], {}, (_output, child) => {
      child.stdout?.destroy();
      it.world.join(it.room.id, newcomer('Grace'));
    });
    expect(ended).toMatchObject({ code: 0, errors: '' });
  });

  it('says that no gateway answers', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    expect(await runCommand(['watch', 'some-room', '--url', url])).toEqual({
      code: 1,
      output: '',
      errors: `hms-gateway: no gateway answers at ${url} (ECONNREFUSED); start one with \`hms-gateway start\`, or name another with --url\n`,
    });
  });

  it.each(['nowhere', '0123456789abcdef01234567'])('says that there is no room %s', async (room) => {
    await using it = await stage();
    expect(await runCommand(['watch', room, '--url', it.url])).toMatchObject({
      code: 1,
      errors: 'hms-gateway: no room has this id or name; `hms-gateway rooms` lists rooms\n',
    });
  });

  it('refuses a URL with a password, and does not repeat it', async () => {
    const { code, errors } = await runCommand(['rooms', '--url', 'http://me:hunter2@127.0.0.1:4000']);
    expect(code).toBe(2);
    expect(errors).toContain('must be http or https, without a user or password');
    expect(errors).not.toContain('hunter2');
  });

  it.each(['one\ntwo', 'two words', 'schl\u00fcssel-\u20ac', 'nul\u0007'])(
    'refuses the key %j, which no header can have, and does not repeat it',
    async (key) => {
      await using folder = await mkdtempDisposable(join(tmpdir(), 'hms-gateway-watch-'));
      const path = join(folder.path, 'key');
      await writeFile(path, key);
      const [byVariable, byFile] = await Promise.all([
        runCommand(['rooms'], { GATEWAY_TOKEN: key }),
        runCommand(['watch', 'some-room', '--token-file', path]),
      ]);
      const fault = (source: string) =>
        `hms-gateway: what ${source} has is no key or token: these are one line of ASCII without spaces\n`;
      expect(byVariable).toEqual({ code: 2, output: '', errors: fault('GATEWAY_TOKEN') });
      expect(byFile).toEqual({ code: 2, output: '', errors: fault(path) });
    },
  );

  it('says that another server is no gateway, whatever JSON it answers', async () => {
    await using it = await stage();
    for (const path of ['/health', '/nowhere']) {
      expect(await runCommand(['rooms', '--url', `${it.url}${path}`])).toMatchObject({
        code: 1,
        errors: `hms-gateway: what answers at ${it.url}${path} is no gateway\n`,
      });
    }
  });

  it('sends the key of GATEWAY_TOKEN or of a file, and says so if one is missing', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'hms-gateway-watch-'));
    const { key, line } = createApiKey({ name: 'me', scopes: ['*'], rooms: [], expires: null });
    await Promise.all([
      writeFile(join(folder.path, 'keys'), line),
      writeFile(join(folder.path, 'key'), `${key}\n`),
    ]);
    using apiKeys = await openKeyFile({ path: join(folder.path, 'keys'), clock: systemClock });
    await using it = await stage({ authentication: new Authenticator({ apiKeys }, systemClock) });
    const without = await runCommand(['rooms', '--url', it.url]);
    expect(without.code).toBe(1);
    expect(without.errors).toContain('the gateway wants a key: set GATEWAY_TOKEN, or give --token-file');
    const byFile = await runCommand(['rooms', '--url', it.url, '--token-file', join(folder.path, 'key')]);
    expect(byFile).toMatchObject({ code: 0, output: expect.stringContaining(it.room.id) });
    const watched = await runCommand(
      ['watch', it.room.id, '--url', it.url],
      { GATEWAY_TOKEN: key },
      (_output, child) => void child.kill('SIGTERM'),
    );
    expect(watched).toMatchObject({ code: 0, output: expect.stringContaining('1 person in the room') });
  });
});

describe.concurrent('rooms', { timeout: 60_000 }, () => {
  it('lists rooms with the people in them, or only the live ones, as a table or as JSON', async () => {
    await using it = await stage();
    const idle = it.world.rooms.create({ name: 'idle' });
    const [table, json] = await Promise.all([
      runCommand(['rooms', '--url', it.url]),
      runCommand(['rooms', '--live', '--json', '--url', it.url]),
    ]);
    const lines = table.output.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^NAME +ID +PEOPLE +LIVE SINCE$/);
    expect(lines[1]).toMatch(new RegExp(`^idle +${idle.id} +0 +-$`));
    expect(lines[2]).toMatch(new RegExp(`^${it.room.name} +${it.room.id} +1 +\\d{4}-\\d\\d-\\d\\d \\d\\d:`));
    expect(JSON.parse(json.output)).toEqual({
      id: it.room.id,
      name: it.room.name,
      liveSince: expect.stringMatching(/Z$/),
      people: 1,
    });
  });
});
