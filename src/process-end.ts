// How the process of the gateway ends: after a signal it shuts down gracefully, after an uncaught error it exits immediately.
import { constants } from 'node:os';
import { stdSerializers, type Logger } from 'pino';
import { stopCompiling } from './stop-compiling.ts';

/**
 * How long closing may take after the first signal, in milliseconds. The server's own limits add up to 12 s: requests in flight
 * have 10 s, then the clients of WebSockets 2 s to answer the close frame. After this time the process ends with the code 1.
 */
const CLOSING_MS = 14_000;
/**
 * Under npm, within this time after the first signal the same one again is no second signal, in milliseconds: a terminal sends
 * Ctrl+C to npm and to the gateway, and npm passes on what it gets.
 */
const SAME_SIGNAL_MS = 500;
/** How long the last lines of the log may take to be written, in milliseconds: a reader may have stalled. */
const LAST_LINES_MS = 1000;
/** Characters of the message and of the stack in the line of an error that nothing caught. */
const MAX_TEXT = 8192;

/** Options of `endProcess`; all are required. */
export interface EndOptions {
  readonly log: Logger;
  /** Whether npm has started the process, which may then get each signal twice. */
  readonly isUnderNpm: boolean;
  /** Resolves when the lines of the log are written, at the latest after so many milliseconds. */
  readonly written: (withinMs: number) => Promise<void>;
}

/** The end of the process. */
export interface ProcessEnd {
  /**
   * Calls `close` upon the first SIGINT or SIGTERM, and ends the process when that is done: with `process.exitCode`, or 0 if it is
   * unset. A second signal of either kind ends it at once, with 128 and the number of the signal; under npm the same signal within
   * half a second counts as one.
   */
  onSignal(close: () => Promise<void>): void;
}

/**
 * From now on an error that nothing caught, or a rejection that nothing handled, ends the process: it writes one line of the log
 * at the level `fatal` and exits with 1. Errors after the first one are not reported.
 */
export function endProcess({ log, isUnderNpm, written }: EndOptions): ProcessEnd {
  let isExiting = false;
  const exit = async (code?: number) => {
    isExiting = true;
    await Promise.all([stopCompiling(), written(LAST_LINES_MS)]);
    process.exit(code);
  };
  process.on('uncaughtException', (thrown: unknown, origin) => {
    if (isExiting) return;
    log.fatal({ error: describe(thrown), origin }, 'an error that nothing caught ends the process');
    void exit(1);
  });
  return {
    onSignal(close) {
      let first: { readonly signal: string; readonly atMs: number } | null = null;
      const onSignal = (signal: 'SIGINT' | 'SIGTERM') => {
        const atMs = performance.now();
        if (isUnderNpm && first?.signal === signal && atMs - first.atMs < SAME_SIGNAL_MS) return;
        if (first !== null) process.exit(128 + constants.signals[signal]);
        first = { signal, atMs };
        log.info(`${signal}: closing`);
        setTimeout(() => {
          log.error(`not closed after ${CLOSING_MS / 1000} s: ending`);
          void exit(1);
        }, CLOSING_MS).unref();
        // A failure is an error that nothing caught.
        void close().then(() => exit());
      };
      process.on('SIGINT', onSignal);
      process.on('SIGTERM', onSignal);
    },
  };
}

/** What a line of the log has of an error. The thrown value may be anything, even something that fails when it is read. */
function describe(thrown: unknown): Readonly<Record<string, string>> {
  try {
    if (!(thrown instanceof Error)) return { type: typeof thrown, message: cut(thrown) };
    const { type, message, stack } = stdSerializers.err(thrown);
    return { type: cut(type), message: cut(message), stack: cut(stack) };
  } catch {
    return { type: typeof thrown, message: 'the thrown value cannot be read' };
  }
}

function cut(text: unknown): string {
  return String(text).slice(0, MAX_TEXT);
}
