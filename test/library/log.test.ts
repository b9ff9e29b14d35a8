// A log of the host that is not pino's: what its methods are called with.
import { expect, it } from 'vitest';
import { loggerOf } from '../../src/library/log.ts';
import type { GatewayLog } from '../../src/library/options.ts';

/** A log that keeps the arguments of each call. */
function keepingLog() {
  const calls: unknown[][] = [];
  const keep =
    (level: string) =>
    (...args: unknown[]) =>
      void calls.push([level, ...args]);
  const log: GatewayLog = {
    debug: keep('debug'),
    info: keep('info'),
    warn: keep('warn'),
    error: keep('error'),
  };
  return { log, calls };
}

it('gets details without undefined members, errors as they are, and messages alone', () => {
  const { log, calls } = keepingLog();
  const logger = loggerOf(log);
  const err = new Error('away');
  logger.info({ transport: 'http', events: undefined, status: 0, code: null }, 'request');
  logger.debug({ events: undefined }, 'nothing is known');
  logger.error({ err, requestId: undefined }, 'it failed');
  logger.warn('Redis is away');
  expect(calls).toEqual([
    ['info', { transport: 'http', status: 0, code: null }, 'request'],
    ['debug', {}, 'nothing is known'],
    ['error', { err }, 'it failed'],
    ['warn', 'Redis is away'],
  ]);
  // `toEqual` does not tell a member that is undefined from one that is missing.
  expect(calls.map(([, first]) => (typeof first === 'object' ? Object.keys(first ?? {}) : first))).toEqual([
    ['transport', 'status', 'code'],
    [],
    ['err'],
    'Redis is away',
  ]);
});

it('is called as a method of its own object, as classes need', () => {
  class Log {
    readonly lines: string[] = [];
    debug(): void {}
    info(_details: object | string, message?: string): void {
      this.lines.push(message ?? '');
    }
    warn(): void {}
    error(): void {}
  }
  const log = new Log();
  loggerOf(log).info({}, 'request');
  expect(log.lines).toEqual(['request']);
});
