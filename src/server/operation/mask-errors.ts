// Decides what clients see of an error. Errors that are thrown for clients are passed on, with a code. Any other error is masked
// as INTERNAL, with an id under which the log has the original.
import { randomUUID } from 'node:crypto';
import { GraphQLError, Kind, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';

/** The error that clients get for a failure of the services behind the graph; null: it is not one that clients may know. */
export type TranslateError = (failure: unknown) => GraphQLError | null;

/** HTTP statuses by code; of every other code it is 400. */
const statuses: Readonly<Record<string, number>> = {
  FORBIDDEN: 403,
  INTERNAL: 500,
  UPSTREAM_BAD_RESPONSE: 502,
  UPSTREAM_ERROR: 502,
  UPSTREAM_RATE_LIMITED: 503,
  UPSTREAM_TIMEOUT: 504,
  UPSTREAM_UNAVAILABLE: 503,
};

/** The longest message that a client gets, in characters: parsers repeat their input. */
const MAX_MESSAGE_LENGTH = 500;

/** The message cut to 500 characters. It is a copy, because a slice would keep the whole string in memory. */
export function shortened(message: string): string {
  if (message.length <= MAX_MESSAGE_LENGTH) return message;
  return Buffer.from(`${message.slice(0, MAX_MESSAGE_LENGTH)}…`).toString();
}

/**
 * Makes the function that masks every error of an operation. It asks `translate` first; a GraphQLError passes; any other error is
 * logged and masked. The function never throws, provided that `translate` does not.
 */
export function createErrorMask(translate: TranslateError, log: Logger): (error: unknown) => GraphQLError {
  return (error) => {
    const failure = unwrap(error);
    const translated = translate(failure);
    if (translated !== null) return atPlaceOf(error, translated);
    if (failure instanceof GraphQLError) return atPlaceOf(error, withGatewayCode(failure));
    const id = randomUUID();
    // The client has disconnected, so nobody reads the error. Any caller can cause many of these, so they are logged at `debug`.
    if (isAbort(failure)) log.debug({ errorId: id }, 'an operation was aborted');
    else log.error({ err: failure, errorId: id }, 'an operation failed unexpectedly');
    // An error that GraphQL has not wrapped does not belong to a field: the answer has no data, and its status is 500.
    const http = error instanceof GraphQLError ? {} : { http: { status: 500 } };
    const extensions = { code: 'INTERNAL', id, ...http };
    return atPlaceOf(error, { message: 'Something went wrong in the gateway.', extensions });
  };
}

/** Whether an operation failed because its signal was aborted. */
function isAbort(failure: unknown): boolean {
  return failure instanceof DOMException && failure.name === 'AbortError';
}

/**
 * The error that was thrown. GraphQL wraps it to add the field's path. An error about a variable also wraps another one, but that
 * has no location and could be mistaken for one about a value of an answer.
 */
function unwrap(error: unknown): unknown {
  let origin = error;
  while (origin instanceof GraphQLError && origin.originalError !== undefined && !isOfVariable(origin)) {
    origin = origin.originalError;
  }
  return origin;
}

function isOfVariable({ nodes }: GraphQLError): boolean {
  return nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION;
}

/** What clients get of an error, apart from its place in the document and in the result. */
type Content = Pick<GraphQLError, 'message' | 'extensions'>;

/** The content of an error that the gateway or GraphQL itself throws for clients, with a code of the gateway. */
function withGatewayCode({
  message,
  extensions: { code = 'BAD_USER_INPUT', ...extensions },
}: GraphQLError): Content {
  // GraphQL's own errors before execution, such as one about a variable of a wrong type, have no code.
  return { message, extensions: { ...extensions, ...codeOf(code, extensions['http']) } };
}

/**
 * Replaces Yoga's codes for requests that it cannot read. Without `spec: false` Yoga would answer clients that accept
 * `application/json` with 200.
 */
function codeOf(code: unknown, http: unknown): Record<string, unknown> {
  if (code === 'REQUEST_ENTITY_TOO_LARGE') return { code: 'LIMIT_EXCEEDED', limit: 'body' };
  if (code !== 'BAD_REQUEST') return { code };
  return { code: 'BAD_USER_INPUT', http: { ...(typeof http === 'object' ? http : {}), spec: false } };
}

/** The error for clients: its content, at the place in the document and in the result that `error` names, if it names one. */
function atPlaceOf(error: unknown, { message, extensions }: Content): GraphQLError {
  const cut = shortened(message);
  // Yoga keeps parts of the request's body in `originalError`, which clients must not get.
  const { originalError: _, ...allowed } = extensions;
  const http = { http: { status: statusOf(allowed['code']), spec: true } };
  if (!(error instanceof GraphQLError)) return new GraphQLError(cut, { extensions: { ...http, ...allowed } });
  const { nodes, source, positions, path } = error;
  const ofWhole = path === undefined ? http : {};
  return new GraphQLError(cut, { nodes, source, positions, path, extensions: { ...ofWhole, ...allowed } });
}

/**
 * The status of an answer without data, for an error that belongs to no field and sets no status, for example about a variable.
 * It is for clients that accept `application/graphql-response+json`; the others get 200.
 */
function statusOf(code: unknown): number {
  return typeof code === 'string' ? (statuses[code] ?? 400) : 400;
}

/** The error as JSON for clients, without the extensions that Yoga reads and removes over HTTP (`http`, `unexpected`). */
export function formatError(error: GraphQLError): GraphQLFormattedError {
  const { extensions, ...formatted } = error.toJSON();
  const { http: _, unexpected: __, ...rest } = extensions ?? {};
  return { ...formatted, extensions: rest };
}
