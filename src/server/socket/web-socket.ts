// GraphQL over WebSocket (graphql-transport-ws) on the same port as HTTP: which upgrades are taken, and their end.
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { addressOf } from '../http/client-address.ts';
import type { ServerCaller } from '../entrance.ts';
import type { Limits } from '../operation/limits.ts';
import type { Refusal } from '../http/origins.ts';
import { closeCodes, serveConnection } from './socket-connection.ts';
import { createProtocol, type ProtocolOptions } from './socket-protocol.ts';
import { Tally } from '../tally.ts';

export interface WebSocketTimes {
  /** How often a client is pinged, in milliseconds; default 12 s. */
  readonly keepAliveMs?: number;
  /** How long a client may take to initialise its connection, in milliseconds; default 3 s. */
  readonly initTimeoutMs?: number;
}

export interface WebSocketOptions<Caller extends ServerCaller>
  extends WebSocketTimes, Omit<ProtocolOptions<Caller>, keyof WebSocketTimes | 'limits'> {
  readonly limits: Limits;
  readonly path: string;
  /** Why a request may not come in at all; null: it may. */
  readonly refusalOf: (request: IncomingMessage) => Refusal | null;
}

/** The largest message of a client, in bytes. */
export const MAX_MESSAGE_BYTES = 256 * 1024;
const KEEP_ALIVE_MS = 12_000;
const INIT_TIMEOUT_MS = 3000;
/** How long a client may take to answer that it is told to go. */
const GOODBYE_MS = 2000;

/** Takes over the upgrades of `server`. The returned function closes all sockets with 1001 (going away). */
export function attachWebSocket<Caller extends ServerCaller>(
  server: Server,
  options: WebSocketOptions<Caller>,
): () => Promise<void> {
  const { limits } = options;
  const addresses = new Tally();
  const { keepAliveMs = KEEP_ALIVE_MS, initTimeoutMs = INIT_TIMEOUT_MS } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (protocols) => handleProtocols(protocols),
  });
  const protocol = createProtocol({ ...options, initTimeoutMs });
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?', 1)[0] !== options.path) return refuse(socket, 404);
    const refusal = options.refusalOf(request);
    if (refusal !== null) return refuse(socket, refusal.status);
    if (sockets.clients.size >= limits.sockets) return refuse(socket, 503);
    const leave = addresses.take(addressOf(request), limits.socketsPerAddress);
    if (leave === null) return refuse(socket, 429);
    socket.once('close', leave);
    sockets.handleUpgrade(request, socket, head, (client) => {
      serveConnection(client, request, { ...options, protocol, keepAliveMs });
    });
  });
  return async () => {
    for (const client of sockets.clients) client.close(closeCodes.goingAway, 'The gateway is going away');
    const force = setTimeout(() => {
      for (const client of sockets.clients) client.terminate();
    }, GOODBYE_MS);
    await new Promise<void>((resolve) => sockets.close(() => resolve()));
    clearTimeout(force);
  };
}

function refuse(socket: Duplex, status: number): void {
  // Once upgraded, nobody else listens to a socket: a client that has hung up already would end the process.
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
