// The options of the log, and the form of its lines at a terminal. Logged values contain no secrets by construction (`Secret`,
// errors without headers and bodies). As a second protection, secrets are removed from the text of each line before it is
// written. pino's own `redact` is not sufficient: its paths have a fixed depth, and do not reach into messages and stacks.
import type { LoggerOptions } from 'pino';
import type { prettyFactory } from 'pino-pretty';
import { createRedactor, type Secret } from './secret.ts';

/** A word in the key of a member that holds a secret. Nearly no line has one, and looking for it is faster than for `NAMED`. */
const NAME_OF_SECRET = /authorization|cookie|password|secret|token|api[-_]?key/i;
/** A string member of a JSON line whose key names a secret. */
const NAMED =
  /("[\w-]{0,40}(?:authorization|cookie|password|secret|token|api[-_]?key)[\w-]{0,40}":)"(?:[^"\\]|\\.)*"/gi;

/** A member that lines of requests alone have. In a string of another line its quotes would be escaped. */
const OF_A_REQUEST = '"transport":"';

/**
 * Options for pino, which remove secrets from each line.
 * @param level the lowest level that is written, a name of pino's or `silent`
 * @param secrets texts to remove wherever they occur; tokens and API keys need not be listed, as their form is recognised
 */
export function logOptions(level: string, secrets: readonly Secret[]): LoggerOptions {
  const redact = createRedactor(secrets);
  return {
    level,
    timestamp,
    hooks: {
      streamWrite: (line) => redact(mayName(line) ? line.replaceAll(NAMED, '$1"[secret]"') : line),
    },
  };
}

let lastMs = 0;
let lastTime = '';

/** The time as pino writes it by default. Lines of one millisecond get the same text, so it can be compared at once. */
function timestamp(): string {
  const nowMs = Date.now();
  if (nowMs === lastMs) return lastTime;
  lastMs = nowMs;
  lastTime = `,"time":${nowMs}`;
  return lastTime;
}

/** Whether a member may have a key that names a secret. Lines of requests, which are nearly all lines, have no such key. */
function mayName(line: string): boolean {
  return !line.includes(OF_A_REQUEST) && NAME_OF_SECRET.test(line);
}

/** What `RequestNote` writes. */
type Members = Readonly<Record<string, string | number | boolean | undefined>>;

/** How a terminal shows a line of the log: as one line, and that of a request in words. */
export function readableLines(factory: typeof prettyFactory): (line: string) => string {
  const options = { translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', singleLine: true };
  const showAny = factory(options);
  // pino-pretty shows a member `caller` by itself.
  const ignore = `${options.ignore},caller`;
  const showRequest = factory({
    ...options,
    ignore,
    hideObject: true,
    // Of such a line all members are texts, numbers and booleans.
    messageFormat: (line) => requestText(line as Members),
  });
  return (line) => `${(line.includes(OF_A_REQUEST) ? showRequest : showAny)(line).trimEnd()}\n`;
}

/**
 * `query "Rooms" by key:desk over http: 200, 12 ms, 21 points, 2 REST calls (r-1)`. Without a `type`
 * no operation was read.
 */
function requestText(line: Members): string {
  const { msg, type, operation, caller, transport, path, method, requestId } = line;
  const what = type === undefined ? `${method ?? 'an operation'} ${path ?? ''}`.trim() : `${type}`;
  const name = operation === undefined ? '' : ` ${JSON.stringify(operation)}`;
  const by = caller === undefined ? '' : ` by ${caller}`;
  const outcome = msg === 'subscription' ? 'began' : outcomeOf(line);
  return `${what}${name}${by} over ${transport}: ${outcome} (${requestId})`;
}

function outcomeOf(line: Members): string {
  const { status, code, aborted, durationMs, events, points, restCalls } = line;
  return [
    ...(status === undefined ? [] : [status]),
    ...(code === undefined ? [] : [code]),
    ...(aborted === true ? ['aborted'] : []),
    `${durationMs} ms`,
    ...(events === undefined ? [] : [`${events} events`]),
    ...(points === undefined ? [] : [`${points} points`]),
    ...(restCalls === undefined ? [] : [`${restCalls} REST calls`]),
  ].join(', ');
}
