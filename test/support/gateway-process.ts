// The command as a process of its own, for tests of how it starts, stops and ends.
import { spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { vi } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { CANARY, watchLog } from './canary.ts';
import { freePort } from './loopback.ts';

const root = new URL('../../', import.meta.url);

export interface GatewayProcess extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** The output so far; of `stdout` only if it is a pipe that is read. */
  readonly output: () => string;
  /** Resolves to the exit code; null: a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

export interface GatewayProcessOptions {
  /** The REST API; default: a sandbox of the process's own. */
  readonly sandbox?: Sandbox;
  /** Default: a free one. */
  readonly port?: number;
  readonly variables?: Readonly<Record<string, string>>;
  /** Source text that runs before the command. */
  readonly preload?: string;
  /** A file, or a pipe that its reader closes at once. Default: a pipe whose text is kept. */
  readonly stdout?: number | 'closed pipe';
}

/** The variables of a gateway over the REST API of `sandbox`, or of one over a sandbox of its own. */
function variablesOf({ sandbox }: GatewayProcessOptions): Readonly<Record<string, string>> {
  if (sandbox === undefined) return { SANDBOX_PORT: '0', SANDBOX_SECRET: CANARY };
  return {
    HMS_ACCESS_KEY: 'sandbox',
    HMS_SECRET: CANARY,
    HMS_API_URL: sandbox.url,
    HMS_AUTH_URL: sandbox.url,
    GATEWAY_AUTH: 'off',
  };
}

/** Starts the command and waits until it answers. Of this process's own variables it gets PATH only. */
export async function startGatewayProcess(options: GatewayProcessOptions = {}): Promise<GatewayProcess> {
  const { port = await freePort(), preload, stdout } = options;
  const stdio: StdioOptions = ['ignore', typeof stdout === 'number' ? stdout : 'pipe', 'pipe'];
  const loaded =
    preload === undefined ? [] : [`--import=data:text/javascript,${encodeURIComponent(preload)}`];
  const child = spawn(process.execPath, ['--max-semi-space-size=16', ...loaded, 'src/main.ts', 'start'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      ...variablesOf(options),
      ...options.variables,
    },
    stdio,
  });
  if (stdout === 'closed pipe') child.stdout?.destroy();
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => (output += data.toString()));
  }
  // The first argument of the event is the exit code.
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${port}`;
  let isOver = false;
  void ended.then(() => (isOver = true));
  const health = () => fetch(`${url}/health`).then(({ status }) => status, String);
  // Not by `expect.poll`, which tests that run side by side cannot share.
  const started = vi.waitUntil(async () => isOver || (await health()) === 200, {
    timeout: 40_000,
    interval: 50,
  });
  await started.catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  if (isOver) {
    watchLog(output);
    throw new Error(`The gateway has ended at its start: ${output.slice(-1000)}`);
  }
  return {
    url,
    port,
    output: () => output,
    ended,
    kill: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
      watchLog(output);
    },
  };
}

/** The lines of a log in JSON. Other lines, such as Node's warnings, are left out. */
export function logLines(output: string): readonly Readonly<Record<string, unknown>>[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
