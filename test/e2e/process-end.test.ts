// How the process ends: upon signals, and upon errors that nothing caught.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'undici';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { CANARY, canaryCredentials } from '../support/canary.ts';
import { logLines, startGatewayProcess } from '../support/gateway-process.ts';
import { addRooms } from '../support/worlds.ts';

/** Fails upon SIGUSR2, in a way that nothing catches. */
const failing = (how: string) => `process.on('SIGUSR2', () => { ${how} });`;

/** A sandbox whose REST calls take so long, and a room in it. */
async function slowSandbox(ms: number) {
  const sandbox = await startSandbox({ ...canaryCredentials, data: 'empty' });
  const [room] = addRooms(sandbox.world, 1);
  sandbox.faults.set('getRoom', { kind: 'latency', ms });
  return { sandbox, roomId: room?.id, [Symbol.asyncDispose]: () => sandbox.close() };
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

describe('a signal', { timeout: 60_000 }, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s: requests in flight finish, probes see it for a second, and the code is 0',
    async (signal) => {
      await using slow = await slowSandbox(2500);
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
      gateway.kill(signal);
      await expect.poll(gateway.output, { interval: 1 }).toContain(`${signal}: closing`);
      expect(await probe(kept)).toEqual({ statusCode: 503, body: { status: 'draining' } });
      const probeAnew = () => probe(new Client(gateway.url)).then(({ statusCode }) => statusCode, codeOf);
      expect(await probeAnew()).toBe(503);
      await expect.poll(probeAnew, { interval: 50 }).toBe('ECONNREFUSED');
      const { status, headers } = await answer;
      expect([status, headers.get('connection')]).toEqual([200, 'close']);
      expect(await gateway.ended).toBe(0);
    },
  );

  it.each([
    ['SIGTERM', 'SIGTERM', 143],
    ['SIGTERM', 'SIGINT', 130],
  ] as const)('%s, and then %s: the process ends at once, with %i', async (first, second, code) => {
    await using slow = await slowSandbox(30_000);
    await using gateway = await startGatewayProcess(slow);
    const arrived = slow.sandbox.ledger.arrival(({ operationId }) => operationId === 'getRoom');
    const cut = expect(ask(gateway.url, slow.roomId)).rejects.toThrow('fetch failed');
    await arrived;
    gateway.kill(first);
    await expect.poll(gateway.output, { interval: 5 }).toContain(`${first}: closing`);
    const startedAt = performance.now();
    gateway.kill(second);
    expect(await gateway.ended).toBe(code);
    expect(performance.now() - startedAt).toBeLessThan(3000);
    await cut;
  });
});

describe('an error that nothing caught', { timeout: 60_000 }, () => {
  it.each([
    ['an error', `throw new TypeError('no ${CANARY}')`, 'TypeError', 'no [secret]'],
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
    await using gateway = await startGatewayProcess({
      preload: failing(how),
      variables: { LOG_LEVEL: 'fatal' },
    });
    gateway.kill('SIGUSR2');
    expect(await gateway.ended).toBe(1);
    expect(gateway.output().trim().split('\n')).toHaveLength(1);
    expect(logLines(gateway.output())).toMatchObject([
      { level: 60, error: { type, message }, msg: 'an error that nothing caught ends the process' },
    ]);
  });

  it('ends the process with 1 where the log cannot be written', async () => {
    const full = openSync('/dev/full', 'w');
    await using gateway = await startGatewayProcess({
      preload: failing(`throw new Error('lost')`),
      stdout: full,
    });
    closeSync(full);
    gateway.kill('SIGUSR2');
    expect(await gateway.ended).toBe(1);
  });
});

describe('a log that nobody reads', { timeout: 60_000 }, () => {
  it.each([
    ['SIGTERM', 0],
    ['SIGUSR2', 1],
  ] as const)('does not keep the process from ending: %s', async (signal, code) => {
    const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-pipe-'));
    const path = join(folder, 'pipe');
    spawnSync('mkfifo', [path]);
    const pipe = openSync(path, 'r+');
    await using gateway = await startGatewayProcess({
      preload: failing(`throw new Error('last')`),
      variables: { LOG_LEVEL: 'trace' },
      stdout: pipe,
    });
    // A pipe has room for 64 kB.
    for (let sent = 0; sent < 600; sent += 1) await (await fetch(`${gateway.url}/health`)).text();
    const startedAt = performance.now();
    gateway.kill(signal);
    expect(await gateway.ended).toBe(code);
    expect(performance.now() - startedAt).toBeLessThan(6000);
    closeSync(pipe);
    rmSync(folder, { recursive: true });
  });

  it('is written to its last line where it is a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-log-'));
    const path = join(folder, 'log');
    const file = openSync(path, 'a');
    await using gateway = await startGatewayProcess({
      preload: failing(
        `for (let n = 0; n < 500; n += 1) console.log('{"n":' + n + '}'); throw new Error('last')`,
      ),
      stdout: file,
    });
    closeSync(file);
    gateway.kill('SIGUSR2');
    expect(await gateway.ended).toBe(1);
    expect(logLines(readFileSync(path, 'utf8')).at(-1)).toMatchObject({
      level: 60,
      error: { message: 'last' },
    });
    rmSync(folder, { recursive: true });
  });
});
