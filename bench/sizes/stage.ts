// The set-up of the parts of `sizes`: a gateway over an upstream of a chosen size, and the measurement of a piece of
// work.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { Authenticator } from '../../src/auth/authenticator.ts';
import { systemClock } from '../../src/clock.ts';
import { readConfig, type Config } from '../../src/config.ts';
import { composeGateway, type Gateway } from '../../src/gateway.ts';
import type { PeerChange } from '../../src/live/changes.ts';
import { Secret } from '../../src/secret.ts';
import type { Intervals, Message, Size } from './upstream.ts';

/** A gateway over an upstream. Disposing ends both. */
export interface SizedStage extends AsyncDisposable {
  readonly gateway: Gateway;
  /** Gives the workspace another size. */
  resize(size: Size): Promise<void>;
  /** Gives this number of peers of room 0 new metadata. */
  change(peers: number): Promise<void>;
  /** The intervals between the polls of rooms since the last call. */
  intervals(): Promise<Intervals>;
}

/** The vendor id of a room of the upstream. */
export const roomIdOf = (index: number): string => index.toString(16).padStart(24, '0');

/** Starts a gateway without limits on callers; polls have the default budget unless `config` says otherwise. */
export async function startSized(config: Partial<Config> = {}): Promise<SizedStage> {
  await using resources = new AsyncDisposableStack();
  const child = fork(new URL('upstream.ts', import.meta.url));
  resources.defer(() => child.disconnect());
  const [apiUrl] = (await once(child, 'message')) as [string];
  const gateway = resources.use(
    composeGateway({
      config: { ...readConfig({ PORT: '0', SANDBOX_PORT: '0', GATEWAY_RATE_LIMIT: '0' }), ...config },
      log: pino({ level: 'silent' }),
      limits: { subscriptionsPerCaller: 100_000, cost: 1e9 },
      upstream: { apiUrl, accessKey: 'bench', secret: new Secret('bench-secret') },
      authentication: new Authenticator({}, systemClock),
    }),
  );
  const tell = async (message: Message): Promise<unknown> => {
    child.send(message);
    const [answer] = (await once(child, 'message')) as [unknown];
    return answer;
  };
  const all = resources.move();
  return {
    gateway,
    resize: async (size) => void (await tell({ size })),
    change: async (peers) => void (await tell({ change: peers })),
    // The process answers this message with these values.
    intervals: async () => (await tell({ intervals: true })) as Intervals,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** The cost of a piece of work in this process. */
export interface Spent {
  readonly cpuMs: number;
  readonly wallMs: number;
  /** The longest time for which the event loop was blocked. */
  readonly blockMs: number;
  /** Resident memory at its end. */
  readonly rssMb: number;
}

/** Runs `work` and measures it. */
export async function spentOn(work: () => Promise<unknown>): Promise<Spent> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  // Earlier work must not count.
  await wait(50);
  delay.enable();
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  const wallMs = performance.now() - startedAt;
  await wait(20);
  delay.disable();
  return {
    cpuMs: (user + system) / 1000,
    wallMs,
    blockMs: delay.max / 1e6,
    rssMb: process.memoryUsage.rss() / 1e6,
  };
}

/** A reader of a room in process; `until` reads on to an event. */
export class Reader {
  readonly #events: AsyncIterableIterator<PeerChange>;

  constructor({ gateway }: SizedStage, roomId: string) {
    this.#events = gateway.services.live.peerChanges(roomId, {});
  }

  /** Reads events until `isLast` says so, and returns how many. Rejects if the subscription ends. */
  async until(isLast: (change: PeerChange) => boolean): Promise<number> {
    for (let count = 1; ; count += 1) {
      const { done, value } = await this.#events.next();
      if (done === true) throw new Error('The subscription has ended.');
      if (isLast(value)) return count;
    }
  }

  async end(): Promise<void> {
    await this.#events.return?.();
  }
}

/** The data of an in-process query. Rejects if the answer has errors. */
export async function ask({ gateway }: SizedStage, query: string, variables: object = {}): Promise<unknown> {
  const response = await gateway.graphql.fetch('http://127.0.0.1/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    data: unknown;
    errors?: readonly { message: string }[];
  };
  if (errors !== undefined) throw new Error(errors[0]?.message);
  return data;
}
