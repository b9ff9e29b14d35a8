// Results as server-sent events of the protocol graphql-sse, in its mode of distinct connections.
// Source: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
import type { ExecutionResult } from 'graphql';
import { formatError } from '../operation/mask-errors.ts';
import { partsOf, type TextOf } from '../operation/result-text.ts';
import type { Answer } from './answer.ts';

/** The media type of a stream. */
export const EVENT_STREAM = 'text/event-stream';

/** Headers of each stream; nginx would keep events back without the second one. */
export const streamHeaders = { 'content-type': EVENT_STREAM, 'x-accel-buffering': 'no' } as const;

/** The key of a result's event id. JSON.stringify leaves symbols out, so the id is no part of the data. */
export const EVENT_ID = Symbol('event id');

/** A result with the id of its event. */
export type IdentifiedResult = ExecutionResult & { readonly [EVENT_ID]?: string };

/** A comment, which keeps the connection open. */
export const PING = Buffer.from(':\n\n');
/** The end of an operation, after which clients do not come back. */
export const COMPLETE = Buffer.from('event: complete\ndata:\n\n');

/** How often a comment is sent, in milliseconds. */
export const KEEP_ALIVE_MS = 12_000;

/** The kind of bytes that answers have here: see `Answer.bytesOf`. */
const KIND = 'sse';

/** A result as an event. */
export function eventBytes(result: IdentifiedResult, textOf: TextOf): readonly Buffer[] {
  const id = result[EVENT_ID];
  const { errors, ...rest } = result;
  const payload = errors === undefined ? rest : { errors: errors.map(formatError), ...rest };
  const begin = `event: next\n${id === undefined ? '' : `id: ${id}\n`}data: `;
  return partsOf(begin, payload, '\n\n', textOf);
}

/** The answer to an event, as an event for all subscriptions of its group. */
export function answerBytes(answer: Answer, textOf: TextOf): readonly Buffer[] {
  const known = answer.bytesOf(KIND);
  if (known !== undefined) return known;
  const { cursor, result } = answer;
  const id = cursor === null ? {} : { [EVENT_ID]: cursor };
  return answer.keep(KIND, eventBytes({ ...result, ...id }, textOf));
}
