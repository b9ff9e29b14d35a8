// One of the sides that are compared: an upstream of its own, one gateway or several with Redis, and clients.
import { v8Options } from '../peers/gateway.ts';
import { Child, newKey } from '../subscriptions/fleet.ts';
import {
  FIGURES,
  POLLS,
  type Delivered,
  type Figures,
  type Subscribing,
  type Workspace,
} from '../subscriptions/messages.ts';

/** The figures of one window. */
export interface Window {
  readonly pollsPerSecond: number;
  /** CPU time of all gateways, in milliseconds. */
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly rssBytes: readonly number[];
  readonly delivered: Delivered;
}

/** The figures of several sides over the same time, as those of one. Delays are the longest. */
export function together(windows: readonly Window[]): Window {
  const sum = (of: (window: Window) => number) => windows.reduce((total, window) => total + of(window), 0);
  const most = (of: (delivered: Delivered) => number) =>
    Math.max(...windows.map(({ delivered }) => of(delivered)));
  return {
    pollsPerSecond: sum(({ pollsPerSecond }) => pollsPerSecond),
    cpuMs: sum(({ cpuMs }) => cpuMs),
    wallMs: sum(({ wallMs }) => wallMs) / windows.length,
    rssBytes: windows.flatMap(({ rssBytes }) => rssBytes),
    delivered: {
      frames: sum(({ delivered }) => delivered.frames),
      snapshots: sum(({ delivered }) => delivered.snapshots),
      folds: sum(({ delivered }) => delivered.folds),
      p50Ms: most(({ p50Ms }) => p50Ms),
      p99Ms: most(({ p99Ms }) => p99Ms),
      lagP50Ms: most(({ lagP50Ms }) => lagP50Ms),
      lagP99Ms: most(({ lagP99Ms }) => lagP99Ms),
      counts: {},
    },
  };
}

export class Side implements AsyncDisposable {
  readonly #all: AsyncDisposableStack;
  readonly #upstream: Child;
  readonly #gateways: readonly Child[];
  readonly #clients: Child;
  readonly #key: string;

  private constructor(parts: {
    readonly all: AsyncDisposableStack;
    readonly upstream: Child;
    readonly gateways: readonly Child[];
    readonly clients: Child;
    readonly key: string;
  }) {
    this.#all = parts.all;
    this.#upstream = parts.upstream;
    this.#gateways = parts.gateways;
    this.#clients = parts.clients;
    this.#key = parts.key;
  }

  /** `count`: of gateways. Null for `redisUrl`: they share nothing. */
  static async start(count: number, redisUrl: string | null): Promise<Side> {
    await using resources = new AsyncDisposableStack();
    const upstream = resources.use(await Child.start('others', 'upstream', []));
    const clients = resources.use(await Child.start('others', 'clients', []));
    const { key, line } = newKey();
    const args = [String(upstream.hello), line, ...(redisUrl === null ? [] : [redisUrl])];
    const gateways: Child[] = [];
    for (let index = 0; index < count; index += 1) {
      gateways.push(resources.use(await Child.start('target', 'gateway', args, v8Options())));
    }
    return new Side({ all: resources.move(), upstream, gateways, clients, key });
  }

  /** Sets the rate of changes; resolves to the number of changes of each room so far. */
  async change(workspace: Workspace): Promise<Readonly<Record<string, number>>> {
    // The process answers this message with this value.
    return (await this.#upstream.ask(workspace)) as Record<string, number>;
  }

  /** Opens all subscriptions; resolves when each has its first event. */
  async subscribe(subscribing: Omit<Subscribing, 'urls' | 'key'>): Promise<void> {
    const urls = this.#gateways.map(({ hello }) => String(hello));
    const answer = await this.#clients.ask({ ...subscribing, urls, key: this.#key });
    if (answer !== 'ready') throw new Error(JSON.stringify(answer));
  }

  /** What the clients got since the last call. */
  async delivered(): Promise<Delivered> {
    // The process answers this message with this value.
    return (await this.#clients.ask(FIGURES)) as Delivered;
  }

  /** The figures since the last call. */
  async figures(): Promise<Window> {
    // The processes answer these messages with these values.
    const figures = (await Promise.all(this.#gateways.map((gateway) => gateway.ask(FIGURES)))) as Figures[];
    const polls = Number(await this.#upstream.ask(POLLS));
    const wallMs = figures[0]?.wallMs ?? 0;
    return {
      pollsPerSecond: (polls * 1000) / wallMs,
      cpuMs: figures.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
      wallMs,
      rssBytes: figures.map(({ rssBytes }) => rssBytes),
      delivered: await this.delivered(),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#all.disposeAsync();
  }
}
