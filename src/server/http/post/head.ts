// Decides by the headers of a request whether post.ts or stream.ts handles it: its body must be declared as JSON in UTF-8, and
// its client must accept JSON, or an event stream. All other requests go to Yoga, also those that will be refused.
import type { IncomingMessage } from 'node:http';
import { singleResultType, type JsonType } from '../accept.ts';
import { isEncoded, isPlainJson } from '../json-body.ts';
import { remembered } from '../../remembered.ts';

const jsonBodies = remembered(isPlainJson);
const answerTypes = remembered((accept) => {
  const type = singleResultType(accept);
  return type === 'application/json' || type === 'application/graphql-response+json' ? type : null;
});

const wantsStream = remembered((accept) => singleResultType(accept) === 'text/event-stream');

/** The media type of the answer; null: the request is left to Yoga. */
export function answerTypeOf(request: IncomingMessage, maxBytes: number): JsonType | null {
  return request.method === 'POST' && hasJsonBody(request, maxBytes)
    ? answerTypes(request.headers.accept ?? '')
    : null;
}

/**
 * Whether the answer is an event stream, and the request a GET or has a body of JSON. False also for a client that asks for the
 * number of its REST calls: its events are answered one by one.
 */
export function isForStream(request: IncomingMessage, maxBytes: number): boolean {
  const { method, headers } = request;
  if (!wantsStream(headers.accept ?? '') || headers['x-gateway-upstream'] === '1') return false;
  return method === 'GET' || (method === 'POST' && hasJsonBody(request, maxBytes));
}

function hasJsonBody({ headers }: IncomingMessage, maxBytes: number): boolean {
  if (isEncoded(headers['content-encoding'])) return false;
  const length = headers['content-length'];
  if (length !== undefined && Number(length) > maxBytes) return false;
  return jsonBodies(headers['content-type'] ?? '');
}
