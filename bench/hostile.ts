// Measures the latency of well-behaved callers and the memory of the gateway during an attack. Gateway, sandbox and
// attackers are separate processes; this process sends the well-behaved requests at a steady rate. Callers use API keys.
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { createApiKey } from '../src/auth/api-keys.ts';
import { quantile } from './delays.ts';
import { printTable } from './stage.ts';

/** The line of this benchmark in the command's help. */
export const about = 'latency of good callers and memory of the gateway during 60 s of hostile requests';

const WARM_UP_MS = 10_000;
const QUIET_MS = 20_000;
const HOSTILE_MS = 60_000;
/** The number of well-behaved callers. */
const GOOD_CALLERS = 5;
/** The requests of all well-behaved callers together in a second. Each costs two REST calls of the 50 a second. */
const GOOD_REQUESTS_PER_SECOND = 10;
/** Time limit for one well-behaved request. */
const TIMEOUT_MS = 10_000;
/** Highest permitted ratio of p99 under attack to p99 without attack. */
const MAX_SLOWDOWN = 2;
/** Highest permitted ratio of the memory's peak in the second half of the attack to the peak in the first half. */
const MAX_GROWTH = 1.15;

const GOOD_QUERY =
  '{ rooms(first: 10) { edges { node { name activeSession { startedAt } template { name } } } } }';

/** The argument of the attackers' process. */
export interface Target {
  /** The URL of the gateway's `/graphql`. */
  readonly url: string;
  /** A valid API key, because attackers can have accounts. */
  readonly key: string;
}

/** The attacked gateway. Disposing ends it and its sandbox. */
interface Victim extends AsyncDisposable {
  readonly url: string;
  readonly keys: { readonly good: readonly string[]; readonly hostile: string };
  /** Resident memory of the gateway's process, in bytes; needs Linux (`/proc`). */
  memory(): Promise<number>;
}

async function startVictim(): Promise<Victim> {
  await using resources = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hms-gateway-bench-'));
  resources.defer(() => rm(folder, { recursive: true }));
  const keyOf = (name: string) => createApiKey({ name, scopes: ['*'], rooms: [], expires: null });
  const good = Array.from({ length: GOOD_CALLERS }, (_, index) => keyOf(`good-${index}`));
  const hostile = keyOf('hostile');
  const file = join(folder, 'keys');
  await writeFile(file, [...good, hostile].map(({ line }) => line).join('\n'));
  const sandbox = start('sandbox', { SANDBOX_PORT: '0' });
  resources.defer(() => end(sandbox));
  const child = start('start', {
    PORT: '0',
    HMS_ACCESS_KEY: 'sandbox',
    HMS_SECRET: 'sandbox-secret',
    HMS_API_URL: await urlIn(sandbox),
    GATEWAY_AUTH: 'api-key',
    GATEWAY_API_KEYS: file,
  });
  resources.defer(() => end(child));
  const url = await urlIn(child);
  const all = resources.move();
  return {
    url,
    keys: { good: good.map(({ key }) => key), hostile: hostile.key },
    async memory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * 1024;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function start(command: 'start' | 'sandbox', env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [new URL('../src/main.ts', import.meta.url).pathname, command], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** The first URL with a path that a process prints. Rejects if the process ends before. */
async function urlIn(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The process has no output stream.');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/[\w.:]+\/\w+/.exec(line)?.[0];
    if (url === undefined) continue;
    child.stdout.resume();
    return url;
  }
  throw new Error('The process ended before it printed a URL.');
}

/**
 * Sends well-behaved requests for `forMs` and returns the latency of each in milliseconds, ascending. Rejects if one
 * fails.
 */
async function latencies({ url, keys }: Victim, forMs: number): Promise<number[]> {
  const taken: Promise<PromiseSettledResult<number>>[] = [];
  const endsAt = performance.now() + forMs;
  while (performance.now() < endsAt) {
    taken.push(settled(ask(url, keys.good[taken.length % keys.good.length] ?? '')));
    await wait(1000 / GOOD_REQUESTS_PER_SECOND);
  }
  const results = await Promise.all(taken);
  return results
    .map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    })
    .toSorted((a, b) => a - b);
}

/** Captures a rejection until all requests are sent; otherwise Node would report it as unhandled. */
async function settled<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.allSettled([work]);
  return result;
}

async function ask(url: string, key: string): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    body: JSON.stringify({ query: GOOD_QUERY }),
  });
  const answer = await response.text();
  if (!answer.startsWith('{"data"')) throw new Error(`A good caller got ${answer.slice(0, 300)}`);
  return performance.now() - startedAt;
}

/** Samples the gateway's memory every 250 ms until `until` settles; bytes, in order of time. */
async function memoryDuring(victim: Victim, until: Promise<unknown>): Promise<number[]> {
  const settlement = until.then(
    () => true,
    () => true,
  );
  const samples: number[] = [];
  do samples.push(await victim.memory());
  while (!(await Promise.race([settlement, wait(250, false)])));
  return samples;
}

/** Runs `work` during an attack and returns the number of answers that the attackers got, by kind. */
async function underAttack(
  { url, keys }: Victim,
  work: () => Promise<void>,
): Promise<Readonly<Record<string, number>>> {
  const target: Target = { url, key: keys.hostile };
  const child = fork(new URL('./attackers.ts', import.meta.url), [JSON.stringify(target)]);
  try {
    await once(child, 'message');
    await work();
    const reply = once(child, 'message');
    child.send('stop');
    // The attackers' only message after `ready`.
    const [counts] = (await reply) as [Record<string, number>];
    return counts;
  } finally {
    await end(child);
  }
}

/** Measures without and under attack and prints a table. Rejects if the latency or the memory is over its bound. */
export async function run(): Promise<void> {
  await using victim = await startVictim();
  await latencies(victim, WARM_UP_MS);
  const quiet = await latencies(victim, QUIET_MS);
  const memoryBefore = await victim.memory();
  let hostile: number[] = [];
  let memory: number[] = [];
  const answers = await underAttack(victim, async () => {
    const measured = latencies(victim, HOSTILE_MS);
    memory = await memoryDuring(victim, measured);
    hostile = await measured;
  });
  printTable([
    ['good callers', 'requests', 'p50 ms', 'p99 ms', 'memory MB'],
    rowOf('quiet', quiet, memoryBefore),
    rowOf('under attack', hostile, Math.max(...memory)),
  ]);
  console.log(`  the attackers were answered: ${JSON.stringify(answers)}`);
  const slowdown = quantile(hostile, 0.99) / quantile(quiet, 0.99);
  const half = Math.ceil(memory.length / 2);
  const growth = Math.max(...memory.slice(half)) / Math.max(...memory.slice(0, half));
  console.log(
    `  good callers waited ${slowdown.toFixed(1)} times as long; memory of the second half over the first: ${growth.toFixed(2)}`,
  );
  if (!(slowdown <= MAX_SLOWDOWN)) throw new Error('The p99 of good callers is over its bound.');
  if (!(growth <= MAX_GROWTH)) throw new Error('The memory of the gateway keeps growing.');
}

function rowOf(name: string, sorted: readonly number[], memory: number): string[] {
  const [p50, p99] = [0.5, 0.99].map((share) => quantile(sorted, share).toFixed(1));
  return [name, String(sorted.length), p50 ?? '', p99 ?? '', (memory / 1024 / 1024).toFixed(0)];
}
