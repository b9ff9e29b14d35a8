// The command `npm run sandbox`, run as a separate process.
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { childEnvironment } from '../support/child-environment.ts';
import { CANARY } from '../support/canary.ts';
import { startProcess, type TestProcess } from '../support/child-process.ts';

// Time limit for a process of the command; a busy machine is slow to start one.
vi.setConfig({ testTimeout: 60_000 });

const main = new URL('../../src/main.ts', import.meta.url).pathname;

function run(env: Record<string, string>, ...args: string[]): TestProcess {
  return startProcess(process.execPath, [main, 'sandbox', ...args], { env: childEnvironment(env) });
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'it prints its address and the command of a gateway over it, without the secret, and exits with 0 on %s',
  async (signal) => {
    await using sandbox = run({ SANDBOX_PORT: '0', SANDBOX_SECRET: CANARY });
    const output = await vi.waitUntil(sandbox.output, { timeout: 40_000, interval: 20 });
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\/v2/.exec(output) ?? [];
    expect(output).toBe(
      `Sandbox of the REST API at ${url}. To start a gateway over it:\n` +
        `HMS_API_URL=${url} HMS_AUTH_URL=${url} HMS_ACCESS_KEY=sandbox HMS_SECRET="$SANDBOX_SECRET" GATEWAY_AUTH=off npx hms-gateway start\n`,
    );
    expect((await fetch(`${url}/rooms`)).status).toBe(401);
    sandbox.kill(signal);
    expect(await sandbox.ended).toEqual({ code: 0, output, errors: '' });
  },
);

test.each([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '[::1]'],
])('on all addresses (%s), the command of a gateway has the loopback address', async (HOST, loopback) => {
  await using sandbox = run({ HOST, SANDBOX_PORT: '0' });
  const output = await vi.waitUntil(sandbox.output, { timeout: 40_000, interval: 20 });
  const [, url = ''] = /^HMS_API_URL=(\S+) HMS_AUTH_URL=\1 /m.exec(output) ?? [];
  expect(url).toMatch(/^http:.*\/v2$/);
  expect(new URL(url).hostname).toBe(loopback);
  expect((await fetch(`${url}/rooms`)).status).toBe(401);
  sandbox.kill('SIGTERM');
  expect((await sandbox.ended).code).toBe(0);
});

test('--help lists the environment variables and starts no sandbox', async () => {
  await using sandbox = run({}, '--help');
  const { code, output } = await sandbox.ended;
  expect(code).toBe(0);
  for (const name of ['HOST', 'SANDBOX_PORT', 'SANDBOX_SEED', 'SANDBOX_ACCESS_KEY', 'SANDBOX_SECRET']) {
    expect(output).toContain(name);
  }
});

test('invalid values are reported all at once, with exit code 1', async () => {
  await using sandbox = run({ SANDBOX_PORT: '65536', SANDBOX_SEED: 'tree' });
  const { code, output, errors } = await sandbox.ended;
  expect([code, output]).toEqual([1, '']);
  expect(errors).toBe(
    'SANDBOX_PORT must be a whole number from 0 to 65535, not "65536"\n' +
      'SANDBOX_SEED must be a whole number from 0 to 9007199254740991, not "tree"\n',
  );
});

test('a port in use is reported, with exit code 1', async () => {
  await using server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port (not on a pipe) has an address of this type.
  const { port } = server.address() as AddressInfo;
  await using sandbox = run({ SANDBOX_PORT: String(port) });
  const { code, errors } = await sandbox.ended;
  expect(code).toBe(1);
  expect(errors).toMatch(/^Another program already listens on this port \(SANDBOX_PORT\): .*EADDRINUSE.*\n$/);
});
