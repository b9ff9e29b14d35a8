// The line of a request is the line that pino would write.
import * as fc from 'fast-check';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { LogLines } from '../../src/log-lines.ts';
import { logOptions } from '../../src/log.ts';
import { Secret } from '../../src/secret.ts';
import { requestIdOf } from '../../src/server/http/request-id.ts';
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

it("is added to the lines of the gateway's own stream as bytes, each line at its own time", () => {
  let time = 1;
  const timestamp = () => `,"time":${time}`;
  let written = '';
  const stream = {
    write: () => expect.unreachable('the line is to be added as bytes'),
    openLine(bytes: number) {
      written += lines.toString();
      lines = new LogLines(bytes);
      return lines;
    },
  };
  let lines = new LogLines(0);
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
    fc.property(similarLines, turns, (similar, turn) => {
      written = '';
      lines.length = 0;
      reference.length = 0;
      for (const line of similar) {
        const { takesTime, isDebug } = turn.next().value;
        if (takesTime) time += 1;
        if (isDebug) debugPinos.debug(line, 'request');
        else pinos.info(line, 'request');
        writeRequestLine(isDebug ? debugLog : log, isDebug ? 'debug' : 'info', line, 'request');
      }
      expect(written + lines.toString()).toBe(reference.join(''));
    }),
  );
});

it('gets no id that a client has sent with a secret in it', () => {
  const stream = { write: () => undefined, openLine: (bytes: number) => new LogLines(bytes) };
  const log = pino(options, stream);
  const idOf = (sent: string) => requestIdOf({ headers: { 'x-request-id': sent } }, log);
  const token = `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.c`;
  for (const sent of [CANARY, `a:${CANARY}`, token, `hgk_${'k'.repeat(43)}`]) {
    expect(idOf(sent)).toMatch(/^[0-9a-f-]{36}$/);
  }
  for (const sent of ['r-1', 'a:b', 'a_token', 'hgk_']) expect(idOf(sent)).toBe(sent);
});
