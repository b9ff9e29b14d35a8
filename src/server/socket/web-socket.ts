// WebSockets on the port of HTTP: which upgrades are accepted, and how all sockets are closed when the server stops.
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { TraceHeaders } from '../../trace.ts';
import { requestIdOf } from '../http/request-id.ts';
import { normalizeTarget, pathOf } from '../http/request-target.ts';
import type { ServerCaller } from '../entrance.ts';
import type { Limits } from '../operation/limits.ts';
import type { Refusal } from '../http/origins.ts';
import { Flushing } from './outbox.ts';
import { DRAIN_MS } from '../drain.ts';
import {
  closeUnlessBegun,
  closeWhenAnswered,
  goAway,
  ping,
  pingSoon,
  serveSocket,
  type OpenedSocket,
  type SocketSession,
} from './socket-session.ts';
import { createProtocol, type ProtocolOptions } from './socket-protocol.ts';
import { Wheel } from './wheel.ts';
import { Tally } from '../tally.ts';

/** Times that tests shorten. */
export interface WebSocketTimes {
  /** How often a client is pinged, in milliseconds; default 12 000. Unanswered by the next ping, its socket is cut. */
  readonly keepAliveMs?: number;
  /** How long a client may take to send `connection_init`, in milliseconds; default 3000. Then 4408. */
  readonly initTimeoutMs?: number;
}

/** Options of `createWebSockets`: those of the protocol, and which upgrades are accepted. */
export interface WebSocketOptions<Caller extends ServerCaller>
  extends WebSocketTimes, Omit<ProtocolOptions<Caller>, 'limits'> {
  /** An upgrade over `sockets` is refused with 503, one over `socketsPerAddress` with 429. */
  readonly limits: Limits;
  /** Runs before anything is counted: why an upgrade is refused; null: it is not. */
  readonly refusalOf: (request: IncomingMessage) => Refusal | null;
}

/** The largest message of a client, in bytes. A larger one closes its socket with 1009. */
export const MAX_MESSAGE_BYTES = 256 * 1024;
const KEEP_ALIVE_MS = 12_000;
const INIT_TIMEOUT_MS = 3000;

/** Whether a request asks for a WebSocket at `path`. All other upgrades are ignored, and their requests answered. */
export function isSocketUpgrade(request: IncomingMessage, path: string): boolean {
  normalizeTarget(request);
  const isWebSocket = request.headers.upgrade?.toLowerCase() === 'websocket';
  return isWebSocket && request.method === 'GET' && pathOf(request) === path;
}

/** The WebSockets of one server. */
export interface WebSockets {
  /** Handles an upgrade to WebSocket, as the event `upgrade` of Node's HTTP server tells of it. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /**
   * Closes each socket with 1001 (going away) when the queries and mutations that run on it are answered, at the latest after
   * 10 s. Resolves when all are closed, at the latest 2 s later. Upgrades that come later are refused with 503.
   */
  close(): Promise<void>;
}

/** Makes the WebSockets of a server; whoever has the server calls `upgrade`. */
export function createWebSockets<Caller extends ServerCaller>(options: WebSocketOptions<Caller>): WebSockets {
  const { limits, entrance, observer } = options;
  const addresses = new Tally();
  let isClosing = false;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (protocols) => handleProtocols(protocols),
  });
  const sessions = new Set<SocketSession<Caller>>();
  const serve = servingOf(options);
  return {
    upgrade(request, socket, head) {
      const refuse = (status: number) => {
        observer?.onSocketRefused(status);
        refuseUpgrade(socket, status);
      };
      const refusal = options.refusalOf(request);
      if (refusal !== null) return refuse(refusal.status);
      if (isClosing || sockets.clients.size >= limits.sockets) return refuse(503);
      const address = entrance.addressOf(request);
      const leave = addresses.take(address, limits.socketsPerAddress);
      if (leave === null) return refuse(429);
      socket.once('close', leave);
      sockets.handleUpgrade(request, socket, head, (client) => {
        const requestId = requestIdOf(request, options.log);
        const upgrade = entrance.readsRequests ? request : null;
        observer?.onSocket();
        const session = serve({
          socket: client,
          stream: socket,
          address,
          requestId,
          trace: traceOf(request),
          upgrade,
        });
        sessions.add(session);
        client.once('close', (code) => {
          sessions.delete(session);
          observer?.onSocketClosed(code);
        });
      });
    },
    async close() {
      isClosing = true;
      for (const session of sessions) closeWhenAnswered(session);
      const late = setTimeout(() => {
        for (const session of sessions) goAway(session);
      }, DRAIN_MS);
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
      clearTimeout(late);
    },
  };
}

/** Serves sockets by one protocol, and pings them. */
function servingOf<Caller extends ServerCaller>(
  options: WebSocketOptions<Caller>,
): (opened: OpenedSocket) => SocketSession<Caller> {
  const { clock, log, keepAliveMs = KEEP_ALIVE_MS, initTimeoutMs = INIT_TIMEOUT_MS } = options;
  const socketOptions = {
    protocol: createProtocol(options),
    log,
    flushing: new Flushing(),
    pings: new Wheel(clock, keepAliveMs, ping, pingSoon),
    beginnings: new Wheel(clock, initTimeoutMs, closeUnlessBegun),
  };
  return (opened) => serveSocket(opened, socketOptions);
}

const NO_TRACE: TraceHeaders = {};

/** No other header of the upgrade is kept with its socket, once its client is authenticated. */
function traceOf({ headers: { traceparent, tracestate } }: IncomingMessage): TraceHeaders {
  return traceparent === undefined ? NO_TRACE : { traceparent, tracestate };
}

function refuseUpgrade(socket: Duplex, status: number): void {
  // Node stops listening to the socket of an upgrade. Without this listener, a client that has hung up already would end
  // the process.
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
