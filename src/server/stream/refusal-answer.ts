// Decides which results are not sent as events: a refused request is answered with JSON and a status, even if its client
// requested a stream.
import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import type { JsonType } from '../http/accept.ts';
import { formatError } from '../operation/mask-errors.ts';

/** `extensions.http` of an error. */
interface HttpExtension {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal as JSON. */
export interface RefusalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly errors: readonly GraphQLFormattedError[] };
}

/**
 * The answer to a refused request: JSON with the refusal's status, which keeps a browser's EventSource from reconnecting.
 * Null: send a stream. Errors of the operation itself (400) are sent as an event, as clients of this protocol expect.
 */
export function refusalAnswer(result: ExecutionResult, type: JsonType): RefusalAnswer | null {
  if (result.data != null) return null;
  const { errors = [] } = result;
  // Extensions are untyped; src/server/refusals.ts and Yoga set this one.
  const http: HttpExtension | undefined = errors[0]?.extensions['http'];
  if (http?.status === undefined || http.status === 400) return null;
  const { status, headers } = http;
  return {
    status,
    headers: { ...headers, 'content-type': `${type}; charset=utf-8` },
    body: { errors: errors.map(formatError) },
  };
}
