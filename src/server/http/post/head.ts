// Which requests post.ts takes, by their headers alone: a body declared as JSON in UTF-8, and a client that is answered
// with JSON. Everything else is Yoga's, refusals included.
import type { IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import { singleResultType, type JsonType } from '../accept.ts';
import { isPlainJson } from '../json-body.ts';

/** How many values of a header are remembered with what they mean. Clients send few different ones. */
const MAX_KNOWN = 100;
/** Longer values are read each time. */
const LONGEST_KNOWN = 200;

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

/** `read`, whose outcomes for short values are kept. */
function remembered<Outcome extends string | boolean | null>(
  read: (value: string) => Outcome,
): (value: string) => Outcome {
  const known = new LRUCache<string, { readonly outcome: Outcome }>({ max: MAX_KNOWN });
  return (value) => {
    const kept = known.get(value);
    if (kept !== undefined) return kept.outcome;
    const outcome = read(value);
    if (value.length <= LONGEST_KNOWN) known.set(value, { outcome });
    return outcome;
  };
}
