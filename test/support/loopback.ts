// Servers and ports on loopback for single tests.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Loopback extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string;
}

/** Makes `server` listen on a free port. Disposing closes it and all of its connections. */
export async function listenOnLoopback(server: Server): Promise<Loopback> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server has such an address
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A port that was free at the call, for processes that cannot report a port of their own choice. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await using loopback = await listenOnLoopback(server);
  return Number(new URL(loopback.url).port);
}
