// SIGTERM under load: the process of the gateway is ended and started again on the same port, while clients query, change and
// subscribe. No request that was accepted is lost, nothing is done twice, and subscribers resume by their last cursor.
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient, type Client as WsClient } from 'graphql-ws';
import { Client, EventSource } from 'undici';
import { expect, it } from 'vitest';
import type { World } from '../../src/sandbox/live/world.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { canaryCredentials } from '../support/canary.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { SearchedSocket } from '../support/searched-socket.ts';
import { subscriptionUrl } from '../support/sockets.ts';
import { addRooms } from '../support/worlds.ts';
import { FAST, newcomer } from './stage.ts';

/** How often the gateway is restarted; RESTARTS for more. */
const RESTARTS = Number(process.env['RESTARTS'] ?? '') || 1;
/** Subscribers of each kind, and clients that send one request after another, of each kind. */
const EACH = 10;

const FOLLOW = `subscription ($roomId: ID!, $after: String) {
  peerChanges(roomId: $roomId, after: $after) {
    __typename
    cursor
    ... on PeersSnapshot { reason peers { hmsId } }
    ... on PeerJoined { peer { hmsId } }
    ... on PeerLeft { peer { hmsId } }
  }
}`;
const READ = 'query ($id: ID!) { room(id: $id) { hmsId name } }';
const CREATE = `mutation ($name: String!) {
  createRoom(input: { name: $name, ifExists: FAIL }) { __typename }
}`;

interface Change {
  readonly __typename: string;
  readonly cursor: string;
  readonly reason?: string;
  readonly peers?: readonly { readonly hmsId: string }[];
  readonly peer?: { readonly hmsId: string };
}

/** The ids of the peers who are in a room. */
function presentIn(world: World, roomId: string): readonly string[] {
  const peers = [...(world.sessions.active(roomId)?.peers.values() ?? [])];
  return peers.filter(({ leftAt }) => leftAt === undefined).map(({ id }) => id);
}

/** What a subscriber knows, and its variables, of which `after` is the cursor of its last event. */
class Subscriber {
  readonly name: string;
  readonly variables: { readonly roomId: string; after?: string };
  readonly reasons: string[] = [];
  readonly faults: unknown[] = [];
  peers: ReadonlySet<string> = new Set();

  constructor(name: string, roomId: string) {
    this.name = name;
    this.variables = { roomId };
  }

  readonly fail = (error: unknown): void => {
    // Of a WebSocket an ErrorEvent or a CloseEvent, whose members are no own ones.
    const { code, reason, message } = error as CloseEvent & ErrorEvent;
    this.faults.push(`${code} ${reason} ${message} ${String(error)}`);
  };

  readonly take = (change: Change | undefined): void => {
    if (change === undefined) return void this.faults.push('an event without data');
    this.variables.after = change.cursor;
    const { peers, peer, reason } = change;
    if (reason !== undefined) this.reasons.push(reason);
    if (peers !== undefined) this.peers = new Set(peers.map(({ hmsId }) => hmsId));
    if (peer === undefined) return;
    const one = new Set([peer.hmsId]);
    this.peers = change.__typename === 'PeerLeft' ? this.peers.difference(one) : this.peers.union(one);
  };

  /** Its name if it has ended or failed, or if its list differs from the room's. */
  wrong(world: World): string[] {
    const present = new Set(presentIn(world, this.variables.roomId));
    const isTrue = this.faults.length === 0 && this.peers.symmetricDifference(present).size === 0;
    const state = `${this.peers.size} peers of ${present.size}, ${this.reasons.join()}`;
    return isTrue ? [] : [`${this.name}: ${state} ${this.faults.join()}`];
  }
}

type Follow = (url: string, subscriber: Subscriber) => () => unknown;

/** By default graphql-ws gives up at the first connection that is refused. */
const wsClient = (url: string) =>
  createWsClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: SearchedSocket,
    shouldRetry: () => true,
  });

/** graphql-ws and graphql-sse write the request again at each attempt, so its variables have the last cursor. */
const follows: Readonly<Record<string, Follow>> = {
  'graphql-ws': (url, { variables, take, fail, faults }) => {
    const client = wsClient(url);
    client.subscribe<{ peerChanges: Change }>(
      { query: FOLLOW, variables },
      {
        next: ({ data }) => take(data?.peerChanges),
        error: fail,
        complete: () => faults.push('complete'),
      },
    );
    return () => client.dispose();
  },
  'graphql-sse': (url, { variables, take, fail, faults }) => {
    const client = createSseClient({ url: `${url}/graphql` });
    client.subscribe<{ peerChanges: Change }>(
      { query: FOLLOW, variables },
      {
        next: ({ data }) => take(data?.peerChanges),
        error: fail,
        complete: () => faults.push('complete'),
      },
    );
    return () => client.dispose();
  },
  EventSource: (url, { variables, take, faults }) => {
    const source = new EventSource(subscriptionUrl(url, FOLLOW, { roomId: variables.roomId }));
    source.addEventListener('next', (event) => {
      // The gateway sends the JSON of a result as the data of a MessageEvent.
      const { data } = JSON.parse((event as MessageEvent<string>).data) as {
        data?: { peerChanges: Change };
      };
      take(data?.peerChanges);
    });
    source.addEventListener('complete', () => faults.push('complete'));
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) faults.push('closed');
    });
    return () => source.close();
  },
};

/** What clients ask one after another, and what became of it. */
class Load {
  readonly lost: string[] = [];
  answered = 0;
  refused = 0;
  #isOver = false;
  #created = 0;
  readonly #rooms: readonly string[];
  readonly #running: Promise<void>[] = [];

  constructor(rooms: readonly string[]) {
    this.#rooms = rooms;
  }

  /** Asks over one connection that stays open. A connection that is refused has lost no request. */
  overHttp(url: string): void {
    const client = new Client(url);
    this.#repeat(async (body) => {
      const sent = JSON.stringify(body);
      const headers = { 'content-type': 'application/json' };
      const answer = await client.request({ path: '/graphql', method: 'POST', headers, body: sent });
      return answer.body.json();
    });
  }

  /** Asks over one WebSocket. graphql-ws connects again, and repeats what was not answered, by itself. */
  overSocket(client: WsClient): void {
    this.#repeat(
      (body) =>
        new Promise((resolve, reject) => {
          let result: unknown;
          client.subscribe(body, {
            next: (value) => (result = value),
            error: reject,
            complete: () => resolve(result),
          });
        }),
    );
  }

  /** Asks no more; resolves when all is answered. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#running);
  }

  #repeat(ask: (body: { query: string; variables: Record<string, unknown> }) => Promise<unknown>): void {
    const run = async () => {
      for (let turn = 0; !this.#isOver; turn += 1) {
        const isWrite = turn % 4 === 3;
        const id = this.#rooms[turn % this.#rooms.length];
        const name = `room-${(this.#created += 1)}`;
        const body = isWrite ? { query: CREATE, variables: { name } } : { query: READ, variables: { id } };
        try {
          const result = JSON.stringify(await ask(body));
          const expected = isWrite ? '{"createRoom":{"__typename":"Room"}}' : `{"room":{"hmsId":"${id}"`;
          if (result.includes(expected)) this.answered += 1;
          else this.lost.push(result);
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException; // any error has this member or none
          if (code === 'ECONNREFUSED') this.refused += 1;
          else this.lost.push(`${code} ${String(error)}`);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
    };
    this.#running.push(run());
  }
}

it(
  'a restart under load loses no request, does nothing twice, and subscribers resume without loss',
  { timeout: 90_000 + RESTARTS * 60_000 },
  async () => {
    await using sandbox = await startSandbox({ ...canaryCredentials, data: 'empty' });
    const { world, faults } = sandbox;
    const rooms = addRooms(world, 5).map(({ id }) => id);
    for (const id of rooms) world.join(id, newcomer('Ada'));
    // So that some requests are always in flight.
    faults.set('getRoom', { kind: 'latency', ms: 100 });
    faults.set('createRoom', { kind: 'latency', ms: 150 });
    const variables = {
      POLL_INTERVAL_MS: String(FAST.pollIntervalMs * 2),
      POLL_MAX_INTERVAL_MS: String(FAST.pollMaxIntervalMs * 2),
      SESSION_CHECK_MS: '200',
      UPSTREAM_RPS: '5000',
      GATEWAY_RATE_LIMIT: '0',
      LOG_LEVEL: 'warn',
    };
    let gateway = await startGatewayProcess({ sandbox, variables });
    const { url, port } = gateway;
    await using clients = new AsyncDisposableStack();
    clients.defer(() => gateway[Symbol.asyncDispose]());
    const load = new Load(rooms);
    const subscribers = Object.entries(follows).flatMap(([name, follow]) =>
      Array.from({ length: EACH }, (_, index) => {
        const subscriber = new Subscriber(name, rooms[index % rooms.length] ?? '');
        const leave = follow(url, subscriber);
        clients.defer(async () => void (await leave()));
        return subscriber;
      }),
    );
    for (let index = 0; index < EACH; index += 1) {
      load.overHttp(url);
      const client = wsClient(url);
      clients.defer(() => client.dispose());
      load.overSocket(client);
    }
    clients.defer(() => void load.stop());
    const wrong = () => subscribers.flatMap((subscriber) => subscriber.wrong(world));
    const allTrue = () => expect.poll(wrong, { interval: 50, timeout: 60_000 }).toEqual([]);
    await allTrue();

    for (let restart = 0; restart < RESTARTS; restart += 1) {
      const before = load.answered;
      await expect.poll(() => load.answered, { interval: 5 }).toBeGreaterThan(before + 50);
      const startedAt = performance.now();
      gateway.kill('SIGTERM');
      expect(await gateway.ended).toBe(0);
      expect(performance.now() - startedAt).toBeLessThan(15_000);
      for (const id of rooms) {
        world.leave(id, presentIn(world, id)[0] ?? '');
        world.join(id, newcomer(`Grace ${restart}`));
      }
      gateway = await startGatewayProcess({ sandbox, variables, port });
      await allTrue();
      // A new process knows no cursor of another one, and says so: the snapshot has all that was missed.
      expect(new Set(subscribers.map(({ reasons }) => reasons.join()))).toEqual(
        new Set([['SUBSCRIBED', ...Array.from({ length: restart + 1 }, () => 'CURSOR_TOO_OLD')].join()]),
      );
      for (const id of rooms) world.join(id, newcomer(`Hedy ${restart}`));
      await allTrue();
    }
    faults.clear();
    await load.stop();
    expect(load.lost).toEqual([]);
    expect(load.answered).toBeGreaterThan(100);
    if (RESTARTS > 1) {
      process.stderr.write(
        `${RESTARTS} restarts: ${load.answered} requests answered, 0 lost, ${load.refused} connections refused\n`,
      );
    }
  },
);
