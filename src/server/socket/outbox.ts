// The frames that are pushed to one WebSocket. All frames of one turn of the event loop are sent in one write, because most of
// the cost of a small frame is its write. A frame consists of the operation's own id, and bytes that many sockets share.
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Taker } from '../../live/log/taken-events.ts';
import { headerLength, writeHeader } from './frames.ts';

/** Longer parts are written as they are, so that a socket's queue has no copy of them. */
const LONG_PART = 16 * 1024;

/** A message in parts: bytes of its own, then bytes that are shared. */
interface Message {
  readonly own: Buffer;
  readonly shared: readonly Buffer[];
  /** All bytes of the payload. */
  readonly bytes: number;
  readonly isLong: boolean;
}

/** Outboxes with messages to write in this turn. */
export class Flushing {
  #outboxes: Outbox[] = [];

  /** Calls `outbox.flush` once, when the present callback of the event loop is done. */
  add(outbox: Outbox): void {
    if (this.#outboxes.length === 0) process.nextTick(() => this.#flush());
    this.#outboxes.push(outbox);
  }

  #flush(): void {
    const outboxes = this.#outboxes;
    this.#outboxes = [];
    for (const outbox of outboxes) outbox.flush();
  }
}

/** One for each socket. */
export class Outbox {
  readonly #socket: WebSocket;
  /** The connection under the socket. */
  readonly #stream: Duplex;
  readonly #flushing: Flushing;
  #messages: Message[] = [];
  #waiting: Taker[] | null = null;
  #longBytes = 0;

  constructor(socket: WebSocket, stream: Duplex, flushing: Flushing) {
    this.#socket = socket;
    this.#stream = stream;
    this.#flushing = flushing;
  }

  /** Whether the client reads: what was written before fits into the stream's own buffer, or is sent. */
  get isReady(): boolean {
    return !this.#stream.writableNeedDrain;
  }

  /** Calls `taker.wake` when `isReady` becomes true; never, if the client does not read any more. */
  whenReady(taker: Taker): void {
    if (this.#waiting === null) {
      this.#waiting = [];
      this.#stream.once('drain', () => this.#wake());
    }
    this.#waiting.push(taker);
  }

  /** Bytes that wait for the client, without those that it shares with other clients. */
  get ownBytes(): number {
    return this.#socket.bufferedAmount - this.#longBytes;
  }

  /** Queues a message for this turn: `own` and `shared` in one frame. */
  push(own: string, shared: readonly Buffer[]): void {
    if (this.#messages.length === 0) this.#flushing.add(this);
    this.#messages.push(messageOf(own, shared));
  }

  /** Writes all messages of this turn. */
  flush(): void {
    const messages = this.#messages;
    this.#messages = [];
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (messages.some(isLong)) this.#writeEach(messages);
    else if (messages.length > 0) this.#stream.write(joined(messages));
  }

  /** Writes one message whose shared bytes are long, after all that were pushed. `sent` is called when it is on its way. */
  write(own: string, shared: readonly Buffer[], sent: (error?: Error | null) => void): void {
    this.flush();
    const message = messageOf(own, shared);
    if (message.isLong) this.#writeLong(message, sent);
    else this.#stream.write(joined([message]), sent);
  }

  #writeEach(messages: readonly Message[]): void {
    for (const message of messages) {
      if (message.isLong) this.#writeLong(message);
      else this.#stream.write(joined([message]));
    }
  }

  #writeLong({ own, shared, bytes }: Message, sent?: (error?: Error | null) => void): void {
    const header = Buffer.allocUnsafe(headerLength(bytes));
    writeHeader(header, 0, bytes);
    this.#longBytes += bytes;
    this.#stream.cork();
    for (const part of [header, own, ...shared.slice(0, -1)]) this.#stream.write(part);
    this.#stream.write(shared.at(-1) ?? '', (error) => {
      this.#longBytes -= bytes;
      sent?.(error);
    });
    this.#stream.uncork();
  }

  #wake(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const taker of waiting) taker.wake();
  }
}

/** Texts whose bytes are kept: the beginnings of messages with short ids, which most libraries count from 1 on each socket. */
const LONGEST_KEPT = 40;
const MAX_KEPT = 100;
const kept = new Map<string, Buffer>();

function bytesOf(own: string): Buffer {
  if (own.length > LONGEST_KEPT) return Buffer.from(own);
  const known = kept.get(own);
  if (known !== undefined) return known;
  const bytes = Buffer.from(own);
  // Odd ids of one client must not keep others from their place for ever.
  if (kept.size === MAX_KEPT) kept.clear();
  kept.set(own, bytes);
  return bytes;
}

function messageOf(ownText: string, shared: readonly Buffer[]): Message {
  const own = bytesOf(ownText);
  let bytes = own.length;
  let isLong = false;
  for (const { length } of shared) {
    bytes += length;
    isLong ||= length >= LONG_PART;
  }
  return { own, shared, bytes, isLong };
}

const isLong = (message: Message): boolean => message.isLong;

/** The frames of several messages in one buffer. */
function joined(messages: readonly Message[]): Buffer {
  let size = 0;
  for (const { bytes } of messages) size += headerLength(bytes) + bytes;
  const target = Buffer.allocUnsafe(size);
  let offset = 0;
  for (const { own, shared, bytes } of messages) {
    offset = writeHeader(target, offset, bytes);
    target.set(own, offset);
    offset += own.length;
    for (const part of shared) {
      target.set(part, offset);
      offset += part.length;
    }
  }
  return target;
}
