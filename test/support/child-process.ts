// The one place in which tests start processes, except those that they wait for synchronously. A test that times out does not dispose
// of what it has started, so each process that still runs at the end of its test file is ended then (no-leaks.ts).
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { watchLog } from './canary.ts';
import { childEnvironment } from './child-environment.ts';

const running = new Set<TestProcess>();

/** How a process is started. */
export interface ProcessOptions {
  /** Default: the folder of the project. */
  readonly cwd?: string | URL;
  /** Default: `childEnvironment()`. */
  readonly env?: NodeJS.ProcessEnv;
  /** Default: no input, and pipes that are read. */
  readonly stdio?: StdioOptions;
  /** Whether it has a process group of its own, as a command of a shell does. It is ended with its whole group. Default: no. */
  readonly ownGroup?: boolean;
  /** Whether its stdout may have secrets, as that of `key new`. Default: no; then a secret in it fails the test. */
  readonly printsSecrets?: boolean;
}

/** How a process ended. */
export interface Ended {
  /** The exit code; null: a signal ended it. */
  readonly code: number | null;
  /** What it wrote to stdout; empty if that was not a pipe. */
  readonly output: string;
  /** The same of stderr. */
  readonly errors: string;
}

/** A process that runs until it ends by itself or is disposed of. */
export interface TestProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  /** What it has written to stdout so far; empty if that is not a pipe. */
  readonly output: () => string;
  /** The same of stderr. */
  readonly errors: () => string;
  /** Both, in the order in which they arrived. */
  readonly all: () => string;
  /** Resolves when it has ended and its pipes are closed. Rejects if it could not be started. */
  readonly ended: Promise<Ended>;
  /** Sends a signal, to its group if it has one of its own. Does nothing if it has ended. */
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** Starts a process. Its output is searched for secrets when it has ended. */
export function startProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): TestProcess {
  const { cwd = new URL('../../', import.meta.url), env = childEnvironment(), ownGroup = false } = options;
  const { stdio = ['ignore', 'pipe', 'pipe'], printsSecrets = false } = options;
  const child = spawn(command, args, { cwd, env, stdio, detached: ownGroup });
  let [output, errors, all] = ['', '', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    all += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
    all += text;
  });
  // A process may end before it has read its input. Writing then fails with EPIPE, which must not fail the tests: the result of the
  // process shows what happened.
  child.stdin?.on('error', () => undefined);
  const close = async (): Promise<Ended> => {
    try {
      // The event has the exit code as its first argument.
      const [code] = (await once(child, 'close')) as [number | null];
      watchLog(printsSecrets ? errors : all);
      return { code, output, errors };
    } finally {
      running.delete(started);
    }
  };
  const kill = (signal: NodeJS.Signals) => {
    if (!ownGroup || child.pid === undefined) {
      child.kill(signal);
      return;
    }
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The whole group has already ended.
    }
  };
  const ended = close();
  // If nobody awaits `ended`, a failed start must not become an unhandled rejection.
  ended.catch(() => undefined);
  const started: TestProcess = {
    child,
    output: () => output,
    errors: () => errors,
    all: () => all,
    ended,
    kill,
    async [Symbol.asyncDispose]() {
      kill('SIGKILL');
      await ended;
    },
  };
  running.add(started);
  return started;
}

/**
 * Runs a process to its end and returns what it wrote to stdout.
 * @throws Error unless its exit code is 0
 */
export async function runProcess(
  command: string,
  args: readonly string[],
  options?: ProcessOptions,
): Promise<string> {
  const { ended, all } = startProcess(command, args, options);
  const { code, output } = await ended;
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${all().slice(-2000)}`);
  return output;
}

/** Ends the processes that are still running, and returns their commands. */
export async function endProcesses(): Promise<readonly string[]> {
  const left = [...running];
  await Promise.all(left.map((one) => one[Symbol.asyncDispose]()));
  return left.map(({ child }) => child.spawnargs.join(' ').slice(0, 200));
}
