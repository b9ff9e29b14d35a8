// The processes of the benchmark: starts them on their cores, ends them, and reads their CPU time and memory.
import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

/** The cores of the target, or those of everything else. */
export type Cores = 'target' | 'others';

/** How long a process may take until it answers. */
const START_MS = 60_000;
/** `/proc` counts CPU time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** The number of cores, read before this process is restricted to some of them. */
const CORES = availableParallelism();

/** Whether processes can be kept to cores here. If not, the target and the load share all cores. */
export const canPin = CORES > 1 && succeeds('taskset', '-V');

/** What is missing to measure processes; null if they can be measured. */
export function missingProc(): string | null {
  return existsSync('/proc/self/stat')
    ? null
    : 'CPU times of processes are read from /proc, so this needs Linux';
}

/** Whether the command is there and ends without a fault. */
export function succeeds(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function listOf(cores: Cores): string {
  return cores === 'target' ? '0' : `1-${CORES - 1}`;
}

/** Restricts this process to the cores that the target does not use. */
export function pinSelf(): void {
  if (canPin)
    spawnSync('taskset', ['-a', '-c', '-p', listOf('others'), String(process.pid)], { stdio: 'ignore' });
}

/** The processes that have not ended. */
const running = new Set<ChildProcess>();
let endsWithThis = false;

/** Makes sure that a process does not outlive this one, even if a signal ends it. */
function keep(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
  if (endsWithThis) return;
  endsWithThis = true;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  process.once('exit', () => {
    for (const each of running) each.kill('SIGKILL');
  });
}

/** Starts a command on these cores. The process of the result is that of the command itself. */
export function start(
  cores: Cores,
  command: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly stdio: StdioOptions },
): ChildProcess {
  const pinned = canPin ? ['taskset', '-c', listOf(cores), command, ...args] : [command, ...args];
  const [file = command, ...rest] = pinned;
  const child = spawn(file, rest, options);
  keep(child);
  return child;
}

/** Ends a process that may have ended already. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/**
 * Resolves when the URL is answered, with this status if one is given; asks every `everyMs`. Rejects if the process ends
 * before.
 */
export async function answered(
  url: string,
  child: ChildProcess,
  { status, everyMs = 50 }: { readonly status?: number; readonly everyMs?: number } = {},
): Promise<void> {
  const deadline = performance.now() + START_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the process ended with code ${child.exitCode}`);
    const got = await statusOf(url);
    if (got !== null && (status === undefined || got === status)) return;
    await wait(everyMs);
  }
  throw new Error(`${url} did not answer within ${START_MS / 1000} s`);
}

/** The status of the answer; null: nothing listens there. */
async function statusOf(url: string): Promise<number | null> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

/** Resident memory of a process, in MB of 2^20 bytes. Needs Linux (`/proc`). */
export function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** CPU time of a process and its threads since its start, in microseconds, exact to 10 ms. Needs Linux (`/proc`). */
export function cpuMicroseconds(pid: number): number {
  // The name of the command, in brackets, may contain blanks.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * (1e6 / TICKS_PER_SECOND);
}
