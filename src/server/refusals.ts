// The errors by which the server refuses a request or an operation, the same over every transport. Over HTTP, Yoga takes the
// status and headers from `extensions.http` and removes this key. Every message may be sent to clients unchanged.
import { GraphQLError, type FieldNode } from 'graphql';

/** A GraphQL name that is short enough to be repeated in a message. */
const NAME = /^\w{1,100}$/;

/** UNAUTHENTICATED, 401: the caller's key or token is missing or not accepted. `message` goes to the client. */
export function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: {
      code: 'UNAUTHENTICATED',
      http: { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } },
    },
  });
}

/** UNAUTHENTICATED, 401: the caller's token has expired, which also ends running streams and sockets. */
export function expired(): GraphQLError {
  return unauthenticated('The token has expired.');
}

/** UNAUTHENTICATED, 401: the API key is no longer in the file of keys, or with other rights, which ends its streams and sockets. */
export function revoked(): GraphQLError {
  return unauthenticated('The API key was taken back, or its rights have changed.');
}

/** UPSTREAM_UNAVAILABLE, 503: the caller's key or token cannot be checked now. `message` goes to the client. */
export function unavailable(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UPSTREAM_UNAVAILABLE', http: { status: 503 } } });
}

/** BAD_USER_INPUT, 415: the body is declared as another type than JSON, in another charset than UTF-8, or as compressed. */
export function unsupportedBody(): GraphQLError {
  return new GraphQLError('Send a body of the type application/json, in UTF-8, uncompressed.', {
    extensions: {
      code: 'BAD_USER_INPUT',
      http: { status: 415, headers: { 'Accept-Post': 'application/json' } },
    },
  });
}

/** BAD_USER_INPUT, 400: the body is not UTF-8, or not a JSON object. */
export function brokenBody(): GraphQLError {
  return new GraphQLError('The body must be a JSON object in UTF-8.', {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}

/** LIMIT_EXCEEDED, 413: the body is larger than the server reads. The same as Yoga's, whose code mask-errors.ts replaces. */
export function bodyTooLarge(): GraphQLError {
  return new GraphQLError('Request body too large', {
    extensions: { code: 'REQUEST_ENTITY_TOO_LARGE', http: { status: 413 } },
  });
}

/** BAD_USER_INPUT, 400: parameters of the URL of a GET request are not JSON. */
export function brokenParameters(): GraphQLError {
  return new GraphQLError('`variables` and `extensions` must be JSON.', {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}

/** BAD_USER_INPUT, 406: the client accepts none of the media types of answers, which are `types`. */
export function notAcceptable(types: readonly string[]): GraphQLError {
  const list = `${types.slice(0, -1).join(', ')} and ${types.at(-1)}`;
  return new GraphQLError(`Accept one of ${list}, in UTF-8.`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 406 } },
  });
}

/** BAD_USER_INPUT, 406: a subscription over HTTP whose client does not accept server-sent events. */
export function streamNotAccepted(): GraphQLError {
  const message = 'A subscription is answered by a stream: accept text/event-stream, or use WebSocket.';
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 406 } } });
}

/**
 * BAD_USER_INPUT, 400: the document has no operation named `name` or, if `name` is missing, not exactly one operation. The
 * message repeats `name` only if it is a GraphQL name of at most 100 characters.
 */
export function noOperation(name: unknown): GraphQLError {
  const message =
    name == null
      ? 'Send a document with exactly one operation, or name one of its operations in `operationName`.'
      : `The document has no operation ${typeof name === 'string' && NAME.test(name) ? name : 'of that name'}.`;
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });
}

/**
 * LIMIT_EXCEEDED, 400 (200 for clients that do not accept `application/graphql-response+json`). `limit` names the limit,
 * `message` says its value.
 */
export function limitExceeded(limit: string, message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'LIMIT_EXCEEDED', limit, http: { status: 400, spec: true } },
  });
}

/** RATE_LIMITED, 429: a limit of a minute is reached. `retryAfter` is `resetInMs` in seconds, rounded up, at least 1. */
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

/** LIMIT_EXCEEDED, 504: the operation has not ended within `limitMs`. */
export function outOfTime(limitMs: number): GraphQLError {
  const message = `The operation took longer than ${limitMs / 1000} s, which is the limit. A mutation may take effect all the same.`;
  return new GraphQLError(message, {
    extensions: { code: 'LIMIT_EXCEEDED', limit: 'time', http: { status: 504 } },
  });
}

/** BAD_USER_INPUT, 400 (200 as above): `@stream(initialCount:)` of `field` is negative. */
export function negativeInitialCount(count: number, field: FieldNode): GraphQLError {
  return new GraphQLError(`\`initialCount\` of \`@stream\` must be 0 or more; ${count} is not.`, {
    nodes: field,
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400, spec: true } },
  });
}

/**
 * PERSISTED_OPERATION_ONLY, 400 (200 as above): the manifest does not have the operation. The message repeats `hash` only
 * if it is 64 hex digits.
 */
export function notPersisted(hash = ''): GraphQLError {
  const fault = /^[0-9a-f]{64}$/i.test(hash) ? `none has the hash ${hash}` : 'this is not one of them';
  return new GraphQLError(`Only persisted operations run here, and ${fault}.`, {
    extensions: { code: 'PERSISTED_OPERATION_ONLY', http: { status: 400, spec: true } },
  });
}

/** BAD_USER_INPUT, 400 (200 as above): `extensions.persistedQuery.version` is not `known`. */
export function unknownVersion(known: number): GraphQLError {
  return new GraphQLError(`The version of \`extensions.persistedQuery\` must be ${known}.`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400, spec: true } },
  });
}

/**
 * BAD_USER_INPUT: an operation is named by its hash alone, and there is no manifest. Clients of Apollo's protocol read this
 * message and send the text. The status is 200, because some of them (apollo-ios) do not read the body of another.
 */
export function persistedQueryNotSupported(): GraphQLError {
  return new GraphQLError('PersistedQueryNotSupported', {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 200 } },
  });
}
