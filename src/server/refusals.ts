// Errors by which the server itself refuses, before anything is executed. The same over every transport: HTTP has a
// status beside them, which `extensions.http` tells Yoga and no client sees.
import { GraphQLError } from 'graphql';

/** A name of the language that is not too long to be repeated. */
const NAME = /^\w{1,100}$/;

/** The caller has shown nothing that is accepted, or nothing at all. `message` may be shown. */
export function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: {
      code: 'UNAUTHENTICATED',
      http: { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } },
    },
  });
}

/** What the caller showed has ended since. */
export function expired(): GraphQLError {
  return unauthenticated('The token has expired.');
}

/** Who the caller is cannot be found out now. */
export function unavailable(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UPSTREAM_UNAVAILABLE', http: { status: 503 } } });
}

/** A body that is no JSON, or compressed. */
export function unsupportedBody(): GraphQLError {
  return new GraphQLError('Send a body of the type application/json, uncompressed.', {
    extensions: {
      code: 'BAD_USER_INPUT',
      http: { status: 415, headers: { 'Accept-Post': 'application/json' } },
    },
  });
}

/** Parameters of a URL. */
export function brokenParameters(): GraphQLError {
  return new GraphQLError('`variables` and `extensions` must be JSON.', {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}

/** None of the types of answers is one that the client takes. */
export function notAcceptable(types: readonly string[]): GraphQLError {
  const list = `${types.slice(0, -1).join(', ')} and ${types.at(-1)}`;
  return new GraphQLError(`Accept one of ${list}, in UTF-8.`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 406 } },
  });
}

/** A subscription over HTTP whose client takes one answer alone. */
export function streamNotAccepted(): GraphQLError {
  const message = 'A subscription is answered by a stream: accept text/event-stream, or use WebSocket.';
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 406 } } });
}

/** The document has no operation of this name or, without a name, not exactly one. What is no name is not repeated. */
export function noOperation(name: unknown): GraphQLError {
  const message =
    name == null
      ? 'The document must have exactly one operation, or `operationName` say which of them is meant.'
      : `The document has no operation ${typeof name === 'string' && NAME.test(name) ? name : 'of that name'}.`;
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });
}

/** More was asked than is allowed; `message` says how much, and how much is. Clients of old get it with a 200. */
export function limitExceeded(limit: string, message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'LIMIT_EXCEEDED', limit, http: { status: 400, spec: true } },
  });
}

/** The caller has used up what it may in a minute; it may go on in `resetInMs`. */
export function rateLimited(message: string, resetInMs: number): GraphQLError {
  const retryAfter = Math.max(1, Math.ceil(resetInMs / 1000));
  return new GraphQLError(message, {
    extensions: {
      code: 'RATE_LIMITED',
      retryAfter,
      http: { status: 429, headers: { 'Retry-After': String(retryAfter) } },
    },
  });
}

/** The operation has taken `limitMs` and is not done. */
export function outOfTime(limitMs: number): GraphQLError {
  const message = `The operation took longer than ${limitMs / 1000} s, which is the limit. What a mutation has begun may still take effect.`;
  return new GraphQLError(message, {
    extensions: { code: 'LIMIT_EXCEEDED', limit: 'time', http: { status: 504 } },
  });
}

/**
 * The operation is none of those that were written down beforehand. A `hash` by which it was asked for is repeated
 * if it looks like one.
 */
export function notPersisted(hash = ''): GraphQLError {
  const which = /^[0-9a-f]{64}$/i.test(hash) ? `none has the hash ${hash}` : 'this is none of them';
  return new GraphQLError(`Only operations that were persisted beforehand run here, and ${which}.`, {
    extensions: { code: 'PERSISTED_OPERATION_ONLY', http: { status: 400, spec: true } },
  });
}

/** Persisted operations are asked for in a way that is not known here. */
export function unknownVersion(known: number): GraphQLError {
  return new GraphQLError(`The version of \`extensions.persistedQuery\` must be ${known}.`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400, spec: true } },
  });
}
