// The sandbox: a stateful emulator of the documented REST API, served over HTTP, with all data in memory.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock, type Clock } from '../clock.ts';
import type { RoomWebhook } from '../openapi/types.ts';
import { BASE_PATH, handle } from './http/api.ts';
import { Credentials } from './http/credentials.ts';
import { fillWithDemoData } from './demo.ts';
import { guardedClock, warnOf } from './guarded-clock.ts';
import { Faults } from './http/faults.ts';
import { Ledger } from './http/ledger.ts';
import { playRooms } from './live/players.ts';
import { playVisits } from './live/visits.ts';
import { Replays } from './webhooks/replays.ts';
import { playPolls } from './polls/voters.ts';
import { Webhooks } from './webhooks/webhooks.ts';
import { World } from './live/world.ts';

/** The options of `startSandbox`; all have defaults. */
export interface SandboxOptions {
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** Port to listen on. Default 0: any free port. */
  readonly port?: number;
  /** Determines the data, the ids and what happens with `living`. Default 1. */
  readonly seed?: number;
  /** The access key that tokens must contain. Default `sandbox`. */
  readonly accessKey?: string;
  /** The secret that tokens must be signed with. Default `sandbox-secret`. */
  readonly secret?: string;
  /** Tests pass a clock that they advance themselves. Default: the machine's clock. */
  readonly clock?: Clock;
  /** Whether simulated people act in the live rooms over time. Default false. */
  readonly living?: boolean;
  /** Receives an error that a timer throws, which is a fault of the sandbox. Default: a warning of the process. */
  readonly onTimerError?: (error: unknown) => void;
  /** Receives the events of every room without a webhook of its own. Default: no receiver. */
  readonly webhook?: RoomWebhook;
  /** The data at the start: `demo` data, or an `empty` workspace. Default `demo`. */
  readonly data?: 'demo' | 'empty';
}

/** A running sandbox: its address, and the handles by which tests change its state and observe it. */
export interface Sandbox extends AsyncDisposable {
  /** Base URL of the REST API and of the room-code exchange, such as `http://127.0.0.1:4100/v2`. */
  readonly url: string;
  /** All state; changing it emits events and sends webhooks. */
  readonly world: World;
  /** Every request received. */
  readonly ledger: Ledger;
  /** Faults to switch on, such as delays and broken answers. */
  readonly faults: Faults;
  readonly webhooks: Webhooks;
  /** Stops listening, destroys open connections, clears faults and timers. A second call does nothing. */
  close(): Promise<void>;
}

/** Starts a sandbox; rejects if it cannot listen on the address. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, seed = 1 } = options;
  const clock = guardedClock(options.clock ?? systemClock, options.onTimerError ?? warnOf);
  const world = new World(seed, clock);
  if (options.data !== 'empty') fillWithDemoData(world, seed, clock.now());
  const credentials = new Credentials(
    options.accessKey ?? 'sandbox',
    options.secret ?? 'sandbox-secret',
    clock,
  );
  const [ledger, faults, closing] = [new Ledger(), new Faults(world.past), new AbortController()];
  const closed = closing.signal;
  const webhooks = new Webhooks({ world, clock, seed, workspace: options.webhook, closed });
  const send = webhooks.sendAgain.bind(webhooks);
  const replays = new Replays({ log: world.deliveries, clock, send, closed });
  const parts = { world, credentials, replays, ledger, faults, clock, closed };
  const server = createServer((request, response) => void handle(parts, request, response));
  await listen(server, host, port);
  const plays =
    options.living === true ? [playRooms, playVisits, playPolls].map((play) => play(world, seed, clock)) : [];

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
  // A server that listens on a port (not on a pipe) has an address of this type.
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}${BASE_PATH}`;
}
