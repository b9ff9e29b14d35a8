// A WebSocket client that can send messages that no library sends, and that keeps all received messages.
import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { SearchedSocket } from './searched-socket.ts';

/** A message of the protocol graphql-transport-ws. */
export interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

export interface RawSocket extends AsyncDisposable {
  readonly socket: WebSocket;
  /** Sends a value as JSON, or a text unchanged. */
  send(message: unknown): void;
  /** The next unread message. Rejects if the socket closes before one arrives. */
  next(): Promise<Message>;
  /** Resolves when the socket has closed, whoever closed it. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

/** Opens a WebSocket to the server at `url`. */
export async function openRawSocket(
  url: string,
  protocol: string | string[] = 'graphql-transport-ws',
): Promise<RawSocket> {
  const socket = new SearchedSocket(`${url.replace('http', 'ws')}/graphql`, protocol);
  const unread: Message[] = [];
  const readers: PromiseWithResolvers<Message>[] = [];
  socket.on('message', (data: Buffer) => {
    // The server sends JSON of the protocol.
    const message = JSON.parse(data.toString()) as Message;
    const reader = readers.shift();
    if (reader === undefined) unread.push(message);
    else reader.resolve(message);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => {
      for (const reader of readers) reader.reject(new Error(`closed with ${code} ${reason.toString()}`));
      resolve({ code, reason: reason.toString() });
    });
  });
  await once(socket, 'open');
  return {
    socket,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next() {
      const message = unread.shift();
      if (message !== undefined) return Promise.resolve(message);
      const reader = Promise.withResolvers<Message>();
      readers.push(reader);
      return reader.promise;
    },
    async [Symbol.asyncDispose]() {
      socket.terminate();
      await closed;
    },
  };
}

/** Opens a WebSocket and sends connection_init with `payload`. */
export async function openSession(url: string, payload?: object): Promise<RawSocket> {
  const raw = await openRawSocket(url);
  raw.send({ type: 'connection_init', ...(payload === undefined ? {} : { payload }) });
  const ack = await raw.next();
  if (ack.type !== 'connection_ack') throw new Error(`An acknowledgement was expected, not ${ack.type}`);
  return raw;
}

/** Begins an operation with the id `id`. */
export function subscribe(raw: RawSocket, id: string, query: string, more: object = {}): void {
  raw.send({ type: 'subscribe', id, payload: { query, ...more } });
}
