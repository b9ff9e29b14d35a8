// The examples as commands, in processes of their own: without arguments, with a bad id, and where everything is refused.
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../support/child-environment.ts';
import { startProcess, type Ended } from '../support/child-process.ts';
import { newcomer, stage, type Stage } from '../e2e/stage.ts';
import { addListeners } from '../support/worlds.ts';

const names = ['attendance', 'camera-nudge', 'giveaway', 'moderation-bot', 'watch'] as const;

interface Run {
  readonly args?: readonly string[];
  /** Text for the standard input. */
  readonly input?: string;
  /** Ends the command with SIGINT once its output, or what it has written to stderr, matches. */
  readonly stopAt?: RegExp;
}

/** Starts one example. */
const start = (name: string, url: string, args: readonly string[]) =>
  startProcess(process.execPath, [`examples/${name}.ts`, ...args], {
    env: childEnvironment({ GATEWAY_URL: url }),
    stdio: 'pipe',
  });

/** Runs one example to its end. */
async function run(name: string, url: string, { args = [], input = '', stopAt }: Run = {}): Promise<Ended> {
  const { child, ended, kill, output, errors } = start(name, url, args);
  child.stdout?.on('data', () => stopAt?.test(output()) === true && kill('SIGINT'));
  child.stderr?.on('data', () => stopAt?.test(errors()) === true && kill('SIGINT'));
  child.stdin?.end(input);
  return ended;
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
    const room = { code: 0, errors: `Room: ${it.room.name} (${it.room.id})\n` };
    const session = it.world.sessions.active(it.room.id)?.id ?? '';
    expect(await run('watch', it.url, { stopAt: /Grace/ })).toMatchObject({
      ...room,
      output: expect.stringContaining('2 in the room'),
    });
    expect(await run('camera-nudge', it.url)).toMatchObject({
      ...room,
      output: expect.stringContaining('Nudged: '),
    });
    expect(await run('attendance', it.url)).toMatchObject({
      code: 0,
      errors: `Session: ${session} of ${it.room.name}\n`,
      output: expect.stringContaining('Grace'),
    });
    const verdict = await run('moderation-bot', it.url, { input: chat(it, 'you idiot') });
    expect(verdict).toEqual({ code: 0, errors: '', output: 'ada: warned\n' });
  });

  it('shows a list that the cache of a client keeps (apollo, relay, urql)', async () => {
    await using it = await stage();
    const names = ['apollo', 'relay', 'urql'];
    const runs = names.map((name) => run(`${name}/peers`, it.url, { args: [it.room.id], stopAt: /Ada/ }));
    for (const ended of await Promise.all(runs))
      expect(ended).toEqual({ code: 0, errors: '', output: expect.stringMatching(/^Ada$/m) });
  });

  it('ends with 0 when its reader has enough, as `head` has', async () => {
    await using it = await stage();
    await using watch = start('watch', it.url, [it.room.id]);
    const { stdout } = watch.child;
    if (stdout === null) throw new Error('its output is not a pipe');
    await once(stdout, 'data');
    stdout.destroy();
    it.world.join(it.room.id, newcomer('Grace'));
    expect(await watch.ended).toMatchObject({ code: 0, errors: '' });
  });

  it('gives the stage to the winner of a giveaway', async () => {
    await using it = await stage();
    const { code, output } = await run('giveaway', it.url, { args: [it.room.id, 'guest', '0'] });
    expect([code, output]).toEqual([0, 'The winner was Ada.\n']);
  });

  it('skips lines that are no chat messages, and says why (moderation-bot)', async () => {
    await using it = await stage();
    const lines = ['null', '{}', '{"roomId":"x","userId":7,"text":"idiot"}', '[]', '', 'hello'];
    const input = `${lines.join('\n')}\n${chat(it, 'you idiot')}`;
    const { code, output, errors } = await run('moderation-bot', it.url, { input });
    expect([code, output]).toEqual([1, 'ada: warned\n']);
    const said = errors.trimEnd().split('\n');
    const missing = 'Skipped a line: A message needs `roomId`, `userId` and `text`, which must be strings.';
    expect(said.slice(0, 4)).toEqual([missing, missing, missing, missing]);
    expect(said.slice(4)).toEqual([expect.stringContaining('"hello"'), '5 lines were skipped.']);
  });

  it.each(names)('says in one line that everything is refused (%s)', async (name) => {
    await using it = await stage();
    it.sandbox.faults.set('*', { kind: 'status', status: 403 });
    const { code, output, errors } = await run(name, it.url, { input: chat(it, 'you idiot') });
    expect([code, output]).toEqual([1, '']);
    const lines = errors.trimEnd().split('\n');
    // The bot also names each line that it skipped.
    expect(lines).toHaveLength(name === 'moderation-bot' ? 2 : 1);
    expect(errors).not.toMatch(/^\s+at /m);
  });

  it.each(['attendance', 'camera-nudge', 'giveaway', 'watch'])(
    'says in one line that an id cannot be one (%s)',
    async (name) => {
      await using it = await stage();
      const { code, output, errors } = await run(name, it.url, { args: ['no-such-id'] });
      expect([code, output]).toEqual([1, '']);
      expect(errors).toMatch(/^[^\n]*no-such-id[^\n]*\n$/);
    },
  );

  it.each([...names, 'apollo/peers', 'relay/peers', 'urql/peers'])(
    'explains itself, with the default of each argument (%s)',
    async (name) => {
      const { code, output } = await run(name, 'http://127.0.0.1:9', { args: ['--help'] });
      expect([code, output]).toEqual([
        0,
        expect.stringMatching(`^Usage: npm run example ${name.replace('/peers', '')} -- `),
      ]);
      const [usage = '', ...defaults] = output.trimEnd().split('\n');
      const missing = [...usage.matchAll(/\[([\w-]+)\]/g)].filter(
        ([, argument]) => !defaults.some((line) => line.startsWith(`  ${argument}: default `)),
      );
      expect(missing).toEqual([]);
    },
  );

  it('a giveaway without arguments has a winner', async () => {
    await using it = await stage();
    it.world.join(it.room.id, newcomer('Grace'));
    const { code, output } = await run('giveaway', it.url);
    expect([code, output]).toEqual([0, expect.stringMatching(/^The winner was (Ada|Grace)\.\n$/)]);
  });

  it.each(['attendance', 'watch'])('says in one line that there is no gateway (%s)', async (name) => {
    const { code, errors } = await run(name, 'http://127.0.0.1:9', { args: ['64a00087edd3d651dc000087'] });
    expect(code).toBe(1);
    expect(errors).toMatch(/^[^\n]+ \(no gateway was reached: [^\n]+ GATEWAY_URL\)\n$/);
  });

  it.each(['attendance', 'apollo/peers', 'relay/peers', 'urql/peers'])(
    'takes the URL of the endpoint too (%s)',
    async (name) => {
      await using it = await stage();
      const { code, output } = await run(name, `${it.url}/graphql`, { stopAt: /Ada/ });
      // The attendance may have ended before the signal.
      expect([code === 0 || name === 'attendance', output]).toEqual([true, expect.stringContaining('Ada')]);
    },
  );

  it('says what answers if it is no gateway', async () => {
    await using it = await stage();
    const { code, output, errors } = await run('attendance', it.sandbox.url);
    expect([code, output]).toEqual([1, '']);
    expect(errors).toMatch(/^http:\S+\/graphql answers \d+ and no GraphQL \(set GATEWAY_URL\)\n$/);
  });

  it.each(['apollo', 'relay', 'urql'])('shows the errors of a subscription (%s)', async (name) => {
    await using it = await stage();
    it.sandbox.faults.set('*', { kind: 'status', status: 403 });
    const { errors } = await run(`${name}/peers`, it.url, { args: [it.room.id], stopAt: /\S/ });
    expect(errors).toMatch(/\S/);
  });
});
