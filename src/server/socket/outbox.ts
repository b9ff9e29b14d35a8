// The frames that are pushed to one WebSocket. Those of one turn of the event loop go out in one write: most of the cost of a
// small frame is its write. A frame's text is bytes that many sockets share, behind the operation's own id.
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Taker } from '../../live/log/taken-events.ts';
import { headerLength, writeHeader } from './frames.ts';

/** Longer parts are written as they are, so that a socket's queue has no copy of them. */
const LONG_PART = 16 * 1024;

/** A message in parts: a text of its own, then bytes that are shared. */
interface Message {
  readonly own: string;
  readonly shared: readonly Buffer[];
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
    this.#messages.push({ own, shared });
  }

  /** Writes all messages of this turn. */
  flush(): void {
    const messages = this.#messages;
    this.#messages = [];
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const run: Message[] = [];
    for (const message of messages) {
      if (message.shared.every(({ length }) => length < LONG_PART)) run.push(message);
      else {
        this.#writeRun(run.splice(0));
        this.#writeLong(message);
      }
    }
    this.#writeRun(run);
  }

  /** Writes one message whose shared bytes are long, after all that were pushed. `sent` is called when it is on its way. */
  write(own: string, shared: readonly Buffer[], sent: (error?: Error | null) => void): void {
    this.flush();
    if (shared.every(({ length }) => length < LONG_PART)) this.#stream.write(joined([{ own, shared }]), sent);
    else this.#writeLong({ own, shared }, sent);
  }

  #writeRun(messages: readonly Message[]): void {
    if (messages.length > 0) this.#stream.write(joined(messages));
  }

  #writeLong({ own, shared }: Message, sent?: (error?: Error | null) => void): void {
    const ownBytes = Buffer.from(own);
    const bytes = ownBytes.length + lengthOf(shared);
    const header = Buffer.allocUnsafe(headerLength(bytes));
    writeHeader(header, 0, bytes);
    this.#longBytes += bytes;
    this.#stream.cork();
    for (const part of [header, ownBytes, ...shared.slice(0, -1)]) this.#stream.write(part);
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

function lengthOf(parts: readonly Buffer[]): number {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
}

/** The frames of several messages in one buffer. */
function joined(messages: readonly Message[]): Buffer {
  const lengths = messages.map(({ own, shared }) => Buffer.byteLength(own) + lengthOf(shared));
  const target = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + headerLength(length) + length, 0));
  let offset = 0;
  for (const [at, { own, shared }] of messages.entries()) {
    offset = writeHeader(target, offset, lengths[at] ?? 0);
    offset += target.write(own, offset);
    for (const part of shared) offset += part.copy(target, offset);
  }
  return target;
}
