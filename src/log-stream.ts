// The stream for log lines. Writes never block the event loop, and a stream that cannot be written (a full disk, a closed pipe)
// costs lines of the log and nothing else: the gateway goes on answering.
import sonicBoom from 'sonic-boom';

/** Bytes of lines that wait while the stream cannot be written; later lines are lost. */
const MAX_WAITING_BYTES = 256 * 1024;
/** Characters of lines that are queued together at most. */
const MAX_TOGETHER = 32 * 1024;
/** Characters that a late line is taken to have. */
const LATE_LENGTH = 256;
/** How long lines wait for others to be written together with them, in milliseconds. */
const TOGETHER_MS = 20;

/** What sonic-boom writes with `contentMode: 'buffer'`; its types know texts alone. */
const bytesOf = (text: string) => Buffer.from(text) as unknown as string;
const NO_BYTES = bytesOf('');

/** Makes the text of a line. */
export type LateLine = () => string;

/** A destination for pino. */
export interface LogStream {
  /**
   * Queues one line, which ends with a newline; returns at once. Lines of 20 ms are queued together, and lost together if they
   * find the queue full.
   */
  write(line: string): void;
  /**
   * As `write`, for a line whose text is made when the lines of its 20 ms are written: many texts in a row cost half of what each
   * costs between two requests. What the text is made from must not change until then.
   */
  writeLate(line: LateLine): void;
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
 */
export function openLogStream(fd: number): LogStream {
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
  let lines: (string | LateLine)[] = [];
  let characters = 0;
  let isTimed = false;
  const queue = () => {
    if (lines.length === 0) return;
    let together = '';
    for (const line of lines) together += typeof line === 'string' ? line : line();
    lines = [];
    characters = 0;
    target.write(bytesOf(together));
  };
  // A write of its own for each line, or for those of one turn of the event loop, would cost more than making them.
  const add = (line: string | LateLine) => {
    lines.push(line);
    characters += typeof line === 'string' ? line.length : LATE_LENGTH;
    if (characters >= MAX_TOGETHER) queue();
    if (isTimed) return;
    isTimed = true;
    setTimeout(() => {
      isTimed = false;
      queue();
    }, TOGETHER_MS);
  };
  return {
    write: add,
    writeLate: add,
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
