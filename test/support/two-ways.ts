// The same request sent to two servers, of which one leaves all requests to Yoga: status, headers and body are compared to the byte,
// and the line of the log too.
import { expect } from 'vitest';
import { setHeaders } from '../../src/server/http/common-headers.ts';
import type { GraphqlServer } from '../../src/server/graphql.ts';
import { ManualClock } from './manual-clock.ts';
import { memoryLog } from './memory-log.ts';
import { exchangeRaw } from './raw-http.ts';
import { startTestServer, type TestServer, type TestServerOptions } from './server.ts';

/** The server with all requests left to Yoga. */
function throughYoga(graphql: GraphqlServer): GraphqlServer {
  return new Proxy(graphql, {
    get: (target, name) => (name === 'serve' ? serveByYoga : Reflect.get(target, name)),
  });
  function serveByYoga({ request, response, note, headers }: Parameters<GraphqlServer['serve']>[0]) {
    setHeaders(response, headers);
    return graphql(request, response, { note });
  }
}

export interface Sent {
  /** Default: POST. */
  readonly method?: 'GET' | 'POST';
  /** The URL; default: `/graphql`. */
  readonly target?: string;
  /** The text with which the answer ends, if its connection is not closed. */
  readonly until?: RegExp;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends the body in two chunks, without its length. */
  readonly isChunked?: boolean;
  /** How often it is sent; the last answer is compared. Documents are kept from their second request on. */
  readonly times?: number;
}

/** The text of a request, after which its connection is closed. */
function requestOf({
  method = 'POST',
  target = '/graphql',
  body = method === 'GET' ? '' : '{"query":"{ hello }"}',
  headers = {},
  isChunked = false,
}: Sent): Buffer {
  const bytes = Buffer.from(body);
  const half = Math.floor(bytes.length / 2);
  const lines = {
    host: 'localhost',
    connection: 'close',
    'x-request-id': 'one',
    'content-type': 'application/json',
    ...(isChunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(bytes.length) }),
    ...headers,
  };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  const chunk = (part: Buffer) => [`${part.length.toString(16)}\r\n`, part, '\r\n'];
  const parts = isChunked
    ? [...chunk(bytes.subarray(0, half)), ...chunk(bytes.subarray(half)), '0\r\n\r\n']
    : [bytes];
  return Buffer.concat(
    [`${method} ${target} HTTP/1.1\r\n${head.join('')}\r\n`, ...parts].map((part) => Buffer.from(part)),
  );
}

/** An answer with sorted headers, without the values that differ each time. */
async function answerOf({ url }: TestServer, sent: Sent): Promise<readonly string[]> {
  const [head = '', ...body] = (await exchangeRaw(url, requestOf(sent), sent.until ?? /^NEVER$/)).split(
    '\r\n\r\n',
  );
  const [status = '', ...headers] = head.split('\r\n');
  const kept = headers.filter((line) => !/^date:/i.test(line)).toSorted();
  return [status, ...kept, body.join('\r\n\r\n').replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, 'an id')];
}

/** The log lines of requests, without the values that differ each time. */
export function requestsIn(text: string): readonly unknown[] {
  const lines: readonly Record<string, unknown>[] = text
    .split('\n')
    .filter((line) => line.includes('"msg":"request"'))
    .map((line) => JSON.parse(line));
  return lines.map(({ time: _time, pid: _pid, hostname: _host, durationMs: _ms, ...line }) => line);
}

/** The options of both servers. */
export const usual: TestServerOptions = {
  limits: { pointsPerMinute: 5000, cost: 1000 },
  allowedOrigins: ['https://app.example'],
  allowedHeaders: ['x-app'],
};

/**
 * Sends the same request to two servers, one of which leaves all requests to Yoga, and expects the same answer of both. Returns
 * the answer.
 */
export async function compare(sent: Sent, options: TestServerOptions = usual): Promise<readonly string[]> {
  const outcomes = await Promise.all(
    [(graphql: GraphqlServer) => graphql, throughYoga].map(async (way) => {
      const { log, text } = memoryLog();
      await using server = await startTestServer({ ...options, clock: new ManualClock(), log, way });
      let answer: readonly string[] = [];
      for (let time = 0; time < (sent.times ?? 2); time += 1) answer = await answerOf(server, sent);
      await expect.poll(() => requestsIn(text()).length).toBe(sent.times ?? 2);
      return { answer, requests: requestsIn(text()), fields: server.started.fields };
    }),
  );
  expect(outcomes[0]).toEqual(outcomes[1]);
  return outcomes[0]?.answer ?? [];
}
