// Which requests post.ts takes, by their headers alone: a body declared as JSON in UTF-8, and a client that is answered
// with JSON. Everything else is Yoga's, refusals included.
import type { IncomingMessage } from 'node:http';
import { singleResultType, type JsonType } from '../accept.ts';
import { isPlainJson } from '../json-body.ts';
import { remembered } from '../remembered.ts';

const jsonBodies = remembered(isPlainJson);
const answerTypes = remembered((accept) => {
  const type = singleResultType(accept);
  return type === 'application/json' || type === 'application/graphql-response+json' ? type : null;
});

/** The media type of the answer; null: the request is left to Yoga. */
export function answerTypeOf({ method, headers }: IncomingMessage, maxBytes: number): JsonType | null {
  if (method !== 'POST' || headers['content-encoding'] !== undefined) return null;
  const length = headers['content-length'];
  if (length !== undefined && Number(length) > maxBytes) return null;
  return jsonBodies(headers['content-type'] ?? '') ? answerTypes(headers.accept ?? '') : null;
}
