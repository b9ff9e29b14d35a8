// Node's HTTP server with the gateway's timeouts. When it stops, requests in flight have time to finish.
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../clock.ts';
import { Deadlines } from '../deadlines.ts';
import { LINGER_MS } from '../drain.ts';
import { Ending } from './ending.ts';
import { Turns } from './turns.ts';

/** An HTTP server; call `listen` at most once. */
export interface Listener {
  /** Node's server, for its `upgrade` event. */
  readonly server: Server;
  /**
   * Starts listening; port 0 takes any free port. Resolves to the server's URL, without a path. Rejects with Node's error, for
   * example `EADDRINUSE`.
   */
  listen(port: number, host: string): Promise<string>;
  /**
   * Closes the port at once. Requests in flight finish, and so do those that come over open connections within 1 s; each
   * answer tells the client to close its connection. After 10 s all connections are cut. Resolves when all are closed.
   */
  close(): Promise<void>;
}

/** How long a client may take to send a request and to read its answer, in milliseconds. */
export interface RequestTimes {
  /** For the headers. */
  readonly headersMs: number;
  /** For the whole request, its headers included. */
  readonly requestMs: number;
  /** For reading an answer, once the gateway has written all of it. */
  readonly unreadMs: number;
}

const REQUEST_TIMES: RequestTimes = { headersMs: 10_000, requestMs: 30_000, unreadMs: 60_000 };
/**
 * How often Node checks for slow requests within `headersMs`. By default it checks every 30 s, so that it would cut slow requests
 * up to 30 s late.
 */
const CHECKS = 20;
/**
 * How long an idle connection is kept. Load balancers keep theirs for 60 s by default; if the gateway closed first, it could
 * close just when the balancer sends a request, and the client would get an error.
 */
const KEEP_ALIVE_MS = 72_000;

/** Options of `createListener`. */
export interface ListenerOptions {
  /** Answers each request. */
  readonly handle: RequestListener;
  /**
   * Whether a request with an `Upgrade` header becomes an `upgrade` event. Otherwise the header is ignored and the request
   * goes to `handle`, as RFC 9110 section 7.8 allows: Java's client and `curl --http2` offer `h2c` with each request.
   * Default: as Node decides.
   */
  readonly shouldUpgrade?: (request: IncomingMessage) => boolean;
  /** Maximum number of open client connections; Node drops further ones without an answer. */
  readonly maxConnections: number;
  /** How long connections without a request stay open once the server closes, in milliseconds. Default: `LINGER_MS`. */
  readonly lingerMs?: number | undefined;
  /** Default: 10 s for the headers, 30 s for the whole request, 60 s for reading the answer. */
  readonly times?: RequestTimes;
}

/**
 * Makes a server. A client that has not sent a request's headers after `headersMs` (default 10 s), or all of it after
 * `requestMs` (default 30 s), is cut: Node answers 408 at that time or up to a twentieth of `headersMs` before it. A
 * connection without a request is closed after 72 s. Requests of one connection run one after another. A connection is cut
 * without an answer if more than 8 of its requests wait for answers, or if an answer is unread after `unreadMs` (default
 * 60 s).
 */
export function createListener({
  handle,
  shouldUpgrade,
  maxConnections,
  lingerMs = LINGER_MS,
  times: { headersMs, requestMs, unreadMs } = REQUEST_TIMES,
}: ListenerOptions): Listener {
  const checkMs = headersMs / CHECKS;
  const ending = new Ending(() => server, lingerMs);
  const turns = new Turns(() => ending.closeIdle(turns.count));
  const unread = new Deadlines(systemClock);
  const options = {
    connectionsCheckingInterval: checkMs,
    ...(shouldUpgrade === undefined ? {} : { shouldUpgradeCallback: shouldUpgrade }),
  };
  const server = createServer(options, (request, response) => {
    let wasRead: (() => void) | undefined;
    // Node emits `prefinish` when the whole answer is written, and `close` when the network has taken it or is gone.
    response.on('prefinish', () => {
      wasRead = unread.after(unreadMs, () => request.socket.destroy());
    });
    response.on('close', () => wasRead?.());
    ending.began(response);
    turns.take(request, response, () => handle(request, response));
  });
  // A request can exceed its time by one interval before Node checks.
  server.headersTimeout = headersMs - checkMs;
  server.requestTimeout = requestMs - checkMs;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxConnections = maxConnections;
  return {
    server,
    listen: (port, host) => listen(server, port, host),
    close: () => ending.close(() => turns.count),
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
