// A log that is kept in memory, for tests that look for what must not be in it.
import type { Logger } from 'pino';
import { canaryLog } from './canary.ts';

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
    log: canaryLog((line) => lines.push(line)),
    text: () => lines.join(''),
    clear: () => void (lines.length = 0),
  };
}
