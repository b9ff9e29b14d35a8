// Sends answers over HTTP, correctly or damaged by a fault (faults.ts).
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { AnswerFault } from './faults.ts';
import { withOddPeers, withTextNumbers } from './odd-answers.ts';
import { wait } from '../wait.ts';

/** An answer before it is sent. A string as `body` is sent as HTML, other values as JSON; undefined means no body. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The clock and the end of the exchange, which slow faults need in addition to the response. */
export interface Exchange {
  readonly clock: Clock;
  /** Aborts when the answer is complete or the connection is closed. */
  readonly over: AbortSignal;
}

const HUGE_BYTES = 16 * 2 ** 20;
const HUGE_PIECE = `${JSON.stringify('x'.repeat(65_533))},`;

/** Sends `reply` unchanged. */
export function send(response: ServerResponse, reply: Reply): void {
  write(response, reply, textOf(reply));
}

/** Sends `reply`, damaged by `fault` if there is one. Resolves when the socket has accepted the last byte. */
export async function sendFaulty(
  response: ServerResponse,
  reply: Reply,
  fault: AnswerFault | undefined,
  exchange: Exchange,
): Promise<void> {
  const text = textOf(reply);
  switch (fault?.kind) {
    case 'cut':
      return write(response, reply, half(text));
    case 'empty':
      return write(response, reply, '');
    case 'shape':
      return send(response, { ...reply, body: fault.shape(reply.body) });
    case 'text':
      return write(response, reply, fault.text(text));
    case 'odd-peers':
      return send(response, { ...reply, body: withOddPeers(reply.body) });
    case 'text-numbers':
      return send(response, { ...reply, body: withTextNumbers(reply.body) });
    case 'hang-mid-body':
      writeHead(response, reply, text);
      response.write(half(text));
      return undefined;
    case 'short':
      writeHead(response, reply, text);
      response.write(half(text), () => response.destroy());
      return undefined;
    case 'drip':
      writeHead(response, reply, text);
      return drip(response, text, fault.bytes ?? 1, fault.everyMs ?? 1000, exchange);
    case 'huge':
      return sendHuge(response, reply, fault.bytes ?? HUGE_BYTES, exchange);
    default:
      return send(response, reply);
  }
}

function textOf({ body }: Reply): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function half(text: string): string {
  return text.slice(0, Math.ceil(text.length / 2));
}

function headersOf({ body, headers }: Reply): Record<string, string> {
  if (body === undefined) return { ...headers };
  return { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json', ...headers };
}

/** Sends the status and headers, with the `Content-Length` of the whole `text`. */
function writeHead(response: ServerResponse, reply: Reply, text: string): void {
  const length = reply.status === 204 ? {} : { 'content-length': String(Buffer.byteLength(text)) };
  response.writeHead(reply.status, { ...headersOf(reply), ...length });
}

function write(response: ServerResponse, reply: Reply, text: string): void {
  writeHead(response, reply, text);
  response.end(text);
}

async function drip(
  response: ServerResponse,
  text: string,
  bytes: number,
  everyMs: number,
  { clock, over }: Exchange,
): Promise<void> {
  const body = Buffer.from(text);
  for (let sent = 0; sent < body.length; sent += bytes) {
    response.write(body.subarray(sent, sent + bytes));
    if (!(await wait(clock, everyMs, over))) return;
  }
  response.end();
}

async function sendHuge(
  response: ServerResponse,
  reply: Reply,
  bytes: number,
  { over }: Exchange,
): Promise<void> {
  response.writeHead(reply.status, headersOf(reply));
  response.write('[');
  for (let sent = 0; sent < bytes && !over.aborted; sent += HUGE_PIECE.length) {
    if (response.write(HUGE_PIECE)) continue;
    await once(response, 'drain', { signal: over }).catch(() => undefined);
  }
  response.end('null]');
}
