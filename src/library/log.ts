// Writes the gateway's log to a logger of the program that contains the gateway.
import { pino, type Logger } from 'pino';
import type { GatewayLog } from './options.ts';

/** A logger of pino as it is; of another log its methods. Undefined: nothing is logged. */
export function loggerOf(log: GatewayLog | undefined): Logger {
  if (log === undefined) return pino({ level: 'silent' });
  if ('isLevelEnabled' in log) return log as unknown as Logger; // of the usual logs pino's alone has this method
  const own = {
    debug: log.debug.bind(log),
    info: log.info.bind(log),
    warn: log.warn.bind(log),
    error: log.error.bind(log),
    isLevelEnabled: () => true,
  } satisfies Partial<Record<keyof Logger, unknown>>;
  // These are all the methods that the gateway calls.
  return own as unknown as Logger;
}
