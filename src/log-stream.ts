// The stream for log lines. Writes never block the event loop, and a stream that cannot be written (a full disk, a closed pipe)
// costs lines of the log and nothing else: the gateway goes on answering.
import sonicBoom from 'sonic-boom';

/** Bytes of lines that wait while the stream cannot be written; later lines are lost. */
const MAX_WAITING_BYTES = 256 * 1024;
/** Characters of lines that are queued together at most. */
const MAX_TOGETHER = 64 * 1024;
/** Characters that a line in pieces is taken to have. */
const LENGTH_OF_PIECES = 256;
/** How long lines wait for others to be written together with them, in milliseconds. */
const TOGETHER_MS = 20;

/** What sonic-boom writes with `contentMode: 'buffer'`; its types know texts alone. */
const bytesOf = (text: string) => Buffer.from(text) as unknown as string;
const NO_BYTES = bytesOf('');

/** A piece of a line; of a number its decimal digits are written. */
export type Piece = string | number;

/** Changes the text of one line or of several, for example to remove secrets. */
export type LineFilter = (lines: string) => string;

/** A destination for pino. */
export interface LogStream {
  /**
   * Queues one line, which ends with a newline; returns at once. Lines of 20 ms are queued together, and lost together if they
   * find the queue full.
   */
  write(line: string): void;
  /**
   * As `write`, for a line in pieces. The caller pushes them to the returned array before it returns to the event loop; the last
   * one ends with a newline. All pieces of 20 ms are joined at once, which costs less than to make the text of each line.
   */
  openLine(): Piece[];
  /** See `openLogStream`. */
  readonly filter: LineFilter | undefined;
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
 * last ones are not lost; a write that fails does not. There is no `flushSync`, which pino would call at a fatal line:
 * sonic-boom's retries a failing write for ever.
 * @param filter gets all lines, many at a time, before they are written; default: they are written as they are
 */
export function openLogStream(fd: number, filter?: LineFilter): LogStream {
  // As bytes: sonic-boom would measure a text twice and copy it once more.
  const target = new sonicBoom.SonicBoom({
    fd,
    sync: false,
    maxLength: MAX_WAITING_BYTES,
    contentMode: 'buffer',
  });
  let lostLines = 0;
  // After an error the lines stay queued; the next line tries them again.
  target.on('error', () => undefined);
  target.on('drop', (lines: Buffer | string) => {
    lostLines += lines.toString().split('\n').length - 1;
    // A lost line does not make sonic-boom try its queue again; an empty one does.
    target.write(NO_BYTES);
  });
  const pieces: Piece[] = [];
  let characters = 0;
  let isTimed = false;
  const queue = () => {
    if (pieces.length === 0) return;
    const lines = pieces.join('');
    pieces.length = 0;
    characters = 0;
    target.write(bytesOf(filter === undefined ? lines : filter(lines)));
  };
  // A write of its own for each line, or for those of one turn of the event loop, would cost more than making them.
  const open = (length: number) => {
    if (characters >= MAX_TOGETHER) queue();
    characters += length;
    if (isTimed) return pieces;
    isTimed = true;
    setTimeout(() => {
      isTimed = false;
      queue();
    }, TOGETHER_MS);
    return pieces;
  };
  return {
    write: (line) => void open(line.length).push(line),
    openLine: () => open(LENGTH_OF_PIECES),
    filter,
    written(withinMs) {
      queue();
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        const settle = () => {
          clearTimeout(timer);
          resolve();
        };
        // `flush` of sonic-boom would not wait. It emits `drain` whenever nothing is left to write, also after an empty line.
        target.once('drain', settle);
        target.once('error', settle);
        target.write(NO_BYTES);
      });
    },
    get lostLines() {
      return lostLines;
    },
  };
}
