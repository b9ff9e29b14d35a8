// The command with a stdout that cannot be written: with a full disk or a closed pipe it loses lines of its log and
// goes on serving.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startGatewayProcess } from '../support/gateway-process.ts';

interface Gateway extends AsyncDisposable {
  /** Sends queries, 20 at a time; each writes a line to the log at the level `trace`. */
  query(times: number): Promise<void>;
  lostLines(): Promise<number>;
  /** Sends SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
}

/** Queries in flight at once. */
const TOGETHER = 20;
/** The log has it; the longest that the gateway takes, so that few lines fill the disk. */
const REQUEST_ID = 'x'.repeat(128);

async function query(url: string): Promise<void> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': REQUEST_ID },
    body: '{"query":"{ __typename }"}',
  });
  expect(await answer.json()).toMatchObject({ data: { __typename: 'Query' } });
}

/** Runs the gateway with this stdout and waits until it answers. */
async function start(stdout: number | 'closed pipe'): Promise<Gateway> {
  const gateway = await startGatewayProcess({ stdout, variables: { LOG_LEVEL: 'trace' } });
  return {
    async query(times) {
      for (let sent = 0; sent < times; sent += TOGETHER) {
        await Promise.all(Array.from({ length: Math.min(times - sent, TOGETHER) }, () => query(gateway.url)));
      }
    },
    async lostLines() {
      const text = await (await fetch(`${gateway.url}/metrics`)).text();
      return Number(/^hms_log_lost_lines_total (\d+)$/m.exec(text)?.[1]);
    },
    async stop() {
      gateway.kill('SIGTERM');
      return gateway.ended;
    },
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

/** A mounted file system of 64 kB; undefined if this user may not mount one. */
function smallDisk(): (Disposable & { readonly path: string }) | undefined {
  const path = mkdtempSync(join(tmpdir(), 'hms-gateway-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path]);
  if (status !== 0) {
    rmSync(path, { recursive: true });
    return undefined;
  }
  return {
    path,
    [Symbol.dispose]() {
      spawnSync('umount', [path]);
      rmSync(path, { recursive: true });
    },
  };
}

// The line of a request has about 360 bytes, and the log keeps 256 kB of unwritten lines before it drops one.
const ENOUGH = 1100;

describe.concurrent('a log that cannot be written', { timeout: 120_000 }, () => {
  it('drops lines and counts them; queries and SIGTERM are served (/dev/full)', async () => {
    const full = openSync('/dev/full', 'w');
    await using gateway = await start(full);
    closeSync(full);
    await gateway.query(ENOUGH);
    expect(await gateway.lostLines()).toBeGreaterThan(0);
    expect(await gateway.stop()).toBe(0);
  });

  it('does not stop the gateway when the pipe is closed', async () => {
    await using gateway = await start('closed pipe');
    await gateway.query(ENOUGH);
    expect(await gateway.lostLines()).toBeGreaterThan(0);
    expect(await gateway.stop()).toBe(0);
  });

  it('is written again once the disk has room', async (context) => {
    using disk = smallDisk();
    if (disk === undefined) {
      context.skip('this user may not mount a file system');
      return;
    }
    const [log, ballast] = [join(disk.path, 'log'), join(disk.path, 'ballast')];
    writeFileSync(ballast, Buffer.alloc(32 * 1024));
    const file = openSync(log, 'a');
    await using gateway = await start(file);
    closeSync(file);
    await gateway.query(ENOUGH);
    const before = readFileSync(log, 'utf8').length;
    const lost = await gateway.lostLines();
    expect(lost).toBeGreaterThan(0);
    rmSync(ballast);
    await gateway.query(1);
    await vi.waitUntil(() => readFileSync(log, 'utf8').length > before, { timeout: 10_000 });
    expect(await gateway.stop()).toBe(0);
    const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1);
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('level');
  });
});
