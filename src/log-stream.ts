// The stream for log lines. Writes never block the event loop, and a stream that cannot be written (a full disk, a closed pipe)
// costs lines of the log and nothing else: the gateway goes on answering.
import { write } from 'node:fs';
import { LogLines } from './log-lines.ts';

/** Bytes of lines that wait while the stream cannot be written; later lines are lost. */
const MAX_WAITING_BYTES = 256 * 1024;
/** Bytes of lines that are queued together at most, unless one line has more. */
const MAX_TOGETHER = 128 * 1024;
/** How long lines wait for others to be written together with them, in milliseconds. */
const TOGETHER_MS = 50;
/** How long to wait before a pipe is tried again whose reader is behind, in milliseconds. */
const BUSY_MS = 2;

/** A destination for pino. */
export interface LogStream {
  /**
   * Queues one line, which ends with a newline; returns at once. Lines of 50 ms are queued together, and lost together if they
   * find the queue full.
   */
  write(line: string): void;
  /** As `write`, for a line of at most `bytes` bytes, which the caller adds to the returned lines before it does anything else. */
  openLine(bytes: number): LogLines;
  /**
   * Writes the queued lines now. Resolves when all are written, when a write has failed, or after `withinMs`, for example
   * when nobody reads a full pipe. Never rejects.
   */
  written(withinMs: number): Promise<void>;
  /** Lines lost so far. */
  readonly lostLines: number;
}

/**
 * Opens a stream over a file descriptor; 1 is stdout. Queued lines keep the process alive until they are written, so the
 * last ones are not lost; a write that fails does not. There is no `flushSync`, which pino would call at a fatal line: it could
 * block for ever.
 */
export function openLogStream(fd: number): LogStream {
  return new BatchedStream(fd);
}

class BatchedStream implements LogStream {
  lostLines = 0;
  readonly #fd: number;
  /** Gets the lines until they are queued. */
  #lines = new LogLines(MAX_TOGETHER);
  /** Takes the place of `#lines`, if it is not in use. */
  #spare: LogLines | null = new LogLines(MAX_TOGETHER);
  readonly #queue: LogLines[] = [];
  #queuedBytes = 0;
  /** How many bytes of the first lines in the queue are written. */
  #writtenBytes = 0;
  #isTimed = false;
  #isWriting = false;
  /** Called when nothing is being written any more. */
  #onIdle: (() => void)[] = [];

  constructor(fd: number) {
    this.#fd = fd;
  }

  write(line: string): void {
    // UTF-8 has at most three bytes for each unit of a text.
    this.openLine(line.length * 3).addText(line);
  }

  openLine(bytes: number): LogLines {
    if (!this.#lines.hasRoom(bytes)) this.#flush();
    if (!this.#lines.hasRoom(bytes)) this.#lines = new LogLines(bytes);
    // A write of its own for each line, or for those of one turn of the event loop, would cost more than making them.
    if (!this.#isTimed) {
      this.#isTimed = true;
      setTimeout(() => {
        this.#isTimed = false;
        this.#flush();
      }, TOGETHER_MS);
    }
    return this.#lines;
  }

  async written(withinMs: number): Promise<void> {
    this.#flush();
    if (!this.#isWriting) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onIdle.push(resolve);
    const timer = setTimeout(resolve, withinMs);
    await promise;
    clearTimeout(timer);
  }

  /** Queues the lines, and tries to write the queue. */
  #flush(): void {
    const lines = this.#lines;
    if (this.#queuedBytes + lines.length > MAX_WAITING_BYTES) {
      this.lostLines += lines.count();
      lines.length = 0;
    } else if (lines.length > 0) {
      this.#queue.push(lines);
      this.#queuedBytes += lines.length;
      this.#lines = this.#spare ?? new LogLines(MAX_TOGETHER);
      this.#spare = null;
    }
    if (!this.#isWriting) this.#writeQueue();
  }

  #writeQueue(): void {
    const [lines] = this.#queue;
    this.#isWriting = lines !== undefined;
    if (lines === undefined) {
      this.#becomeIdle();
      return;
    }
    const length = lines.length - this.#writtenBytes;
    write(this.#fd, lines.bytes, this.#writtenBytes, length, null, (error, bytes) => {
      if (error === null) this.#wrote(lines, bytes);
      else if (error.code === 'EAGAIN') setTimeout(() => this.#writeQueue(), BUSY_MS);
      // The lines stay queued; the next ones try them again.
      else this.#becomeIdle();
    });
  }

  #wrote(lines: LogLines, bytes: number): void {
    this.#writtenBytes += bytes;
    this.#queuedBytes -= bytes;
    if (this.#writtenBytes === lines.length) {
      this.#queue.shift();
      this.#writtenBytes = 0;
      lines.length = 0;
      if (lines.bytes.length === MAX_TOGETHER) this.#spare = lines;
    }
    this.#writeQueue();
  }

  #becomeIdle(): void {
    this.#isWriting = false;
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }
}
