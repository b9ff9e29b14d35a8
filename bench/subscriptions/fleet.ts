// Starts and asks the processes of the benchmark.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createApiKey } from '../../src/auth/api-keys.ts';
import { v8Options } from '../peers/gateway.ts';
import { end, start, type Cores } from '../peers/processes.ts';
import { FIGURES, type Delivered, type Figures, type Subscribing, type Workspace } from './messages.ts';

const files = {
  upstream: new URL('upstream-process.ts', import.meta.url),
  gateway: new URL('gateway-process.ts', import.meta.url),
  plain: new URL('plain-process.ts', import.meta.url),
  floor: new URL('floor-process.ts', import.meta.url),
  clients: new URL('clients-process.ts', import.meta.url),
} as const;

/** A child process that answers each message with one message. */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcess;
  /** Its first message. */
  readonly hello: unknown;

  private constructor(process: ChildProcess, hello: unknown) {
    this.#process = process;
    this.hello = hello;
  }

  /** Starts one of the files. Rejects if it ends before it has said anything. */
  static async start(
    cores: Cores,
    file: keyof typeof files,
    args: readonly string[],
    flags: readonly string[] = [],
  ): Promise<Child> {
    const path = fileURLToPath(files[file]);
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
    const child = start(cores, process.execPath, [...flags, path, ...args], {
      stdio: [...stdio],
      env: { ...process.env, NODE_ENV: 'production', GATEWAY_AUTH: 'off', SANDBOX: 'on' },
    });
    return new Child(child, await answerOf(child));
  }

  /** Sends a message and waits for its answer. */
  async ask(message: object | string): Promise<unknown> {
    const answer = answerOf(this.#process);
    this.#process.send(message);
    return answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await end(this.#process);
  }
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    const ended = once(child, 'exit', { signal }).then(([code]) => {
      throw new Error(`a process of the benchmark ended with code ${String(code)}`);
    });
    ended.catch(() => undefined);
    const [answer] = await Promise.race([once(child, 'message', { signal }), ended]);
    return answer;
  } finally {
    waiting.abort();
  }
}

/** The servers that can be measured. */
export type Target = 'gateway' | 'plain' | 'quiet' | 'floor';

/** An upstream, a target over it, and clients. Disposing ends all. */
export interface Fleet extends AsyncDisposable {
  /** Sets the rate of changes; resolves to the number of changes of each room so far. */
  change(workspace: Workspace): Promise<Readonly<Record<string, number>>>;
  /** Opens all subscriptions; resolves when each has its first event. */
  subscribe(subscribing: Omit<Subscribing, 'urls' | 'key'>): Promise<void>;
  /** The target's figures since the last call. */
  figures(): Promise<Figures>;
  /** What the clients got since the last call. */
  delivered(): Promise<Delivered>;
}

/** A key for the clients, and the line by which gateways know it. */
export function newKey(): ReturnType<typeof createApiKey> {
  const scopes = ['peers:read', 'rooms:read', 'sessions:read'] as const;
  return createApiKey({ name: 'bench', scopes: [...scopes], rooms: [], expires: null });
}

/** `flags`: of Node, for the target. `load`: rooms and changes a second, which the target `floor` makes itself. */
export async function startFleet(
  target: Target,
  flags: readonly string[] = [],
  load: Pick<Workspace, 'rooms' | 'changesPerSecond'> = { rooms: 1, changesPerSecond: 1 },
): Promise<Fleet> {
  await using resources = new AsyncDisposableStack();
  const upstream = resources.use(await Child.start('others', 'upstream', []));
  const apiUrl = String(upstream.hello);
  const { key, line } = newKey();
  const starts = {
    gateway: () => Child.start('target', 'gateway', [apiUrl, line], [...v8Options(), ...flags]),
    plain: () => Child.start('target', 'plain', [apiUrl, 'polling'], flags),
    quiet: () => Child.start('target', 'plain', [apiUrl, 'quiet'], flags),
    floor: () => Child.start('target', 'floor', [load.rooms, load.changesPerSecond].map(String), flags),
  } as const;
  const server = resources.use(await starts[target]());
  const clients = resources.use(await Child.start('others', 'clients', [], ['--max-old-space-size=4096']));
  const url = String(server.hello);
  const all = resources.move();
  return {
    // The processes answer these messages with these values.
    change: async (workspace) => (await upstream.ask(workspace)) as Record<string, number>,
    subscribe: async (subscribing) => {
      const answer = await clients.ask({ ...subscribing, urls: [url], key });
      if (answer !== 'ready') throw new Error(JSON.stringify(answer));
    },
    figures: async () => (await server.ask(FIGURES)) as Figures,
    delivered: async () => (await clients.ask(FIGURES)) as Delivered,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
