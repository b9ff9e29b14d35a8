// Writes the gateway's log to a logger of the program that contains the gateway.
import { pino, type Logger } from 'pino';
import type { GatewayLog } from './options.ts';

/** Returns a logger of pino unchanged, and adapts any other log. Undefined or null: nothing is logged. */
export function loggerOf(log: GatewayLog | null | undefined): Logger {
  if (log == null) return pino({ level: 'silent' });
  if ('isLevelEnabled' in log) return log as unknown as Logger; // of the usual logs pino's alone has this method
  const own = {
    debug: ofDefined(log, 'debug'),
    info: ofDefined(log, 'info'),
    warn: ofDefined(log, 'warn'),
    error: ofDefined(log, 'error'),
    isLevelEnabled: () => true,
  } satisfies Partial<Record<keyof Logger, unknown>>;
  // These are all the methods that the gateway calls.
  return own as unknown as Logger;
}

/** A log method that leaves out undefined members, as pino does; `console` would print them. */
function ofDefined(log: GatewayLog, level: keyof GatewayLog) {
  return (first: object | string, message = ''): void => {
    if (typeof first === 'string') log[level](first);
    else
      log[level](
        Object.fromEntries(Object.entries(first).filter(([, value]) => value !== undefined)),
        message,
      );
  };
}
