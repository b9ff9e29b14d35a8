// One WebSocket: its messages go to the protocol, pings find out whether its client is still there, and nothing that
// comes over it ends more than this one socket.
import type { IncomingMessage } from 'node:http';
import type { Server as Protocol } from 'graphql-ws';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { Clock } from '../../clock.ts';
import { addressOf } from '../http/client-address.ts';
import type { ServerCaller, Visitor } from '../entrance.ts';
import { SocketOperations } from './socket-operations.ts';

/** What belongs to one socket. */
export interface Connection<Caller extends ServerCaller> {
  readonly socket: WebSocket;
  /** Where its client comes from. */
  readonly address: string;
  /** Aborts when the socket closes. */
  readonly gone: AbortSignal;
  readonly operations: SocketOperations;
  /** Who it is; null until the connection is initialised. */
  visitor: Visitor<Caller> | null;
}

export interface ConnectionOptions<Caller extends ServerCaller> {
  readonly protocol: Protocol<Connection<Caller>>;
  readonly clock: Clock;
  readonly log: Logger;
  /** How often a client is pinged, in milliseconds; one that has not answered by the next ping is cut off. */
  readonly keepAliveMs: number;
}

/** Close codes that the server itself uses, beside those of the protocol's library. */
export const closeCodes = {
  goingAway: 1001,
  tryAgainLater: 1013,
  badRequest: 4400,
  forbidden: 4403,
  internalError: 4500,
} as const;

export function serveConnection<Caller extends ServerCaller>(
  socket: WebSocket,
  request: IncomingMessage,
  options: ConnectionOptions<Caller>,
): void {
  const { protocol, log } = options;
  const gone = new AbortController();
  const operations = new SocketOperations();
  const connection = { socket, address: addressOf(request), gone: gone.signal, operations, visitor: null };
  // The library closes the socket with the right code; without a listener the process would end.
  socket.on('error', (error) => log.debug({ err: error }, 'a WebSocket failed'));
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => send(socket, text),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) => {
        socket.on('message', (data: Buffer) => {
          handle(data.toString()).catch((error: unknown) => closeUpon(error, socket, log));
          operations.abortAbandoned();
        });
      },
    },
    connection,
  );
  const stopPings = keepAlive(socket, options);
  socket.once('close', (code, reason) => {
    stopPings();
    gone.abort();
    operations.abortAll();
    closed(code, reason.toString()).catch((error: unknown) => {
      log.error({ err: error }, 'a WebSocket did not close in order');
    });
  });
}

/** How much may wait for a client who does not read, in bytes. */
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024;

/** Whether the client reads what it is sent; one that does not is told to go. */
function isReading(socket: WebSocket): boolean {
  if (socket.bufferedAmount <= MAX_BACKLOG_BYTES) return true;
  socket.close(closeCodes.tryAgainLater, 'Too slow');
  return false;
}

/** Resolves when the message is on its way; at once where the client is gone. */
function send(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!isReading(socket) || socket.readyState !== socket.OPEN) resolve();
    else socket.send(text, (error) => (error == null ? resolve() : reject(error)));
  });
}

/** The library throws for messages that only a server may send; all else is a fault of ours. */
function closeUpon(error: unknown, socket: WebSocket, log: Logger): void {
  if (error instanceof Error && error.message.startsWith('Unexpected message of type')) {
    socket.close(closeCodes.badRequest, 'Unexpected message');
  } else if (socket.readyState === socket.OPEN) {
    log.error({ err: error }, 'a message over WebSocket failed unexpectedly');
    socket.close(closeCodes.internalError, 'Internal server error');
  }
}

function keepAlive(
  socket: WebSocket,
  { clock, keepAliveMs }: Pick<ConnectionOptions<ServerCaller>, 'clock' | 'keepAliveMs'>,
): () => void {
  let answered = true;
  // The library answers pings whether or not its answers are read.
  socket.on('ping', () => isReading(socket));
  socket.on('pong', () => {
    answered = true;
  });
  const ping = () => {
    if (!answered) return socket.terminate();
    answered = false;
    if (socket.readyState === socket.OPEN) socket.ping();
    cancel = clock.schedule(ping, keepAliveMs);
  };
  let cancel = clock.schedule(ping, keepAliveMs);
  return () => cancel();
}
