// Signals to npm while it runs one of the scripts that go on until they are ended: each reaches the gateway, which ends in order.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { CANARY, watchLog } from '../support/canary.ts';
import { childEnvironment } from '../support/child-environment.ts';

const root = new URL('../../', import.meta.url).pathname;

/** Runs npm in a process group of its own, as a shell does, with an empty folder as its home. */
function runNpm(...args: readonly string[]) {
  const home = mkdtempSync(join(tmpdir(), 'hms-gateway-npm-'));
  const child = spawn('npm', ['--prefix', root, '--no-update-notifier', ...args], {
    cwd: home,
    env: childEnvironment({ HOME: home, PORT: '0', SANDBOX_PORT: '0', SANDBOX_SECRET: CANARY }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()));
  // The first argument of the event is the exit code. The pipes close when the last process of the group has ended.
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const { pid } = child;
  if (pid === undefined) throw new Error('npm did not start');
  return {
    output: () => output,
    ended,
    /** As `kill` does. */
    kill: (signal: NodeJS.Signals) => process.kill(pid, signal),
    /** As a terminal does. */
    killGroup: (signal: NodeJS.Signals) => process.kill(-pid, signal),
    async [Symbol.asyncDispose]() {
      try {
        process.kill(-pid, 'SIGKILL');
      } catch {
        // The whole group has ended.
      }
      await ended;
      watchLog(output);
      rmSync(home, { recursive: true });
    },
  };
}

const isUp = /The graph is at|Sandbox of the REST API at/;

// Processes mostly wait, for each other's start too.
describe.concurrent('npm', { timeout: 60_000 }, () => {
  it.each([
    ['start', ['start']],
    ['run hms-gateway -- start', ['run', 'hms-gateway', '--', 'start']],
    ['run sandbox', ['run', 'sandbox']],
  ])('%s: SIGTERM to npm ends what it has started', async (_name, args) => {
    await using npm = runNpm(...args);
    await vi.waitUntil(() => isUp.test(npm.output()), { timeout: 40_000, interval: 20 });
    npm.kill('SIGTERM');
    expect(await npm.ended).toBe(0);
    if (!args.includes('sandbox')) expect(npm.output()).toContain('SIGTERM: closing');
  });

  it('start: Ctrl+C, which npm passes on a second time, ends the gateway in order', async () => {
    await using npm = runNpm('start');
    await vi.waitUntil(() => isUp.test(npm.output()), { timeout: 40_000, interval: 20 });
    npm.killGroup('SIGINT');
    expect(await npm.ended).toBe(0);
    expect(npm.output().match(/SIGINT: closing/g)).toHaveLength(1);
  });
});
