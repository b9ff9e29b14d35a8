// One WebSocket: passes its messages to the protocol and pings its client. An invalid message must not affect more than its own
// socket. Close codes: RFC 6455 (1000 to 1015) and the protocol graphql-transport-ws (4400 to 4500).
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Server as Protocol } from 'graphql-ws';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { TraceHeaders } from '../../trace.ts';
import type { ServerCaller, Visitor } from '../entrance.ts';
import { wellFormedJson } from '../operation/result-text.ts';
import { Outbox, type Flushing } from './outbox.ts';
import { SocketOperations } from './socket-operations.ts';
import type { Wheel } from './wheel.ts';

/** The state of one socket, from its upgrade to its close. graphql-ws passes it to every hook as `extra`. */
export interface SocketSession<Caller extends ServerCaller> {
  /** The socket of the package `ws`. */
  readonly socket: WebSocket;
  /** The client's IP address as limits count it, see `createAddressOf`. */
  readonly address: string;
  /** The id of the upgrade's request, by which the socket's lines of the log are found. */
  readonly requestId: string;
  /** The headers of that request by which its operations join a trace. */
  readonly trace: TraceHeaders;
  /** The request of the upgrade, for an authentication that reads it; null: it does not, or the client is authenticated. */
  upgrade: IncomingMessage | null;
  /** Aborts when the socket closes. */
  readonly gone: AbortSignal;
  /** The operations that run on this socket. */
  readonly operations: SocketOperations;
  /** The authenticated client; null until its `connection_init` is accepted. */
  visitor: Visitor<Caller> | null;
  /** The frames of subscriptions, and all long ones. */
  readonly outbox: Outbox;
  /** The message to send in place of the next one that graphql-ws writes; null: none. See `writtenResult`. */
  written: WrittenMessage | null;
  /** Ends the wait for `connection_init`, which the client has sent; null: it was sent before. */
  begin: (() => void) | null;
  /** Whether the gateway is stopping: no operation begins any more. */
  isLeaving: boolean;
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
  readonly trace: TraceHeaders;
  readonly upgrade: IncomingMessage | null;
}

/** Options of `serveSocket`; all are required. */
export interface SocketOptions<Caller extends ServerCaller> {
  /** The protocol, one for all sockets: see `createProtocol`. */
  readonly protocol: Protocol<SocketSession<Caller>>;
  /** Gets the socket's opening, closing and failures (debug), and of the gateway while it handles a message (error). */
  readonly log: Logger;
  /** Calls `pingSoon` and `ping` for each socket. A client that has not answered by the next ping is cut. */
  readonly pings: Wheel<Pinged>;
  /** Calls `closeUnlessBegun` for each socket whose client has not sent `connection_init`. */
  readonly beginnings: Wheel<Pick<SocketSession<ServerCaller>, 'socket' | 'begin'>>;
  /** Writes the frames of all sockets, turn by turn. */
  readonly flushing: Flushing;
}

/** Close codes that this folder uses. graphql-ws uses more of its own, such as 4409 and 4429. */
export const closeCodes = {
  goingAway: 1001,
  tryAgainLater: 1013,
  badRequest: 4400,
  forbidden: 4403,
  initTimeout: 4408,
  internalError: 4500,
} as const;

/** The state of a socket that has just been opened. */
function sessionOf<Caller extends ServerCaller>(
  { socket, stream, address, requestId, trace, upgrade }: OpenedSocket,
  gone: AbortSignal,
  flushing: Flushing,
): SocketSession<Caller> {
  return {
    socket,
    address,
    requestId,
    trace,
    upgrade,
    gone,
    operations: new SocketOperations(),
    visitor: null,
    outbox: new Outbox(socket, stream, flushing),
    written: null,
    begin: null,
    isLeaving: false,
  };
}

/**
 * Serves a socket from its upgrade until it closes, and returns its state. When it closes, `gone` aborts first, then
 * all of its operations, then graphql-ws ends its streams.
 */
export function serveSocket<Caller extends ServerCaller>(
  opened: OpenedSocket,
  options: SocketOptions<Caller>,
): SocketSession<Caller> {
  const { protocol, log } = options;
  const { socket, requestId } = opened;
  log.debug({ requestId }, 'a WebSocket was opened');
  const gone = new AbortController();
  const session = sessionOf<Caller>(opened, gone.signal, options.flushing);
  const { operations } = session;
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
  // ws answers each ping, also when the client reads none of the answers: they would fill the send queue.
  socket.on('ping', () => isReading(session));
  socket.on('pong', () => session.outbox.pulse.answered());
  const stopPings = options.pings.add(session);
  session.begin = options.beginnings.add(session);
  socket.once('close', (code, reason) => {
    log.debug({ requestId, closeCode: code }, 'a WebSocket was closed');
    stopPings();
    session.begin?.();
    gone.abort();
    operations.abortAll();
    closed(code, reason.toString()).catch((error: unknown) => {
      log.error({ err: error }, 'a WebSocket did not close in order');
    });
  });
  return session;
}

/** How long a client may take to answer the close frame before its socket is cut, in milliseconds. */
const GOODBYE_MS = 2000;

/** The part of a session that its end needs. */
type Leaving = Pick<SocketSession<ServerCaller>, 'socket' | 'operations' | 'isLeaving'>;

/**
 * Closes a socket as `goAway` does once its queries and mutations are answered: a client that comes back sends those again that
 * were not. What it sends from now on is left unanswered for the same reason.
 */
export function closeWhenAnswered(session: Leaving): void {
  session.isLeaving = true;
  session.operations.whenAnswered(() => goAway(session));
}

/** Closes a socket with 1001, after which clients come back, and cuts it 2 s later if its client has not closed it by then. */
export function goAway({ socket }: Pick<Leaving, 'socket'>): void {
  socket.close(closeCodes.goingAway, 'The gateway is going away');
  setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
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

/** The part of a session that pings need. */
type Pinged = Pick<SocketSession<ServerCaller>, 'socket' | 'outbox'>;

/** From now on a ping goes along with the next frames. */
export function pingSoon({ outbox }: Pinged): void {
  outbox.pulse.soon();
}

/** Cuts the socket if the client has not answered the last ping. Otherwise pings it, unless `pingSoon` has done so. */
export function ping({ socket, outbox }: Pinged): void {
  const beat = outbox.pulse.beat();
  if (beat === 'cut') socket.terminate();
  else if (beat === 'ping') outbox.ping();
}

/**
 * Closes the socket of a client that has not sent `connection_init`. It may have been sent while the event loop was blocked, so
 * what has arrived is read first.
 */
export function closeUnlessBegun(session: Pick<SocketSession<ServerCaller>, 'socket' | 'begin'>): void {
  setImmediate(() => {
    if (session.begin === null) return;
    session.socket.close(closeCodes.initTimeout, 'Connection initialisation timeout');
  });
}
