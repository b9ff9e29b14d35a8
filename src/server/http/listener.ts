// A listener of Node with the gateway's timeouts, which listens at most once and ends in order.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listener {
  readonly server: Server;
  /** Begins to listen; port 0 takes any free one. Resolves to the URL of the server, without a path. */
  listen(port: number, host: string): Promise<string>;
  /** Takes nothing new; resolves when the requests under way are finished, or cut after 10 s. */
  close(): Promise<void>;
}

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const DRAIN_MS = 10_000;

/** Connections beyond `maxConnections` are dropped as they come. */
export function createListener(handle: RequestListener, maxConnections: number): Listener {
  let underWay = 0;
  /** To Node a connection on which nothing came yet, as browsers keep one ready, is not idle. */
  const cutIfQuiet = () => {
    if (!server.listening && underWay === 0) server.closeAllConnections();
  };
  const server = createServer((request, response) => {
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
      cutIfQuiet();
    });
    handle(request, response);
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.maxConnections = maxConnections;
  return {
    server,
    listen: (port, host) => listen(server, port, host),
    async close() {
      const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        cutIfQuiet();
      });
      clearTimeout(force);
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // A server that listens on a port has an address with one.
      const address = server.address() as AddressInfo;
      resolve(
        `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
      );
    });
  });
}
