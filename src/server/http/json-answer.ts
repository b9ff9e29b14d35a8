// Short JSON answers that are not the result of an operation: states, refusals, failures.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestNote } from '../request-note.ts';
import { refusalType, type JsonType } from './accept.ts';
import type { Refusal } from './origins.ts';

/** Sends a value as JSON that must not be cached. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  type: JsonType = 'application/json',
): void {
  response.writeHead(status, headersOf(type));
  response.end(JSON.stringify(body));
}

/** The headers of such an answer. */
export function headersOf(type: JsonType): Readonly<Record<string, string>> {
  return { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' };
}

/** A refusal in the form of a GraphQL result, which clients of `/graphql` can read. */
export function bodyOfRefusal({ code, message }: Pick<Refusal, 'code' | 'message'>) {
  return { errors: [{ message, extensions: { code } }] };
}

/** Answers with a refusal, and records it in the request's note. */
export function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
  note: RequestNote,
): void {
  const body = bodyOfRefusal(refusal);
  note.saw(body);
  sendJson(response, refusal.status, body, refusalType(request.headers.accept));
}
