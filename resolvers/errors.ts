// The errors that a client sees: a code to act on and a message, never a URL, a token or a stack.
import { GraphQLError, type ASTNode } from 'graphql';
import {
  RestAbortedError,
  RestBadResponseError,
  RestBodyTooLargeError,
  RestError,
  RestForbiddenError,
  RestNotFoundError,
  RestRateLimitedError,
  RestRefusedError,
  RestTimeoutError,
} from '../src/rest/errors.ts';
import { ExpectedError } from './outcomes.ts';

/** The values of `extensions.code` that resolvers use. */
export type ErrorCode =
  | 'BAD_USER_INPUT'
  | 'LIMIT_EXCEEDED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'UPSTREAM_RATE_LIMITED'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_ERROR'
  | 'UPSTREAM_BAD_RESPONSE';

const UNUSABLE = 'The upstream API gave an answer that cannot be used.';

/** Maximum number of characters of a caller's input that an error repeats. */
const MAX_ECHO = 40;

/** A caller's input for an error message: in quotes, with control characters escaped, cut to 40 characters. */
export function quoted(input: unknown): string {
  const text = JSON.stringify(input) ?? String(input);
  return text.length <= MAX_ECHO ? text : `${text.slice(0, MAX_ECHO)}…`;
}

/**
 * `BAD_USER_INPUT`: an argument is invalid. `message` says what is valid. `node` is the value in the document, if no field has
 * it.
 */
export function badUserInput(message: string, node?: ASTNode): GraphQLError {
  return new GraphQLError(message, {
    ...(node === undefined ? {} : { nodes: node }),
    extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode },
  });
}

/** `LIMIT_EXCEEDED`: the operation exceeds a limit of the gateway. `limit` names it, `message` gives its size. */
export function limitExceeded(limit: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED' satisfies ErrorCode, limit } });
}

/** `FORBIDDEN`: the caller lacks a permission. `details` become extensions of the error. */
export function forbidden(message: string, details: Readonly<Record<string, unknown>> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { ...details, code: 'FORBIDDEN' satisfies ErrorCode } });
}

/** `NOT_FOUND`: the room of a subscription does not exist. */
export function notFound(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'NOT_FOUND' satisfies ErrorCode } });
}

/** `UPSTREAM_BAD_RESPONSE`: a value of an answer does not fit its field. */
export class UnusableValueError extends Error {
  override readonly name = 'UnusableValueError';
}

/** The client's error for a known failure; null for an unknown one, which the caller masks. */
export function clientErrorOfFailure(failure: unknown): GraphQLError | null {
  if (failure instanceof RestError) return clientErrorOf(failure);
  if (failure instanceof ExpectedError) return undeclared(failure);
  return isUnusable(failure)
    ? new GraphQLError(UNUSABLE, { extensions: { code: 'UPSTREAM_BAD_RESPONSE' satisfies ErrorCode } })
    : null;
}

/**
 * The client's error for an expected failure of a mutation whose union does not have its class: the vendor's refusal, or else the
 * fault of the input.
 */
function undeclared(failure: ExpectedError): GraphQLError {
  if (failure.cause instanceof RestError) return clientErrorOf(failure.cause);
  return badUserInput(failure.message);
}

/** Messages of GraphQL and DataLoader about an upstream's value that they cannot use; these errors have no class of their own. */
const UNUSABLE_WORDS = new RegExp(
  [
    '^(Int|Float|String|Boolean|ID) cannot represent ',
    '^Cannot return null for non-nullable field ',
    String.raw`^The loader\.load\(\) function must be called with a value`,
  ].join('|'),
);

/**
 * Whether a value of an answer does not fit its field: a fraction for an Int, null for a non-null field, or an object
 * without an id. Errors about a caller's own values name their place in the document.
 */
function isUnusable(failure: unknown): boolean {
  if (failure instanceof UnusableValueError) return true;
  if (!(failure instanceof Error)) return false;
  // About a value of an answer GraphQL's errors name no place in the document.
  if (failure instanceof GraphQLError && failure.nodes !== undefined) return false;
  return UNUSABLE_WORDS.test(failure.message);
}

/** The client's error for a RestError, which stays attached as the original error for the log. */
function clientErrorOf(error: RestError): GraphQLError {
  const { message, ...extensions } = clientView(error);
  return new GraphQLError(message, {
    originalError: error,
    extensions: {
      ...extensions,
      ...(error.status === undefined ? {} : { status: error.status }),
      ...(error.requestId === undefined ? {} : { upstreamRequestId: error.requestId }),
    },
  });
}

interface ClientView {
  readonly message: string;
  readonly code: ErrorCode;
  readonly retryAfter?: number;
}

function clientView(error: RestError): ClientView {
  if (error instanceof RestRateLimitedError) {
    return {
      message: `The upstream API takes no more requests now; try again in ${error.retryAfterSeconds} s.`,
      code: 'UPSTREAM_RATE_LIMITED',
      retryAfter: error.retryAfterSeconds,
    };
  }
  if (error instanceof RestTimeoutError || error instanceof RestAbortedError) {
    return { message: 'The upstream API did not answer in time.', code: 'UPSTREAM_TIMEOUT' };
  }
  if (error instanceof RestBodyTooLargeError) {
    const megabytes = Math.floor(error.bytes / 1e6);
    return {
      message: `The upstream API gave an answer of more than ${megabytes} MB, which is too large to be read.`,
      code: 'UPSTREAM_BAD_RESPONSE',
    };
  }
  if (error instanceof RestBadResponseError) {
    return { message: UNUSABLE, code: 'UPSTREAM_BAD_RESPONSE' };
  }
  // Pass on the vendor's words about a request, but not those about the gateway's own credentials.
  if (
    error instanceof RestRefusedError ||
    error instanceof RestForbiddenError ||
    error instanceof RestNotFoundError
  ) {
    return { message: refusal(error), code: 'UPSTREAM_ERROR' };
  }
  if (error.status !== undefined && error.status < 500) {
    return { message: 'The upstream API refused the request.', code: 'UPSTREAM_ERROR' };
  }
  return { message: 'The upstream API cannot be reached or is failing.', code: 'UPSTREAM_UNAVAILABLE' };
}

function refusal(error: RestError): string {
  const said = [error.vendorMessage, ...(error.details ?? [])].filter(
    (text) => text !== undefined && text !== '',
  );
  if (said.length === 0) return 'The upstream API refused the request.';
  return `The upstream API refused the request: ${said.join('; ').slice(0, 300)}`;
}
