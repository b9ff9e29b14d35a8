// The set-up of the benchmarks: a sandbox, a listening gateway, a live room with one peer, and real WebSocket clients.
import { createClient } from 'graphql-ws';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { Authenticator } from '../src/auth/authenticator.ts';
import { systemClock } from '../src/clock.ts';
import { readConfig, type Config } from '../src/config.ts';
import { composeGateway, type Gateway } from '../src/gateway.ts';
import type { PeerRecord, RoomRecord } from '../src/sandbox/records.ts';
import { startSandbox, type Sandbox } from '../src/sandbox/sandbox.ts';
import { Secret } from '../src/secret.ts';

/** A running gateway over a running sandbox. Disposing ends both. */
export interface Stage extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly sandbox: Sandbox;
  /** The URL of the gateway, without a path. */
  readonly url: string;
  /** A live room, whose only peer is `peer`. */
  readonly room: RoomRecord;
  /** Connected to `room`. */
  readonly peer: PeerRecord;
}

/** Starts a sandbox and a gateway on free loopback ports. Authentication and the rate limit are off. */
export async function startStage(config: Partial<Config>): Promise<Stage> {
  await using resources = new AsyncDisposableStack();
  const sandbox = resources.use(await startSandbox({ data: 'empty' }));
  const gateway = resources.use(
    composeGateway({
      config: { ...readConfig({ PORT: '0', SANDBOX_PORT: '0', GATEWAY_RATE_LIMIT: '0' }), ...config },
      log: pino({ level: 'silent' }),
      limits: { subscriptionsPerCaller: 100_000, operationsPerSocket: 100_000 },
      upstream: { apiUrl: sandbox.url, accessKey: 'sandbox', secret: new Secret('sandbox-secret') },
      authentication: new Authenticator({}, systemClock),
    }),
  );
  const room = sandbox.world.rooms.create({ name: 'bench' });
  const peer = sandbox.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  const url = await gateway.listen();
  const all = resources.move();
  return { gateway, sandbox, url, room, peer, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

const DOCUMENT = `subscription Changes($roomId: ID!) {
  peerChanges(roomId: $roomId) {
    __typename
    cursor
    ... on PeerUpdated { changed peer { hmsId name role metadata } }
  }
}`;

/** One WebSocket of the graphql-ws client, with subscriptions to the stage's room. */
export interface Subscribers extends AsyncDisposable {
  /** Resolves when each subscription has received its first event, the snapshot. Rejects if a subscription fails. */
  readonly ready: Promise<unknown>;
}

/** Subscribes `count` times over one socket; `onEvent` is called for each event after the first. */
export function subscribe({ url, room }: Stage, count: number, onEvent: () => void): Subscribers {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const first = Array.from({ length: count }, () => Promise.withResolvers<void>());
  for (const { resolve, reject } of first) {
    let hasSnapshot = false;
    client.subscribe(
      { query: DOCUMENT, variables: { roomId: room.id } },
      {
        next() {
          if (hasSnapshot) onEvent();
          hasSnapshot = true;
          resolve();
        },
        error: reject,
        complete() {},
      },
    );
  }
  return {
    ready: Promise.all(first.map(({ promise }) => promise)),
    [Symbol.asyncDispose]: async () => client.dispose(),
  };
}

/** Prints rows as a table with aligned columns; the first row has the column names. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    console.log(`  ${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('   ')}`);
  }
}
