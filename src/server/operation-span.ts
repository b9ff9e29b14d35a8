// The attributes of an operation's span: the same facts as in its log line, with the names of OpenTelemetry if they exist
// (https://opentelemetry.io/docs/specs/semconv/graphql/graphql-spans/), and never the text or the variables of the operation.
import type { SpanAttributes, SpanEnd } from '../trace.ts';
import type { RequestLine } from './request-line.ts';

/** The name of a span until its operation is known. */
export const UNREAD_OPERATION = 'GraphQL';

/** Codes of errors caused by the client: with them a span does not count as failed. */
const FAILURES = /^(?:INTERNAL$|UPSTREAM_)/;

/** The attribute names of the members of a log line; other members do not become attributes. */
const ATTRIBUTES: readonly (readonly [keyof RequestLine, string])[] = [
  ['type', 'graphql.operation.type'],
  ['operation', 'graphql.operation.name'],
  ['method', 'http.request.method'],
  ['path', 'url.path'],
  ['status', 'http.response.status_code'],
  ['requestId', 'hms.request_id'],
  ['transport', 'hms.transport'],
  ['caller', 'hms.caller'],
  ['code', 'hms.code'],
  ['aborted', 'hms.aborted'],
  ['points', 'hms.points'],
  ['restCalls', 'hms.rest_calls'],
];

/** How the span of an operation ends, by the members of its line of the log. Its name is such as `query Rooms`. */
export function endOfOperation(line: RequestLine): SpanEnd {
  const attributes: Record<string, SpanAttributes[string]> = {};
  for (const [member, attribute] of ATTRIBUTES) {
    const value = line[member];
    if (value !== undefined) attributes[attribute] = value;
  }
  const { code, type = UNREAD_OPERATION, operation } = line;
  const name = operation === undefined ? type : `${type} ${operation}`;
  return { name, attributes, error: code !== undefined && FAILURES.test(code) ? code : null };
}
