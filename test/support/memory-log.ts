// A log that is kept in memory, for tests that look for what must not be in it.
import { pino, type Logger } from 'pino';

export interface MemoryLog {
  readonly log: Logger;
  /** All that was logged, one JSON a line. */
  readonly text: () => string;
  /** Forgets what was logged so far. */
  readonly clear: () => void;
}

/** A log of every level. */
export function memoryLog(): MemoryLog {
  const lines: string[] = [];
  return {
    log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
    text: () => lines.join(''),
    clear: () => void (lines.length = 0),
  };
}
