// A log in memory, for tests that search it for secrets.
import type { Logger } from 'pino';
import { canaryLog } from './canary.ts';

export interface MemoryLog {
  readonly log: Logger;
  /** The text of the log, one JSON object a line. */
  readonly text: () => string;
  /** Deletes the text of the log. */
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
