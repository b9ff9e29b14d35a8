// Sending an answer over HTTP, well or badly: the faults that spoil an answer are played here.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { AnswerFault } from './faults.ts';
import { wait } from '../wait.ts';

/** An answer before it is sent. A body that is a string is sent as HTML, undefined as no body, the rest as JSON. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What playing a fault needs besides the response. */
export interface Stage {
  readonly clock: Clock;
  /** Aborts when the exchange is over: answered, or the client or the sandbox went. */
  readonly over: AbortSignal;
}

const HUGE_BYTES = 16 * 2 ** 20;
const HUGE_PIECE = `${JSON.stringify('x'.repeat(65_533))},`;

/** Sends `reply` as it is. */
export function send(response: ServerResponse, reply: Reply): void {
  write(response, reply, textOf(reply));
}

/** Sends `reply` as `fault` spoils it; resolves when all that will be sent is handed over. */
export async function sendSpoiled(
  response: ServerResponse,
  reply: Reply,
  fault: AnswerFault | undefined,
  stage: Stage,
): Promise<void> {
  const text = textOf(reply);
  switch (fault?.kind) {
    case 'cut':
      return write(response, reply, half(text));
    case 'empty':
      return write(response, reply, '');
    case 'shape':
      return send(response, { ...reply, body: fault.shape(reply.body) });
    case 'hang-mid-body':
      announce(response, reply, text);
      response.write(half(text));
      return undefined;
    case 'short':
      announce(response, reply, text);
      response.write(half(text), () => response.destroy());
      return undefined;
    case 'drip':
      announce(response, reply, text);
      return drip(response, text, fault.bytes ?? 1, fault.everyMs ?? 1000, stage);
    case 'huge':
      return sendHuge(response, reply, fault.bytes ?? HUGE_BYTES, stage);
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

/** Sends the head for the whole `text`. */
function announce(response: ServerResponse, reply: Reply, text: string): void {
  const length = reply.status === 204 ? {} : { 'content-length': String(Buffer.byteLength(text)) };
  response.writeHead(reply.status, { ...headersOf(reply), ...length });
}

function write(response: ServerResponse, reply: Reply, text: string): void {
  announce(response, reply, text);
  response.end(text);
}

async function drip(
  response: ServerResponse,
  text: string,
  bytes: number,
  everyMs: number,
  { clock, over }: Stage,
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
  { over }: Stage,
): Promise<void> {
  response.writeHead(reply.status, headersOf(reply));
  response.write('[');
  for (let sent = 0; sent < bytes && !over.aborted; sent += HUGE_PIECE.length) {
    if (response.write(HUGE_PIECE)) continue;
    await once(response, 'drain', { signal: over }).catch(() => undefined);
  }
  response.end('null]');
}
