// Sends a result as JSON: head and body in one write if they are small enough.
import type { ExecutionResult } from 'graphql';
import { processRegularResult, type FetchAPI } from 'graphql-yoga';
import { partsOf, type TextOf } from '../../operation/result-text.ts';
import { WrittenData } from '../../operation/written-data.ts';
import type { JsonType } from '../accept.ts';
import type { Coding } from '../accept-encoding.ts';
import { codingFor, compressed } from '../compression.ts';
import type { Exchange } from './exchange.ts';

/** Sends a result to the client of an exchange. */
export type SendResult = (
  result: ExecutionResult,
  type: JsonType,
  exchange: Exchange,
) => void | Promise<void>;

/** An answer in the form that Yoga would send. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * `corsOf`: the CORS headers for a page of an origin, as names and values in turn. A long answer is compressed where the client
 * accepts it; then it is sent later.
 */
export function createSend(
  textOf: TextOf,
  corsOf: (origin: string | undefined) => readonly string[],
): SendResult {
  return (result, type, exchange) => {
    if (isWrittenForMany(result) && codingOf(exchange, result.data.text.length) === null) {
      return sendParts(partsOf('', result, '', textOf), type, exchange, corsOf);
    }
    const answer = answerOf(result, type, textOf);
    const { text } = answer;
    const coding = codingOf(exchange, text.length);
    if (coding !== null) return sendCompressed(answer, coding, exchange, corsOf);
    const bytes = Buffer.byteLength(text);
    writeHead(answer, bytes, exchange, corsOf, []);
    // ASCII is the same in both encodings, and Node joins text in this one with the head.
    exchange.response.end(text, bytes === text.length ? 'latin1' : 'utf8');
    return undefined;
  };
}

type CorsOf = Parameters<typeof createSend>[1];

function codingOf({ request }: Exchange, length: number): Coding | null {
  return codingFor(request.headers['accept-encoding'], length);
}

/** A result with long data for several clients. */
type ForMany = ExecutionResult & { readonly data: WrittenData };

function isWrittenForMany(result: ExecutionResult): result is ForMany {
  const { data, errors } = result;
  return errors === undefined && data instanceof WrittenData && data.isShared && data.isLong;
}

/** Sends an answer in parts, so that all clients share the bytes of its data. */
function sendParts(parts: readonly Buffer[], type: JsonType, exchange: Exchange, corsOf: CorsOf): undefined {
  const { response } = exchange;
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  writeHead({ status: 200, headers: contentType(type) }, bytes, exchange, corsOf, []);
  response.cork();
  for (const part of parts) response.write(part);
  response.end();
}

async function sendCompressed(
  answer: Answer,
  coding: Coding,
  exchange: Exchange,
  corsOf: CorsOf,
): Promise<void> {
  const body = await compressed(answer.text, coding);
  if (exchange.response.closed) return;
  writeHead(answer, body.length, exchange, corsOf, ['content-encoding', coding]);
  exchange.response.end(body);
}

/** All headers at once. */
function writeHead(
  { status, headers: own }: Pick<Answer, 'status' | 'headers'>,
  bytes: number,
  { request, response, headers }: Exchange,
  corsOf: CorsOf,
  more: readonly string[],
): void {
  const head = [...headers];
  for (const name in own) head.push(name.toLowerCase(), own[name] ?? '');
  head.push('content-length', String(bytes), ...more, ...corsOf(request.headers.origin));
  head.push('vary', 'Origin, Accept, Accept-Encoding', 'cache-control', 'private, no-store');
  response.writeHead(status, head);
}

function contentType(type: JsonType): Answer['headers'] {
  return { 'content-type': `${type}; charset=utf-8` };
}

function answerOf(result: ExecutionResult, type: JsonType, textOf: TextOf): Answer {
  if (result.errors === undefined) {
    return { status: 200, headers: contentType(type), text: textOf(result) };
  }
  return yogaAnswerOf(result, type, textOf);
}

/** Takes what Yoga's processor gives to the constructor of a Response. */
class PlainResponse {
  readonly text: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(text: string, { status, headers }: Pick<Answer, 'status' | 'headers'>) {
    this.text = text;
    this.status = status;
    this.headers = headers;
  }
}

// The only part of the fetch API that the processor uses is this constructor, and it returns the object that it creates.
const plainApi = { Response: PlainResponse } as unknown as FetchAPI;

/** Yoga's rules for the status and headers of an answer with errors, which are in `extensions.http` of the errors. */
function yogaAnswerOf(result: ExecutionResult, type: JsonType, textOf: TextOf): Answer {
  const written = { ...result, stringify: textOf };
  return processRegularResult(written, plainApi, type) as unknown as PlainResponse;
}
