// The line of a request is the line that pino would write.
import * as fc from 'fast-check';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { Piece } from '../../src/log-stream.ts';
import { logOptions } from '../../src/log.ts';
import { Secret } from '../../src/secret.ts';
import { writeRequestLine, type RequestLine } from '../../src/server/request-line.ts';
import { CANARY } from '../support/canary.ts';

const text = fc.option(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant(CANARY)), {
  nil: undefined,
});
const count = fc.option(fc.nat(), { nil: undefined });

/** As `requestIdOf` makes and accepts them. */
const requestId = fc.stringMatching(/^[\w.:-]{1,128}$/);

const anyLine: fc.Arbitrary<RequestLine> = fc.record({
  requestId,
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

/** A line, and lines that differ from it in one member alone, in any order. */
const similarLines = fc.tuple(anyLine, anyLine).chain(([line, other]) => {
  const keys = Object.keys(line) as (keyof RequestLine)[]; // the record has these keys and no others
  const similar = keys.map((key) => Object.assign({}, line, { [key]: other[key] }));
  return fc.shuffledSubarray([line, ...similar, line], { minLength: 2 });
});

it('is pushed in pieces to a stream that has the filter of the log, each at its own time', () => {
  let time = 1;
  const timestamp = () => `,"time":${time}`;
  const filter = options.hooks?.streamWrite;
  const pieces: Piece[] = [];
  const stream = {
    write: () => expect.unreachable('the line is to be pushed in pieces'),
    openLine: () => pieces,
    filter,
  };
  const log = pino({ ...options, timestamp }, stream);
  const debugLog = pino({ ...options, level: 'debug', timestamp }, stream).child({ child: 'c' });
  const reference: string[] = [];
  const pinos = pino({ ...options, timestamp }, { write: (each) => void reference.push(each) });
  const debugPinos = pino(
    { ...options, level: 'debug', timestamp },
    { write: (each) => void reference.push(each) },
  ).child({ child: 'c' });
  const turns = fc.infiniteStream(fc.record({ takesTime: fc.boolean(), isDebug: fc.boolean() }));
  fc.assert(
    fc.property(similarLines, turns, (lines, turn) => {
      pieces.length = 0;
      reference.length = 0;
      for (const line of lines) {
        const { takesTime, isDebug } = turn.next().value;
        if (takesTime) time += 1;
        if (isDebug) debugPinos.debug(line, 'request');
        else pinos.info(line, 'request');
        writeRequestLine(isDebug ? debugLog : log, isDebug ? 'debug' : 'info', line, 'request');
      }
      expect(filter?.(pieces.join(''))).toBe(reference.join(''));
    }),
  );
});

it('goes as a whole, filtered, to a stream whose filter is not that of the log', () => {
  const lines: string[] = [];
  const stream = {
    write: (line: string) => void lines.push(line),
    openLine: () => expect.unreachable('the filter of the log would be left out'),
    filter: undefined,
  };
  fc.assert(
    fc.property(anyLine, (line) => {
      const reference: string[] = [];
      writeRequestLine(pino(options, stream), 'info', line, 'request');
      pino(options, { write: (each) => void reference.push(each) }).info(line, 'request');
      expect(lines.splice(0)).toEqual(reference);
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
