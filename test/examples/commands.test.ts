// The examples as commands, in processes of their own: without arguments, with a bad id, and where everything is refused.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../support/child-environment.ts';
import { newcomer, stage, type Stage } from '../e2e/stage.ts';
import { addListeners } from '../support/worlds.ts';

const names = ['attendance', 'camera-nudge', 'giveaway', 'moderation-bot', 'watch'] as const;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

interface Run {
  readonly args?: readonly string[];
  /** Text for the standard input. */
  readonly input?: string;
  /** Ends the command with SIGINT once its output, or what it has written to stderr, matches. */
  readonly stopAt?: RegExp;
}

/** Runs one example to its end. */
async function run(name: string, url: string, { args = [], input = '', stopAt }: Run = {}): Promise<Ended> {
  const child = spawn(process.execPath, [`examples/${name}.ts`, ...args], {
    cwd: new URL('../../', import.meta.url),
    env: childEnvironment({ GATEWAY_URL: url }),
  });
  let [out, error] = ['', ''];
  const stopIfMatched = (text: string) => {
    if (stopAt?.test(text) === true) child.kill('SIGINT');
  };
  child.stdout.on('data', (data: Buffer) => stopIfMatched((out += data.toString())));
  child.stderr.on('data', (data: Buffer) => stopIfMatched((error += data.toString())));
  child.stdin.end(input);
  // The event carries the code first.
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, error };
}

/** One chat message as the moderation bot reads it. */
const chat = ({ room }: Stage, text: string) =>
  `${JSON.stringify({ roomId: room.id, userId: 'ada', text })}\n`;

// A process takes seconds to start where others are started side by side.
describe('an example as a command', { timeout: 60_000 }, () => {
  it('finds a live room or session where no id is given', async () => {
    await using it = await stage();
    addListeners(it.world, it.room);
    it.world.join(it.room.id, newcomer('Grace'));
    const room = { code: 0, error: `Room: ${it.room.name} (${it.room.id})\n` };
    const session = it.world.sessions.active(it.room.id)?.id ?? '';
    expect(await run('watch', it.url, { stopAt: /Grace/ })).toMatchObject({
      ...room,
      out: expect.stringContaining('2 in the room'),
    });
    expect(await run('camera-nudge', it.url)).toMatchObject({
      ...room,
      out: expect.stringContaining('Nudged: '),
    });
    expect(await run('attendance', it.url)).toMatchObject({
      code: 0,
      error: `Session: ${session} of ${it.room.name}\n`,
      out: expect.stringContaining('Grace'),
    });
    const verdict = await run('moderation-bot', it.url, { input: chat(it, 'you idiot') });
    expect(verdict).toEqual({ code: 0, error: '', out: 'ada: warned\n' });
  });

  it('shows a list that the cache of a client keeps (apollo, relay, urql)', async () => {
    await using it = await stage();
    const names = ['apollo', 'relay', 'urql'];
    const runs = names.map((name) => run(`${name}/peers`, it.url, { args: [it.room.id], stopAt: /Ada/ }));
    for (const ended of await Promise.all(runs))
      expect(ended).toEqual({ code: 0, error: '', out: expect.stringMatching(/^Ada$/m) });
  });

  it('ends with 0 when its reader has enough, as `head` has', async () => {
    await using it = await stage();
    const child = spawn(process.execPath, ['examples/watch.ts', it.room.id], {
      cwd: new URL('../../', import.meta.url),
      env: childEnvironment({ GATEWAY_URL: it.url }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [closed, error] = [once(child, 'close'), text(child.stderr)];
    await once(child.stdout, 'data');
    child.stdout.destroy();
    it.world.join(it.room.id, newcomer('Grace'));
    expect([(await closed)[0], await error]).toEqual([0, '']);
  });

  it('gives the stage to the winner of a giveaway', async () => {
    await using it = await stage();
    const { code, out } = await run('giveaway', it.url, { args: [it.room.id, 'guest', '0'] });
    expect([code, out]).toEqual([0, 'The winner was Ada.\n']);
  });

  it.each(names)('says in one line that everything is refused (%s)', async (name) => {
    await using it = await stage();
    it.sandbox.faults.set('*', { kind: 'status', status: 403 });
    const { code, out, error } = await run(name, it.url, { input: chat(it, 'you idiot') });
    expect([code, out]).toEqual([1, '']);
    const lines = error.trimEnd().split('\n');
    // The bot also names each line that it skipped.
    expect(lines).toHaveLength(name === 'moderation-bot' ? 2 : 1);
    expect(error).not.toMatch(/^\s+at /m);
  });

  it.each(['attendance', 'camera-nudge', 'giveaway', 'watch'])(
    'says in one line that an id cannot be one (%s)',
    async (name) => {
      await using it = await stage();
      const { code, out, error } = await run(name, it.url, { args: ['no-such-id'] });
      expect([code, out]).toEqual([1, '']);
      expect(error).toMatch(/^[^\n]*no-such-id[^\n]*\n$/);
    },
  );

  it.each([...names, 'apollo/peers', 'relay/peers', 'urql/peers'])(
    'explains itself, with the default of each argument (%s)',
    async (name) => {
      const { code, out } = await run(name, 'http://127.0.0.1:9', { args: ['--help'] });
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(`^Usage: npm run example ${name.replace('/peers', '')} -- `),
      ]);
      const [usage = '', ...defaults] = out.trimEnd().split('\n');
      const missing = [...usage.matchAll(/\[([\w-]+)\]/g)].filter(
        ([, argument]) => !defaults.some((line) => line.startsWith(`  ${argument}: default `)),
      );
      expect(missing).toEqual([]);
    },
  );

  it('a giveaway without arguments has a winner', async () => {
    await using it = await stage();
    it.world.join(it.room.id, newcomer('Grace'));
    const { code, out } = await run('giveaway', it.url);
    expect([code, out]).toEqual([0, expect.stringMatching(/^The winner was (Ada|Grace)\.\n$/)]);
  });

  it.each(['attendance', 'watch'])('says in one line that there is no gateway (%s)', async (name) => {
    const { code, error } = await run(name, 'http://127.0.0.1:9', { args: ['64a00087edd3d651dc000087'] });
    expect(code).toBe(1);
    expect(error).toMatch(/^[^\n]+ \(no gateway was reached: [^\n]+ GATEWAY_URL\)\n$/);
  });

  it.each(['attendance', 'apollo/peers', 'relay/peers', 'urql/peers'])(
    'takes the URL of the endpoint too (%s)',
    async (name) => {
      await using it = await stage();
      const { code, out } = await run(name, `${it.url}/graphql`, { stopAt: /Ada/ });
      // The attendance may have ended before the signal.
      expect([code === 0 || name === 'attendance', out]).toEqual([true, expect.stringContaining('Ada')]);
    },
  );

  it('says what answers if it is no gateway', async () => {
    await using it = await stage();
    const { code, out, error } = await run('attendance', it.sandbox.url);
    expect([code, out]).toEqual([1, '']);
    expect(error).toMatch(/^http:\S+\/graphql answers \d+ and no GraphQL \(set GATEWAY_URL\)\n$/);
  });

  it.each(['apollo', 'relay', 'urql'])('shows the errors of a subscription (%s)', async (name) => {
    await using it = await stage();
    it.sandbox.faults.set('*', { kind: 'status', status: 403 });
    const { error } = await run(`${name}/peers`, it.url, { args: [it.room.id], stopAt: /\S/ });
    expect(error).toMatch(/\S/);
  });
});
