// What the span of an operation says of it: the facts of its line of the log, under the names of OpenTelemetry where there are
// any (https://opentelemetry.io/docs/specs/semconv/graphql/graphql-spans/). Never its text or its variables.
import type { SpanAttributes, SpanEnd } from '../trace.ts';

/** The name of a span before its operation is known, and of one whose operation never is. */
export const UNREAD_OPERATION = 'GraphQL';

/** Codes of errors that are the client's: with them a span has not failed. */
const FAILURES = /^(?:INTERNAL$|UPSTREAM_)/;

/** The names that the members of a line have as attributes; other members are no attributes. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  type: 'graphql.operation.type',
  operation: 'graphql.operation.name',
  method: 'http.request.method',
  path: 'url.path',
  status: 'http.response.status_code',
  requestId: 'hms.request_id',
  transport: 'hms.transport',
  caller: 'hms.caller',
  code: 'hms.code',
  aborted: 'hms.aborted',
  points: 'hms.points',
  restCalls: 'hms.rest_calls',
};

/** How the span of an operation ends, by the members of its line of the log. Its name is such as `query Rooms`. */
export function endOfOperation(line: Readonly<Record<string, unknown>>): SpanEnd {
  const attributes: Record<string, SpanAttributes[string]> = {};
  for (const [member, attribute] of Object.entries(ATTRIBUTES)) {
    const value = line[member];
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (isPlain) attributes[attribute] = value;
  }
  const { code, type, operation } = line;
  const kind = typeof type === 'string' ? type : UNREAD_OPERATION;
  const name = typeof operation === 'string' ? `${kind} ${operation}` : kind;
  return { name, attributes, error: typeof code === 'string' && FAILURES.test(code) ? code : null };
}
