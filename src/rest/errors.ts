// The errors of REST calls: one base class, one small class for each kind. A message contains the method and the route template,
// but no data that was sent or received, so it can be logged unchanged.

/** The call that an error or event belongs to. */
export interface Subject {
  readonly method: string;
  /** The route template, e.g. `/rooms/{room_id}`; never the path with its values. */
  readonly route: string;
}

/** The fields of a `RestError`. Each may be absent; `RestError` documents them. */
export interface RestErrorContext extends Subject {
  readonly status?: number | undefined;
  readonly vendorCode?: number | undefined;
  readonly vendorMessage?: string | undefined;
  readonly details?: readonly string[] | undefined;
  readonly requestId?: string | undefined;
  /** Default: false, but true for timeouts, unavailability and rate limits. */
  readonly retryable?: boolean | undefined;
  readonly cause?: unknown;
}

/** A failed call. `RestClient` rejects with this class and its subclasses only. */
export class RestError extends Error {
  override readonly name: string = 'RestError';
  readonly method: string;
  readonly route: string;
  /** The HTTP status; undefined when no answer arrived. */
  readonly status: number | undefined;
  /** `code`, `message` and `details` of the vendor's error body; texts are cut to 500 characters. */
  readonly vendorCode: number | undefined;
  readonly vendorMessage: string | undefined;
  readonly details: readonly string[] | undefined;
  /** The answer's `x-request-id`. */
  readonly requestId: string | undefined;
  /** Whether the same call may succeed some seconds later. A write that failed may have taken effect all the same. */
  readonly retryable: boolean;

  constructor(what: string, context: RestErrorContext) {
    super(
      `${context.method} ${context.route}: ${what}`,
      context.cause === undefined ? undefined : { cause: context.cause },
    );
    this.method = context.method;
    this.route = context.route;
    this.status = context.status;
    this.vendorCode = context.vendorCode;
    this.vendorMessage = context.vendorMessage;
    this.details = context.details;
    this.requestId = context.requestId;
    this.retryable = context.retryable ?? false;
  }
}

/** The answer was not complete in time: the total deadline passed, or undici's timeout for headers or for the body. */
export class RestTimeoutError extends RestError {
  override readonly name = 'RestTimeoutError';

  constructor(what: string, context: RestErrorContext) {
    super(what, { retryable: true, ...context });
  }
}

/** The REST API cannot be reached, closes the connection before it answers, or answers 5xx; or the client is closed. */
export class RestUnavailableError extends RestError {
  override readonly name: string = 'RestUnavailableError';

  constructor(what: string, context: RestErrorContext) {
    super(what, { retryable: true, ...context });
  }
}

/** Not sent: the last calls of its family of endpoints failed, so its circuit breaker is open. */
export class RestBreakerOpenError extends RestUnavailableError {
  override readonly name = 'RestBreakerOpenError';

  constructor(subject: Subject) {
    super('not sent: the last calls of its kind failed', subject);
  }
}

/** The REST API answered 429, or calls of this kind are still paused after an earlier 429. */
export class RestRateLimitedError extends RestError {
  override readonly name: string = 'RestRateLimitedError';
  /** How long to wait before the next attempt, in seconds; at least 1. */
  readonly retryAfterSeconds: number;

  constructor(what: string, retryAfterMs: number, context: RestErrorContext) {
    super(what, { retryable: true, ...context });
    this.retryAfterSeconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  }
}

/** The gateway's own budget of requests is used up: the queue was full, or the call waited in it for too long. It was not sent. */
export class RestBudgetError extends RestRateLimitedError {
  override readonly name = 'RestBudgetError';
}

/** 401, even after a second attempt with a new management token. */
export class RestUnauthorizedError extends RestError {
  override readonly name = 'RestUnauthorizedError';
}

/** 403: a permission is missing, or a room code or stream key belongs to a disabled room. */
export class RestForbiddenError extends RestError {
  override readonly name = 'RestForbiddenError';
}

/** 404: the object does not exist, or the room is not live. */
export class RestNotFoundError extends RestError {
  override readonly name = 'RestNotFoundError';
}

/** 400 or another 4xx. Without `status`: the client did not send the call, because a value cannot be part of a URL. */
export class RestRefusedError extends RestError {
  override readonly name = 'RestRefusedError';
}

/** An answer against the API's documentation: another shape, HTML, truncated, empty, or a redirect. */
export class RestBadResponseError extends RestError {
  override readonly name: string = 'RestBadResponseError';
}

/**
 * The body, or the record of a session in it, is larger than the limit. For a list, a request with a smaller `limit` may succeed.
 */
export class RestBodyTooLargeError extends RestBadResponseError {
  override readonly name = 'RestBodyTooLargeError';
  /** The body, or the record, has at least this many bytes. */
  readonly bytes: number;

  constructor(bytes: number, context: RestErrorContext) {
    super(`answered with more than ${bytes} bytes`, context);
    this.bytes = bytes;
  }
}

/** The caller's own signal ended its wait. Whether a write took effect is unknown. */
export class RestAbortedError extends RestError {
  override readonly name = 'RestAbortedError';
}

/**
 * Whether the upstream cannot be used for now, because of an outage or its rate limit. An exhausted budget of the gateway itself
 * does not count.
 */
export function isUpstreamOut(error: RestError): boolean {
  return error.retryable && !(error instanceof RestBudgetError);
}

/**
 * Whether the upstream itself failed: it could not be reached, hung, broke off or answered 5xx. False for refusals, including
 * rate limits, and for answers that cannot be read.
 */
export function isOutage(error: RestError): boolean {
  return error.retryable && !(error instanceof RestRateLimitedError);
}
