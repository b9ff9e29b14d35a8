// Writes the line of a request to the log. Each request has one, so its text is built here member by member. pino checks each
// member for serializers, errors and objects, which costs at least twice as much; the resulting line is the same.
import { pino, type Logger } from 'pino';

const { symbols } = pino;

/** The members of pino's loggers that its documentation offers for advanced use, by its symbols. */
interface Internals {
  /** The beginning of each line, by the number of its level. */
  readonly [symbols.lsCacheSym]: Readonly<Record<number, string>>;
  /** The members of all lines of this logger, each after a comma. */
  readonly [symbols.chindingsSym]: string;
  /** The time as a member, after a comma. */
  readonly [symbols.timeSym]: () => string;
  /** `writeLate`: of the gateway's own stream (src/log-stream.ts), which makes the texts of many lines in a row. */
  readonly [symbols.streamSym]: { write(line: string): void; writeLate?(line: () => string): void };
  readonly [symbols.hooksSym]: { readonly streamWrite?: (line: string) => string };
}

/** The members of a line; those that are undefined are left out. */
export interface RequestLine {
  readonly requestId: string;
  readonly transport: 'http' | 'sse' | 'websocket';
  readonly type: string | undefined;
  readonly operation: string | undefined;
  readonly caller: string | undefined;
  readonly traceId: string | undefined;
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly aborted: true | undefined;
  readonly durationMs: number | undefined;
  readonly points: number | undefined;
  readonly restCalls: number | undefined;
  readonly events: number | undefined;
}

/** Writes a line with a message that needs no escaping, if its level is enabled. */
export function writeRequestLine(
  log: Logger,
  level: 'info' | 'debug',
  line: RequestLine,
  message: 'request' | 'subscription',
): void {
  if (!log.isLevelEnabled(level)) return;
  // A logger of pino has these members, which its types leave out; that of another copy of pino has other symbols.
  const internals = log as unknown as Partial<Internals>;
  const beginnings = internals[symbols.lsCacheSym];
  const time = internals[symbols.timeSym];
  const stream = internals[symbols.streamSym];
  if (beginnings === undefined || time === undefined || stream === undefined)
    return log[level](line, message);
  const begin = beginnings[log.levels.values[level] ?? 0] ?? '';
  const own = internals[symbols.chindingsSym] ?? '';
  const hook = internals[symbols.hooksSym]?.streamWrite;
  const now = time();
  const textOf = () => {
    const text = `${begin}${now}${own}${membersOf(line)},"msg":"${message}"}\n`;
    return hook === undefined ? text : hook(text);
  };
  if (stream.writeLate === undefined) stream.write(textOf());
  else stream.writeLate(textOf);
}

/** The members of the line as JSON, each after a comma. */
function membersOf(line: RequestLine): string {
  return (
    textMember('requestId', line.requestId) +
    textMember('transport', line.transport) +
    textMember('type', line.type) +
    textMember('operation', line.operation) +
    textMember('caller', line.caller) +
    textMember('traceId', line.traceId) +
    textMember('method', line.method) +
    textMember('path', line.path) +
    plainMember('status', line.status) +
    textMember('code', line.code) +
    plainMember('aborted', line.aborted) +
    plainMember('durationMs', line.durationMs) +
    plainMember('points', line.points) +
    plainMember('restCalls', line.restCalls) +
    plainMember('events', line.events)
  );
}

/** Characters that JSON may have to escape. */
const ESCAPED = /[^ !#-[\]-~]/;

function textMember(key: keyof RequestLine, value: string | undefined): string {
  if (value === undefined) return '';
  return ESCAPED.test(value) ? `,"${key}":${JSON.stringify(value)}` : `,"${key}":"${value}"`;
}

/** For a value whose JSON is its text: a finite number or a boolean. */
function plainMember(key: keyof RequestLine, value: number | true | undefined): string {
  return value === undefined ? '' : `,"${key}":${value}`;
}
