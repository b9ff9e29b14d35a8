// Starts the gateway in production mode, as `npm start` does: the time until it is ready, and its memory when idle. The first
// start has an empty compile cache, the others use the cache that the first has written. A node:http server that does nothing
// shows what Node itself takes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { once } from 'node:events';
import { freePort } from '../test/support/loopback.ts';
import {
  answered,
  cpuMicroseconds,
  end,
  missingProc,
  residentMb,
  start as startProcess,
} from './peers/processes.ts';
import { prepareGateway } from './peers/gateway.ts';
import { startUpstream } from './peers/upstream-process.ts';
import { printTable } from './stage.ts';

/** The line of this benchmark in the command's help. */
export const about =
  'time until the gateway is ready, and its idle memory, first start and later ones; needs Linux';

/** What this benchmark needs and lacks here; null if it can run. */
export const missing = missingProc;

/** Starts after the first. The fastest and smallest of them are compared with the bounds, because noise only adds. */
const LATER_STARTS = 5;
const IDLE_MS = 10_000;
const MAX_READY_MS = 1000;
const MAX_IDLE_MB = 130;

const BARE = `require('node:http')
  .createServer((request, response) => response.end('{}'))
  .listen(Number(process.env.PORT), '127.0.0.1')`;

/** One start. */
interface Started {
  /** From the start of the process until `/ready` answers 200, which takes one REST call. */
  readonly readyMs: number;
  /** CPU time of the process at that moment. */
  readonly cpuMs: number;
  /** Resident memory 10 s later. */
  readonly idleMb: number;
}

/** Prints a table of starts. Rejects if the best of the later ones is over a bound. */
export async function run(): Promise<void> {
  await using resources = new AsyncDisposableStack();
  const upstream = resources.use(await startUpstream());
  const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-bench-'));
  resources.defer(() => rmSync(folder, { recursive: true }));
  const first = await startGateway(upstream.url, folder);
  const later: Started[] = [];
  while (later.length < LATER_STARTS) later.push(await startGateway(upstream.url, folder));
  const bare = await startOnce(['-e', BARE], {}, await freePort());
  printTable([
    ['start', 'ready ms', 'CPU ms', 'idle MB'],
    rowOf('first', first),
    ...later.map((started, index) => rowOf(String(index + 2), started)),
    rowOf('node:http alone', bare),
  ]);
  const best = (key: keyof Started) => Math.min(...later.map((started) => started[key]));
  if (!(best('readyMs') <= MAX_READY_MS))
    throw new Error(`No later start was ready within ${MAX_READY_MS} ms.`);
  if (!(best('idleMb') <= MAX_IDLE_MB)) throw new Error(`No later start had at most ${MAX_IDLE_MB} MB.`);
}

async function startGateway(apiUrl: string, folder: string): Promise<Started> {
  const port = await freePort();
  const { args, env } = prepareGateway()(apiUrl, port, mkdtempSync(join(folder, 'start-')));
  return startOnce(args, { ...env, NODE_COMPILE_CACHE: join(folder, 'cache') }, port);
}

/** Starts Node with arguments, for a server that listens on the port in its environment. */
async function startOnce(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  port: number,
): Promise<Started> {
  const startedAt = performance.now();
  const child = startProcess('target', process.execPath, args, {
    env: { ...env, PORT: String(port), PATH: process.env['PATH'] },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await answered(`http://127.0.0.1:${port}/ready`, child, { status: 200, everyMs: 5 });
    const readyMs = performance.now() - startedAt;
    const pid = child.pid ?? Number.NaN;
    const cpuMs = cpuMicroseconds(pid) / 1000;
    await wait(IDLE_MS);
    const idleMb = residentMb(pid);
    // The compile cache is written when the process ends by itself.
    child.kill('SIGTERM');
    await once(child, 'exit');
    return { readyMs, cpuMs, idleMb };
  } finally {
    await end(child);
  }
}

function rowOf(name: string, { readyMs, cpuMs, idleMb }: Started): string[] {
  return [name, readyMs.toFixed(0), cpuMs.toFixed(0), idleMb.toFixed(0)];
}
