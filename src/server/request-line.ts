// Writes the line of a request to the log. Each request has one, so it is built here of a few pieces, of which most are those of
// the line before. pino checks each member for serializers, errors and objects, which costs several times as much; the resulting
// line is the same.
import { pino, type Logger } from 'pino';
import type { LogStream, Piece } from '../log-stream.ts';
import { LineBeginning, membersInCommon, type CommonMembers } from './common-pieces.ts';

const { symbols } = pino;

/** The members of pino's loggers that its documentation offers for advanced use, by its symbols. */
interface Internals {
  /** The beginning of each line, by the number of its level. */
  readonly [symbols.lsCacheSym]: Readonly<Record<number, string>>;
  /** The members of all lines of this logger, each after a comma. */
  readonly [symbols.chindingsSym]: string;
  /** The time as a member, after a comma. */
  readonly [symbols.timeSym]: () => string;
  /** The gateway's own stream (src/log-stream.ts) takes lines in pieces. */
  readonly [symbols.streamSym]: Pick<LogStream, 'write'> & Partial<LogStream>;
  readonly [symbols.hooksSym]: { readonly streamWrite?: (line: string) => string };
}

/** The members of a line; those that are undefined are left out. */
export interface RequestLine extends CommonMembers {
  /** Of characters that JSON does not escape (http/request-id.ts). */
  readonly requestId: string;
  readonly durationMs: number | undefined;
  readonly points: number | undefined;
  readonly restCalls: number | undefined;
  readonly events: number | undefined;
}

/** How the lines of each message end. */
const ENDS = { request: ',"msg":"request"}\n', subscription: ',"msg":"subscription"}\n' };

const beginning = new LineBeginning();

/** Writes a line, if its level is enabled. */
export function writeRequestLine(
  log: Logger,
  level: 'info' | 'debug',
  line: RequestLine,
  message: keyof typeof ENDS,
): void {
  if (!log.isLevelEnabled(level)) return;
  // A logger of pino has these members, which its types leave out; that of another copy of pino has other symbols.
  const internals = log as unknown as Partial<Internals>;
  const beginnings = internals[symbols.lsCacheSym];
  const time = internals[symbols.timeSym];
  const stream = internals[symbols.streamSym];
  if (beginnings === undefined || time === undefined || stream === undefined)
    return log[level](line, message);
  const ofLevel = beginnings[log.levels.values[level] ?? 0] ?? '';
  const begin = beginning.of(ofLevel, time(), internals[symbols.chindingsSym] ?? '');
  const hook = internals[symbols.hooksSym]?.streamWrite;
  // The gateway's own stream passes the lines through the same hook, many at a time.
  if (stream.openLine !== undefined && stream.filter === hook) {
    pushPieces(stream.openLine(), begin, line, ENDS[message]);
    return;
  }
  const pieces: Piece[] = [];
  pushPieces(pieces, begin, line, ENDS[message]);
  const text = pieces.join('');
  stream.write(hook === undefined ? text : hook(text));
}

/** Adds the pieces of a line: the members as JSON, each after a comma. */
function pushPieces(pieces: Piece[], begin: string, line: RequestLine, end: string): void {
  const { requestId, durationMs, points, restCalls, events } = line;
  pieces.push(begin, requestId, membersInCommon(line));
  if (durationMs !== undefined) pieces.push(',"durationMs":', durationMs);
  if (points !== undefined) pieces.push(',"points":', points);
  if (restCalls !== undefined) pieces.push(',"restCalls":', restCalls);
  if (events !== undefined) pieces.push(',"events":', events);
  pieces.push(end);
}
