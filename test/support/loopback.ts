// Servers and ports of a test's own on loopback.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Loopback extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
}

/** Lets `server` listen on a free port; at the end all of its connections are closed, and it with them. */
export async function listenOnLoopback(server: Server): Promise<Loopback> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // of a TCP server
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

/** A port that was free a moment ago, for processes that cannot say which one they took. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await using loopback = await listenOnLoopback(server);
  return Number(new URL(loopback.url).port);
}
