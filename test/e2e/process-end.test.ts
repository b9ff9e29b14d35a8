// How the process ends: upon signals, and upon errors that nothing caught.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'undici';
import { describe, expect, it, vi } from 'vitest';
import { systemClock, type Clock } from '../../src/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { CANARY, canaryCredentials } from '../support/canary.ts';
import { startProcess } from '../support/child-process.ts';
import { logLines, startGatewayProcess } from '../support/gateway-process.ts';
import { addRooms } from '../support/worlds.ts';

/** Fails upon SIGUSR2, in a way that nothing catches. */
const failing = (how: string) => `process.on('SIGUSR2', () => { ${how} });`;

/** What ending-process.ts, told to do so, writes to this stdout, and its exit code. */
async function endingProcess(how: string, stdout: number | 'pipe' = 'pipe') {
  const script = fileURLToPath(new URL('ending-process.ts', import.meta.url));
  await using started = startProcess(process.execPath, [script, how], {
    stdio: ['ignore', stdout, 'inherit', 'ipc'],
  });
  await once(started.child, 'message');
  const startedAt = performance.now();
  started.kill('SIGUSR2');
  const { code, output } = await started.ended;
  return { code, output, ms: performance.now() - startedAt };
}

/** A sandbox that answers only once it is released, and a room in it. */
async function slowSandbox() {
  const held: (() => void)[] = [];
  const clock: Clock = {
    ...systemClock,
    schedule(callback) {
      held.push(callback);
      return () => undefined;
    },
  };
  const sandbox = await startSandbox({ ...canaryCredentials, data: 'empty', clock });
  const [room] = addRooms(sandbox.world, 1);
  sandbox.faults.set('getRoom', { kind: 'latency', ms: 1 });
  const release = () => {
    for (const answer of held) answer();
  };
  return { sandbox, release, roomId: room?.id, [Symbol.asyncDispose]: () => sandbox.close() };
}

const ask = (url: string, roomId: string | undefined) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ room(id: "${roomId}") { hmsId } }` }),
  });

/** The code of an error of a connection. */
function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : error;
}

// http-start.test.ts has SIGINT. It runs alone, as it looks at what lasts a second.
describe('a signal', { timeout: 60_000 }, () => {
  it('SIGTERM: requests in flight finish, probes see it for a second, and the code is 0', async () => {
    await using slow = await slowSandbox();
    await using gateway = await startGatewayProcess(slow);
    const arrived = slow.sandbox.ledger.arrival(({ operationId }) => operationId === 'getRoom');
    const answer = ask(gateway.url, slow.roomId);
    await arrived;
    const probe = async (client: Client) => {
      const { statusCode, body } = await client.request({ path: '/ready', method: 'GET' });
      return { statusCode, body: await body.json() };
    };
    const kept = new Client(gateway.url);
    expect(await probe(kept)).toMatchObject({ statusCode: 200 });
    gateway.kill('SIGTERM');
    await expect.poll(gateway.output, { interval: 1 }).toContain('SIGTERM: closing');
    expect(await probe(kept)).toEqual({ statusCode: 503, body: { status: 'draining' } });
    const probeAnew = () => probe(new Client(gateway.url)).then(({ statusCode }) => statusCode, codeOf);
    expect(await probeAnew()).toBe(503);
    await expect.poll(probeAnew, { interval: 50 }).toBe('ECONNREFUSED');
    slow.release();
    const { status, headers } = await answer;
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
    expect(await gateway.ended).toBe(0);
  });
});

// Processes mostly wait, for each other's start too.
describe.concurrent('two signals', { timeout: 60_000 }, () => {
  it.each([
    ['SIGINT', 'SIGTERM', 143],
    ['SIGTERM', 'SIGINT', 130],
  ] as const)('%s, and then %s: the process ends at once, with %i', async (first, second, code) => {
    await using slow = await slowSandbox();
    await using gateway = await startGatewayProcess(slow);
    const arrived = slow.sandbox.ledger.arrival(({ operationId }) => operationId === 'getRoom');
    const cut = ask(gateway.url, slow.roomId).then(() => 'answered', String);
    await arrived;
    gateway.kill(first);
    await vi.waitUntil(() => gateway.output().includes(`${first}: closing`), { interval: 5 });
    const startedAt = performance.now();
    gateway.kill(second);
    expect(await gateway.ended).toBe(code);
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(await cut).toContain('fetch failed');
  });
});

describe.concurrent('the same signal again', { timeout: 60_000 }, () => {
  it('ends the process at once', async () => {
    await using slow = await slowSandbox();
    await using gateway = await startGatewayProcess(slow);
    const arrived = slow.sandbox.ledger.arrival(({ operationId }) => operationId === 'getRoom');
    const cut = ask(gateway.url, slow.roomId).then(() => 'answered', String);
    await arrived;
    gateway.kill('SIGTERM');
    await vi.waitUntil(() => gateway.output().includes('SIGTERM: closing'), { interval: 5 });
    gateway.kill('SIGTERM');
    expect(await gateway.ended).toBe(143);
    expect(await cut).toContain('fetch failed');
  });

  it('under npm is no second signal at once, but half a second later', async () => {
    await using slow = await slowSandbox();
    const variables = { npm_lifecycle_event: 'start' };
    await using gateway = await startGatewayProcess({ ...slow, variables });
    const arrived = slow.sandbox.ledger.arrival(({ operationId }) => operationId === 'getRoom');
    const cut = ask(gateway.url, slow.roomId).then(() => 'answered', String);
    await arrived;
    const startedAt = performance.now();
    gateway.kill('SIGINT');
    await vi.waitUntil(() => gateway.output().includes('SIGINT: closing'), { interval: 5 });
    let code: number | null | undefined;
    void gateway.ended.then((ended) => (code = ended));
    await vi.waitUntil(
      () => {
        if (code === undefined) gateway.kill('SIGINT');
        return code !== undefined;
      },
      { timeout: 5000, interval: 20 },
    );
    expect(code).toBe(130);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(500);
    expect(await cut).toContain('fetch failed');
  });
});

/** The line of an error that nothing caught. */
const LAST_LINE = { level: 60, msg: 'an error that nothing caught ends the process' };

describe.concurrent('an error that nothing caught', { timeout: 60_000 }, () => {
  it('ends the gateway with 1 and one line', async () => {
    await using gateway = await startGatewayProcess({
      preload: failing(`throw new TypeError('no ${CANARY}')`),
      variables: { LOG_LEVEL: 'fatal' },
    });
    gateway.kill('SIGUSR2');
    expect(await gateway.ended).toBe(1);
    expect(gateway.output().trim().split('\n')).toHaveLength(1);
    expect(logLines(gateway.output())).toMatchObject([
      { ...LAST_LINE, error: { type: 'TypeError', message: 'no [secret]' } },
    ]);
  });

  it.each([
    [
      'an error with a cause',
      `throw new Error('outer', { cause: new Error('no ${CANARY}') })`,
      'Error',
      'outer: no [secret]',
    ],
    ['a rejection', `void Promise.reject(new RangeError('late'))`, 'RangeError', 'late'],
    ['a text', `throw 'no ${CANARY}'`, 'string', 'no [secret]'],
    ['nothing', 'throw undefined', 'undefined', 'undefined'],
    [
      'a value that cannot be read',
      `throw Object.defineProperty(new Error(), 'stack', { get() { throw this; } })`,
      'object',
      'the thrown value cannot be read',
    ],
    ['a huge error', `throw new Error('x'.repeat(1e6))`, 'Error', 'x'.repeat(8192)],
    ['many errors', `for (let n = 0; n < 9; n += 1) setImmediate(() => { throw n; })`, 'number', '0'],
  ])('ends the process with 1 and one line: %s', async (_what, how, type, message) => {
    const { code, output } = await endingProcess(how);
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(logLines(output)).toMatchObject([{ ...LAST_LINE, error: { type, message } }]);
  });

  it('ends the process with 1 where the log cannot be written', async () => {
    const full = openSync('/dev/full', 'w');
    const { code } = await endingProcess(`throw new Error('lost')`, full);
    closeSync(full);
    expect(code).toBe(1);
  });
});

describe.concurrent('a log that nobody reads', { timeout: 60_000 }, () => {
  /** A pipe that nobody reads, and has room for 64 kB. */
  function fullPipe() {
    const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-pipe-'));
    const path = join(folder, 'pipe');
    spawnSync('mkfifo', [path]);
    const fd = openSync(path, 'r+');
    return {
      fd,
      [Symbol.dispose]() {
        closeSync(fd);
        rmSync(folder, { recursive: true });
      },
    };
  }

  it('does not keep the gateway from ending upon SIGTERM', async () => {
    using pipe = fullPipe();
    await using gateway = await startGatewayProcess({ variables: { LOG_LEVEL: 'trace' }, stdout: pipe.fd });
    for (let sent = 0; sent < 600; sent += 1) await (await fetch(`${gateway.url}/health`)).text();
    const startedAt = performance.now();
    gateway.kill('SIGTERM');
    expect(await gateway.ended).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(6000);
  });

  it('does not keep a process from ending upon an error', async () => {
    using pipe = fullPipe();
    const how = `for (let n = 0; n < 200; n += 1) log.info('x'.repeat(1000)); setTimeout(() => { throw 1; }, 100)`;
    const { code, ms } = await endingProcess(how, pipe.fd);
    expect(code).toBe(1);
    // It waits for a reader, and not for ever.
    expect(ms).toBeGreaterThan(1000);
    expect(ms).toBeLessThan(6000);
  });

  it('is written to its last line where it is a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-log-'));
    const path = join(folder, 'log');
    const file = openSync(path, 'a');
    const how = `for (let n = 0; n < 500; n += 1) log.info({ n }, 'x'); throw new Error('last')`;
    const { code } = await endingProcess(how, file);
    closeSync(file);
    expect(code).toBe(1);
    const lines = logLines(readFileSync(path, 'utf8'));
    expect(lines).toHaveLength(501);
    expect(lines.at(-1)).toMatchObject({ ...LAST_LINE, error: { message: 'last' } });
    rmSync(folder, { recursive: true });
  });
});
