// The command as a process of its own, for tests of how it starts, stops and ends.
import { vi } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { CANARY } from './canary.ts';
import { childEnvironment } from './child-environment.ts';
import { startProcess } from './child-process.ts';
import { freePort } from './loopback.ts';

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

/** The environment variables of a gateway over the REST API of `sandbox`, or over its own sandbox. */
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

/** Starts the command and waits until it answers. */
export async function startGatewayProcess(options: GatewayProcessOptions = {}): Promise<GatewayProcess> {
  const { port = await freePort(), preload, stdout } = options;
  const loaded =
    preload === undefined ? [] : [`--import=data:text/javascript,${encodeURIComponent(preload)}`];
  const started = startProcess(
    process.execPath,
    ['--max-semi-space-size=16', ...loaded, 'src/main.ts', 'start'],
    {
      env: childEnvironment({ PORT: String(port), ...variablesOf(options), ...options.variables }),
      stdio: ['ignore', typeof stdout === 'number' ? stdout : 'pipe', 'pipe'],
    },
  );
  if (stdout === 'closed pipe') started.child.stdout?.destroy();
  const ended = started.ended.then(({ code }) => code);
  const url = `http://127.0.0.1:${port}`;
  let isOver = false;
  void ended.then(() => (isOver = true));
  const health = () => fetch(`${url}/health`).then(({ status }) => status, String);
  // Not by `expect.poll`, which tests that run side by side cannot share.
  const answers = vi.waitUntil(async () => isOver || (await health()) === 200, {
    timeout: 40_000,
    interval: 50,
  });
  await answers.catch((error: unknown) => {
    started.kill('SIGKILL');
    throw error;
  });
  if (isOver) throw new Error(`The gateway has ended at its start: ${started.all().slice(-1000)}`);
  return {
    url,
    port,
    output: started.all,
    ended,
    kill: started.kill,
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}

/** The lines of a log in JSON. Other lines, such as Node's warnings, are left out. */
export function logLines(output: string): readonly Readonly<Record<string, unknown>>[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
