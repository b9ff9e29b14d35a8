// Writes the line of a request to the log. Each request has one, so it is built here of a few pieces, of which most are those of
// the line before, and put as bytes among the lines that wait to be written. pino checks each member for serializers, errors and
// objects, which costs several times as much; the resulting line is the same.
import { pino, type Logger } from 'pino';
import { LogLines } from '../log-lines.ts';
import type { LogStream } from '../log-stream.ts';
import { LineBeginning, MembersInCommon, type CommonMembers, type Redact } from './common-pieces.ts';

const { symbols } = pino;

/** The members of pino's loggers that its documentation offers for advanced use, by its symbols. */
interface Internals {
  /** The beginning of each line, by the number of its level. */
  readonly [symbols.lsCacheSym]: Readonly<Record<number, string>>;
  /** The members of all lines of this logger, each after a comma. */
  readonly [symbols.chindingsSym]: string;
  /** The time as a member, after a comma. */
  readonly [symbols.timeSym]: () => string;
  /** The gateway's own stream (src/log-stream.ts) takes lines as bytes. */
  readonly [symbols.streamSym]: Pick<LogStream, 'write'> & Partial<LogStream>;
  readonly [symbols.hooksSym]: { readonly streamWrite?: (line: string) => string };
}

/** The members of a line; those that are undefined are left out. */
export interface RequestLine extends CommonMembers {
  /** Of characters that JSON does not escape, and without secrets (http/request-id.ts). */
  readonly requestId: string;
  readonly durationMs: number | undefined;
  readonly points: number | undefined;
  readonly restCalls: number | undefined;
  readonly events: number | undefined;
}

/** How the lines of each message end. */
const ENDS = {
  request: Buffer.from(',"msg":"request"}\n'),
  subscription: Buffer.from(',"msg":"subscription"}\n'),
};

/** The names of the members with numbers. */
const DURATION = Buffer.from(',"durationMs":');
const POINTS = Buffer.from(',"points":');
const REST_CALLS = Buffer.from(',"restCalls":');
const EVENTS = Buffer.from(',"events":');

/** What the pieces after the common ones have together at most, in bytes. */
const MAX_END = 256;

const unchanged: Redact = (text) => text;

/** Writes the lines of a logger of pino. */
class RequestLines {
  readonly #log: Internals;
  readonly #stream: Internals[typeof symbols.streamSym];
  /** Removes secrets from a line. */
  readonly #filter: Redact;
  /** The same for a piece. The gateway's own stream gets bytes, so its lines are filtered piece by piece. */
  readonly #redact: Redact;
  readonly #beginnings: Readonly<Record<'info' | 'debug', LineBeginning>>;
  readonly #members: MembersInCommon;

  constructor(log: Internals, { info = 0, debug = 0 }: Logger['levels']['values']) {
    this.#log = log;
    this.#stream = log[symbols.streamSym];
    this.#filter = log[symbols.hooksSym].streamWrite ?? unchanged;
    this.#redact = this.#stream.openLine === undefined ? unchanged : this.#filter;
    const beginningOf = (level: number) =>
      new LineBeginning(log[symbols.lsCacheSym][level] ?? '', this.#redact);
    this.#beginnings = { info: beginningOf(info), debug: beginningOf(debug) };
    this.#members = new MembersInCommon(this.#redact);
  }

  mayHave(text: string): boolean {
    return this.#redact(text) === text;
  }

  write(level: 'info' | 'debug', line: RequestLine, message: keyof typeof ENDS): void {
    const begin = this.#beginnings[level].of(this.#log[symbols.timeSym](), this.#log[symbols.chindingsSym]);
    const members = this.#members.of(line);
    const mostBytes = begin.length + line.requestId.length + members.length + MAX_END;
    const lines = this.#stream.openLine?.(mostBytes) ?? new LogLines(mostBytes);
    lines.addBytes(begin);
    lines.addAscii(line.requestId);
    lines.addBytes(members);
    addNumbers(lines, line);
    lines.addBytes(ENDS[message]);
    if (this.#stream.openLine === undefined) this.#stream.write(this.#filter(lines.toString()));
  }
}

/** Of the logger that was used last: outside of tests a process has one. */
let latest: { readonly log: Logger; readonly lines: RequestLines | null } | undefined;

/** Null: it is no logger of pino, or one of another copy of pino, which has other symbols. */
function linesOf(log: Logger): RequestLines | null {
  if (latest?.log !== log) {
    // pino's types leave these members out.
    const lines =
      symbols.streamSym in log ? new RequestLines(log as unknown as Internals, log.levels.values) : null;
    latest = { log, lines };
  }
  return latest.lines;
}

/** Whether a text has no secret that must be removed before it gets into a line. */
export function mayBeLogged(text: string, log: Logger): boolean {
  return linesOf(log)?.mayHave(text) ?? true;
}

/** Writes a line. Its level must be enabled. */
export function writeRequestLine(
  log: Logger,
  level: 'info' | 'debug',
  line: RequestLine,
  message: keyof typeof ENDS,
): void {
  const lines = linesOf(log);
  if (lines === null) log[level](line, message);
  else lines.write(level, line, message);
}

function addNumbers(lines: LogLines, { durationMs, points, restCalls, events }: RequestLine): void {
  if (durationMs !== undefined) addNumber(lines, DURATION, durationMs);
  if (points !== undefined) addNumber(lines, POINTS, points);
  if (restCalls !== undefined) addNumber(lines, REST_CALLS, restCalls);
  if (events !== undefined) addNumber(lines, EVENTS, events);
}

function addNumber(lines: LogLines, name: Uint8Array, value: number): void {
  lines.addBytes(name);
  lines.addNumber(value);
}
