// Redis or Valkey as a process of its own, for tests: on a free port of loopback, without anything kept from one test to the next.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../../src/secret.ts';
import { startProcess, type TestProcess } from './child-process.ts';
import { freePort } from './loopback.ts';

/** The servers with which the fleet is tested. */
export type RedisEngine = 'redis' | 'valkey';

/** The executable of a server: `REDIS_SERVER_PATH` or `VALKEY_SERVER_PATH`, or the path of Debian's package; undefined: there is none. */
export function findRedis(engine: RedisEngine): string | undefined {
  const places = [process.env[`${engine.toUpperCase()}_SERVER_PATH`] ?? '', `/usr/bin/${engine}-server`];
  return places.find((path) => path !== '' && existsSync(path));
}

/** For the names of tests: why they are skipped; empty if the server is there. */
export function redisNotice(engine: RedisEngine): string {
  return findRedis(engine) === undefined ? ` (skipped: there is no ${engine}-server on this machine)` : '';
}

export interface RedisServerOptions {
  /** Default: `redis`. */
  readonly engine?: RedisEngine;
  /** Default: a free one. */
  readonly port?: number;
  /** Whether it keeps its data over `stop` and `kill`; default: no. */
  readonly appendOnly?: boolean;
  /** The password of the default user; default: none is needed. */
  readonly password?: string;
  /** Further arguments, such as `--maxmemory 10mb`. */
  readonly args?: readonly string[];
}

/** How long a server may take to start, in milliseconds. */
const START_MS = 10_000;

/** A server that runs until it is disposed of. */
export class RedisServer implements AsyncDisposable {
  readonly port: number;
  readonly #options: RedisServerOptions;
  readonly #executable: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'hms-gateway-redis-'));
  #process: TestProcess | null = null;

  private constructor(port: number, executable: string, options: RedisServerOptions) {
    this.port = port;
    this.#executable = executable;
    this.#options = options;
  }

  /** Starts a server and waits until it answers. */
  static async start(options: RedisServerOptions = {}): Promise<RedisServer> {
    const { engine = 'redis' } = options;
    const executable = findRedis(engine);
    if (executable === undefined) throw new Error(`There is no ${engine}-server`);
    const server = new RedisServer(options.port ?? (await freePort()), executable, options);
    await server.restart();
    return server;
  }

  /** As `REDIS_URL`, with the password. */
  get url(): string {
    const { password } = this.#options;
    const login = password === undefined ? '' : `:${encodeURIComponent(password)}@`;
    return `redis://${login}127.0.0.1:${this.port}`;
  }

  /** The same for `openFleet`. */
  get secretUrl(): Secret {
    return new Secret(this.url);
  }

  /** Starts it on its port, after `stop` or `kill`. */
  async restart(): Promise<void> {
    const { appendOnly = false, password, args = [] } = this.#options;
    const started = startProcess(
      this.#executable,
      [
        `--port ${this.port}`,
        '--bind 127.0.0.1',
        `--dir ${this.#folder}`,
        '--save ""',
        `--appendonly ${appendOnly ? 'yes' : 'no'}`,
        '--appendfsync always',
        ...(password === undefined ? [] : ['--requirepass', password]),
        ...args,
      ],
      { stdio: 'ignore' },
    );
    this.#process = started;
    const until = performance.now() + START_MS;
    while (!(await this.#answers())) {
      if (performance.now() > until || started.child.exitCode !== null)
        throw new Error('The server does not start');
      await new Promise((again) => setTimeout(again, 10));
    }
  }

  /** Ends it by SIGTERM. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** Ends it without warning. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Suspends it, so that it answers nothing: connections stay open, and the kernel accepts new ones. */
  pause(): void {
    this.#process?.kill('SIGSTOP');
  }

  /** Ends `pause`. */
  resume(): void {
    this.#process?.kill('SIGCONT');
  }

  /** Deletes all data. */
  async flush(): Promise<void> {
    await this.send('FLUSHALL');
  }

  /** Sends one command over a connection of its own, and resolves to the answer's text as Redis' protocol has it. */
  async send(...words: readonly string[]): Promise<string> {
    const { password } = this.#options;
    const login = password === undefined ? '' : `AUTH ${password}\r\n`;
    const line = words.map((word) => `"${word.replaceAll(/["\\]/g, String.raw`\$&`)}"`).join(' ');
    const socket = connect(this.port, '127.0.0.1');
    socket.end(`${login}${line}\r\nQUIT\r\n`);
    return Buffer.concat(await socket.toArray()).toString();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    const answer = await this.send('PING').catch(() => '');
    return answer.includes('PONG');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const started = this.#process;
    this.#process = null;
    if (started === null) return;
    started.kill('SIGCONT');
    started.kill(signal);
    await started.ended;
  }
}
