// Node's HTTP server with the gateway's timeouts, and with an end that leaves requests in flight time to finish.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server; call `listen` at most once. */
export interface Listener {
  /** Node's server, for its `upgrade` event. */
  readonly server: Server;
  /**
   * Begins to listen; port 0 takes any free port. Resolves to the server's URL, without a path. Rejects with Node's error,
   * for example `EADDRINUSE`.
   */
  listen(port: number, host: string): Promise<string>;
  /** Closes the port. Resolves when the requests in flight are finished; after 10 s their connections are cut. */
  close(): Promise<void>;
}

/** How long a client may take to send the headers of a request. */
const HEADERS_TIMEOUT_MS = 10_000;
/** How long a client may take to send a whole request. */
const REQUEST_TIMEOUT_MS = 30_000;
/** How long requests in flight may take to finish once the server closes. */
const DRAIN_MS = 10_000;

/**
 * A server that passes each request to `handle`. With `maxConnections` client connections open, Node drops new ones without an
 * answer. A client has 10 s to send a request's headers and 30 s to send all of it; then Node answers 408.
 */
export function createListener(handle: RequestListener, maxConnections: number): Listener {
  let inFlight = 0;
  // Node does not count a connection as idle before its first request, and browsers open such connections in reserve.
  const cutIfQuiet = () => {
    if (!server.listening && inFlight === 0) server.closeAllConnections();
  };
  const server = createServer((request, response) => {
    inFlight += 1;
    response.once('close', () => {
      inFlight -= 1;
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
      // `address()` is an AddressInfo for a server that listens on a port; other types are for pipes and closed servers.
      const address = server.address() as AddressInfo;
      resolve(
        `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
      );
    });
  });
}
