// One WebSocket: hands its messages to the protocol and pings its client. No message of a client may end more than its
// own socket. Close codes: RFC 6455 (1000 to 1015) and the protocol graphql-transport-ws (4400 to 4500).
import type { Duplex } from 'node:stream';
import type { Server as Protocol } from 'graphql-ws';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { Clock } from '../../clock.ts';
import type { Appointment } from '../call-at.ts';
import type { ServerCaller, Visitor } from '../entrance.ts';
import { wellFormedJson } from '../operation/result-text.ts';
import { Outbox, type Flushing } from './outbox.ts';
import { SocketOperations } from './socket-operations.ts';

/** The state of one socket, from its upgrade to its close. graphql-ws passes it to every hook as `extra`. */
export interface SocketSession<Caller extends ServerCaller> {
  /** The socket of the package `ws`. */
  readonly socket: WebSocket;
  /** The client's IP address as limits count it, see `createAddressOf`. */
  readonly address: string;
  /** The id of the upgrade's request, by which the socket's lines of the log are found. */
  readonly requestId: string;
  /** Aborts when the socket closes. */
  readonly gone: AbortSignal;
  /** The operations that run on this socket. */
  readonly operations: SocketOperations;
  /** The authenticated client; null until its `connection_init` is accepted. */
  visitor: Visitor<Caller> | null;
  /** Closes the socket when the client's key or token expires; null: it does not expire. */
  expiry: Appointment | null;
  /** The frames of subscriptions, and all long ones. */
  readonly outbox: Outbox;
  /** The message to send in place of the next one that graphql-ws writes; null: none. See `writtenResult`. */
  written: WrittenMessage | null;
}

/** A message as a text of its own, and shared bytes that follow it. */
interface WrittenMessage {
  readonly own: string;
  readonly shared: readonly Buffer[];
}

/** A socket that has been opened. */
export interface OpenedSocket {
  readonly socket: WebSocket;
  /** The connection under it. */
  readonly stream: Duplex;
  readonly address: string;
  readonly requestId: string;
}

/** Options of `serveSocket`; all are required. */
export interface SocketOptions<Caller extends ServerCaller> {
  /** The protocol, one for all sockets: see `createProtocol`. */
  readonly protocol: Protocol<SocketSession<Caller>>;
  /** Times the pings. */
  readonly clock: Clock;
  /** Gets the socket's opening, closing and failures (debug), and of the gateway while it handles a message (error). */
  readonly log: Logger;
  /** How often a client is pinged, in milliseconds. A socket whose client has not answered by the next ping is cut. */
  readonly keepAliveMs: number;
  /** Writes the frames of all sockets, turn by turn. */
  readonly flushing: Flushing;
}

/** Close codes that this folder uses. graphql-ws uses more of its own, such as 4408 and 4429. */
export const closeCodes = {
  goingAway: 1001,
  tryAgainLater: 1013,
  badRequest: 4400,
  forbidden: 4403,
  internalError: 4500,
} as const;

/**
 * Serves a socket from its upgrade until it closes. When it closes, `gone` aborts first, then
 * all of its operations, then graphql-ws ends its streams.
 */
export function serveSocket<Caller extends ServerCaller>(
  { socket, stream, address, requestId }: OpenedSocket,
  options: SocketOptions<Caller>,
): void {
  const { protocol, log } = options;
  const outbox = new Outbox(socket, stream, options.flushing);
  log.debug({ requestId }, 'a WebSocket was opened');
  const gone = new AbortController();
  const operations = new SocketOperations();
  const session: SocketSession<Caller> = {
    socket,
    address,
    requestId,
    gone: gone.signal,
    operations,
    visitor: null,
    expiry: null,
    outbox,
    written: null,
  };
  // ws closes the socket with the right code by itself, but an `error` event without a listener ends the process.
  socket.on('error', (error) => log.debug({ err: error }, 'a WebSocket failed'));
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => {
        const { written } = session;
        session.written = null;
        return send(session, written ?? { own: wellFormedJson(text), shared: [] });
      },
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) => {
        socket.on('message', (data: Buffer) => {
          handle(data.toString()).catch((error: unknown) => closeUpon(error, socket, log));
          operations.abortAbandoned();
        });
      },
    },
    session,
  );
  const stopPings = keepAlive(session, options);
  socket.once('close', (code, reason) => {
    log.debug({ requestId, closeCode: code }, 'a WebSocket was closed');
    stopPings();
    gone.abort();
    operations.abortAll();
    closed(code, reason.toString()).catch((error: unknown) => {
      log.error({ err: error }, 'a WebSocket did not close in order');
    });
  });
}

/** How much may be queued for a client that does not read, in bytes. */
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024;

/** Whether the send queue is within its limit; if not, the socket is closed with 1013. Bytes that are shared do not count. */
function isReading({ socket, outbox }: Pick<SocketSession<ServerCaller>, 'socket' | 'outbox'>): boolean {
  if (outbox.ownBytes <= MAX_BACKLOG_BYTES) return true;
  socket.close(closeCodes.tryAgainLater, 'Too slow');
  return false;
}

/** Resolves when the message is written to the network; at once if the socket is closing or closed. */
function send(
  session: Pick<SocketSession<ServerCaller>, 'socket' | 'outbox'>,
  { own, shared }: WrittenMessage,
): Promise<void> {
  const { socket, outbox } = session;
  return new Promise((resolve, reject) => {
    if (!isReading(session) || socket.readyState !== socket.OPEN) resolve();
    else outbox.write(own, shared, (error) => (error == null ? resolve() : reject(error)));
  });
}

/** graphql-ws throws upon messages that only a server may send. Any other error is a fault of the gateway. */
function closeUpon(error: unknown, socket: WebSocket, log: Logger): void {
  if (error instanceof Error && error.message.startsWith('Unexpected message of type')) {
    socket.close(closeCodes.badRequest, 'Unexpected message');
  } else if (socket.readyState === socket.OPEN) {
    log.error({ err: error }, 'a message over WebSocket failed unexpectedly');
    socket.close(closeCodes.internalError, 'Internal server error');
  }
}

/** Begins to ping; the returned function ends it. */
function keepAlive(
  session: Pick<SocketSession<ServerCaller>, 'socket' | 'outbox'>,
  { clock, keepAliveMs }: Pick<SocketOptions<ServerCaller>, 'clock' | 'keepAliveMs'>,
): () => void {
  const { socket } = session;
  let answered = true;
  // ws answers each ping, also when the client reads none of the answers: they would fill the send queue.
  socket.on('ping', () => isReading(session));
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
