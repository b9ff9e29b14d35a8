// The line of a request is the line that pino would write.
import * as fc from 'fast-check';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { logOptions } from '../../src/log.ts';
import { Secret } from '../../src/secret.ts';
import { writeRequestLine, type RequestLine } from '../../src/server/request-line.ts';
import { CANARY } from '../support/canary.ts';

const text = fc.option(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant(CANARY)), {
  nil: undefined,
});
const count = fc.option(fc.nat(), { nil: undefined });

const anyLine: fc.Arbitrary<RequestLine> = fc.record({
  requestId: fc.string(),
  transport: fc.constantFrom('http', 'sse', 'websocket'),
  type: text,
  operation: text,
  caller: text,
  traceId: text,
  method: text,
  path: text,
  status: count,
  code: text,
  aborted: fc.constantFrom(true, undefined),
  durationMs: count,
  points: count,
  restCalls: count,
  events: count,
});

const options = { ...logOptions('info', [new Secret(CANARY)]), timestamp: () => ',"time":7' };

it('is written as pino writes it, for any members', () => {
  fc.assert(
    fc.property(anyLine, (line) => {
      const [own, reference]: [string[], string[]] = [[], []];
      const log = pino(options, { write: (each) => void own.push(each) }).child({ child: 'a "name"' });
      const pinos = pino(options, { write: (each) => void reference.push(each) }).child({
        child: 'a "name"',
      });
      writeRequestLine(log, 'info', line, 'request');
      pinos.info(line, 'request');
      expect(own).toEqual(reference);
    }),
  );
});

it('is made late for a stream that takes late lines, with the time at which it was written', () => {
  let time = 1;
  const late: (() => string)[] = [];
  const stream = {
    write: () => expect.unreachable('the line is for `writeLate`'),
    writeLate: (line: () => string) => void late.push(line),
  };
  const log = pino({ ...options, timestamp: () => `,"time":${time}` }, stream);
  fc.assert(
    fc.property(anyLine, (line) => {
      const reference: string[] = [];
      time += 1;
      pino(
        { ...options, timestamp: () => `,"time":${time}` },
        { write: (each) => void reference.push(each) },
      ).info(line, 'request');
      writeRequestLine(log, 'info', line, 'request');
      time += 1;
      expect(late.pop()?.()).toBe(reference[0]);
    }),
  );
});

it('is left out below the level of the log', () => {
  const lines: string[] = [];
  const log = pino(options, { write: (each) => void lines.push(each) });
  const none = { type: undefined, operation: undefined, caller: undefined, traceId: undefined };
  const ends = { method: undefined, path: undefined, status: undefined, code: undefined, aborted: undefined };
  const counts = { durationMs: 1, points: undefined, restCalls: undefined, events: undefined };
  const line: RequestLine = { requestId: 'r-1', transport: 'http', ...none, ...ends, ...counts };
  writeRequestLine(log, 'debug', line, 'request');
  writeRequestLine(log, 'info', line, 'subscription');
  expect(lines.map((each) => JSON.parse(each) as unknown)).toMatchObject([
    { level: 30, msg: 'subscription' },
  ]);
});
