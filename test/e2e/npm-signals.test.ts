// Signals to npm while it runs one of the scripts that go on until they are ended: each reaches the gateway, which ends in order.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { CANARY } from '../support/canary.ts';
import { childEnvironment } from '../support/child-environment.ts';
import { startProcess } from '../support/child-process.ts';

const root = new URL('../../', import.meta.url).pathname;

/** Runs npm in a process group of its own, as a shell does, with an empty folder as its home. */
function runNpm(...args: readonly string[]) {
  const home = mkdtempSync(join(tmpdir(), 'hms-gateway-npm-'));
  const npm = startProcess('npm', ['--prefix', root, '--no-update-notifier', ...args], {
    cwd: home,
    env: childEnvironment({ HOME: home, PORT: '0', SANDBOX_PORT: '0', SANDBOX_SECRET: CANARY }),
    ownGroup: true,
  });
  return {
    output: npm.all,
    /** Resolves to the exit code when the last process of the group has ended, which closes the pipes. */
    ended: npm.ended.then(({ code }) => code),
    /** As `kill` does. */
    kill: (signal: NodeJS.Signals) => npm.child.kill(signal),
    /** As a terminal does. */
    killGroup: npm.kill,
    async [Symbol.asyncDispose]() {
      await npm[Symbol.asyncDispose]();
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
