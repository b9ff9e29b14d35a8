// Several gateways as real processes over one sandbox and one Redis, which a test can kill, pause, stop, start again and cut off.
// The sandbox runs within the test, so its world and ledger are at hand.
import { expect } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { canaryCredentials } from './canary.ts';
import { figures } from './figures.ts';
import { startGatewayProcess, type GatewayProcess } from './gateway-process.ts';
import { freePort } from './loopback.ts';
import { RedisServer, type RedisServerOptions } from './redis-server.ts';
import { webSocketClient, type SubscribingClient } from './sockets.ts';
import { TcpProxy } from './tcp-proxy.ts';

export interface FleetProcessesOptions {
  /** How many gateways there are. */
  readonly count: number;
  /** Default: Redis without persistence. */
  readonly server?: RedisServerOptions;
  /** Default: an empty sandbox. */
  readonly sandbox?: SandboxOptions;
  /** Additional variables of all gateways, besides those for the sandbox and Redis; default: none. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Whether each gateway has a proxy before Redis (`Instance.proxy`), which costs some time; default: no. */
  readonly hasProxies?: boolean;
}

/** One gateway; its port stays the same when it is started again. */
export class Instance implements AsyncDisposable {
  readonly url: string;
  /** The proxy between this gateway and Redis, which can cut off this gateway alone; null without `hasProxies`. */
  readonly proxy: TcpProxy | null;
  readonly #begin: () => Promise<GatewayProcess>;
  #process: GatewayProcess | null = null;

  constructor(url: string, proxy: TcpProxy | null, begin: () => Promise<GatewayProcess>) {
    this.url = url;
    this.proxy = proxy;
    this.#begin = begin;
  }

  /** The running process, or the last one. */
  get process(): GatewayProcess {
    if (this.#process === null) throw new Error('The gateway was not started');
    return this.#process;
  }

  /** Starts it, also again. Resolves when it answers. */
  async start(): Promise<void> {
    await this.#process?.[Symbol.asyncDispose]();
    this.#process = await this.#begin();
  }

  /** Ends it without warning. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.process.ended;
  }

  /** Ends it by SIGTERM. Resolves to its exit code. */
  stop(): Promise<number | null> {
    this.process.kill('SIGTERM');
    return this.process.ended;
  }

  /** Suspends the process: it answers nothing, and its connections stay open. */
  pause(): void {
    this.process.kill('SIGSTOP');
  }

  /** Ends `pause`. */
  resume(): void {
    this.process.kill('SIGCONT');
  }

  /** A real client of this gateway, over one WebSocket; it does not reconnect. Dispose of it. */
  connect(): SubscribingClient {
    return webSocketClient(this.url);
  }

  /** What it shows at /metrics. */
  figures(): Promise<Readonly<Record<string, number>>> {
    return figures(this.url);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process?.[Symbol.asyncDispose]();
    await this.proxy?.[Symbol.asyncDispose]();
  }
}

/** The sandbox, Redis and the gateways, all of which end when this is disposed of. */
export interface FleetProcesses extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly server: RedisServer;
  readonly instances: readonly Instance[];
  /** The gateway with this number, from 0. */
  at(index: number): Instance;
  /** Resolves when each of these gateways (default: all) sees as many members as there are gateways in this list. */
  settled(instances?: readonly Instance[]): Promise<void>;
}

/** Starts all. Resolves when every gateway knows of the others. */
export async function startFleetProcesses(options: FleetProcessesOptions): Promise<FleetProcesses> {
  await using resources = new AsyncDisposableStack();
  const sandbox = resources.use(
    await startSandbox({ ...canaryCredentials, data: 'empty', ...options.sandbox }),
  );
  const server = resources.use(await RedisServer.start(options.server));
  const instances: Instance[] = [];
  for (let index = 0; index < options.count; index += 1) {
    instances.push(resources.use(await createInstance(options, sandbox, server)));
  }
  const started = await Promise.allSettled(instances.map((instance) => instance.start()));
  for (const outcome of started) if (outcome.status === 'rejected') throw outcome.reason;
  await settled(instances);
  const all = resources.move();
  return {
    sandbox,
    server,
    instances,
    at(index) {
      const instance = instances[index];
      if (instance === undefined) throw new Error(`There is no gateway ${index}`);
      return instance;
    },
    settled: (some = instances) => settled(some),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function createInstance(
  { variables, hasProxies = false }: FleetProcessesOptions,
  sandbox: Sandbox,
  server: RedisServer,
): Promise<Instance> {
  const port = await freePort();
  const proxy = hasProxies ? await TcpProxy.start(server.port) : null;
  const redis = new URL(server.url);
  if (proxy !== null) redis.port = String(proxy.port);
  return new Instance(`http://127.0.0.1:${port}`, proxy, () =>
    startGatewayProcess({ sandbox, port, variables: { REDIS_URL: redis.href, ...variables } }),
  );
}

async function settled(instances: readonly Instance[]): Promise<void> {
  const members = async (instance: Instance) => (await instance.figures())['hms_redis_members'];
  await expect
    .poll(() => Promise.all(instances.map(members)), { timeout: 30_000 })
    .toEqual(instances.map(() => instances.length));
}
