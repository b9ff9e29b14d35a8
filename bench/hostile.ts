// What good callers notice of a gateway under attack. The gateway is a process of its own with API keys, over a sandbox
// that is another; good callers ask at a steady rate from here, and the attackers are one more.
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

export const about = 'latency of good callers and memory of the gateway during 60 s of hostile requests';

const WARM_UP_MS = 10_000;
const QUIET_MS = 20_000;
const HOSTILE_MS = 60_000;
/** Good callers, and how many requests a second they send together: two REST calls each, of the 50 a second there are. */
const GOOD_CALLERS = 5;
const GOOD_RATE = 10;
/** A good caller who waits longer is an error. */
const PATIENCE_MS = 10_000;
/** p99 under attack may be so many times that of quiet. */
const SLOWER = 2;
/** So much more memory the gateway may have at its most in the second half of the attack than in the first. */
const GROWTH = 1.15;

const GOOD_QUERY =
  '{ rooms(first: 10) { edges { node { name activeSession { startedAt } template { name } } } } }';

/** What the attackers are told when they are started. */
export interface Target {
  readonly url: string;
  /** A key that is accepted: attackers have accounts as well. */
  readonly key: string;
}

interface Victim extends AsyncDisposable {
  readonly url: string;
  readonly keys: { readonly good: readonly string[]; readonly hostile: string };
  /** Memory of the process, bytes. */
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
  const sandbox = start('../src/sandbox/main.ts', { SANDBOX_PORT: '0' });
  resources.defer(() => end(sandbox));
  const child = start('../src/main.ts', {
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

function start(file: string, env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [new URL(file, import.meta.url).pathname], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** The first URL that a process prints when it has started. Rejects when the process ends before. */
async function urlIn(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The output of the process is not read.');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/[\w.:]+\/\w+/.exec(line)?.[0];
    if (url === undefined) continue;
    child.stdout.resume();
    return url;
  }
  throw new Error('A process did not start.');
}

/** Good callers ask at their rate for so long; how long each answer took in milliseconds, ascending. */
async function latencies({ url, keys }: Victim, forMs: number): Promise<number[]> {
  const taken: Promise<PromiseSettledResult<number>>[] = [];
  const endsAt = performance.now() + forMs;
  while (performance.now() < endsAt) {
    taken.push(settled(ask(url, keys.good[taken.length % keys.good.length] ?? '')));
    await wait(1000 / GOOD_RATE);
  }
  const results = await Promise.all(taken);
  return results
    .map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    })
    .toSorted((a, b) => a - b);
}

/** So that a failure is told at the end, and not while nobody waits for it yet. */
async function settled<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.allSettled([work]);
  return result;
}

async function ask(url: string, key: string): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(PATIENCE_MS),
    body: JSON.stringify({ query: GOOD_QUERY }),
  });
  const answer = await response.text();
  if (!answer.startsWith('{"data"')) throw new Error(`A good caller was answered ${answer.slice(0, 300)}`);
  return performance.now() - startedAt;
}

/** What memory the gateway was seen to have until `until` settles, bytes, in order of time. */
async function memoryDuring(victim: Victim, until: Promise<unknown>): Promise<number[]> {
  const over = until.then(
    () => true,
    () => true,
  );
  const seen: number[] = [];
  do seen.push(await victim.memory());
  while (!(await Promise.race([over, wait(250, false)])));
  return seen;
}

/** Attacks for as long as `work` takes. Answers what the attackers had for answers, by kind. */
async function underAttack(
  { url, keys }: Victim,
  work: () => Promise<void>,
): Promise<Readonly<Record<string, number>>> {
  const target: Target = { url, key: keys.hostile };
  const child = fork(new URL('./attackers.ts', import.meta.url), [JSON.stringify(target)]);
  try {
    await once(child, 'message');
    await work();
    const told = once(child, 'message');
    child.send('stop');
    // The attackers send nothing else.
    const [counts] = (await told) as [Record<string, number>];
    return counts;
  } finally {
    await end(child);
  }
}

/** Measures quiet, then attack. Rejects when good callers wait longer, or memory grows further, than promised. */
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
  const slower = quantile(hostile, 0.99) / quantile(quiet, 0.99);
  const half = Math.ceil(memory.length / 2);
  const grown = Math.max(...memory.slice(half)) / Math.max(...memory.slice(0, half));
  console.log(
    `  good callers waited ${slower.toFixed(1)} times as long; memory of the second half over the first: ${grown.toFixed(2)}`,
  );
  if (!(slower <= SLOWER)) throw new Error('p99 of good callers is beyond its bound.');
  if (!(grown <= GROWTH)) throw new Error('Memory goes on growing.');
}

function rowOf(name: string, sorted: readonly number[], memory: number): string[] {
  const [p50, p99] = [0.5, 0.99].map((share) => quantile(sorted, share).toFixed(1));
  return [name, String(sorted.length), p50 ?? '', p99 ?? '', (memory / 1024 / 1024).toFixed(0)];
}
