// A gateway that reaches the sandbox through a proxy that can misbehave, with clients: some ask all the time, some watch
// rooms in which people come and go.
import { composeGateway, type Gateway } from '../../src/gateway.ts';
import { Authenticator } from '../../src/auth/authenticator.ts';
import { systemClock, type Clock } from '../../src/clock.ts';
import type { RestClientOptions } from '../../src/rest/client/client-options.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { canaryCredentials, canaryLog, gatewayCredentials } from '../support/canary.ts';
import { testConfig, type Answer } from '../support/gateway.ts';
import { addRooms } from '../support/worlds.ts';
import { FaultProxy } from './proxy.ts';
import { WatchedRoom } from './watched-room.ts';

/** Each of these queries causes one REST call, in the family of its name. */
const QUERIES: Readonly<Record<string, (first: number) => string>> = {
  rooms: (first) => `{ rooms(first: ${first}) { edges { node { name } } } }`,
  templates: (first) => `{ templates(first: ${first}) { edges { node { name } } } }`,
  sessions: (first) => `{ sessions(first: ${first}) { edges { node { hmsId } } } }`,
};

/** Page sizes of queries that follow one another, so that they share no request. */
const SIZES = 80;

/** An answer to one of the queries. */
export interface Told {
  readonly family: string;
  readonly codes: readonly unknown[];
  readonly answer: Answer;
  /** From asking to the answer. */
  readonly ms: number;
  /** When it was asked, by `performance.now()`. */
  readonly at: number;
}

export interface StageOptions {
  readonly client?: Partial<RestClientOptions>;
  readonly clock?: Clock;
  /** Rooms that are watched; default 4. */
  readonly rooms?: number;
  /** The time between two changes of a watched room, in milliseconds; default 150. */
  readonly changeMs?: number;
  /** The pause between two rounds of the three queries, in milliseconds; default 50. */
  readonly pauseMs?: number;
  /** The name by which the gateway knows the proxy's host; default 127.0.0.1. */
  readonly upstreamHost?: string;
}

const POLLS = { pollIntervalMs: 100, pollMaxIntervalMs: 1000, sessionCheckMs: 500 };

/** Everything runs until it is disposed of. */
export class FaultStage implements AsyncDisposable {
  readonly proxy: FaultProxy;
  readonly sandbox: Sandbox;
  readonly gateway: Gateway;
  readonly url: string;
  readonly watched: readonly WatchedRoom[];
  readonly told: Told[] = [];
  /** The number of queries that were asked, by family. */
  readonly asked = new Map<string, number>();
  readonly #resources: AsyncDisposableStack;
  readonly #pauseMs: number;
  #isOver = false;
  #asking: Promise<void>[] = [];

  private constructor(
    parts: Pick<FaultStage, 'proxy' | 'sandbox' | 'gateway' | 'url' | 'watched'>,
    resources: AsyncDisposableStack,
    pauseMs: number,
  ) {
    this.proxy = parts.proxy;
    this.sandbox = parts.sandbox;
    this.gateway = parts.gateway;
    this.url = parts.url;
    this.watched = parts.watched;
    this.#resources = resources;
    this.#pauseMs = pauseMs;
  }

  static async start({
    client,
    clock,
    rooms = 4,
    pauseMs = 50,
    changeMs = 150,
    upstreamHost = '127.0.0.1',
  }: StageOptions = {}): Promise<FaultStage> {
    await using resources = new AsyncDisposableStack();
    const sandbox = resources.use(await startSandbox({ ...canaryCredentials, data: 'empty' }));
    const proxy = resources.use(await FaultProxy.start(sandbox.url));
    const gateway = resources.use(
      composeGateway({
        config: testConfig({ upstreamRequestsPerSecond: 500, ...POLLS }),
        log: canaryLog(),
        lingerMs: 0,
        ...(clock === undefined ? {} : { clock }),
        upstream: { apiUrl: proxy.url.replace('127.0.0.1', upstreamHost), ...gatewayCredentials },
        limits: { pointsPerMinute: 0, failuresPerMinute: 1e6 },
        ...(client === undefined ? {} : { client }),
        authentication: new Authenticator({}, systemClock),
      }),
    );
    const url = await gateway.listen();
    const watched = addRooms(sandbox.world, rooms).map(({ id }) =>
      resources.use(new WatchedRoom(sandbox.world, id, { url, changeMs })),
    );
    await Promise.all(watched.map((room) => room.begun));
    const stage = new FaultStage({ proxy, sandbox, gateway, url, watched }, resources.move(), pauseMs);
    stage.#asking = Object.entries(QUERIES).map(([family, query]) => stage.#askAlways(family, query));
    return stage;
  }

  /** Asks once. Throws if the answer is no GraphQL answer. */
  async ask(query: string): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
    return (await response.json()) as Answer;
  }

  /** Resolves when all queries of a round that begins now have been answered without an error, and all rooms are true. */
  async isWell(): Promise<boolean> {
    const answers = await Promise.all(Object.values(QUERIES).map((query) => this.ask(query(5))));
    return answers.every(({ errors }) => errors === undefined) && this.watched.every((room) => room.isTrue);
  }

  /** Ends the load; resolves when what was asked has been answered. */
  async endLoad(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#asking);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.endLoad();
    await this.#resources.disposeAsync();
  }

  /** Asks one query after another; a slow answer does not hold back the next query. */
  async #askAlways(family: string, query: (first: number) => string): Promise<void> {
    const running = new Set<Promise<void>>();
    for (let count = 0; !this.#isOver; count += 1) {
      const one = this.#tell(family, query(10 + (count % SIZES))).finally(() => running.delete(one));
      running.add(one);
      await new Promise((resolve) => setTimeout(resolve, this.#pauseMs));
    }
    await Promise.all(running);
  }

  async #tell(family: string, query: string): Promise<void> {
    const at = performance.now();
    this.asked.set(family, (this.asked.get(family) ?? 0) + 1);
    const answer = await this.ask(query);
    const codes = (answer.errors ?? []).map(({ extensions }) => extensions['code']);
    this.told.push({ family, codes, answer, at, ms: performance.now() - at });
  }
}
