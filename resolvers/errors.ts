// What a client may know of a failure: a code it can act on, and never a URL, a token or a stack.
import { GraphQLError } from 'graphql';
import {
  RestAbortedError,
  RestBadResponseError,
  RestError,
  RestForbiddenError,
  RestNotFoundError,
  RestRateLimitedError,
  RestRefusedError,
  RestTimeoutError,
} from '../src/rest/errors.ts';

/** The codes that `extensions.code` of an error may have, as far as resolvers raise them. */
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

/** The longest piece of a caller's own input that an error repeats, in characters. */
const MAX_ECHO = 40;

/** A caller's input as an error may show it: quoted, cut, with control characters escaped. */
export function shown(input: unknown): string {
  const text = JSON.stringify(input) ?? String(input);
  return text.length <= MAX_ECHO ? text : `${text.slice(0, MAX_ECHO)}…`;
}

/** The caller asked for something that cannot be asked for. `message` says what would be right. */
export function badUserInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode } });
}

/** An operation went over one of the gateway's limits; `limit` says which, `message` how large it is. */
export function limitExceeded(limit: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED' satisfies ErrorCode, limit } });
}

/** The caller may not do or see what was asked for; `details` go into the error's extensions. */
export function forbidden(message: string, details: Readonly<Record<string, unknown>> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { ...details, code: 'FORBIDDEN' satisfies ErrorCode } });
}

/** Something that a subscription depends on does not exist. */
export function notFound(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'NOT_FOUND' satisfies ErrorCode } });
}

/** The upstream gave a value that its field cannot show. */
export class UnusableValueError extends Error {
  override readonly name = 'UnusableValueError';
}

/** A known failure as clients see it; null: it is not known. */
export function clientErrorOfFailure(failure: unknown): GraphQLError | null {
  if (failure instanceof RestError) return clientErrorOf(failure);
  return isUnusable(failure)
    ? new GraphQLError(UNUSABLE, { extensions: { code: 'UPSTREAM_BAD_RESPONSE' satisfies ErrorCode } })
    : null;
}

/** What GraphQL and DataLoader say of an upstream's value that they cannot use: their errors have no class. */
const UNUSABLE_WORDS = new RegExp(
  [
    '^(Int|Float|String|Boolean|ID) cannot represent ',
    '^Cannot return null for non-nullable field ',
    String.raw`^The loader\.load\(\) function must be called with a value`,
  ].join('|'),
);

/**
 * A field has no room for a value (a fraction where an Int is due, null where something is), or an object is named by
 * an id that is not there. What GraphQL says of a caller's values is a GraphQLError already.
 */
function isUnusable(failure: unknown): boolean {
  if (failure instanceof UnusableValueError) return true;
  if (!(failure instanceof Error) || failure instanceof GraphQLError) return false;
  return UNUSABLE_WORDS.test(failure.message);
}

/** A REST failure as clients see it. The original stays attached for the log. */
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
  if (error instanceof RestBadResponseError) {
    return { message: UNUSABLE, code: 'UPSTREAM_BAD_RESPONSE' };
  }
  // What the vendor says of a request is for the caller; what it says of the gateway's own credentials is not.
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
