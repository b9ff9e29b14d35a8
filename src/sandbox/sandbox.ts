// The sandbox: a stateful emulator of the documented REST API, with data in memory, over HTTP on loopback.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock, type Clock } from '../clock.ts';
import type { RoomWebhook } from '../openapi/types.ts';
import { BASE_PATH, handle } from './http/api.ts';
import { Credentials } from './http/credentials.ts';
import { fillWithDemoData } from './demo.ts';
import { Faults } from './http/faults.ts';
import { Ledger } from './http/ledger.ts';
import { playRooms } from './live/players.ts';
import { Replays } from './webhooks/replays.ts';
import { playPolls } from './polls/voters.ts';
import { Webhooks } from './webhooks/webhooks.ts';
import { World } from './live/world.ts';

export interface SandboxOptions {
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 1. The same seed gives the same data and the same history, ids too. */
  readonly seed?: number;
  /** The access key that tokens must carry. Default `sandbox`. */
  readonly accessKey?: string;
  /** The secret that tokens must be signed with. Default `sandbox-secret`. */
  readonly secret?: string;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** Whether people come, act and go over time in the live rooms. Default false. */
  readonly living?: boolean;
  /** Where the workspace's events go, with static headers; a room's own webhook replaces it. Default: nowhere. */
  readonly webhook?: RoomWebhook;
  /** What there is at the start. Default `demo`. */
  readonly data?: 'demo' | 'empty';
}

export interface Sandbox extends AsyncDisposable {
  /** Base URL of the REST API and of the room-code exchange, such as `http://127.0.0.1:4100/v2`. */
  readonly url: string;
  readonly world: World;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly webhooks: Webhooks;
  /** Stops listening, ends open connections, releases faults and timers. Closing twice is harmless. */
  close(): Promise<void>;
}

/** Starts a sandbox; rejects if the address can't be listened on. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, seed = 1, clock = systemClock } = options;
  const world = new World(seed, clock);
  if (options.data !== 'empty') fillWithDemoData(world, seed, clock.now());
  const credentials = new Credentials(
    options.accessKey ?? 'sandbox',
    options.secret ?? 'sandbox-secret',
    clock,
  );
  const [ledger, faults, closing] = [new Ledger(), new Faults(), new AbortController()];
  const closed = closing.signal;
  const webhooks = new Webhooks({ world, clock, seed, workspace: options.webhook, closed });
  const send = webhooks.sendAgain.bind(webhooks);
  const replays = new Replays({ log: world.deliveries, clock, send, closed });
  const parts = { world, credentials, replays, ledger, faults, clock, closed };
  const server = createServer((request, response) => void handle(parts, request, response));
  await listen(server, host, port);
  const plays = options.living === true ? [playRooms(world, seed, clock), playPolls(world, seed, clock)] : [];

  const close = async (): Promise<void> => {
    closing.abort();
    faults.clear();
    for (const stop of plays) stop();
    await webhooks.close();
    world.dispose();
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  return { url: urlOf(server, host), world, ledger, faults, webhooks, close, [Symbol.asyncDispose]: close };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function urlOf(server: Server, host: string): string {
  // A server that listens on a port, and not on a pipe, has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}${BASE_PATH}`;
}
