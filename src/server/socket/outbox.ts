// The frames that are pushed to one WebSocket. All frames of one turn of the event loop are sent in one write, because most of
// the cost of a small frame is its write. A frame consists of the operation's own id, and bytes that many sockets share.
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Sleeper } from '../../live/log/taken-events.ts';
import type { Appointment } from '../call-at.ts';
import { headerLength, PING_FRAME, writeHeader } from './frames.ts';
import { Pulse } from './pulse.ts';

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
    const joiner = new Joiner();
    for (const outbox of outboxes) outbox.flush(joiner);
  }
}

/** One for each socket. */
export class Outbox {
  readonly #socket: WebSocket;
  /** The connection under the socket. */
  readonly #stream: Duplex;
  readonly #flushing: Flushing;
  /** Closes the socket when the client's key or token expires; null: it does not expire. */
  expiry: Appointment | null = null;
  /** Its pings go along with frames. */
  readonly pulse = new Pulse();
  #isReady = true;
  /**
   * Null between turns. An empty array here would get old with its outbox, and V8 would take all messages that it ever has for
   * old ones, too.
   */
  #messages: Message[] | null = null;
  #waiting: Sleeper[] | null = null;
  #longBytes = 0;

  constructor(socket: WebSocket, stream: Duplex, flushing: Flushing) {
    this.#socket = socket;
    this.#stream = stream;
    this.#flushing = flushing;
  }

  /** Whether the client reads: what was written before fits into the stream's own buffer, or is sent. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Calls `sleeper.wake` when `isReady` becomes true; never, if the client does not read any more. */
  whenReady(sleeper: Sleeper): void {
    this.#waiting ??= [];
    this.#waiting.push(sleeper);
  }

  /** Bytes that wait for the client, without those that it shares with other clients. */
  get ownBytes(): number {
    return this.#socket.bufferedAmount - this.#longBytes;
  }

  /** Queues a message for this turn: `own` and `shared` in one frame. */
  push(own: string | Buffer, shared: readonly Buffer[]): void {
    this.#queue(messageOf(own, shared));
  }

  /** Writes all messages of this turn. A socket whose client's token has expired sends nothing any more. */
  flush(joiner = new Joiner()): void {
    const messages = this.#messages;
    this.#messages = null;
    if (messages === null) return;
    this.expiry?.keep();
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (messages.some(isLong)) this.#writeEach(messages);
    else this.#write(joiner.joined(messages, this.pulse.goesAlong()));
  }

  /** Writes a ping by itself. */
  ping(): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#write(PING_FRAME);
  }

  /** Writes one message whose shared bytes are long, after all that were pushed. `sent` is called when it is on its way. */
  write(own: string, shared: readonly Buffer[], sent: (error?: Error | null) => void): void {
    this.flush();
    const message = messageOf(own, shared);
    if (message.isLong) this.#writeLong(message, sent);
    else this.#write(joined([message]), sent);
  }

  #queue(message: Message): void {
    if (this.#messages === null) {
      this.#messages = [message];
      this.#flushing.add(this);
    } else this.#messages.push(message);
  }

  #write(bytes: Buffer, sent?: (error?: Error | null) => void): void {
    if (!this.#stream.write(bytes, sent)) this.#awaitDrain();
  }

  #awaitDrain(): void {
    if (!this.#isReady) return;
    this.#isReady = false;
    this.#stream.once('drain', () => this.#wake());
  }

  #writeEach(messages: readonly Message[]): void {
    for (const message of messages) {
      if (message.isLong) this.#writeLong(message);
      else this.#write(joined([message]));
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
    if (this.#stream.writableNeedDrain) this.#awaitDrain();
  }

  #wake(): void {
    const waiting = this.#waiting ?? [];
    this.#isReady = true;
    this.#waiting = null;
    for (const sleeper of waiting) sleeper.wake();
  }
}

/** Texts whose bytes are kept: the beginnings of messages with short ids, which most libraries count from 1 on each socket. */
const LONGEST_KEPT = 40;
const MAX_KEPT = 100;
const kept = new Map<string, Buffer>();

/** The bytes of a text if they are kept, else the text itself: what to keep of a text that begins many messages. */
export function keptBytes(own: string): Buffer | string {
  if (own.length > LONGEST_KEPT) return own;
  const known = kept.get(own);
  if (known !== undefined) return known;
  const bytes = Buffer.from(own);
  // Odd ids of one client must not keep others from their place for ever.
  if (kept.size === MAX_KEPT) kept.clear();
  kept.set(own, bytes);
  return bytes;
}

function messageOf(beginning: string | Buffer, shared: readonly Buffer[]): Message {
  const own = typeof beginning === 'string' ? Buffer.from(beginning) : beginning;
  let bytes = own.length;
  let isLong = false;
  for (const { length } of shared) {
    bytes += length;
    isLong ||= length >= LONG_PART;
  }
  return { own, shared, bytes, isLong };
}

const isLong = (message: Message): boolean => message.isLong;

/** Joins messages of many sockets. Where clients have chosen the same ids, the sockets get the same buffer. */
class Joiner {
  #messages: readonly Message[] = [];
  #plain: Buffer | null = null;
  #pinging: Buffer | null = null;

  /** The frames of several messages, and of a ping. */
  joined(messages: readonly Message[], isPinging: boolean): Buffer {
    if (!areSame(messages, this.#messages)) {
      this.#messages = messages;
      this.#plain = null;
      this.#pinging = null;
    }
    if (isPinging) return (this.#pinging ??= joined(messages, PING_FRAME));
    return (this.#plain ??= joined(messages));
  }
}

function areSame(some: readonly Message[], others: readonly Message[]): boolean {
  if (some.length !== others.length) return false;
  for (const [at, { own, shared }] of some.entries()) {
    if (own !== others[at]?.own || shared !== others[at].shared) return false;
  }
  return true;
}

const NOTHING = Buffer.alloc(0);

/** The frames of several messages in one buffer, with `end` behind them. */
function joined(messages: readonly Message[], end = NOTHING): Buffer {
  let size = end.length;
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
  target.set(end, offset);
  return target;
}
