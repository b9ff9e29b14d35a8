// Stops an HTTP server. The method `close` of Node's server is not sufficient: it closes idle connections immediately, although
// their clients may just be sending a request, and keeps all other connections open for as long as their clients send further
// requests.
import type { Server, ServerResponse } from 'node:http';
import { Server as PortServer, type Socket } from 'node:net';
import { LinkedList } from '../../linked-list.ts';
import { DRAIN_MS } from '../drain.ts';

/** Closes a server so that no request is lost. */
export class Ending {
  readonly #server: () => Server;
  readonly #lingerMs: number;
  /** Responses that have not been sent. */
  readonly #open = new LinkedList<ServerResponse>();
  #state: 'serving' | 'lingering' | 'closing' = 'serving';

  /** `lingerMs`: see `LINGER_MS`. */
  constructor(server: () => Server, lingerMs: number) {
    this.#server = server;
    this.#lingerMs = lingerMs;
  }

  /** Call this with each response. */
  began(response: ServerResponse): void {
    response.on('close', this.#open.add(response));
    // Node then writes `Connection: close`, and closes the connection behind this answer.
    if (this.#state !== 'serving') response.shouldKeepAlive = false;
  }

  /** Call this whenever requests have ended; `requests`: how many are running or waiting. */
  closeIdle(requests: number): void {
    if (this.#state !== 'closing') return;
    // Node does not count a connection as idle before its first request, and browsers open such connections in reserve.
    if (requests === 0) this.#server().closeAllConnections();
    else this.#server().closeIdleConnections();
  }

  /** Closes the port at once. Resolves when all connections are closed. `requests`: how many are running or waiting. */
  async close(requests: () => number): Promise<void> {
    const server = this.#server();
    this.#state = 'lingering';
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    for (const response of this.#lastOfEach()) response.shouldKeepAlive = false;
    // `close` of the HTTP server itself would also close connections.
    const closed = new Promise<void>((resolve) => PortServer.prototype.close.call(server, () => resolve()));
    const linger = setTimeout(() => {
      // What has arrived meanwhile is read first.
      setImmediate(() => {
        this.#state = 'closing';
        this.closeIdle(requests());
      });
    }, this.#lingerMs);
    await closed;
    clearTimeout(cut);
    clearTimeout(linger);
    // Stops its search for slow requests.
    server.close();
  }

  /** If one connection has several requests, the answers to all but the last keep it open. */
  #lastOfEach(): Iterable<ServerResponse> {
    const last = new Map<Socket, ServerResponse>();
    for (const response of this.#open.values()) last.set(response.req.socket, response);
    return last.values();
  }
}
