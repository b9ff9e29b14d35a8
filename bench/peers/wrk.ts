// The load generator wrk, with the requests of a workload.
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { requestOf } from './dialects/dialect.ts';
import { start, succeeds } from './processes.ts';
import type { Target } from './targets.ts';
import type { Workload } from './workloads.ts';

/** The number of the run determines the order of requests, and the instants in them. */
let runs = 0;

/** Why wrk cannot run here; null if it can. */
export function missingWrk(): string | null {
  // wrk prints its version with `-v`, and exits with 1.
  return succeeds('sh', '-c', 'command -v wrk')
    ? null
    : 'wrk, the load generator, is not installed: apt-get install wrk, or brew install wrk';
}

/**
 * Sends the requests of a workload for `seconds`, or until `isEnough` returns true. `isEnough` is called with the number of
 * requests sent so far. Each connection always has one request in flight, so the difference of two such numbers is the number of
 * answers between them. Rejects if an answer was not a success or a connection failed.
 */
export async function runWrk(
  target: Target,
  workload: Workload,
  seconds: number,
  isEnough: (sent: number) => boolean = () => false,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hms-gateway-wrk-'));
  try {
    const file = join(folder, 'requests');
    await writeFile(file, linesOf(target, workload));
    runs += 1;
    const headers = Object.entries(target.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
    const size = ['-t', '1', '-c', String(workload.connections), '-d', `${seconds}s`, '--timeout', '20s'];
    const script = ['-s', new URL('load.lua', import.meta.url).pathname, target.url];
    const child = start('others', 'wrk', [...size, ...headers, ...script, '--', file, String(runs)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (child.stdout === null) throw new Error('wrk has no output stream');
    const exited = once(child, 'exit');
    let errors: string | null = null;
    for await (const line of createInterface({ input: child.stdout })) {
      if (/^\d+$/.test(line)) {
        // wrk then ends as if its time were over.
        if (isEnough(Number(line))) child.kill('SIGINT');
      } else if (line.startsWith('{')) errors = line;
    }
    await exited;
    refuseErrors(errors);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function linesOf({ dialect }: Target, { asks }: Workload): string {
  const lines = asks.map((ask) => {
    const { path, body = '' } = requestOf(dialect, ask);
    return `${body === '' ? 'GET' : 'POST'}\t${path}\t${body}\n`;
  });
  return lines.join('');
}

function refuseErrors(line: string | null): void {
  if (line === null) throw new Error('wrk ended without a result');
  // The format of load.lua.
  const { status, socket } = JSON.parse(line) as { readonly status: number; readonly socket: number };
  if (status + socket > 0) {
    throw new Error(`wrk got ${status} answers that were no success, and ${socket} connections failed`);
  }
}
