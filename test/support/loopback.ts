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
  await listen(server, 0);
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

/** Below the ports that systems give to outgoing connections (Linux: from 32768), so that none of these takes it meanwhile. */
const PORTS = { from: 12_000, count: 20_000 };

/** A port that was free at the call, for processes that cannot report a port of their own choice. */
export async function freePort(): Promise<number> {
  const server = createServer();
  for (let tries = 0; tries < 100; tries++) {
    const port = PORTS.from + Math.floor(Math.random() * PORTS.count);
    const isFree = await listen(server, port).then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error('No port of a hundred is free.');
}

/** Rejects if the port is taken. */
async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}
